"""graph/rules"""
