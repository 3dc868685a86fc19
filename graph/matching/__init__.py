"""Matching: candidates, features, scores and reasons for the jobs of matchmaking."""
