"""What Clare’s Law shows round the pages."""

from dvds import panels_of_special  # noqa: F401 - what it shows declares itself
