"""schema/subscriptions"""
