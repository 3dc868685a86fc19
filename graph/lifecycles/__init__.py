"""graph/lifecycles"""
