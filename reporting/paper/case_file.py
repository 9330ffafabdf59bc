"""The case file: what the case page shows, by the same functions, in full and at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from accounts.models import User
from audit.models import Access
from cases.models import Case, Involvement, SafeContact, SafetyWarning
from cases.panels import Panel, panels_of
from cases.panels.contact import safe_contact
from cases.panels.dangers import Dangers, dangers_of
from cases.panels.identity import Identity, Party, identity_of, parties_of
from cases.panels.owed import Owed, owed_on
from cases.panels.own import incidents_of, warnings
from cases.panels.timeline import Entry, timeline_of
from people.models import Fact, Link
from reporting.paper.records import Decision, Record, decisions_on, record_on_paper
from workflow.declare import WORKFLOWS

if TYPE_CHECKING:
    from reporting.models import Document


@dataclass(slots=True)
class CaseFile:
    """Everything on the paper. `as_at` is UTC. Of safe contact never the code word: a paper can be read by anybody."""

    case: Case
    as_at: datetime
    identity: Identity
    parties: list[Party]
    dangers: Dangers
    contact: dict[str, Any]
    warnings: list[SafetyWarning]
    owed: list[Owed]
    timeline: list[Entry]
    incidents: list[Record]
    decisions: list[Decision]
    known: list[tuple[str, list[Fact]]]
    panels: list[tuple[Panel, Any]]
    looks: int
    lookers: int
    shows: list[str] = field(default_factory=list)
    drawn_from: list[int] = field(default_factory=list)


def read_case(case: Case, user: User, at: datetime) -> CaseFile:
    """What this person may see of a case that they may open, as at the moment (UTC)."""
    parties = parties_of(case, user)
    names = {party.person_id: party.name for party in parties}
    incidents = incidents_of(case, user, at)
    panels = panels_on_paper(case, user, at)
    looked = Access.objects.filter(chain=case.pk, at__lte=at)
    return CaseFile(
        case=case, as_at=at, identity=identity_of(case, user, parties), parties=parties, dangers=dangers_of(case),
        contact=contact_on_paper(case, user, at), warnings=warnings(case, user, at),
        owed=owed_on(case, at, all_met=True), timeline=whole_timeline(case, user, at),
        incidents=[record_on_paper(row, names, at) for row in incidents], decisions=decisions_of(case, user, at),
        known=known_here(case, names, at), panels=panels, looks=looked.count(),
        lookers=looked.values("by").distinct().count(), shows=[panel.name for panel, _ in panels],
        drawn_from=other_cases(case, names, user),
    )  # fmt: skip


def written(file: CaseFile, document: Document) -> str:
    """The paper as HTML, its style within it."""
    return render_to_string("reporting/case_file.html", {"file": file, "document": document, "as_at": file.as_at})


def panels_on_paper(case: Case, user: User, at: datetime) -> list[tuple[Panel, Any]]:
    """Every panel that prints and has something to say to this person."""
    held = user.roles_over(case.unit, at)
    found = [(panel, panel.rows(case, user, at)) for panel in panels_of(case, held, paper=True)]
    return [(panel, rows) for panel, rows in found if rows]


def contact_on_paper(case: Case, user: User, at: datetime) -> dict[str, Any]:
    """How to make contact safely, without the code word: it is not even given to the template."""
    contact: SafeContact | None = safe_contact(case, user, at)["contact"]
    if contact is None:
        return {}
    said = (
        "ways", "times", "may_answer", "if_answered_by_another", "never", "language", "valid_until", "nothing_known",
        "unknown_why", "recorded_at", "last_confirmed",
    )  # fmt: skip
    people = {"by": contact.recorded_by.title(), "confirmed_by": contact.confirmer.title()}
    return {name: getattr(contact, name) for name in said} | people


def whole_timeline(case: Case, user: User, at: datetime) -> list[Entry]:
    """Every page of the timeline, newest first."""
    page = timeline_of(case, user, at)
    entries = list(page.entries)
    while page.earlier is not None:
        page = timeline_of(case, user, at, before=page.earlier)
        entries += page.entries
    return entries


def decisions_of(case: Case, user: User, at: datetime) -> list[Decision]:
    """What was sent and decided on any record of the case, the earliest first."""
    found: list[Decision] = []
    for table in WORKFLOWS.values():
        if "case" in {column.name for column in table.model._meta.concrete_fields}:
            found += decisions_on(table, table.model.objects.visible_to(user).filter(case=case), at)
    return sorted(found, key=lambda decision: decision.asked_at)


def known_here(case: Case, names: dict[int, str], at: datetime) -> list[tuple[str, list[Fact]]]:
    """What this case itself learned of its people; what others learned does not print here."""
    facts: dict[int, list[Fact]] = {person: [] for person in names}
    for kind in Fact.kinds():
        for fact in kind.objects.as_at(at).filter(case=case).of(names).order_by("recorded_at", "pk"):
            for person, side in fact.sides():
                if isinstance(side, Link):
                    side.other_name = names.get(side.other_id, "")
                # a name stands beside it already; few may read what is private
                if person in facts and side.words != names[person] and not side.private and side.on_paper:
                    facts[person].append(side)
    return [(names[person], rows) for person, rows in facts.items() if rows]


def other_cases(case: Case, names: dict[int, str], user: User) -> list[int]:
    """Other cases, visible to this person, that know of the same people: names and history may come from them."""
    found: set[int] = set()
    for kind in (*Fact.kinds(), Involvement):
        rows = kind.objects.visible_to(user).filter(person__in=names).exclude(case=case)
        found.update(rows.order_by().values_list("case", flat=True).distinct())
    return sorted(found)
