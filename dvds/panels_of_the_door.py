"""The door: a link in the navigation, a box on an investigation, and what stands on the pages of a consideration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, show
from cases.panels.identity import Party as Named
from cases.panels.identity import names_parties
from cases.services.contact import in_force
from dvds.models import Application, ContactAttempt, ContactLeave, Intake, Part, Party
from dvds.services.contact import lacks_said, may_contact_now
from dvds.steps import CONSIDERATION
from dvds.steps.roles import HEARS
from dvds.steps.sections import PARTY_ROW
from people.services import births_for, names_for
from people.services.facts import ages
from risk.models import Grade
from workflow import engine
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context
from workflow.pages.sections import add_url

DISCLOSURE = frozenset({Case.Kind.DISCLOSURE.value})
ORDER = list(Part.values)
MOST = 50


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a consideration, as the reader knows them."""

    row: Party
    name: str
    born: str
    change_url: str


def rows_of(application: Any) -> list[Party]:
    """Applicant, person at risk, subject, children. One query. Index: considered_of_application."""
    rows = Party.objects.standing().filter(application=application).order_by("pk")
    return sorted(rows, key=lambda row: (ORDER.index(row.part), row.pk))


def people_of(application: Application, user: User) -> list[Who]:
    """Who is in it. Three queries."""
    rows = rows_of(application)
    ids = {row.person_id for row in rows}
    names, births = names_for(ids, user), births_for(ids, user)
    return [
        Who(
            row, names[row.person_id], births[row.person_id].words if row.person_id in births else "",
            reverse("change-row", args=[CONSIDERATION.name, application.pk, PARTY_ROW.name, row.pk]),
        )
        for row in rows
    ]  # fmt: skip


class OneOf(Named):
    """Somebody of a consideration in the bar at the head of its case: its parts are its own."""

    @property
    def part_words(self) -> str:
        return str(Part(self.part).label)


def parties(case: Case, user: User) -> list[Named]:
    """Whom a consideration is about, for whoever may open it. Four queries."""
    opened = Case.objects.visible_to(user).filter(pk=case.pk)
    rows = Party.objects.standing().filter(application__case__in=opened.values("pk")).order_by("pk")
    found = sorted(rows, key=lambda row: (ORDER.index(row.part), row.pk))
    ids = {row.person_id for row in found}
    names, known = names_for(ids, user), ages(ids, user)
    return [OneOf(row.person_id, names[row.person_id], row.part, known.get(row.person_id)) for row in found]


def risk_of(case: Case) -> str:
    """How high the risk was judged last, in a word; "" where nobody has judged it. One query. Constraint:
    application_one_to_a_case.
    """
    risk = Application.objects.standing().filter(case=case).values_list("risk", flat=True).first()
    return str(Grade(risk).label) if risk else ""


def at_the_door(case: Case, user: User, at: datetime) -> list[tuple[str, str]]:
    """What may be put at the door from an investigation: the same for every one, so that it tells nothing of any."""
    return [
        (_("They ask about a partner’s past: put a request down"), reverse("intake-beside", args=["hear", case.pk])),
        (_("Somebody may need to be told: put it down"), reverse("intake-beside", args=["learn", case.pk])),
    ]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Every attempt at contact, newest first, and the leaves that stand."""

    attempts: list[ContactAttempt]
    leaves: list[ContactLeave]


def contacts_of(case: Case, user: User, at: datetime) -> Contacts | None:
    """Two queries. Index: contact_attempt_of."""
    made = ContactAttempt.objects.visible_to(user).as_at(at).filter(application__case=case)
    attempts = list(made.select_related("recorded_by", "allowed_by").order_by("-at", "-pk")[:MOST])
    given = ContactLeave.objects.visible_to(user).as_at(at).filter(application__case=case, used_by__isnull=True)
    leaves = list(given.filter(until__gt=at).select_related("recorded_by").order_by("pk")[:MOST])
    return Contacts(attempts, leaves) if attempts or leaves else None


def heard_first(application: Any) -> Intake | None:
    """What stood at the door, in the words in which it was said; None where it was taken down at once."""
    return Intake.objects.filter(application=application).select_related("agency__unit", "recorded_by").first()


@step_context("consideration.section.people")
def people_section(request: HttpRequest, application: Any) -> dict[str, Any]:
    user: Any = request.user
    may = engine.editable_by(application, user, user.roles_over(application.scope))
    return {
        "who": people_of(application, user), "add_url": add_url(application, PARTY_ROW) if may else "",
        "heard": heard_first(application),
    }  # fmt: skip


@step_context("consideration.section.contact")
def contact_section(request: HttpRequest, application: Any) -> dict[str, Any]:
    plan = in_force(application.case)
    return {
        "plan": plan, "lacks": lacks_said(plan) if application.asked else "", "heard": heard_first(application),
        "set_url": reverse("step", args=[CONSIDERATION.name, application.pk, "safe-contact"]),
    }  # fmt: skip


@step_context("consideration.contact")
def before_contact(request: HttpRequest, application: Any) -> dict[str, Any]:
    """Beside the form: what the plan says may be done at this moment."""
    from_now = contacts_of(application.case, request.user, timezone.now())  # type: ignore[arg-type]
    return {
        "plan": in_force(application.case), "ways": may_contact_now(application, timezone.now()),
        "leaves": from_now.leaves if from_now else [],
    }  # fmt: skip


@step_context("intake.hear")
def before_hearing(request: HttpRequest, intake: Any) -> dict[str, Any]:
    return {"consequences_title": _("What happens then"), "consequences": [
        _("The control room or the disclosure unit takes it up, and completes it with whoever asks."),
        _("Every time limit runs from when it was first heard."),
        _("Nothing is written to anybody, and nobody else is told."),
    ]}  # fmt: skip


@step_context("intake.learn")
def before_learning(request: HttpRequest, intake: Any) -> dict[str, Any]:
    return {"consequences_title": _("What happens then"), "consequences": [
        _("The disclosure unit considers whether somebody needs to know. A person decides, always."),
        _("Neither of the two is told of it now."),
    ]}  # fmt: skip


names_parties(
    Case.Kind.DISCLOSURE.value, parties, harmed=Part.AT_RISK.value, harming=Part.SUBJECT.value, judged=risk_of
)
show(
    Panel("at-the-door", "Asked about, or to be told", at_the_door, "dvds/panels/at_the_door.html", who=HEARS, order=60,
          side=True),
    Panel("contacts", "Attempts at contact", contacts_of, "dvds/panels/contacts.html", kinds=DISCLOSURE, order=20),
)  # fmt: skip
navigate(Entry("Requests", "intakes", 62, HEARS, menu="safeguarding"))
