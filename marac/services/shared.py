"""What agencies know of a case being heard: what they released, what they said in the room, and who has said nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from marac.models import Hearing, Meeting, Referral, Research, ResearchLine, Shared, Sort
from safeguarding.models import Agency


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known, fact or opinion; `by` the name of whoever said it in the room."""

    sort: str
    words: str
    by: str = ""
    views: bool = False
    source: str = ""

    @property
    def label(self) -> str:
        return str(Sort(self.sort).label)


@dataclass(slots=True)
class Known:
    """What stands of one agency. `state` is the research’s; "" where it was never asked. Moments are UTC."""

    agency: Agency | None
    state: str = ""
    returned_at: datetime | None = None
    due_at: datetime | None = None
    lines: list[Line] = field(default_factory=list)
    held: list[tuple[str, int]] = field(
        default_factory=list
    )  # why it is not shared, how many lines; never what they say

    @property
    def is_missing(self) -> bool:
        """Asked, and neither answered nor heard."""
        return self.state == Research.State.ASKED and not self.lines

    @property
    def is_nil(self) -> bool:
        return self.state == Research.State.NIL and not self.lines

    @property
    def spoke(self) -> bool:
        return any(line.by for line in self.lines)


def known_of(referral: Referral, meeting: Meeting) -> list[Known]:
    """Agency by agency, those with lines first. Of a return only what was released; of what is held back only how much and
    why. Four queries. The caller has found the case visible to whoever reads.
    """
    research = list(
        Research.objects.standing()
        .filter(referral=referral, meeting__in=(meeting, None))
        .select_related("agency__unit")
    )
    found: dict[int | None, Known] = {}
    for row in research:
        found[row.agency_id] = Known(row.agency, row.state, row.returned_at, row.due_at)
    for line in released_lines(referral):
        known = found.setdefault(line.research.agency_id, Known(line.research.agency))
        known.lines.append(Line(line.sort, line.words, source=line.source))
    for said in spoken_lines(referral):
        known = found.setdefault(said.agency_id, Known(said.agency))
        known.lines.append(Line(said.sort, said.words, said.said_by or "-", said.her_views))
    for agency, reasons in held_back([row.pk for row in research if row.state == Research.State.RETURNED]).items():
        found[agency].held = sorted(reasons.items())
    for known in found.values():
        known.lines.sort(key=lambda line: line.sort)  # facts before opinions, each in its order
    return sorted(found.values(), key=lambda known: (not known.lines, known.is_missing, str(known.agency or "")))


def released_lines(referral: Referral) -> list[ResearchLine]:
    rows = ResearchLine.objects.released().filter(research__referral=referral, research__struck_out_at__isnull=True)
    return list(rows.select_related("research__agency__unit").order_by("pk"))


def spoken_lines(referral: Referral) -> list[Shared]:
    """Index: shared_of_referral."""
    return list(Shared.objects.standing().filter(referral=referral).select_related("agency__unit").order_by("pk"))


def held_back(research: Iterable[int]) -> dict[int, Counter[str]]:
    """{agency: {why: lines}} of what is held and not shared. Index: research_line_of_return."""
    rows = ResearchLine.objects.standing().filter(research__in=list(research), released_at__isnull=True)
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for agency, why in rows.exclude(held_because="").values_list("research__agency", "held_because"):
        held[agency][why] += 1
    return held


def share(hearing: Hearing, said: dict[str, object], agency: Agency) -> Shared:
    """The row of one line said in the room, to be added beneath the hearing."""
    return Shared(
        referral=hearing.referral, hearing=hearing, agency=agency, sort=str(said["sort"]), words=str(said["words"]),
        her_views=bool(said["views"]),
    )  # fmt: skip
