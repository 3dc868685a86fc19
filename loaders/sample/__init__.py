"""loaders/sample"""
