"""What referrals show elsewhere: on the investigation, on the conference, on a person, and on their own pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User, current
from cases.models import Case, UnitGrant
from cases.panels import Panel, show
from cases.panels.identity import Party, names_parties
from cases.panels.timeline import Words, tell
from cases.visibility import INVESTIGATING, READING
from marac.models import Ground, Hearing, NotReferred, Pack, Part, Referral, ReferralReturned, ReferredPerson, Transfer
from marac.models.referral import BEFORE
from marac.packs import said_to
from marac.services.publishing import conferences_of
from marac.services.threshold import over_threshold, why_met
from marac.steps.referral import OPEN_ONES, PERSON_ROW, REFERRAL, WRITERS
from people.panels import PersonPanel, show_on_person
from people.services import births_for, names_for
from people.services.facts import ages
from people.services.merging import SIDE_BY_SIDE, TWO, speaks_against
from people.services.reading import Reading
from safeguarding.models import Agency
from workflow import engine
from workflow.pages.records import step_context
from workflow.pages.sections import add_url
from workflow.pages.tasks import section_url

CONFERENCE = frozenset({Case.Kind.CONFERENCE.value})
S = Referral.State


@dataclass(frozen=True, slots=True)
class OfCase:
    """The box of an investigation: its referrals, newest first, what asks for one, and what may be done."""

    referrals: list[Referral]
    excused: list[NotReferred]
    why: list[str]
    ways: list[tuple[str, str]] = field(default_factory=list)


def of_case(case: Case, user: User, at: datetime) -> OfCase | None:
    """Nothing where nothing asks for a referral and there never was one. Five queries at most."""
    rows = Referral.objects.visible_to(user).as_at(at).filter(investigation=case).select_related("forum", "case")
    referrals = list(rows.order_by("-pk"))
    excused = list(
        NotReferred.objects.as_at(at).filter(case=case).select_related("recorded_by", "decided_by").order_by("-pk")
    )
    owed = over_threshold(case, at)
    if not (referrals or excused or owed):
        return None
    held = user.roles_over(case.unit)
    ways = []
    if owed and held & WRITERS:
        if not any(row.state in OPEN_ONES for row in referrals):
            ways.append((_("Refer to MARAC"), reverse("begin-in", args=[REFERRAL.name, "begin", case.pk])))
        if not any(row.state == NotReferred.State.ASKED for row in excused):
            ways.append((_("Ask not to refer"), reverse("begin-in", args=["not-referred", "ask", case.pk])))
    return OfCase(referrals, excused, why_met(owed) if owed else [], ways)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody a referral names, as the reader knows them."""

    row: ReferredPerson
    name: str
    born: str
    change_url: str = ""


def people_of(referral: Referral, user: User) -> list[Who]:
    """The people of a referral, the person harmed first. Three queries."""
    rows = list(ReferredPerson.objects.standing().filter(referral=referral).order_by("pk"))
    rows.sort(key=lambda row: list(Part.values).index(row.part))
    ids = {row.person_id for row in rows}
    names, births = names_for(ids, user), births_for(ids, user)
    return [
        Who(
            row, names[row.person_id], births[row.person_id].words if row.person_id in births else "",
            reverse("change-row", args=[REFERRAL.name, referral.pk, PERSON_ROW.name, row.pk]),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class InBrief:
    referral: Referral
    people: list[Who]
    grounds: list[str]
    transfers: list[Transfer]
    returned: list[ReferralReturned]


@dataclass(frozen=True, slots=True)
class Told:
    """What one agency is told of a referral: [[code, label, words], ...]."""

    agency: Agency
    said: list[list[str]]


def in_brief(case: Case, user: User, at: datetime) -> InBrief | None:
    """The referral of a conference, in brief, for whoever may read it whole; others read what they were told. Seven queries."""
    rows = Referral.objects.visible_to(user).as_at(at).filter(case=case)
    referral = rows.select_related("forum", "origin", "agency__unit").first()
    if referral is None:
        return None
    transfers = (
        Transfer.objects.visible_to(user).as_at(at).filter(referral=referral).select_related("to_forum").order_by("-pk")
    )
    returned = ReferralReturned.objects.filter(referral=referral).select_related("recorded_by").order_by("-pk")
    return InBrief(referral, people_of(referral, user), grounds_said(referral), list(transfers), list(returned))


def not_to_tell(case: Case, user: User, at: datetime) -> str:
    """Why the chair decided that she is not to be told: for everybody who may open the conference, agencies among them, so
    that nobody tells her (R-33). Empty where she is, or may be. One query. Index: hearing_of_referral.
    """
    silent = Hearing.objects.as_at(at).filter(referral__case=case, tells__isnull=True, told_at__isnull=True)
    why: str | None = silent.exclude(told_words="").order_by("-pk").values_list("told_words", flat=True).first()
    return why or ""


def both_in_one_referral(kept: int, gone: int, by: User) -> str:
    """Two people of one referral were seen as two. Index: referred_person_of_person."""
    here = ReferredPerson.objects.standing().filter(person=kept).values("referral")
    side_by_side = ReferredPerson.objects.standing().filter(person=gone, referral__in=here)
    if not side_by_side.exists():
        return ""
    return SIDE_BY_SIDE if side_by_side.visible_to(by).exists() else TWO


speaks_against(both_in_one_referral)


def parties(case: Case, user: User) -> list[Party]:
    """Whom the referral names, for the bar at the head of a conference: who is harmed first. To a partner names alone; to
    others what they may know besides, an age and how they are connected. Four queries. Index: referred_person_of_referral.
    """
    opened = Case.objects.visible_to(user).filter(pk=case.pk)  # who is in it is read by whoever may open it
    rows = list(ReferredPerson.objects.standing().filter(referral__case__in=opened.values("pk")).order_by("pk"))
    rows.sort(key=lambda row: list(Part.values).index(row.part))
    ids, partner = {row.person_id for row in rows}, Agency.objects.all().of(user).exists()
    names, known = names_for(ids, user), {} if partner else ages(ids, user)
    return [
        Party(
            row.person_id, names[row.person_id], row.part, known.get(row.person_id), "" if partner else row.connection
        )
        for row in rows
    ]


names_parties(Case.Kind.CONFERENCE.value, parties)


def told_to(case: Case, user: User, at: datetime) -> list[Told]:
    """What the agencies are told for which somebody signs in: by the table of fields, as things stand now. Five queries at most."""
    rows = Referral.objects.as_at(at).filter(case=case, submitted_at__isnull=False)
    sees = Q(unit__in=UnitGrant.objects.filter(current("from_at", "until", None), case=case).values("unit"))
    sent = Q(pk__in=Pack.objects.filter(case=case).values("agency"))  # its representative is named by themselves
    agencies = list(Agency.objects.all().of(user).filter(sees | sent).select_related("unit"))
    referral = rows.select_related("forum", "case").first() if agencies else None
    if referral is None:
        return []
    conference = conferences_of([referral])[referral.pk]
    return [Told(agency, said_to(agency.kind, conference)) for agency in agencies]


def grounds_said(referral: Referral) -> list[str]:
    return [str(Ground(code).label) for code in referral.grounds]


def of_person(reading: Reading) -> list[ReferredPerson]:
    """The referrals in which somebody is named, newest first, of conferences that the reader may see (S2-007). One query.

    Index: referred_person_of_person.
    """
    rows = ReferredPerson.objects.visible_to(reading.user).as_at(reading.at).filter(person=reading.person)
    rows = rows.exclude(referral__state__in=[*BEFORE, S.WITHDRAWN]).select_related("referral__forum", "case")
    found = list(rows.order_by("-pk")[:10])
    reading.told |= {row.case_id for row in found}
    return found


@step_context("marac-referral.page")
def referral_page(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    """What the coordinator last asked for, and what the program found about a repeat."""
    returned = ReferralReturned.objects.filter(referral=referral).select_related("recorded_by").order_by("-pk").first()
    return {"sent_back": returned if referral.state == S.RETURNED else None, "grounds": grounds_said(referral)}


@step_context("marac-referral.section.people")
def people_section(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    user: Any = request.user
    may = engine.editable_by(referral, user, user.roles_over(referral.scope))
    return {"who": people_of(referral, user), "add_url": add_url(referral, PERSON_ROW) if may else ""}


@step_context("marac-referral.row.person")
def person_row(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    return {"back_url": section_url(referral, REFERRAL.section("people"))}


@step_context("marac-referral.withdraw")
def before_withdrawing(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    return {
        "consequences": [
            _("No forum hears the case."),
            _("Where the threshold is met, the case stands among those that nobody has referred."),
        ]
    }


@step_context("marac-transfer.send")
def before_handing_over(request: HttpRequest, transfer: Transfer) -> dict[str, Any]:
    return {
        "consequences": [
            _("Take it off every agenda to come."),
            _("Keep both forums linked until the other has taken it."),
            _("Tell the new address to the other forum alone: it is written nowhere here."),
        ]
    }


show(
    Panel("marac", "MARAC", of_case, "marac/panels/of_case.html", who=INVESTIGATING | READING, order=29, side=True),
    Panel("not-to-tell", "What she is told", not_to_tell, "marac/panels/not_to_tell.html", kinds=CONFERENCE, order=4,
          agencies=True),
    Panel("marac-referral", "The referral in brief", in_brief, "marac/panels/in_brief.html", kinds=CONFERENCE, order=5,
          agencies=True),
    Panel("told-agencies", "What your agency was told", told_to, "marac/panels/told.html", kinds=CONFERENCE, order=6,
          agencies=True),
)  # fmt: skip
show_on_person(PersonPanel("marac", "MARAC", of_person, "marac/panels/of_person.html", order=28, side=True))
tell(
    Words("not-referred.ask", lambda case: NotReferred.objects.filter(case=case), "recorded_at", "words"),
    *(
        Words(f"not-referred.{step}", lambda case: NotReferred.objects.filter(case=case), "decided_at", "decided_why")
        for step in ("agree", "refuse")
    ),
    Words("marac-referral.return", lambda case: ReferralReturned.objects.filter(case=case), "recorded_at", "words"),
)
