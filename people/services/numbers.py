"""Telephones and other numbers by which somebody is found: whole, or as much of one as was written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from accounts.models import User
from people.kinds import LEAST_DIGITS, Asked, Hit, Hits, SearchKind, Watch, newest_of
from people.models import Handle, Identifier, Note, Telephone, Vehicle
from people.models.fact import read_cases
from people.models.identifier import PNC
from people.services.facts import names_for
from people.services.watching import fresh_like

NAME = "numbers"


@dataclass(frozen=True, slots=True)
class Numbered:
    """One kind of fact that is found by a number: what it says, the plain column beside it (a trigram index serves a
    piece of it), and what was typed as that column has it, "" where it can be none.
    """

    model: Any
    said: str
    plain: str
    typed: Callable[[Asked], str]
    only: Q = Q()


def digits(asked: Asked) -> str:
    return asked.digits.removeprefix("0") if asked.is_number else ""


def letters_and_digits(asked: Asked) -> str:
    """A plate, a custody record: LK19 ABC and lk19abc are one. A PNC number loses what only fills it up."""
    if pnc := PNC.fullmatch(asked.q.strip().upper()):
        return f"{pnc[1]}{int(pnc[2])}{pnc[3]}"
    plain = "".join(character for character in asked.q.upper() if character.isascii() and character.isalnum())
    return plain if len(plain) >= LEAST_DIGITS and any(map(str.isdigit, plain)) else ""


def account(asked: Asked) -> str:
    """One word, as the name of an account is kept."""
    word = asked.q.strip().lower().removeprefix("@")
    return word if len(word) >= LEAST_DIGITS and len(word.split()) == 1 and not asked.is_number else ""


def mail(asked: Asked) -> str:
    word = asked.q.strip().upper()
    return word if "@" in word.strip("@") and len(word.split()) == 1 else ""


# fmt: off
TABLE = (
    Numbered(Telephone,  "number",     "digits",       digits),              # telephone_fragment
    Numbered(Identifier, "number",     "number_plain", letters_and_digits),  # identifier_fragment
    Numbered(Vehicle,    "plate",      "plate_plain",  letters_and_digits),  # vehicle_fragment
    Numbered(Handle,     "handle",     "handle_plain", account),             # handle_fragment
    Numbered(Note,       "said_words", "mail",         mail, Q(about="email")),  # note_email_fragment
)
# fmt: on
OF_NAME = {row.model._meta.model_name: row for row in TABLE}


def sources(asked: Asked, user: User) -> dict[str, Any]:
    return held_in(read_cases(user), asked)


def held_in(cases: Any, asked: Asked) -> dict[str, Any]:
    """{kind of fact: those of these cases (ids) that hold what was typed}, where it could be one."""
    found = {}
    for name, row in OF_NAME.items():
        if part := row.typed(asked):
            facts = row.model.objects.within(cases).filter(row.only)
            facts = facts.alias(mail=Upper("said_words")) if row.plain == "mail" else facts
            found[name] = facts.filter(**{f"{row.plain}__contains": part})
    return found


def rows(asked: Asked, user: User) -> list[Any]:
    return list(sources(asked, user).values())


def find(asked: Asked, user: User, after: str) -> Hits:
    """The newest first, each with whom it belongs to; the number itself where the case that learned it stands open.

    Two queries, whatever is found.
    """
    asked_of = {}
    for name, found in sources(asked, user).items():
        read = Case(When(open=True, then=F(OF_NAME[name].said)), default=Value(""), output_field=CharField())
        asked_of[name] = found.with_door(user).annotate(read=read)
    numbers, on = newest_of(asked_of, ("recorded_at", "person_id", "open", "read", "case__reference"), after)
    names = names_for({row[3] for row in numbers}, user) if numbers else {}
    return Hits([hit_of(row, names) for row in numbers], on)


def hit_of(row: Any, names: dict[int, str]) -> Hit:
    kind, pk, at, person, opened, said, reference = row
    label = _("Email") if kind == "note" else _(OF_NAME[kind].model.label)
    why = f"{label}: {said}" if said else _("%(label)s: one that holds what you typed") % {"label": label}
    return Hit(pk, names[person], f"/people/{person}/", why, at, person, reference, closed=not opened)


def holds(part: str, said: str) -> bool:
    """What `held_in` asks, of one number."""
    return part in said


def holds_mail(part: str, said: str) -> bool:
    return part in said.upper()


def watches() -> list[Watch]:
    found = []
    for name, row in OF_NAME.items():
        column, like = ("said_words", holds_mail) if row.plain == "mail" else (row.plain, holds)
        watch = f"{NAME}.{name}"
        fresh = partial(fresh_like, NAME, watch, row.model.objects.filter(row.only), (column,), row.typed, like)
        found.append(Watch(watch, row.model, fresh))
    return found


KIND = SearchKind(
    NAME, "Telephones and numbers", 30, find, rows, lambda asked: asked.is_number, shows_people=True, watches=watches
)
