"""What the forums show round every page."""

from __future__ import annotations

from cases.panels import Panel, show
from marac.services.decided import decided_of
from marac.views.forums import READERS
from workflow.pages import Entry, navigate

navigate(Entry("Forums", "forums", 65, READERS))

# --- what a meeting decided, on the investigation and on the conference ---
show(
    Panel(
        "forum-decided", "What the forum decided", decided_of, "marac/panels/decided.html", order=38,
        kinds=frozenset({"investigation", "conference"}),
    )
)  # fmt: skip
