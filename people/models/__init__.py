"""The nouns: a bare hub, and the facts that cases have learned about it. `search` asks which people it may be."""

from people.models.birth import Birth, PartialDay
from people.models.description import Description
from people.models.fact import Fact, FactQuerySet
from people.models.handle import Handle
from people.models.identifier import Identifier
from people.models.link import Link
from people.models.managed import Managed
from people.models.merge import Duplicate, DuplicateSign, Merge, MovedRow, Unweighed
from people.models.name import NameWord, PersonName
from people.models.note import Note
from people.models.person import Person
from people.models.place import AtPlace, Place
from people.models.saved import SavedHit, SavedSearch, SearchWatch
from people.models.scheme import InScheme
from people.models.vehicle import Vehicle
from people.models.warning import WarningMarker
from people.models.whereabouts import Address, Telephone

__all__ = [
    "Address", "AtPlace", "Birth", "Description", "Duplicate", "DuplicateSign", "Fact", "FactQuerySet", "Handle",
    "Identifier", "InScheme", "Link", "Managed", "Merge", "MovedRow", "NameWord", "Note", "PartialDay", "Person",
    "PersonName", "Place", "SavedHit", "SavedSearch", "SearchWatch", "Telephone", "Unweighed", "Vehicle", "WarningMarker",
]  # fmt: skip
