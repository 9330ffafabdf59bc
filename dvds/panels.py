"""What Clare’s Law shows round every page, on a case and on its own pages: each file declares itself."""

from __future__ import annotations

from dvds import panels_of_board, panels_of_forum, panels_of_judging, panels_of_special, panels_of_the_door  # noqa: F401
