"""What the forums show round every page."""

from __future__ import annotations

from marac.views.forums import READERS
from workflow.pages import Entry, navigate

navigate(Entry("Forums", "forums", 65, READERS))
