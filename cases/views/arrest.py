"""The pages of arrests: with one suspect the section asks directly, with more it lists them; and what stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases.models import ArrestDecision, Incident
from cases.panels.arrest import Decided, decided_in
from cases.steps.arrest import ARREST_ROW
from cases.steps.incident import INCIDENT
from workflow import engine
from workflow.declare import Section
from workflow.models import Refusal, Refused
from workflow.pages.records import AtTheDoor, open_record, page, step_context
from workflow.pages.rows import ask_row
from workflow.pages.sections import next_url, ordinary_section, section_of_its_own
from workflow.pages.tasks import closed_by, record_url, section_url, task_list

SECTION = INCIDENT.section("arrest")
ASKED = "incident/arrest_asked.html"


@section_of_its_own(INCIDENT.event("section.arrest"))
def arrest_section(request: HttpRequest, record: Any, part: Section) -> HttpResponse:
    """One suspect: the question itself. None or more, or a record that is not being written: one line for each."""
    suspects = list(record.people("suspect")[:2])
    others = ArrestDecision.objects.standing().filter(incident=record, suspect__isnull=True)
    if len(suspects) != 1 or not may_write(record, request.user) or others.exists():
        return ordinary_section(request, record, part)
    onward = record_url(record) if "back" in request.POST else next_url(record, part)
    return ask_about(request, record, suspects[0], onward)


@page
def arrest_begin(request: HttpRequest, incident: int, kind: str) -> HttpResponse:
    """Whose arrest it is about is chosen on the section's page."""
    record = open_record(request, INCIDENT.name, incident)
    if kind != ARREST_ROW.name:
        raise Http404
    return redirect(section_url(record, SECTION))


@page
def arrest_of(request: HttpRequest, incident: int, suspect: int) -> HttpResponse:
    """The question about one of several suspects."""
    record: Incident = open_record(request, INCIDENT.name, incident)
    if first := closed_by(record):
        raise AtTheDoor(section_url(record, first))
    found = record.people("suspect").filter(pk=suspect).first()
    if found is None:
        raise Http404
    if not may_write(record, request.user):
        raise Refused(Refusal.STATE, "This record is not being written now, so nothing can be said about an arrest.")
    onward = record_url(record) if "back" in request.POST else section_url(record, SECTION)
    return ask_about(request, record, found, onward)


def ask_about(request: HttpRequest, record: Incident, suspect: Any, onward: str) -> HttpResponse:
    """The boxes of one suspect; where it happened is offered as the place of the arrest, nothing is typed twice."""
    row = ArrestDecision.objects.standing().filter(incident=record, suspect=suspect).first()
    row = row or ArrestDecision(incident=record, suspect=suspect, place=record.place)
    return ask_row(request, record, ARREST_ROW, row, onward=onward, template=ASKED)


def may_write(record: Any, user: Any) -> bool:
    return bool(engine.editable_by(record, user, user.roles_over(record.scope)))


@dataclass(frozen=True, slots=True)
class Guidance:
    """Short advice beside a page, drawn as the prompts of a box are."""

    prompts_title: str
    prompts: tuple[str, ...]


ARRESTING = Guidance(
    "What to think of before you decide",
    (
        "The decision is yours. Do not ask the person harmed whether to arrest, and say so to both of them.",
        "Grounds, necessary and proportionate: arrest. Protecting a child or a vulnerable person is a reason.",
        "Both say the other began it? Find the primary perpetrator: avoid arresting both.",
        "If you do not arrest, say what keeps everyone in the household safe now.",
    ),
)


@step_context(INCIDENT.event("section.arrest"))
def lines_of_section(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Each suspect with what was decided."""
    user: Any = request.user
    cards = decided_in(record, user)
    return {"decided": cards, "guidance": {"field": ARRESTING}, "none_known": record.suspect_known == "no"}


@step_context(INCIDENT.event("row.arrest"))
def beside_question(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Whose arrest it is, the list of sections, and what a supervisor has said of it."""
    user: Any = request.user
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    card = card_asked(decided_in(record, user), kwargs)
    names = [section.name for section in INCIDENT.sections]
    return {
        "heading": card.name if card else _("Arrest, or why not"), "decision": card, "section": SECTION, "editable": True,
        "guidance": {"field": ARRESTING}, "number": names.index(SECTION.name) + 1, "count": len(names),
        "tasks": task_list(record, user, brief=True).amended(SECTION.name, said=_("You are here")),
        "back_url": record_url(record),
    }  # fmt: skip


def card_asked(cards: list[Decided], kwargs: dict[str, Any]) -> Decided | None:
    """The suspect that the address names; the only one where it names none."""
    if "row" in kwargs:
        return next((card for card in cards if card.decision and card.decision.pk == kwargs["row"]), None)
    if "suspect" in kwargs:
        return next((card for card in cards if card.suspect and card.suspect.pk == kwargs["suspect"]), None)
    return cards[0] if cards else None
