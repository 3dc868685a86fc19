"""schema/http"""
