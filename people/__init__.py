"""Hubs and the facts about them: search, duplicates, merge."""
