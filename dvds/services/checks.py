"""What every consideration is looked up in, for whom, what each system said, and what still lacks (A2, N2, S3-231)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import CheckedSystem, SystemCheck
from dvds.models import PNC, VISOR, Application, NoTrace, Part, Party, Route, Trace, Unavailable
from people.services import names_for
from workflow.clock import LONDON

#: The least that is asked (S628-633, S670-676); ViSOR besides, where PNC shows a marker.
MINIMUM = (PNC, "pnd", "intelligence")
#: In which order they are shown: the least first, in the order in which it is asked; then the others.
FIRST = (PNC, "pnd", VISOR, "intelligence")
#: Of whom: without a request of both (S668), else of the subject; of the person at risk it is asked as far as it helps.
WHOM: dict[str, frozenset[str]] = {
    Route.ASK: frozenset({Part.SUBJECT}),
    Route.KNOW: frozenset({Part.SUBJECT, Part.AT_RISK}),
}
Found = SystemCheck.Found
LACKING = {
    "owed": N_("not looked yet"),
    "to_type": N_("say what each trace is"),
    "marker": N_("say whether it shows a ViSOR marker"),
    "to_search": N_("“nothing found” is not put to a second person"),
    "to_confirm": N_("a second person confirms that there is no trace"),
}


@dataclass(slots=True)
class Answer:
    """What one system says of one person: its looks, the newest first, and what was made of the newest."""

    system: CheckedSystem
    person_id: int
    needed: bool
    looks: list[SystemCheck] = field(default_factory=list)
    no_trace: NoTrace | None = None
    traces: list[Trace] = field(default_factory=list)
    away: Unavailable | None = None  # it was tried since, and could not be asked
    marker_unsaid: bool = False  # PNC of the subject, and nobody said whether it shows a ViSOR marker

    @property
    def newest(self) -> SystemCheck | None:
        return next(iter(self.looks), None)

    @property
    def stands(self) -> str:
        """trace, none, to_confirm, to_search, to_type, marker, away, owed or open; the page and the guard say it in words."""
        look = self.newest
        if look is None:
            return "away" if self.away else "owed" if self.needed else "open"
        if look.found == Found.SOMETHING:
            said = "trace" if any(row.check_made_id == look.pk for row in self.traces) else "to_type"
        elif self.no_trace is None or self.no_trace.state == NoTrace.State.RETURNED:
            said = "to_search"
        else:
            said = "none" if self.no_trace.state == NoTrace.State.AGREED else "to_confirm"
        return "marker" if self.marker_unsaid and said in ("trace", "none") else said

    @property
    def answered(self) -> bool:
        return self.stands in ("trace", "none")

    @property
    def lacks(self) -> str:
        """What this answer still lacks, as a sentence; "" where it lacks nothing or is not needed."""
        if self.answered or not self.needed:
            return ""
        if self.stands == "away" and self.away:
            return _("could not be asked: try again at %(time)s") % {"time": spoken(self.away.retry_at)}
        return _(LACKING[self.stands])


@dataclass(frozen=True, slots=True)
class Looked:
    """One person of the consideration with every system."""

    person_id: int
    name: str
    codes: frozenset[str]
    answers: list[Answer]

    @property
    def part(self) -> str:
        """Subject; Applicant, person at risk."""
        return ", ".join(str(Part(code).label) for code in Part.values if code in self.codes)

    @property
    def first(self) -> list[Answer]:
        """What is asked at the least, and whatever was looked at or tried."""
        return [row for row in self.answers if row.stands != "open"]

    @property
    def others(self) -> list[Answer]:
        """What may be asked besides, and was not."""
        return [row for row in self.answers if row.stands == "open"]

    @property
    def lacks(self) -> list[str]:
        return [f"{row.system.label}, {self.name}: {row.lacks}" for row in self.answers if row.lacks]


def spoken(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M, %d/%m/%Y}"


def looked_up(application: Application, user: User) -> list[Looked]:
    """Subject, person at risk, others, each with every system that is offered. Seven queries, however much was recorded."""
    parts: dict[int, list[Party]] = defaultdict(list)
    for row in Party.objects.standing().filter(application=application).order_by("pk"):
        parts[row.person_id].append(row)
    order = sorted(parts, key=lambda person: min(rank(row.part) for row in parts[person]))
    names = names_for(order, user)
    facts = Facts(application)
    systems = sorted(CheckedSystem.objects.offered(), key=lambda row: in_order(row.code))
    return [
        Looked(
            person, names[person], frozenset(row.part for row in parts[person]),
            [facts.answer(system, person, {row.part for row in parts[person]}) for system in systems],
        )
        for person in order
    ]  # fmt: skip


def in_order(code: str) -> int:
    """The place of a system among those that are shown: the least first, then the others as they come."""
    return FIRST.index(code) if code in FIRST else len(FIRST)


def rank(part: str) -> int:
    return [Part.SUBJECT, Part.AT_RISK, Part.APPLICANT, Part.CHILD].index(Part(part))


class Facts:
    """Everything recorded of the looks of one consideration, by whom and where. Four queries."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.looks: dict[tuple[str, int], list[SystemCheck]] = defaultdict(list)
        rows = SystemCheck.objects.standing().filter(case=application.case_id, state=SystemCheck.State.RECORDED)
        for look in rows.select_related("system", "recorded_by").order_by("-checked_at", "-pk"):
            self.looks[look.system.code, look.person_id or 0].append(look)
        no_traces = (
            NoTrace.objects.standing().filter(application=application).select_related("agreed_by", "recorded_by")
        )
        self.no_traces = {row.check_made_id: row for row in no_traces}
        self.traces: dict[int, list[Trace]] = defaultdict(list)
        for trace in Trace.objects.standing().filter(application=application).order_by("pk"):
            self.traces[trace.check_made_id].append(trace)
        self.away: dict[tuple[int, int], Unavailable] = {}
        for away in Unavailable.objects.standing().filter(application=application).order_by("at", "pk"):
            self.away[away.system_id, away.person_id or 0] = away

    def answer(self, system: CheckedSystem, person: int, parts: set[Any]) -> Answer:
        looks = self.looks[system.code, person]
        newest, away = next(iter(looks), None), self.away.get((system.pk, person))
        return Answer(
            system, person, self.needed(system.code, parts), looks,
            self.no_traces.get(newest.pk) if newest else None,
            [trace for look in looks for trace in self.traces[look.pk]],
            away if away and (newest is None or away.at > newest.checked_at) else None,
            system.code == PNC and Part.SUBJECT in parts and not self.application.visor_marker,
        )  # fmt: skip

    def needed(self, code: str, parts: set[Any]) -> bool:
        if code == VISOR:
            return Part.SUBJECT in parts and self.application.visor_marker == "yes"
        return code in MINIMUM and bool(WHOM[self.application.route] & parts)


def checks_lacking(application: Application, user: User) -> list[str]:
    """What keeps the checks from being done, as sentences; that nobody is named to look for is one of them."""
    found = looked_up(application, user)
    if not found or Part.SUBJECT not in found[0].codes:
        return [_("Name the subject first: there is nobody to look for")]
    return [sentence for row in found for sentence in row.lacks]
