"""Pages of partner agencies, of schools and of what each is told."""

from safeguarding.views.agencies import agencies_page, agency_page, sign_agreement
from safeguarding.views.encompass import encompass_one, encompass_page, letter_page, letters_page
from safeguarding.views.establishments import establishment_page, establishments_page, record_days, record_key_adult

__all__ = [
    "agencies_page", "agency_page", "encompass_one", "encompass_page", "establishment_page", "establishments_page",
    "letter_page", "letters_page", "record_days", "record_key_adult", "sign_agreement",
]  # fmt: skip
