"""Pages of forums."""

from marac.views.forums import forum_page, forums_page, join_forum

__all__ = ["forum_page", "forums_page", "join_forum"]
