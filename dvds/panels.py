"""What Clare’s Law shows elsewhere: each part of the way declares its own. Found by autodiscovery."""

from dvds import panels_of_forum  # noqa: F401 - what it shows declares itself
