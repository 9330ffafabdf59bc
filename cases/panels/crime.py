"""Crime on the pages of a case: its crimes and outcomes, what the law makes of the facts, markers, and the section's page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.forms.crime import NonCrimeSection
from cases.models import Case, Crime, Incident, Involvement, NonCrime, Outcome, SetMarker
from cases.models.answers import Aggravator
from cases.models.counting import CLASS_WORDS, FAMILY_CLASS, PARTNER_CLASS
from cases.models.definition import Definition
from cases.models.marker import MARKERS, with_derived
from cases.models.relationship import FAMILY, PARTNERS
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, decided, tell
from cases.services.definition import definition_of, derive
from people.services import births_for, names_for
from workflow.forms.spoken import spoken
from workflow.pages.decisions import Review, review
from workflow.pages.records import decided as decided_before
from workflow.pages.records import step_context

PROMPTS = {
    PARTNER_CLASS: (
        "Partner abuse. Ask what control there is from day to day, whether it gets worse, whether they are separating, "
        "about hands on the neck, following, and what was threatened if they leave."
    ),
    FAMILY_CLASS: (
        "Family abuse. Ask who else at home is afraid, who depends on whom for care or money, about drink, drugs and "
        "mental health, about honour and marriage, and where each can be tonight."
    ),
}


COUNTER = "counter_allegation"
OUTCOME_SAID = Concat("code", Value(": "), "rationale", output_field=TextField())


@dataclass(slots=True)
class OneCrime:
    """A crime as a page shows it: with the name of its suspect, its outcomes newest first, whether it is counted."""

    row: Crime
    suspect: str
    principal: bool
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def aggravators(self) -> list[str]:
        return [_(str(Aggravator(code).label)) for code in self.row.aggravators]

    @property
    def outcome(self) -> Outcome | None:
        return next((one for one in self.outcomes if one.settled_at), None)


@dataclass(frozen=True, slots=True)
class OneIncident:
    """An incident with what it says of crime, and what the law makes of it."""

    incident: Incident
    law: Definition
    crimes: list[OneCrime]
    registrar: str
    registrar_url: str = ""
    why_none: str = ""  # why it is no crime: as it was mended for the crime registrar, where it was

    @property
    def counted_as(self) -> str:
        """What the counts make of it, in the words of `IncidentQuerySet.counted` and `CrimeQuerySet.counted`."""
        if self.incident.da_confirmed == "no":
            return _("Not counted: it is no domestic abuse.")
        if any(crime.principal for crime in self.crimes):
            return _("Counted as a crime.")
        if self.incident.classed == "crime":
            return _("Not counted: no crime of it stands.")
        return _("Counted as an incident.")


def crimes_of(rows: Any, user: User, at: datetime | None = None) -> list[OneCrime]:
    """The crimes of a queryset with what is shown beside them: three queries whatever their number."""
    found = list(rows.select_related("offence", "suspect", "incident").order_by("pk"))
    counted = set(Crime.objects.counted().filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    names = names_for({row.suspect.person_id for row in found if row.suspect_named and row.suspect}, user)
    shown = {row.pk: OneCrime(row, suspect_name(row, names), row.pk in counted) for row in found}
    outcomes = Outcome.objects.as_at(at) if at else Outcome.objects.standing()
    for outcome in (
        outcomes.filter(crime__in=list(shown))
        .select_related("recorded_by", "settled_by")
        .order_by("-settled_at", "-pk")
    ):
        shown[outcome.crime_id].outcomes.append(outcome)
    return list(shown.values())


def suspect_name(row: Crime, names: dict[int, str]) -> str:
    return names.get(row.suspect.person_id, "") if row.suspect_named and row.suspect else ""


def of_case(case: Case, user: User, at: datetime) -> list[OneIncident]:
    """Each incident of the case, newest first, with its crimes or why there is none."""
    rows = Incident.objects.visible_to(user).as_at(at).filter(case=case).order_by("-reported_at", "-pk")[:5]
    incidents = list(rows)
    crimes = crimes_of(Crime.objects.as_at(at).filter(incident__in=incidents), user, at)
    asked = {
        row.incident_id: row
        for row in NonCrime.objects.as_at(at).filter(incident__in=incidents).exclude(state="dropped")
    }
    people = list(
        Involvement.objects.as_at(at).filter(incident__in=incidents, part__in=("victim", "suspect")).order_by("pk")
    )
    births = births_for({row.person_id for row in people}, user)
    return [
        OneIncident(
            one,
            derive(one, [row for row in people if row.incident_id == one.pk], births),
            [crime for crime in crimes if crime.row.incident_id == one.pk],
            registrar_words(one, asked.get(one.pk)),
            url_of(asked.get(one.pk)),
            asked[one.pk].why if one.pk in asked else one.non_crime_why,
        )
        for one in incidents
    ]  # fmt: skip


def registrar_words(incident: Incident, asked: NonCrime | None) -> str:
    """No crime: verbal argument. Approved as no crime. "" where it is not said to be none."""
    if incident.classed != "non_crime":
        return ""
    said = {
        "reason": incident.get_non_crime_reason_display().lower(),
        "state": asked.get_state_display() if asked else "",
    }
    if asked is None:
        return _("No crime: %(reason)s. It goes to the crime registrar when the record is sent.") % said
    return _("No crime: %(reason)s. %(state)s.") % said


def url_of(asked: NonCrime | None) -> str:
    """Where the question to the crime registrar is read, and mended where it was returned."""
    return asked.get_absolute_url() if asked else ""


@dataclass(frozen=True, slots=True)
class Borne:
    """A marker that a case bears: from which facts, or set by whom, when and why."""

    label: str
    how: str
    by: str = ""
    at: datetime | None = None
    why: str = ""
    printed: bool = True  # not where it says that there is another case: a file is read by more than may open that one


def markers_of(case: Case, user: User, at: datetime) -> list[Borne]:
    """Derived ones first as the table has them, then what somebody set. Two queries."""
    incidents = Incident.objects.visible_to(user).as_at(at).filter(case=case)
    names = [f"marker_{row.code}" for row in MARKERS if row.asked]
    found = list(with_derived(incidents, user).values(*names))
    derived = [row for row in MARKERS if any(one.get(f"marker_{row.code}") for one in found)]
    borne = [Borne(_(row.label), _(row.how), printed=row.code != COUNTER) for row in derived]
    rows = SetMarker.objects.as_at(at).filter(case=case, cleared_at__isnull=True).select_related("recorded_by")
    return borne + [
        Borne(_(str(row.get_code_display())), _("set by hand"), row.recorded_by.short_title(), row.recorded_at, row.why)
        for row in rows.order_by("-recorded_at", "-pk")
    ]


def section_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The section: what the law makes of the facts, the offences, what the crime registrar said."""
    user: Any = request.user
    asked = NonCrime.objects.standing().filter(incident=record).exclude(state="dropped").first()
    crimes = crimes_of(Crime.objects.standing().filter(incident=record), user)
    return {
        "law": definition_of(record, user),
        "offences": crimes,
        "registrar": registrar_words(record, asked) if asked else "",
        "registrar_url": url_of(asked),
    }


def happened_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Partner and family abuse differ in nature and risk (S0-008): what to ask stands beside the narrative."""
    return {"guidance": guidance(record)}


def guidance(record: Incident) -> list[tuple[str, str]]:
    """For the class that is known; for both while the suspect is not."""
    kinds = {row.kind for row in record.people("suspect")}
    known = [name for name, of in ((PARTNER_CLASS, set(PARTNERS)), (FAMILY_CLASS, {FAMILY})) if kinds & of]
    return [(_(CLASS_WORDS[name]), _(PROMPTS[name])) for name in known or PROMPTS]


def crime_page(request: HttpRequest, record: Crime) -> dict[str, Any]:
    """A crime's own page."""
    user: Any = request.user
    return {"crime": crimes_of(Crime.objects.filter(pk=record.pk), user)[0], "incident_url": incident_url(record)}


def non_crime_page(request: HttpRequest, record: NonCrime) -> dict[str, Any]:
    return {"incident_url": incident_url(record)}


def asked_again(request: HttpRequest, record: NonCrime) -> dict[str, Any]:
    """Before it is sent: what the crime registrar said of it, what it says now, and where that is changed."""
    said = [(label, words) for _name, label, words in spoken(NonCrimeSection, record)]
    change = reverse("section", args=["non-crime", record.pk, "reason"])
    return {"returned": decided_before(record)["returned"], "said": said, "change_url": change}


def incident_url(record: Any) -> str:
    return reverse("record", args=["incident", record.incident_id])


def beside_decision(record: Any, user: User, since: datetime | None) -> dict[str, Any]:
    """What an inspector or the crime registrar reads before deciding: the account, the law, the crime with its outcomes."""
    incident = record.incident
    crimes = crimes_of(Crime.objects.standing().filter(incident=incident), user)
    return {
        "incident": incident, "law": definition_of(incident, user), "crimes": crimes, "about": record.pk,
        "incident_url": incident_url(record),
    }  # fmt: skip


step_context("incident.section.crime")(section_page)
step_context("incident.section.happened")(happened_page)
step_context("crime.page")(crime_page)
step_context("non-crime.page")(non_crime_page)
step_context("non-crime.ask")(asked_again)
review(
    Review("crime", 10, "cases/review_crime.html", beside_decision),
    Review("non-crime", 10, "cases/review_crime.html", beside_decision),
)
show(
    Panel(
        "crime",
        "Crime and outcome",
        of_case,
        "cases/panels/crime.html",
        "reporting/paper/crime.html",
        order=30,
        side=True,
    ),
    Panel(
        "case-markers",
        "Markers",
        markers_of,
        "cases/panels/case_markers.html",
        "reporting/paper/markers.html",
        order=32,
        side=True,
    ),
)
tell(
    Words(
        "crime.add",
        lambda case: Crime.objects.filter(case=case),
        "recorded_at",
        "offence__label",
        title=N_("Crime recorded"),
    ),
    Words("incident.later-crime", lambda case: Crime.objects.filter(case=case), "recorded_at", "became_known"),
    Words("crime.outcome", lambda case: Outcome.objects.filter(case=case), "recorded_at", OUTCOME_SAID),
    Words("crime.authorise-outcome", lambda case: Outcome.objects.filter(case=case), "settled_at", OUTCOME_SAID),
    *(Words(f"non-crime.{step}", decided(NonCrime), "decided_at", "reason") for step in ("approve", "return")),
    *(Words(f"crime.{step}", decided(Crime), "decided_at", "reason") for step in ("cancel", "keep")),
)
