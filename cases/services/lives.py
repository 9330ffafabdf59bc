"""In whose life somebody was, and in which part: partners and family, children, who is new. Counts are of what may be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case as Choose
from django.db.models import Count, F, Max, Min, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Case, Involvement
from cases.models.definition_set import TWELVE_MONTHS
from cases.models.relationship import PARTNER_CODES, PARTNERS, RELATIONSHIPS, Relationship
from cases.services.sight import Sight
from cases.services.story import CHILD, SUSPECT, VICTIM, Happening
from people.models import Link
from workflow.clock import LONDON

MOST = 100  # of the people in one life that a page counts


@dataclass(slots=True)
class Other:
    """Somebody in the life of the person a page is about. Moments are UTC, of what happened.

    `suspect_in`: incidents in which the person of the page is said to have harmed them; `victim_in`: the other way round.
    `relation`: how the suspect of the newest was connected to whoever was harmed in it. `tie`: what they are to the person
    of the page as somebody said it, whatever happened; `tied`: since when, in words, where that was said.
    """

    person_id: int
    suspect_in: int = 0
    victim_in: int = 0
    first: datetime | None = None
    last: datetime | None = None
    relation: str = ""
    as_child: bool = False
    tie: str = ""
    tied: str = ""

    @property
    def is_party(self) -> bool:
        return bool(self.suspect_in or self.victim_in)

    @property
    def is_partner(self) -> bool:
        return self.relation in PARTNER_CODES

    @property
    def connection(self) -> str:
        """Former partner who lived apart; of family only that: which of the two is the parent depends on who looks."""
        return connection_words(RELATIONSHIPS.get(self.relation))

    def add(self, mine: str, theirs: str, count: int, first: datetime, last: datetime, relation: str) -> None:
        self.first = min(self.first or first, first)
        if mine == SUSPECT and theirs == VICTIM:
            self.suspect_in += count
        elif mine == VICTIM and theirs == SUSPECT:
            self.victim_in += count
        self.as_child = self.as_child or theirs == CHILD
        if relation and (self.last is None or last >= self.last or not self.relation):
            self.relation = relation
        self.last = max(self.last or last, last)


def connection_words(row: Relationship | None) -> str:
    if row is None or not row.kind:
        return ""
    return _(row.label) if row.kind in PARTNERS else _(row.kind)


def parts_of(person: int, cases: Iterable[int], at: datetime | None = None) -> dict[tuple[int, str], int]:
    """{(case, part): in how many incidents}, of these cases. One query. Index: involvement_of_person."""
    rows = Involvement.objects.as_at(at) if at else Involvement.objects.standing()
    theirs = rows.filter(person=person, case__in=list(cases), incident__struck_out_at__isnull=True).order_by()
    counted = theirs.values("case_id", "part").annotate(count=Count("incident", distinct=True))
    return {(row["case_id"], row["part"]): row["count"] for row in counted}


def others_of(person: int, sight: Sight, at: datetime | None = None) -> list[Other]:
    """Everybody who was harmed, suspected or a child where this person was, the newest first. One query.

    Index: involvement_of_person, then the people of the incidents it gives.
    """
    rows = Involvement.objects.as_at(at) if at else Involvement.objects.standing()
    mine = rows.filter(person=person, part__in=(VICTIM, SUSPECT), incident=OuterRef("incident")).order_by()
    near = rows.filter(person=person, part__in=(VICTIM, SUSPECT), case__in=sight.open).order_by().values("incident")
    moment = Coalesce("incident__occurred_from", "incident__reported_at")
    found = (
        rows.filter(incident__in=near, part__in=(VICTIM, SUSPECT, CHILD), incident__struck_out_at__isnull=True)
        .exclude(person=person)
        .annotate(mine=Subquery(mine.values("part")[:1]), my_tie=Subquery(mine.values("relationship")[:1]))
        .annotate(relation=Choose(When(part=SUSPECT, then=F("relationship")), default=F("my_tie")), moment=moment)
        .order_by()
        .values("person_id", "part", "mine")
        .annotate(
            count=Count("pk"), first=Min("moment"), last=Max("moment"), ties=ArrayAgg("relation", order_by="-moment")
        )
        .order_by("-last", "person_id")
    )
    others: dict[int, Other] = {}
    for row in found[: MOST * 3]:
        other = others.setdefault(row["person_id"], Other(row["person_id"]))
        tie = row["ties"][0] if row["part"] != CHILD else ""
        other.add(row["mine"], row["part"], row["count"], row["first"], row["last"], tie)
    return sorted(others.values(), key=newest, reverse=True)[:MOST]


def newest(other: Other) -> tuple[datetime, int]:
    return other.last or datetime.min.replace(tzinfo=UTC), other.person_id


def new_in_life(others: Iterable[Other], at: datetime) -> list[Other]:
    """Those whom the twelve months before the moment (UTC) brought, after the first of whom anything is known at all."""
    known = [(other, other.first) for other in others if other.first]
    began = min((first for _, first in known), default=at)
    return [other for other, first in known if at - TWELVE_MONTHS <= first <= at and first > began]


#: What somebody who is new can be to a person. A mother is not new because somebody wrote down this year who she is:
#: family by birth is new on a day that was said, and only on that.
BY_CHOICE = ("partner", "lives_with", "step_parent", "step_child", "carer", "cared_for", "friend")
NEVER_NEW = ("former", "works_with")
TIED = {
    "partner": N_("partner"), "lives_with": N_("lives in the same home"), "parent": N_("parent"), "child": N_("child"),
    "step_parent": N_("step-parent"), "step_child": N_("step-child"), "sibling": N_("brother or sister"),
    "grandparent": N_("grandparent"), "grandchild": N_("grandchild"), "in_law": N_("in-law"), "carer": N_("their carer"),
    "cared_for": N_("cared for by them"), "relative": N_("other relative"), "friend": N_("friend"),
}  # fmt: skip


def newly_tied(person: int, user: User, at: datetime, past: datetime | None = None) -> tuple[list[Other], set[int]]:
    """Those whom somebody said to have come into the life in the twelve months before the moment (UTC), though nothing may
    have happened with them yet: whom a disclosure is for. With the cases that tell it, all open to the reader. One query.

    Indexes: link_of_person, link_of_other.
    """
    rows = (Link.objects.as_at(past) if past else Link.objects.standing()).of([person]).order_by("-recorded_at", "-pk")
    found: dict[int, Other] = {}
    told: set[int] = set()
    for row in rows.filter(case__in=Case.objects.open_to(user).order_by().values("pk")).exclude(tie__in=NEVER_NEW)[
        :MOST
    ]:
        link = row if row.other_id == person else row.turned()  # as it stands on the page of the other: what they are
        began = datetime.combine(row.since, time.min, LONDON).astimezone(UTC) if row.since else row.recorded_at
        gone = row.until is not None and row.until < at.astimezone(LONDON).date()
        is_new = at - TWELVE_MONTHS <= began <= at and (row.since or link.tie in BY_CHOICE)
        if gone or not is_new or link.person_id == person:  # a tie with themselves is left by a merge (`Link`)
            continue
        told.add(row.case_id)
        found.setdefault(
            link.person_id, Other(link.person_id, first=began, tie=link.tie, tied=link.span_words if row.since else "")
        )
    return list(found.values()), told


def all_new(lived: Iterable[Other], tied: Iterable[Other], at: datetime) -> list[Other]:
    """Those who are new by what happened or by what was said, each once, the newest first. Somebody with whom something
    happened before the twelve months is not new, whatever was written down since.
    """
    known = list(lived)
    met = {other.person_id for other in known}
    new = [*new_in_life(known, at), *(other for other in tied if other.person_id not in met)]
    return sorted(new, key=lambda other: (other.first or at, other.person_id), reverse=True)


@dataclass(slots=True)
class Chapter:
    """What happened with one other person, newest first; `other` is None for what somebody saw or was a child in, and for
    what nobody is known to have done. `goes_on`: its newest stands on an earlier page.
    """

    other: Other | None
    name: str = ""
    rows: list[Happening] = field(default_factory=list)
    goes_on: bool = False


def chapters(person: int, rows: Sequence[Happening], others: Iterable[Other]) -> list[Chapter]:
    """The happenings of a page by whom they were with; the one with the newest first, both roles in one chapter."""
    known = {other.person_id: other for other in others}
    found: dict[int, Chapter] = {}
    for event in rows:
        for whom in event.with_whom(person) or [0]:
            other = known.get(whom)
            chapter = found.setdefault(whom if other else 0, Chapter(other))
            if not chapter.rows or chapter.rows[-1] is not event:
                chapter.rows.append(event)
    for chapter in found.values():
        last = chapter.other.last if chapter.other else None
        chapter.goes_on = bool(last and chapter.rows[0].at < last)
    return list(found.values())


def people_in(rows: Iterable[Happening], others: Iterable[Other] = ()) -> set[int]:
    """Everybody whose name a page needs."""
    named: set[Any] = {other.person_id for other in others}
    for event in rows:
        named.update(event.parts)
    return named
