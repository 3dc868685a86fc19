"""graph/projection"""
