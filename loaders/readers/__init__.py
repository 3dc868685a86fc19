"""loaders/readers"""
