"""What Clare’s Law shows elsewhere."""

from dvds import panels_of_judging  # noqa: F401 - what it shows declares itself
