"""Figures that others publish, beside our own: brought in from a file by one person, confirmed by another."""
