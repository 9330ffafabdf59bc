"""Figures of forums that leave as a file, and those that come in as one (D.9, S2-039, S3-036)."""
