"""schema/types"""
