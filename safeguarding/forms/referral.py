"""What is said when somebody is referred: of every referral, and of each kind its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Involvement
from cases.models.answers import YesOrNo
from cases.models.child import GROWN_UP
from people.models.birth import age_on
from safeguarding.forms.choosing import AgencyField, OnACase, ServiceField, Shared
from safeguarding.models import AgencyKind as K
from safeguarding.models import Basis, Capacity, Consent, ReferralKind, SentHow, Threshold
from workflow.forms import Choice, Choices, LongText, MomentField, ShortText, Tick

SAY_WHO, ASK_WHO = "Choose who is referred", "Who is referred?"


class Referring(Shared):
    """To whom, on which basis, what they are told. What stands in the case is taken from there and not typed again."""

    agency = AgencyField(label="To which agency?", called="The agency", needed="Choose the agency")
    basis = Choice(Basis, label="On which lawful basis?", called="The lawful basis", needed="Choose the lawful basis")
    consent = Choice(
        Consent, label="Was the person asked, and did they agree?", called="Consent", needed="Say whether the person was asked",
        hint="For a child: a parent who can safely be asked.",
    )  # fmt: skip
    consent_because = LongText(
        label="If not asked, or not agreed: why is it sent all the same?", called="Why it is sent all the same",
        max_length=2000, rows=2, required=False,
    )  # fmt: skip
    told = Choice(
        YesOrNo, label="Does the person know of the referral?", called="Whether the person knows",
        needed="Say whether the person knows", reveals={YesOrNo.NO: ["untold_because"]},
    )  # fmt: skip
    untold_because = ShortText(label="Why not?", called="Why the person does not know", max_length=300, required=False)
    shared = LongText(
        label="What do you tell them?", called="What you tell them", needed="Say what you tell them", min_length=20,
        max_length=8000, rows=6,
        hint="What was seen and said, what you fear, what you ask of them. Only this goes to them, with the names, births and "
        "safe contact shown above.",
    )  # fmt: skip
    sent_how = Choice(SentHow, label="How is it sent?", called="How it is sent", needed="Choose how it is sent")
    sent_at = MomentField(
        label="When was it sent? (optional)", called="The referral", past=True, required=False,
        hint="Leave empty if it is sent now.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("consent") in (Consent.REFUSED, Consent.NOT_ASKED) and not said.get("consent_because"):
            self.add_error("consent_because", _("Say why it is sent all the same"))
        if said.get("told") == YesOrNo.NO and not said.get("untold_because"):
            self.add_error("untold_because", _("Say why the person does not know"))
        return said


ORDER = (
    "basis",
    "consent",
    "consent_because",
    "told",
    "untold_because",
    "shared",
    "sent_how",
    "sent_at",
    "vital_because",
)


class ChildrenReferred(Referring):
    """Children Act 1989: in need, or suspected significant harm. In danger now: they are rung first (R-42)."""

    first = (K.CHILDREN, K.MASH)
    people = Choices(
        label="Which children are referred?", called="The children", needed="Choose the children", coerce=int
    )
    threshold = Choice(
        Threshold, label="For which reason?", called="The reason", needed="Choose the reason",
        hint="When in doubt between the two, choose significant harm: they decide.",
    )  # fmt: skip
    danger_now = Choice(
        YesOrNo, label="Is a child in danger now?", called="Whether a child is in danger",
        needed="Say whether a child is in danger now", reveals={YesOrNo.YES: ["phoned_at", "phoned_whom", "police_protection"]},
    )  # fmt: skip
    phoned_at = MomentField(label="When did you ring them?", called="The call", past=True, required=False)
    phoned_whom = ShortText(label="Who took the call?", called="Who took the call", max_length=120, required=False)
    police_protection = Choice(
        YesOrNo,
        label="Was a child taken into police protection?",
        called="Police protection",
        required=False,
        inline=True,
    )
    field_order = (
        "people",
        "threshold",
        "danger_now",
        "phoned_at",
        "phoned_whom",
        "police_protection",
        "agency",
        *ORDER,
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["people"]
        field.choices = self.here_children() or self.here.choices  # nobody known to be one: whoever is here may be

    def here_children(self) -> list[tuple[int, str]]:
        """Those who are in the case as children, and whoever else it knows to be under 18: somebody of 16 who is harmed."""
        part, today = str(Involvement.Part.CHILD.label), timezone.localdate()
        young = {person for person, said in self.here.parts.items() if said == part}
        for person, days in self.here.births.items():
            if any(len(day) > 4 and age_on(date.fromisoformat(day), today) < GROWN_UP for day in days[:1]):
                young.add(person)
        return [(person, words) for person, words in self.here.choices if person in young]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("danger_now") == YesOrNo.YES:
            for name, words in (
                ("phoned_at", _("Ring them now, then say when you did")), ("phoned_whom", _("Say who took the call")),
                ("police_protection", _("Say whether a child was taken into police protection")),
            ):  # fmt: skip
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said


class OnePerson(Referring):
    """About one person of the case."""

    person = Choice(label=ASK_WHO, called="Who is referred", needed=SAY_WHO, coerce=int)
    field_order: tuple[str, ...] = ("person", "agency", *ORDER)


class AdultReferred(OnePerson):
    """Care Act 2014 section 42: three questions, what the person can decide, and what they want (E.8)."""

    first = (K.ADULTS, K.MASH)
    has_needs = Choice(
        YesOrNo, label="Does the person need care or support?", needed="Say whether the person needs care or support", inline=True,
        hint="Whether or not they get any.",
    )  # fmt: skip
    at_risk = Choice(
        YesOrNo,
        label="Are they abused or neglected, or at risk of it?",
        needed="Say whether they are abused or at risk of it",
        inline=True,
    )
    cannot_protect = Choice(
        YesOrNo, label="Are they, because of those needs, not able to protect themselves?",
        needed="Say whether they are able to protect themselves", inline=True,
        hint="Three times yes is the test of the Care Act. Otherwise say below why you refer all the same.",
    )  # fmt: skip
    capacity = Choice(
        Capacity, label="Can the person decide about this?", called="Whether the person can decide",
        needed="Say whether the person can decide about this",
    )  # fmt: skip
    capacity_words = LongText(
        label="What makes you think so?",
        called="Why it seems so",
        needed="Say what makes you think so",
        max_length=2000,
        rows=2,
    )
    wishes = LongText(
        label="What does the person want to come of it?", called="What the person wants",
        needed="Say what the person wants, or why nobody could ask", max_length=2000, rows=2,
    )  # fmt: skip
    field_order = (
        "person", "has_needs", "at_risk", "cannot_protect", "capacity", "capacity_words", "wishes", "agency", *ORDER
    )  # fmt: skip


class IdvaReferred(OnePerson):
    first = (K.IDVA,)


class ProgrammeReferred(OnePerson):
    """Somebody who harms, to a programme to change. A visit of theirs says nothing to whoever they harm."""

    first = (K.PROBATION, K.VOLUNTARY)


class OtherReferred(Referring):
    kind = Choice(
        [(row.value, row.label) for row in (
            ReferralKind.HOUSING, ReferralKind.HEALTH, ReferralKind.EARLY_HELP, ReferralKind.SCHOOL, ReferralKind.MASH,
            ReferralKind.SERVICE,
        )],
        label="What is it for?", called="What it is for", needed="Choose what it is for",
    )  # fmt: skip
    people = Choices(label=ASK_WHO, called="Who is referred", needed=SAY_WHO, coerce=int)
    service = ServiceField(label="Which service of the directory? (optional)", called="The service", required=False)
    field_order = ("kind", "people", "agency", "service", *ORDER)


class Signposted(Shared):
    """Somebody was told how to find a service; nothing of them goes to it."""

    service = ServiceField(label="Which service?", called="The service", needed="Choose the service")
    person = Choice(label="Who was told? (optional)", called="Who was told", required=False, coerce=int)
    field_order = ("service", "person")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        del self.fields["vital_because"]


class Prepared(OnACase):
    """By the program: for whom, and with whom if that is plain."""

    person = Choice(label=ASK_WHO, called="Who is referred", needed=SAY_WHO, coerce=int)
    agency = AgencyField(label="To which agency?", called="The agency", required=False)
    by_forum = Tick(
        label="Because of a referral to MARAC", called="Whether it is because of a referral to MARAC", required=False
    )
