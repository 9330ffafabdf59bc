"""Five years of a large force, written by the database itself: the ground on which reporting is measured.

`seeding.seed_years(reports)` fills an empty migrated database; rates and seasons are in `shape.py`, each other file writes
the rows of one noun. Same number, same day, same seed: the same force, row by row.
"""
