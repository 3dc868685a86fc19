"""graph/jobs"""
