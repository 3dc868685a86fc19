"""schema/plan"""
