"""Pages of forums, meetings and research."""

from marac.views.forums import forum_page, forums_page, join_forum
from marac.views.meetings import meeting_page, meetings_page, plan_meeting
from marac.views.research import pack_page, research_page

__all__ = [
    "forum_page", "forums_page", "join_forum", "meeting_page", "meetings_page", "pack_page", "plan_meeting", "research_page",
]  # fmt: skip
