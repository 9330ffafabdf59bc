"""The pages on which a force looks after itself: people, units, postings, holidays, numbers, lists. Steps do the changing."""

from supervision.views.administration.first import first_password
from supervision.views.administration.holidays import holiday_page, holidays_page
from supervision.views.administration.index import administration_page
from supervision.views.administration.instruments import instruments_page, version_page
from supervision.views.administration.lists import lists_page
from supervision.views.administration.numbers import numbers_page
from supervision.views.administration.people import code_page, people_page, person_page
from supervision.views.administration.postings import (
    change_posting,
    post_person,
    postings_page,
)
from supervision.views.administration.units import unit_page, units_page

__all__ = [
    "administration_page", "change_posting", "code_page", "first_password", "holiday_page", "holidays_page",
    "instruments_page", "lists_page", "numbers_page", "people_page", "person_page", "post_person", "postings_page",
    "unit_page", "units_page", "version_page",
]  # fmt: skip
