"""Builds the ASGI app."""
