"""Files in, files out: formats, columns, checks, reports, sources."""
