"""Verbs of forums made of verbs, and the answers that several pages ask."""
