"""The graph's meaning: what it holds, how it is asked, changed and matched."""
