"""The pages of people: search, one person, one place."""

from people.views.duplicate import duplicate_page, same_as_page
from people.views.person import person_page
from people.views.place import place_page
from people.views.saved import end_search, save_search_page, saved_page, saved_search_page
from people.views.search import search_page

__all__ = [
    "duplicate_page", "end_search", "person_page", "place_page", "same_as_page", "save_search_page", "saved_page",
    "saved_search_page", "search_page",
]  # fmt: skip
