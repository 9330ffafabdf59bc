"""Measures on screen and in a file: the list, the explorer of one, the cases behind a figure."""
