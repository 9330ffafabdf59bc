"""Verbs of meetings and of what comes of them."""
