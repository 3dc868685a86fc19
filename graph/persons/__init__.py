"""What the law gives a person over her record: all of it in one file, and its erasure."""
