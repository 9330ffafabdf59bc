"""What the page of one consideration shows of its stages, its checks and its tests, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models import SystemCheck
from dvds.models import (
    Application,
    Delay,
    NoTrace,
    Part,
    Party,
    Stage,
    Test,
    TestAnswer,
    Trace,
    Unavailable,
)
from dvds.services import limits
from dvds.services.backward import Latest, backward
from dvds.services.checks import in_order
from dvds.services.limits import stage_of, stages_for
from dvds.services.standing import used_of
from dvds.services.used import Used
from workflow.clock import Calendar, Length, UnknownYear

S = Application.State
#: The limit that says how a stage ended, the weightiest first.
SAYS = {
    "checks": (limits.CHECKS, limits.CHECKS_TOLD), "meeting": (limits.MEETING,),
    "assessment": (limits.REFERRED, limits.REFERRED_TOLD, limits.ASSESSED), "forum": (limits.DECIDED,),
    "telling": (limits.TOLD, limits.OVERALL), "ending": (limits.REPORTED,),
}  # fmt: skip
AHEAD = {
    "forum": N_("No limit in guidance: counted back from the overall limit"), "ending": N_("Cannot close without its reference"),
}  # fmt: skip
MOST = 50


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of the way. `where`: done, here, ahead. `tag` is how its limit stands, `latest` the day counted back."""

    number: int
    label: str
    where: str
    tag: Used | None
    due_at: datetime | None
    done_at: datetime | None
    recorded_at: datetime | None
    said: str
    local: bool
    latest: Latest | None
    delays: list[Delay] = field(default_factory=list)
    hours: bool = False


def stage_lines(
    application: Application, owed: Mapping[str, Any], delays: Iterable[Delay], calendar: Calendar, now: datetime
) -> list[StageLine]:
    """The stages of its route in order; what is done, where it stands, what is ahead. Asks the database nothing."""
    stages = stages_for(asked=application.asked)
    here = stage_of(application.state)
    place = stages.index(here) if here in stages else len(stages)
    plan = counted(owed, calendar)
    said = list(delays)
    found = []
    for number, stage in enumerate(stages):
        deadline: Any = next((owed[name] for name in SAYS[stage.code] if name in owed), None)
        where = "here" if number == place else "done" if number < place else "ahead"
        done = bool(deadline and deadline.stopped_at)
        counts = stage.code != "forum" or done
        found.append(StageLine(
            number=number + 1, label=stage.label, where=where,
            tag=used_of(deadline, calendar, now) if deadline and counts else None,
            due_at=deadline.due_at if deadline and counts else None, done_at=deadline.stopped_at if done else None,
            recorded_at=deadline.stopped_by_event.recorded_at if done and deadline.stopped_by_event else None,
            said=_(AHEAD.get(stage.code, "")) if where != "done" and AHEAD.get(stage.code) else "",
            local=bool(deadline and counts and deadline.policy in limits.LOCAL),
            latest=plan.get(stage.code) if where != "done" else None,
            delays=[row for row in said if row.policy in stage.limits or (where == "here" and row.policy == limits.OVERALL)],
            hours=bool(deadline and Length.parse(deadline.length).rule.counts_hours),
        ))  # fmt: skip
    return found


def counted(owed: Mapping[str, Any], calendar: Calendar) -> Mapping[str, Latest]:
    """The plan counted back from the overall limit while that runs."""
    overall = owed.get(limits.OVERALL)
    try:
        return backward(overall.due_at, calendar) if overall and overall.is_open else {}
    except UnknownYear:
        return {}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One system about one person: the newest look, what it found, and whether a second person agreed that it is nothing."""

    system: str
    of: str
    result: str
    tone: str
    words: str
    traces: list[Trace]
    check: Any
    agreed: NoTrace | None
    retry_at: datetime | None = None


def check_lines(application: Application, names: Mapping[int, str]) -> list[CheckLine]:
    """Every system asked about anybody, the subject first. Four statements. Index: system_check_of_case."""
    checks = SystemCheck.objects.standing().filter(case=application.case_id, state=SystemCheck.State.RECORDED)
    newest: dict[tuple[int, int | None], Any] = {}
    for check in checks.select_related("system", "recorded_by").order_by("checked_at", "pk"):
        newest[check.system_id, check.person_id] = check
    traces: dict[int, list[Trace]] = {}
    for trace in Trace.objects.standing().filter(application=application).order_by("happened_on", "pk")[:MOST]:
        traces.setdefault(trace.check_made_id, []).append(trace)
    nothing = NoTrace.objects.standing().filter(application=application).select_related("agreed_by")
    agreed = {row.check_made_id: row for row in nothing}
    codes = {check.system.label: check.system.code for check in newest.values()}
    found = [line_of(check, traces.get(check.pk, []), agreed.get(check.pk), names) for check in newest.values()]
    tried = Unavailable.objects.standing().filter(application=application).select_related("system").order_by("pk")
    failed = {(row.system_id, row.person_id): row for row in tried}
    codes |= {row.system.label: row.system.code for row in failed.values()}
    found += [
        not_answered(row, names) for key, row in failed.items() if key not in newest or newest[key].checked_at < row.at
    ]
    return sorted(found, key=lambda line: (in_order(codes.get(line.system, "")), line.system, line.of))


def line_of(check: Any, traces: list[Trace], agreed: NoTrace | None, names: Mapping[int, str]) -> CheckLine:
    who = names.get(check.person_id, "")
    if check.found == SystemCheck.Found.SOMETHING:
        return CheckLine(check.system.label, who, _("Trace"), "yellow", check.result, traces, check, agreed)
    if agreed and agreed.state == NoTrace.State.AGREED:
        return CheckLine(
            check.system.label, who, _("No trace: decided"), "green", check.searched, traces, check, agreed
        )
    return CheckLine(
        check.system.label, who, _("No trace: to be agreed"), "yellow", check.searched, traces, check, agreed
    )


def not_answered(row: Unavailable, names: Mapping[int, str]) -> CheckLine:
    who = names.get(row.person_id or 0, "")
    return CheckLine(row.system.label, who, _("Not answered: try again"), "red", row.why, [], None, None, row.retry_at)


@dataclass(frozen=True, slots=True)
class TestLine:
    """One test: the forum’s answer where it has given one, else that of the police; None is no answer yet."""

    code: str
    label: str
    answer: TestAnswer | None
    overturned: TestAnswer | None

    @property
    def tone(self) -> str:
        return "yellow" if self.answer is None else "green" if self.answer.answer == "yes" else "red"


def test_lines(application: Application) -> list[TestLine]:
    """The newest answer of each stage. One statement. Index: test_answer_of."""
    rows = TestAnswer.objects.standing().filter(application=application).select_related("recorded_by").order_by("pk")
    newest = {(row.stage, row.test): row for row in rows}
    found = []
    for test in Test:
        police = newest.get((Stage.POLICE, test.value)) or newest.get((Stage.URGENT, test.value))
        forum = newest.get((Stage.FORUM, test.value))
        other = police if forum and police and forum.answer != police.answer else None
        found.append(TestLine(test.value, test.label, forum or police, other))
    return found


# --- who it is about


@dataclass(frozen=True, slots=True)
class People:
    """The names that the reader may see, by part."""

    by_part: Mapping[str, list[str]]
    children: int

    def said(self, part: str) -> str:
        return _(" and ").join(self.by_part.get(part, [])) or _("somebody not named yet")

    @property
    def at_risk(self) -> str:
        return self.said(Part.AT_RISK)


def people_of(application: Application, names: Mapping[int, str], rows: Iterable[Party]) -> People:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.part, []).append(names.get(row.person_id, ""))
    return People(found, len(found.get(Part.CHILD, [])))


def title_of(application: Application, people: People) -> str:
    """Leanne Ashdown asked about Gareth Pollitt; or whom we were told about."""
    words = {"who": people.said(Part.APPLICANT), "subject": people.said(Part.SUBJECT), "at_risk": people.at_risk}
    if application.asked:
        return _("%(who)s asked about %(subject)s") % words
    return _("Told about %(subject)s and %(at_risk)s") % words
