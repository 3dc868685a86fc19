"""graph/writes"""
