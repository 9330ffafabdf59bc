"""What safeguarding shows round every page."""

from __future__ import annotations

from safeguarding import panels_of_encompass  # noqa: F401 - it declares itself
from safeguarding.views.agencies import READERS
from workflow.pages import Entry, navigate

navigate(Entry("Partner agencies", "agencies", 66, READERS))
