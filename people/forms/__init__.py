"""What somebody may say of people: as they look for them, and as they learn something about them."""

from people.forms.saved import Save
from people.forms.search import PartialDayField, Search

__all__ = ["PartialDayField", "Save", "Search"]
