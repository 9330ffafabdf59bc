"""The nouns: a bare hub, and the facts that cases have learned about it. `search` asks which people it may be."""

from people.models.birth import Birth, PartialDay
from people.models.description import Description
from people.models.fact import Fact, FactQuerySet
from people.models.name import NameWord, PersonName
from people.models.note import Note
from people.models.person import Person
from people.models.whereabouts import Address, Telephone

__all__ = [
    "Address", "Birth", "Description", "Fact", "FactQuerySet", "NameWord", "Note", "PartialDay", "Person", "PersonName",
    "Telephone",
]  # fmt: skip
