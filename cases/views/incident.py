"""What stands on the pages of an incident beside its forms: the people, what is asked again, how far the record is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from accounts.roles import FRONTLINE
from cases.models import Case, Incident, Involvement
from cases.services import key_of, open_elsewhere, to_ask
from cases.services.contact import asked_since, in_force, mark_never
from cases.steps.arrest import wish_alone
from cases.steps.children import CARE_ROW
from cases.steps.incident import INCIDENT
from cases.steps.safety import unsafe_now
from people.models import Description, Link
from people.services import Known, Reader, births_for, names_for
from people.services.facts import kinds_about, name_others, own_facts
from workflow.declare import RowKind, parts_of
from workflow.pages.furniture import Entry, navigate
from workflow.pages.records import step_context
from workflow.pages.tasks import (
    NOT_STARTED,
    NOT_YET,
    PART_DONE,
    Task,
    TaskList,
    closed_by,
    part_label,
    part_task,
    says_of_tasks,
    step_url,
)
from workflow.templatetags.words import day, when_inside

STILL_TRUE, UNSAFE = gettext_noop("Still true?"), gettext_noop("Unsafe now")
COMES_BACK = gettext_noop("Comes back to you as it is: what the person harmed wanted is no reason by itself")
PEOPLE_SECTIONS = {"victim": "harmed", "suspect": "suspects", "child": "children", "witness": "witnesses"}
EVERY = {"child": CARE_ROW}  # the rows of both kinds of child: born and unborn

navigate(Entry("Record an incident", "new-incident", 30, FRONTLINE))


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody in the incident, as the page of their part shows them."""

    row: Involvement
    name: str
    born: str
    connection: str
    lacks: list[str]
    known: list[Any]
    asked: list[tuple[Known, str]]
    elsewhere: list[Case]
    described: list[tuple[Description, str]]


def people_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The people of the part whose page this is."""
    user: Any = request.user
    name = request.resolver_match.kwargs["section"] if request.resolver_match else ""
    kind = INCIDENT.section(name).rows[0]
    rows = list(kind.rows_of(record).select_related("person"))
    said = said_of_people(record, kind.name, rows, user)
    cards = [card(row, user, kind, said[row.person_id]) for row in rows]
    return {
        "cards": cards, "kind": kind, "alone": kind.name == "victim" and bool(cards),
        "never": never_use(record, cards) if kind.name == "victim" else "",
    }  # fmt: skip


def never_use(record: Incident, cards: list[Card]) -> str:
    """What must never be used to reach the person harmed, for the place where their numbers stand; each such is marked."""
    plan = in_force(record.case_id)
    for card in cards:
        mark_never([*card.known, *(known.fact for known, _key in card.asked)], [plan] if plan else [])
    return plan.never if plan else ""


@dataclass(frozen=True, slots=True)
class Said:
    """What this case and others say of somebody."""

    name: str
    birth: Any
    learned: list[Any]
    asked: list[Known]
    elsewhere: list[Case]


def said_of_people(record: Incident, part: str, rows: list[Involvement], user: User) -> dict[int, Said]:
    """{person: what is said of them}, for everybody of a part at once; other cases matter for the person harmed."""
    ids = [row.person_id for row in rows]
    names, births, learned = names_for(ids, user), births_for(ids, user), learned_in(record, ids, user)
    asked = to_ask(incident=record, people=ids, by=user)
    harmed = ids if part == Involvement.Part.VICTIM else []  # nobody asked about: no query
    elsewhere = open_elsewhere(incident=record, people=harmed, part=part, by=user)
    return {pk: Said(names[pk], births.get(pk), learned[pk], asked[pk], elsewhere.get(pk, [])) for pk in ids}


def learned_in(record: Incident, ids: list[int], user: User) -> dict[int, list[Any]]:
    """What this very case has learned of people beside their names and births, newest first; and their other names."""
    found: dict[int, list[Any]] = {person: [] for person in ids}
    for kind in kinds_about(ids, user):
        for fact in own_facts(kind).standing().filter(case=record.case_id).of(ids).newest_first():
            for person, side in fact.sides():
                found.get(person, []).append(side)
    name_others([fact for facts in found.values() for fact in facts if isinstance(fact, Link)], user)
    return found


def card(row: Involvement, user: User, kind: RowKind, said: Said) -> Card:
    form: Any = kind.form
    return Card(
        row=row,
        name=said.name,
        born=said.birth.words if said.birth else "",
        connection=row.connection.in_law if row.connection else "",
        lacks=[sentence for _, sentence in form.missing(row)],
        known=[fact for fact in said.learned if not isinstance(fact, Description)],
        asked=[(known, key_of(known.fact)) for known in said.asked],
        elsewhere=said.elsewhere,
        described=described_to(user, said.learned),
    )


def described_to(user: User, learned: list[Any]) -> list[tuple[Description, str]]:
    """The newest answer on each topic, in the words that this person may read."""
    reader = Reader(user)
    newest: dict[str, Description] = {}
    for fact in learned:
        if isinstance(fact, Description):
            newest.setdefault(fact.topic, fact)
    return [(fact, reader.words_of(fact)) for fact in sorted(newest.values(), key=lambda fact: fact.place)]


for _section in PEOPLE_SECTIONS.values():
    step_context(INCIDENT.event(f"section.{_section}"))(people_page)


def row_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Whose page it is."""
    pk = request.resolver_match.kwargs.get("row") if request.resolver_match else None
    row = record.involvements.filter(pk=pk).first()
    return {"heading": names_for([row.person_id], request.user)[row.person_id]} if row else {}  # type: ignore[arg-type]


for _part in (*PEOPLE_SECTIONS, "help"):
    step_context(INCIDENT.event(f"row.{_part}"))(row_page)


@says_of_tasks(INCIDENT.name)
def as_said(record: Incident, user: User, tasks: TaskList, brief: bool) -> TaskList:
    """The lines as officers read them: people by their names, what is asked again, risk, and whether it can be sent."""
    if unsafe_now(record):
        tasks = tasks.amended("safe", status=UNSAFE, said=_("Say whether everyone is safe before you leave."))
    if tasks.open:
        tasks = with_people(record, user, tasks, brief)
        tasks = with_contact(record, tasks)
        tasks = with_arrest(record, tasks)
    tasks = tasks.with_tasks(gettext_noop("Risk"), *risk_tasks(record, tasks.open))
    return (
        tasks.with_tasks(gettext_noop("Send"), send_task(record, tasks))
        if record.state == Incident.State.RECORDING
        else tasks
    )


def with_people(record: Incident, user: User, tasks: TaskList, brief: bool) -> TaskList:
    kinds = {
        section: EVERY.get(part, INCIDENT.row_kind(part)).found(record) for part, section in PEOPLE_SECTIONS.items()
    }
    names = names_for({row.person_id for rows in kinds.values() for row in rows}, user)
    for section, rows in kinds.items():
        if rows:
            tasks = tasks.amended(section, **said_of(tasks, section, rows, names))
    return tasks if brief else with_asked(record, user, tasks, kinds["harmed"])


def said_of(tasks: TaskList, section: str, rows: list[Involvement], names: dict[int, str]) -> dict[str, Any]:
    """What changes in the line of a part once somebody is in it."""
    line = next(task for task in tasks.tasks if task.key == section)
    called = ", ".join(names[row.person_id] for row in rows)
    if section == "harmed":
        return {"name": called}
    if section == "suspects":
        connection = rows[0].connection if len(rows) == 1 and not line.lacks else None
        return {"name": called, "said": connected(connection) if connection else ""}
    return {} if line.lacks else {"said": _("%(count)s added: %(people)s") % {"count": len(rows), "people": called}}


def with_asked(record: Incident, user: User, tasks: TaskList, harmed: list[Involvement]) -> TaskList:
    """What is known of the person harmed and was not asked again stands in their line."""
    offered = to_ask(incident=record, people=[row.person_id for row in harmed], by=user)
    asked = [known for row in harmed for known in offered[row.person_id]]
    return tasks.amended("harmed", status=STILL_TRUE, said=known_since(asked)) if asked else tasks


def connected(connection: Any) -> str:
    """Former partner who lived apart: connected by law."""
    label = _(connection.label)
    law = _("connected by law") if connection.connected else connection.in_law.lower()
    return f"{label[:1].upper()}{label[1:]}: {law}"


def known_since(asked: list[Known]) -> str:
    """Telephone and address known since 29 August."""
    words = {"Lives": _("address"), "Telephone": _("telephone")}
    kinds = list(dict.fromkeys(words.get(known.label, _(known.label).lower()) for known in asked))
    said = _(" and ").join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    since = {"what": f"{said[:1].upper()}{said[1:]}", "day": day(min(known.recorded_at for known in asked))}
    return _("%(what)s known since %(day)s") % since


def with_contact(record: Incident, tasks: TaskList) -> TaskList:
    """What is known of safe contact stands in its line: when it was last said to be right, or that nobody knows a way."""
    plan = in_force(record.case_id)
    if plan is None:
        return tasks.amended("contact", said=_("How and when they can be reached safely"))
    if plan.nothing_known:
        said = _("No safe way is known yet")
    else:
        said = _("Last confirmed %(moment)s") % {"moment": when_inside(plan.last_confirmed)}
    if asked_since(plan, record.recorded_at):
        return tasks.amended("contact", said=said)
    return tasks.amended("contact", said=said, status=STILL_TRUE)


def with_arrest(record: Incident, tasks: TaskList) -> TaskList:
    """What would bring the record back by itself is said before it is sent, and after it came back."""
    if record.state == Incident.State.RECORDING and wish_alone(record):
        return tasks.amended("arrest", status=PART_DONE, said=_(COMES_BACK))
    return tasks


def risk_tasks(record: Incident, opened: bool) -> list[Task]:
    """The assessments of this incident, and the one that must be begun. The app that assesses names its own pages."""
    lines = []
    for part, records in parts_of(record):
        lines += [part_task(part, found, reverse("dash", args=[found.pk])) for found in records]
        if part.needs_one and not records:
            url = reverse("dash-begin", args=[record.pk]) if opened and record.state == Incident.State.RECORDING else ""
            lines.append(Task(part.name, part_label(part), url, NOT_STARTED if opened else NOT_YET, [_("Not started")]))
    return lines


def send_task(record: Incident, tasks: TaskList) -> Task:
    step = INCIDENT.step("submit")
    if closed_by(record) or tasks.lacking:
        words = ngettext(
            "%(count)s section still needs something", "%(count)s sections still need something", tasks.lacking
        )
        return Task(
            "send",
            _(step.label),
            "",
            NOT_YET,
            last=True,
            said=words % {"count": tasks.lacking},
        )
    said = _(COMES_BACK) if wish_alone(record) else _("Everything is there")
    return Task("send", _(step.label), step_url(record, step), NOT_STARTED, said=said, last=True)
