"""What a brief is made of: THE TABLE of its parts, in the order in which somebody on the way needs them, and who says what.

An app that knows something says it here from its panels.py (`say_in_brief`): later orders and bail appear by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User

MOST = 6  # lines of one part: one screen, one page of paper; the page says where the rest is


@dataclass(frozen=True, slots=True)
class Part:
    """One row: its code, its heading, and what it says when nobody knows anything."""

    code: str
    label: str
    nothing: str


# fmt: off
TABLE: tuple[Part, ...] = (
    Part("dangers",  N_("Dangers"),            N_("No warning is known to you. That does not mean that it is safe.")),
    Part("weapons",  N_("Weapons"),            N_("None known to you.")),
    Part("grade",    N_("Last grade"),         N_("None known to you.")),
    Part("in_force", N_("In force now"),       N_("Nothing in force that is known to you.")),
    Part("children", N_("Children"),           N_("None known by name.")),
    Part("never",    N_("Never use"),          N_("Not known: do not ring or text until it is known what is safe.")),
    Part("contact",  N_("Safe contact"),       N_("No safe way is known to you.")),
    Part("code",     N_("Code word"),          N_("None that you may ask for.")),
    Part("marac",    N_("MARAC lately"),       N_("None known to you.")),
    Part("history",  N_("What went before"),   N_("Nothing known to you in 12 months.")),
    Part("works",    N_("What works"),         N_("Nobody has written it down.")),
)
# fmt: on
PARTS: dict[str, Part] = {part.code: part for part in TABLE}


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line of a part: what is known, from which case it comes and since when (UTC). `urgent` lines stand first."""

    part: str
    words: str
    reference: str = ""
    url: str = ""
    at: datetime | None = None
    urgent: bool = False
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a part in one of the cases."""

    case: int
    person: int
    part: str


@dataclass(slots=True)
class Scene:
    """What a brief is about: everybody met there, and the cases that the reader may see of them.

    `open`: the cases whose door stands open to the reader; of the others only what warns is said. `reached`: those of which
    it may be said how to reach the person harmed. `known`: lines that whoever made the scene knows already.
    """

    now: datetime
    people: tuple[int, ...] = ()
    place_key: str = ""
    postcode: str = ""
    cases: dict[int, str] = field(default_factory=dict)  # id: reference
    open: frozenset[int] = frozenset()
    parties: list[Party] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    reached: frozenset[int] = frozenset()
    known: list[BriefLine] = field(default_factory=list)

    def named(self, case: int, part: str) -> list[str]:
        """The names of those who have a part in a case, each once."""
        found = [self.names[one.person] for one in self.parties if (one.case, one.part) == (case, part)]
        return list(dict.fromkeys(found))

    @property
    def elsewhere(self) -> set[int]:
        """Whoever is harmed in one of the cases and not met here: where they are, and how they are reached, is not said."""
        harmed = {(one.case in self.reached, one.person) for one in self.parties if one.part == "victim"}
        return {person for here, person in harmed if not here} - {person for here, person in harmed if here}

    @property
    def everybody(self) -> list[int]:
        """Whoever may be met there, children left out."""
        adults = [one.person for one in self.parties if one.part != "child"]
        return list(dict.fromkeys([*self.people, *adults]))


Lines = Callable[[Scene, User], Iterable[BriefLine]]
_SOURCES: dict[str, Lines] = {}


def say_in_brief(name: str, lines: Lines) -> None:
    """Declare what an app says in a brief, each line in a part of the table. A name used twice stops the program.

    The lines are of the app's own records, of the cases of the scene: those are the ones that the reader may see.
    """
    if name in _SOURCES:
        raise LookupError(f"Two apps say {name} in a brief.")
    _SOURCES[name] = lines


@dataclass(frozen=True, slots=True)
class Told:
    """One part as it is read."""

    part: Part
    lines: list[BriefLine]
    more: int = 0

    @property
    def more_words(self) -> str:
        return _("and %(count)s more, on the pages of the cases") % {"count": self.more}


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole brief, asked at a moment (UTC) with one reader's eyes. `why`: what the check at entry finds, in words."""

    as_at: datetime
    told: list[Told]
    why: list[str] = field(default_factory=list)
    cases: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the words, so that what somebody says they have read can be told from what was said later."""
        words = [f"{told.part.code}:{line.words}" for told in self.told for line in told.lines]
        return sha256("\n".join(words).encode()).hexdigest()

    @property
    def grade(self) -> str:
        """The highest grade said, "" where none is known."""
        said = [line.grade for told in self.told for line in told.lines if line.grade]
        return next((grade for grade in ("high", "medium", "standard") if grade in said), "")


def told_of(scene: Scene, user: User) -> list[Told]:
    """Every part of the table, also those of which nothing is known: an empty part is said to be empty."""
    lines = list(scene.known)
    for source in _SOURCES.values():
        lines += source(scene, user)
    found: dict[str, dict[str, BriefLine]] = {code: {} for code in PARTS}
    for line in lines:
        found[line.part].setdefault(f"{line.words} {line.reference}", line)
    return [told_in(part, list(found[part.code].values())) for part in TABLE]


def told_in(part: Part, lines: list[BriefLine]) -> Told:
    sourced = {line.words for line in lines if line.reference}
    lines = [line for line in lines if line.reference or line.words not in sourced]  # said with its case already
    ordered = sorted(lines, key=lambda line: (not line.urgent, -(line.at.timestamp() if line.at else 0)))
    most = len(ordered) if part.code in ("dangers", "never") else MOST  # of what warns nothing is left out
    return Told(part, ordered[:most], max(0, len(ordered) - most))
