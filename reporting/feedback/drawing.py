"""The monthly draw: who came to a stage, who is left out and why, and who of the rest is drawn. Anybody can draw it again.

The order is that of SHA-256 over the seed, the person and the case: whoever has the seed of a draw and its list finds the
same people, and nobody can choose them.
"""

from __future__ import annotations

import hashlib
import secrets
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from cases.models import Case, Incident, Involvement, LoggedDecision, Outcome, SafeContact, UnsafeReport
from cases.models.decision_log import DecisionKind
from people.models import Birth
from reporting.feedback.gates import no_way_at_all
from reporting.models import Draw, Questionnaire, SampleRule, Survey, SurveyConsent
from reporting.models.feedback import Audience, Stage
from risk.models import current_grades
from workflow import engine
from workflow.clock import LONDON

CHARGED = ("1", "1A")
ON_RECORD = (Incident.State.SUBMITTED, Incident.State.CHECKED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who came to the stage: in which case, when (UTC)."""

    person: int
    case: int
    at: datetime


def months_end(month: date) -> date:
    """The last day of the month that begins on a day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def due_month(rule: SampleRule, at: datetime) -> date:
    """The newest month that a rule draws from by a moment (UTC): over since as many days as the rule says. Its first day."""
    today = at.astimezone(LONDON).date()
    month = today.replace(day=1)
    while months_end(month) + timedelta(days=rule.after_days) >= today:
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def draw_due(at: datetime) -> list[int]:
    """Draw for every rule what is due and not drawn. May run twice. Returns the draws made."""
    rules = SampleRule.objects.filter(state=SampleRule.State.WORKING, paused_at__isnull=True).order_by("pk")
    made = (draw(rule.pk, due_month(rule, at), at) for rule in rules)
    return [one.pk for one in made if one is not None]


def draw(rule_id: int, month: date, at: datetime, seed: str = "") -> Draw | None:
    """Draw one month of one rule; None where it was drawn, or where no questionnaire is in use. `seed` is chosen if none."""
    with transaction.atomic():
        rule = SampleRule.objects.select_for_update().select_related("unit").get(pk=rule_id)
        questionnaire = Questionnaire.objects.all().in_use(Audience.HARMED).first()
        if questionnaire is None or Draw.objects.filter(rule=rule, month=month).exists():
            return None
        came = candidates(rule, month)
        left_out = reasons(rule, came, at)
        could = [one for one in came if one.person not in left_out]
        seed = seed or secrets.token_hex(16)
        chosen = drawn_of(could, seed, rule.most)
        counts = Counter(left_out.values())
        made = Draw.objects.create(
            rule=rule, month=month, questionnaire=questionnaire, seed=seed, drawn_at=at, reached_stage=len(came),
            drawn=len(chosen), **{why: counts[why] for why in WHY},
        )  # fmt: skip
        begin(made, chosen, at)
    return made


def drawn_of(could: Iterable[Candidate], seed: str, most: int) -> list[Candidate]:
    """The first `most` in the order of the seed. Pure: the order in which they are given changes nothing."""
    return sorted(could, key=lambda one: place_of(one, seed))[:most]


def place_of(one: Candidate, seed: str) -> str:
    return hashlib.sha256(f"{seed}:{one.person}:{one.case}".encode()).hexdigest()


def begin(made: Draw, chosen: list[Candidate], at: datetime) -> None:
    """A survey of each, by the program itself."""
    system = User.objects.system()
    cases = Case.objects.select_related("unit").in_bulk([one.case for one in chosen])
    grades = current_grades(cases)
    for one in chosen:
        survey = Survey(
            case=cases[one.case], draw=made, questionnaire=made.questionnaire, stage=made.rule.stage, person_id=one.person,
            stage_at=one.at, grade=grades.get(one.case, ""),
        )  # fmt: skip
        engine.perform(survey, "draw", by=system, evidence={}, at=at)


def candidates(rule: SampleRule, month: date) -> list[Candidate]:
    """Everybody harmed who came to the stage in the month (London), in the unit or beneath it: once each, the latest case."""
    first = datetime(month.year, month.month, 1, tzinfo=LONDON)
    last = months_end(month) + timedelta(days=1)
    until = datetime(last.year, last.month, last.day, tzinfo=LONDON)
    moments: dict[int, datetime] = {}
    cases = Case.objects.filter(kind=Case.Kind.INVESTIGATION, unit__lineage__contains=[rule.unit_id]).order_by()
    for case, at in reached(rule.stage, first, until, cases):
        moments[case] = max(at, moments.get(case, at))
    found: dict[int, Candidate] = {}
    parts = Involvement.objects.standing().filter(part=Involvement.Part.VICTIM, case__in=list(moments)).order_by("pk")
    for person, case in parts.values_list("person", "case"):
        one = Candidate(person, case, moments[case])
        if person not in found or found[person].at < one.at:
            found[person] = one
    return list(found.values())


def reached(stage: str, first: datetime, until: datetime, cases: object) -> Iterable[tuple[int, datetime]]:
    """Case and moment for each time that the stage was reached from one moment until another (UTC).

    First response: the report of a record that was sent. Investigation: the case closed. Outcome: one settled for a crime.
    Court: the case closed after a charge, since nothing else here says that a court is done.
    Indexes: incident_by_report; the others are asked once a month.
    """
    if stage == Stage.FIRST_RESPONSE:
        sent = Incident.objects.standing().filter(state__in=ON_RECORD, case__in=cases).exclude(da_confirmed="no")
        return sent.filter(reported_at__gte=first, reported_at__lt=until).values_list("case", "reported_at")
    settled = Outcome.objects.settled().filter(case__in=cases)
    if stage == Stage.OUTCOME:
        return settled.filter(settled_at__gte=first, settled_at__lt=until).values_list("case", "settled_at")
    closed = LoggedDecision.objects.standing().filter(kind=DecisionKind.CLOSURE, case__in=cases)
    closed = closed.filter(case__state=Case.State.CLOSED, decided_at__gte=first, decided_at__lt=until)
    if stage == Stage.COURT:
        closed = closed.filter(case__in=settled.filter(code__in=CHARGED).values("case"))
    return closed.values_list("case", "decided_at")


#: Why somebody is left out, in the order in which it is asked: each counts once.
WHY = ("kept_apart", "too_young", "no_consent", "not_safe", "lately")


def reasons(rule: SampleRule, came: list[Candidate], at: datetime) -> dict[int, str]:
    """Person → the first reason for which they are left out; nobody else is in it. Eight statements for any number."""
    people, cases = [one.person for one in came], [one.case for one in came]
    restricted = set(Case.objects.filter(pk__in=cases, restricted=True).values_list("pk", flat=True))
    old_enough = {person for person, age in ages(people, at).items() if age >= rule.youngest}
    agreed = consents(cases)
    safe = can_be_asked(cases, at)
    since = at - timedelta(days=rule.not_again_days)
    lately = set(Survey.objects.filter(person__in=people, recorded_at__gt=since).values_list("person_id", flat=True))
    found: dict[int, str] = {}
    for one in came:
        left_out = (
            one.case in restricted, one.person not in old_enough, (one.case, one.person) not in agreed, one.case not in safe,
            one.person in lately,
        )  # fmt: skip
        if any(left_out):
            found[one.person] = WHY[left_out.index(True)]
    return found


def consents(cases: list[int]) -> set[tuple[int, int]]:
    """(case, person) of those whose newest word is that they agree."""
    newest = SurveyConsent.objects.all().newest().filter(case__in=cases)
    return {(row.case_id, row.person_id) for row in newest if row.state == SurveyConsent.State.GIVEN}


def can_be_asked(cases: list[int], at: datetime) -> set[int]:
    """The cases in which nobody is unsafe now and the plan in force names a way."""
    unsafe = set(
        UnsafeReport.objects.filter(case__in=cases, answered_at__isnull=True).values_list("case_id", flat=True)
    )
    plans = (
        SafeContact.objects.standing().filter(case__in=cases).order_by("case", "-recorded_at", "-pk").distinct("case")
    )
    return {plan.case_id for plan in plans if plan.case_id not in unsafe and not no_way_at_all(plan, at)}


def ages(people: list[int], at: datetime) -> dict[int, int]:
    """The age of each whose age is known, the youngest that any record makes them."""
    today = at.astimezone(LONDON).date()
    found: dict[int, int] = {}
    for birth in Birth.objects.standing().filter(person__in=people):
        if birth.born_on is not None:
            had = (today.month, today.day) >= (birth.born_on.month, birth.born_on.day)
            age = today.year - birth.born_on.year - (0 if had else 1)
        else:
            age = birth.age_said or 0
        found[birth.person_id] = min(age, found.get(birth.person_id, age))
    return found
