"""graph/matching"""
