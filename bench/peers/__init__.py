"""The peers that this server is compared with, and the bench that does it."""
