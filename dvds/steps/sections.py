"""The sections of a consideration (D1), what their rows lack, and what follows when one is saved."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models.answers import YesOrNo
from cases.services.contact import in_force
from dvds.forms import sections as said
from dvds.forms.party import PartySaid
from dvds.models import Application, Danger, Part, Party
from dvds.services.contact import lacks_said
from dvds.services.crime import end_crime_task, owe_crime
from dvds.services.opening import raise_danger
from dvds.steps.people import NEW_PARTY
from workflow.declare import RowKind, Section

PARTY_ROW = RowKind(
    "party", "somebody", Party, PartySaid, "application", begins_at="consider-person", beginning=NEW_PARTY
)


def people_lack(application: Any) -> list[str]:
    """Whoever asks and whoever is at risk, where somebody asks; always the subject: one name, or what people call them.
    Where nobody asked the person at risk may still have to be found (N2).
    """
    parts = {row.part for row in PARTY_ROW.found(application)}
    wanted = {Part.SUBJECT: _("Name the subject, or put what people call them")}
    if application.asked:
        wanted |= {Part.APPLICANT: _("Name the applicant"), Part.AT_RISK: _("Name the person at risk")}
    if application.children_affected == YesOrNo.YES:
        wanted[Part.CHILD] = _("Name each child who may be affected")
    return [sentence for part, sentence in wanted.items() if part not in parts]


def contact_lacks(application: Any) -> list[str]:
    """Asked where somebody asks; who did not ask is not contacted before it is decided."""
    sentence = lacks_said(in_force(application.case_id)) if application.asked else ""
    return [sentence] if sentence else []


def act_on_danger(application: Any, by: User, at: datetime) -> None:
    """Said now and not before: safeguarding is opened at once; a crime that was told of is recorded by somebody (I3, I4)."""
    before = Application.objects.filter(pk=application.pk).values_list("danger", flat=True).get()
    if application.danger == Danger.YES != before:
        raise_danger(application, by, at)
    if application.crime_reference:
        end_crime_task(application, by, at)
    elif application.crime_alleged == YesOrNo.YES:
        owe_crime(application, by, at, _("A crime was told of when it was taken down."))


HEARD, ACT = "What was heard", "What is done at once"
# fmt: off
SECTIONS = (
    Section("heard",   "How it was heard",          said.HowHeard,          HEARD),
    Section("people",  "Who they are",              said.Parties,           HEARD, (PARTY_ROW,), missing=people_lack, template="consideration/people.html"),
    Section("between", "What is between them",      said.Between,           HEARD),
    Section("why",     "Why, and what is feared",   said.Why,               HEARD),
    Section("danger",  "Danger and crime",          said.DangerAndCrime,    ACT, effect=act_on_danger),
    Section("contact", "Safe contact",              said.Contact,           ACT, missing=contact_lacks, template="consideration/safe_contact.html"),
    Section("support", "Sharing and support",       said.SharingAndSupport, ACT, template="consideration/support.html"),
)
# fmt: on
