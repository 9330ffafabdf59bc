"""What the record itself says of its evidence: sources besides the statement, and the national minimum standard.

Two declared tables. A row either reads a column that was asked, or follows from what other sections say: nothing is asked
twice. The standard is S3-022; sources are those of A.9 (003:249, 003:254).
"""

# ruff: noqa: E501 - the rows of the tables stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Attachment, Exhibit, Footage, Incident
from cases.models.answers.evidence import ExhibitKind, FileKind, Sought

AGAIN_AFTER = timedelta(hours=48)  # a bruise shows best then (A.9)
NEARLY_AGAIN = timedelta(hours=36)  # taken from then on counts as the second photograph
GOT, SOUGHT, NOT_THERE = Sought.GOT, Sought.SOUGHT, Sought.NOT_THERE
Answered = Callable[["Held"], str]


@dataclass(slots=True)
class Held:
    """An incident with what its case holds: fetched once, three statements."""

    incident: Incident
    kinds: set[str] = field(default_factory=set)  # of exhibits
    photographs: list[datetime] = field(default_factory=list)  # of injuries: when each was taken
    footage: list[Footage] = field(default_factory=list)
    children: list[Any] = field(default_factory=list)
    witnesses: list[Any] = field(default_factory=list)
    files: int = 0  # of every kind

    @property
    def shown_again(self) -> bool:
        began = self.incident.occurred_from or self.incident.reported_at
        return any(taken >= began + NEARLY_AGAIN for taken in self.photographs)


def held_of(incident: Incident, user: User) -> Held:
    """Everything the two tables ask, as far as this person may see it."""
    exhibits = Exhibit.objects.visible_to(user).filter(case=incident.case_id, state=Exhibit.State.LISTED)
    files = Attachment.objects.visible_to(user).filter(case=incident.case_id)
    people = list(incident.involvements.filter(struck_out_at__isnull=True, part__in=("child", "witness")))
    standing = files.filter(state__in=(Attachment.State.KEPT, Attachment.State.WAITING))
    kept = list(standing.values_list("kind", "taken_at"))
    return Held(
        incident, set(exhibits.values_list("kind", flat=True)),
        [taken for kind, taken in kept if kind == FileKind.INJURY and taken],
        list(Footage.objects.standing().filter(incident=incident).select_related("officer")),
        [row for row in people if row.part == "child"], [row for row in people if row.part == "witness"],
        len(kept),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `column`: where it was asked; `follows`: what the rest of the record answers, "" where it does not.

    `beyond`: it stands without the words of the person harmed.
    """

    code: str
    label: str
    column: str = ""
    follows: Answered = lambda held: ""
    beyond: bool = True

    def answer(self, held: Held) -> tuple[str, bool]:
        """The code of Sought, "" where nobody has said; and whether the record answered by itself."""
        if by_itself := self.follows(held):
            return by_itself, True
        return (getattr(held.incident, self.column) if self.column else ""), False


def listed(kind: str) -> Answered:
    """Got, where the index has an item of that kind."""
    return lambda held: GOT if kind in held.kinds else ""


def first_account(held: Held) -> str:
    return GOT if held.incident.account else ""


def video(held: Held) -> str:
    used = held.incident.bwv_used == "yes" or any(row.used == "yes" for row in held.footage)
    return GOT if used or ExhibitKind.VIDEO in held.kinds else NOT_THERE if held.incident.bwv_used else ""


def injuries_now(held: Held) -> str:
    if held.photographs or held.incident.injuries_photographed == "yes":
        return GOT
    return NOT_THERE if held.incident.injured == "no" else ""


def injuries_again(held: Held) -> str:
    if held.shown_again:
        return GOT
    return {"no": NOT_THERE, "yes": SOUGHT}.get(held.incident.injured, "")


def childrens_account(held: Held) -> str:
    if any(row.spoken_to in ("alone", "with_others") for row in held.children):
        return GOT
    return NOT_THERE if held.incident.children_present == "no" else ""


# fmt: off
SOURCES: tuple[Source, ...] = (
    Source("call_999",       "Recording of the 999 call",            "source_999",        listed(ExhibitKind.CALL)),
    Source("account",        "First account",                        "",                  first_account, beyond=False),
    Source("video",          "Body-worn video",                      "",                  video),
    Source("injuries",       "Photographs of injuries",              "",                  injuries_now),
    Source("injuries_again", "Photographs after 48 hours",           "",                  injuries_again),
    Source("medical",        "Medical evidence",                     "source_medical",    listed(ExhibitKind.MEDICAL)),
    Source("cctv",           "CCTV or doorbell",                     "source_cctv",       listed(ExhibitKind.CAMERAS)),
    Source("phones",         "Telephones and messages",              "source_phones",     listed(ExhibitKind.PHONE)),
    Source("neighbours",     "Neighbours",                           "source_neighbours"),
    Source("children",       "Children's account",                   "",                  childrens_account),
    Source("character",      "Bad character",                        "source_character"),
    Source("logs",           "Previous logs",                        "source_logs"),
    Source("res_gestae",     "Words said in the heat of it",         "source_res_gestae"),
    Source("forensic",       "Forensic",                             "source_forensic",   listed(ExhibitKind.FORENSIC)),
    Source("expert",         "Expert",                               "source_expert"),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class SourceLine:
    label: str
    answer: str
    words: str
    by_record: bool
    beyond: bool


def sources_of(held: Held) -> list[SourceLine]:
    """Each source with its answer, in the order of the table."""
    found = []
    for row in SOURCES:
        answer, by_record = row.answer(held)
        words = _(str(Sought(answer).label)) if answer else _("Nobody has said")
        found.append(SourceLine(row.label, answer, words, by_record, row.beyond))
    return found


def beyond_statement(lines: list[SourceLine]) -> int:
    """How many sources were got that stand without the words of the person harmed."""
    return sum(line.beyond and line.answer == GOT for line in lines)


@dataclass(frozen=True, slots=True)
class Standard:
    """One row of the minimum standard: whether it was done, and where to read why it was not possible."""

    code: str
    label: str
    done: Callable[[Held], bool]
    why_not: Callable[[Held], str]


@dataclass(frozen=True, slots=True)
class StandardLine:
    label: str
    done: bool
    why_not: str

    @property
    def missing(self) -> bool:
        """Neither done nor explained: what whoever checks the record must see."""
        return not self.done and not self.why_not


def said(name: str) -> Callable[[Held], str]:
    """The words of a column."""
    return lambda held: str(getattr(held.incident, name))


def video_why_not(held: Held) -> str:
    incident = held.incident
    return incident.bwv_why_not_words or (incident.get_bwv_why_not_display() if incident.bwv_why_not else "")


def in_hand(column: str) -> Callable[[Held], bool]:
    return lambda held: getattr(held.incident, column) in (GOT, SOUGHT)


def gone(column: str, why: str, words: str) -> Callable[[Held], str]:
    """Why a source was not asked; where there is none, `words`."""
    return lambda held: words if getattr(held.incident, column) == NOT_THERE else str(getattr(held.incident, why))


def witnesses_done(held: Held) -> bool:
    seen = held.incident.witnesses_seen
    return seen == "no" or bool(held.witnesses)


def photographs_done(held: Held) -> bool:
    return held.incident.injured == "no" or injuries_now(held) == GOT


def suspect_done(held: Held) -> bool:
    """Arrested, or a coded reason: the arrest is asked in a section of its own, with its own words."""
    return any(row.taken for row in held.incident.arrest_decisions.standing())


def suspect_why_not(held: Held) -> str:
    return "; ".join(words for row in held.incident.arrest_decisions.standing() for words in row.reasons)


# fmt: off
STANDARD: tuple[Standard, ...] = (
    Standard("scene",       "Scene looked over",        lambda held: held.incident.scene_examined == "yes", said("scene_why_not")),
    Standard("video",       "Body-worn video",          lambda held: video(held) == GOT,                    video_why_not),
    Standard("account",     "First account",            lambda held: bool(held.incident.account),           lambda held: ""),
    Standard("witnesses",   "Witnesses",                witnesses_done,                                     lambda held: ""),
    Standard("house",       "House to house",           in_hand("source_neighbours"),                       gone("source_neighbours", "neighbours_why_not", "There are no neighbours")),
    Standard("photographs", "Photographs of injuries",  photographs_done,                                   said("injuries_why_not")),
    Standard("medical",     "Medical evidence",         lambda held: in_hand("source_medical")(held) or ExhibitKind.MEDICAL in held.kinds, gone("source_medical", "medical_why_not", "There is none")),
    Standard("suspect",     "Suspect arrested",         suspect_done,                                       suspect_why_not),
)
# fmt: on


def standard_of(held: Held) -> list[StandardLine]:
    """The minimum standard, in the order of the table."""
    return [StandardLine(row.label, row.done(held), "" if row.done(held) else row.why_not(held)) for row in STANDARD]
