"""schema/mutations"""
