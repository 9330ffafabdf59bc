"""WHICH ACTS WRITE IN THE DECISION LOG, and what of them stands under which heading (S3-086). Nothing is typed twice.

A row names an act and says what it decided, from what the act itself recorded. To connect another act (bail, a disclosure)
add a row, or call `cases.services.log_decision` in its effect.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from audit.models import Event
from cases.models import (
    ArrestDecision,
    ArrestVerdict,
    Case,
    LoggedDecision,
    RepeatPlan,
    SerialPlan,
    StandardException,
    ThreatToLife,
)
from cases.models.answers import CodeG
from cases.models.decision_log import DecisionKind as Kind
from cases.services import log_decision
from risk.models import Grade, RiskDecision
from safeguarding.models import Encompass, Held
from workflow.models import Approval
from workflow.reactions import Reaction


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that an act made: of what kind, in one line, under the headings, and about which record."""

    kind: str
    what: str
    headings: dict[str, str]
    about: Any


@dataclass(frozen=True, slots=True)
class Logs:
    """One row: the act, and what it decided."""

    event: str
    said: Callable[[Event], Iterator[Decided]]


def grade(event: Event) -> Iterator[Decided]:
    """The row of the ledger that the act wrote: what stood there, the lowest allowed and why, the reasons in words."""
    for row in RiskDecision.objects.filter(case=event.chain, at=event.at):
        to, low = Grade(row.to_grade).label, Grade(row.floor).label
        before = f"Before: {Grade(row.from_grade).label}. " if row.from_grade else "Not graded before. "
        yield Decided(Kind.GRADE, f"Graded {str(to).lower()}", {
            "information": counted(row), "threat": f"{before}Now: {to}.",
            "powers": f"The lowest allowed was {str(low).lower()}{because(row.floor_because)}.",
            "options": "\n".join(filter(None, (row.rationale, row.why_below and f"Below what is expected{because(row.expected_because)}: {row.why_below}"))),
        }, row)  # fmt: skip


def because(words: str) -> str:
    return f": {words}" if words else ""


def counted(row: RiskDecision) -> str:
    """What the ledger kept of the answers; an instrument without a count has none to say."""
    if row.yes_total is None:
        return ""
    said = f"{row.yes_total} answers are yes, {row.ric_yes} of the partners’ 24, {row.critical_yes} of them critical; {row.unknown_total} are not known."
    return f"{said} Too little is known." if row.is_insufficient else said


def arrests(event: Event) -> Iterator[Decided]:
    """The decisions of a record that is sent: each once for what it says."""
    rows = ArrestDecision.objects.standing().filter(incident=event.subject_id).exclude(arrested="").order_by("pk")
    for row in rows:
        found = arrest_of(row)
        if not said_before(found):
            yield found


def said_before(found: Decided) -> bool:
    """Whether the newest that is logged about the same record says the same: a record may be sent again."""
    about = {"about_type": found.about._meta.label_lower, "about_id": found.about.pk}
    newest = LoggedDecision.objects.filter(case=found.about.case_id, kind=found.kind, **about).order_by("-pk").first()
    said = {name: words.strip() for name, words in found.headings.items() if words.strip()}
    return newest is not None and all(getattr(newest, name) == words for name, words in said.items())


def arrest(event: Event) -> Iterator[Decided]:
    yield from map(arrest_of, ArrestDecision.objects.filter(pk=event.subject_id))


def arrest_of(row: ArrestDecision) -> Decided:
    necessity = ", ".join(str(CodeG(code).label) for code in (row.necessity or row.code_g))
    if row.taken:
        headings = {
            "information": f"For: {row.offences}" if row.offences else "",
            "powers": f"Necessity (Code G): {necessity}" if necessity else "",
        }
        headings["action"] = "Arrested." if row.arrested == "yes" else "Arrested later."
        return Decided(Kind.ARREST, "Arrested", headings, row)
    day = f"{row.attends_on.day} {row.attends_on:%B %Y}" if row.attends_on else ""
    return Decided(Kind.ARREST, "Not arrested", {
        "powers": "; ".join(row.reasons) + (f". Necessity (Code G): {necessity}" if necessity else ""),
        "options": row.why, "action": f"Attends voluntarily on {day}." if day else "",
    }, row)  # fmt: skip


def verdict(event: Event) -> Iterator[Decided]:
    for row in ArrestVerdict.objects.filter(decision=event.subject_id, recorded_at=event.at):
        yield Decided(Kind.VERDICT, row.get_verdict_display(), {"options": row.reason}, row.decision)


def threat(event: Event) -> Iterator[Decided]:
    for row in ThreatToLife.objects.filter(pk=event.subject_id):
        weighed = [(label, getattr(row, name)) for name, label in ARTICLES]
        yield Decided(Kind.THREAT, "A threat to life was decided on", {
            "information": "\n".join(filter(None, (row.what, row.known))),
            "threat": {"yes": "The risk is real and immediate.", "no": "The risk is not real and immediate."}.get(row.real, ""),
            "powers": "\n".join(f"{label}: {words}" for label, words in weighed if words), "action": row.decision,
        }, row)  # fmt: skip


ARTICLES = (("article_2", "Article 2"), ("article_3", "Article 3"), ("article_8", "Article 8"))


def exception(event: Event) -> Iterator[Decided]:
    for row in StandardException.objects.filter(pk=event.subject_id):
        what = f"Exception from a minimum standard: {row.get_state_display().lower()}"
        yield Decided(Kind.CLOSURE, what, {
            "information": row.unmet, "options": f"Asked for because: {row.why}\nDecided: {row.decided_why}", "action": row.instead,
        }, row)  # fmt: skip


def serial_flag(event: Event) -> Iterator[Decided]:
    for row in SerialPlan.objects.filter(pk=event.subject_id):
        none = row.state == SerialPlan.State.SET_ASIDE
        said = {"information": f"Suspected of harming {row.harmed} people.", "options": row.because}
        yield Decided(Kind.PLAN, "No serial plan now" if none else "A serial perpetrator plan", said, row)


def plan(model: Any, what: str) -> Callable[[Event], Iterator[Decided]]:
    """A plan that a coordinator approved, with the reason given for it."""

    def said(event: Event) -> Iterator[Decided]:
        of = {"subject_type": model._meta.label_lower, "subject_id": event.subject_id, "decided_at": event.at}
        for row in model.objects.filter(pk=event.subject_id):
            reason = Approval.objects.filter(**of).values_list("reason", flat=True).first() or ""
            yield Decided(Kind.PLAN, what, {"options": reason, "action": row.what}, row)

    return said


def school(event: Event) -> Iterator[Decided]:
    """Whether a school is told of a child, where a person decided it (E.7)."""
    for row in Encompass.objects.filter(pk=event.subject_id):
        told = not row.not_sent_because
        yield Decided(Kind.REFERRAL, "A school is told of a child" if told else "No school is told of a child", {
            "information": "\n".join(str(Held(code).label) for code in row.held_for),
            "options": row.decided_because if told else row.not_sent_because,
        }, row)  # fmt: skip


# fmt: off
TABLE: tuple[Logs, ...] = (
    Logs("assessment.grade",          grade),
    Logs("assessment.raise",          grade),
    Logs("reassessment.done",         grade),
    Logs("downgrade.lower",           grade),
    Logs("downgrade.lapse",           grade),
    Logs("downgrade.reopen",          grade),
    Logs("incident.submit",           arrests),
    Logs("arrest.take",               arrest),
    Logs("arrest.accept",             verdict),
    Logs("arrest.return",             verdict),
    Logs("arrest.order",              verdict),
    Logs("threat.decide",             threat),
    Logs("standard-exception.grant",  exception),
    Logs("standard-exception.refuse", exception),
    Logs("serial-plan.begin",         serial_flag),
    Logs("serial-plan.set-aside",     serial_flag),
    Logs("serial-plan.approve",       plan(SerialPlan, "Serial perpetrator plan approved")),
    Logs("encompass.decide",          school),
    Logs("encompass.not-send",        school),
    Logs("repeat-plan.approve",       plan(RepeatPlan, "Repeat-victim plan approved")),
)
# fmt: on


def writing(row: Logs) -> Callable[[Event], None]:
    """The reaction of a row: what the act decided, by whoever decided it, at its own moment. It may run twice."""

    def run(event: Event) -> None:
        case = Case.objects.get(pk=event.chain)
        for found in row.said(event):
            log_decision(
                case, event.by, event.at, found.kind, found.headings, what=found.what, about=found.about, event=event
            )

    return run


ROWS: tuple[Reaction, ...] = tuple(Reaction(f"log-{row.event}", row.event, writing(row)) for row in TABLE)
