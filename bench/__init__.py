"""Ratios against named peers and limits; never asserted in tests."""
