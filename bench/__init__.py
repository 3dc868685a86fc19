"""Benches: each `python -m bench.NAME [--json FILE]`, all quick ones `python -m bench`."""
