"""What Clare’s Law shows round every page, on a case and on its own pages."""

from __future__ import annotations

from dvds import panels_of_board  # noqa: F401 - what it shows declares itself
