"""graph/server"""
