"""The pages of people: search, and one person."""

from people.views.person import person_page
from people.views.search import search_page

__all__ = ["person_page", "search_page"]
