"""What a referral says, section by section: why, what happened, her, what is shared and why that is lawful, who they are."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.forms.involvement import WhoIsIt
from cases.models.answers import YesOrNo
from marac.models import Consent, Ground, LawfulBasis, Part, Referral, ReferredPerson
from safeguarding.models import Agency
from workflow.forms import Choice, Choices, LongText, ModelSection, Number, Pick, ShortText, Telephone


def by_judgement(referral: Any) -> bool:
    return Ground.JUDGEMENT in referral.grounds


def is_not_aware(referral: Any) -> bool:
    return bool(referral.aware == YesOrNo.NO)


def does_not_consent(referral: Any) -> bool:
    return referral.consent in (Consent.REFUSED, Consent.NOT_ASKED)


class Why(ModelSection):
    """On which of the four grounds (D.2); any one is enough."""

    grounds = Choices(
        Ground, label="On which ground?", called="The ground", hint="Any one is enough. Untick what is not so."
    )
    judgement = LongText(
        label="What does the professional judgement rest on?", called="The judgement", max_length=4000, rows=5,
        hint="What worries you that no count shows. It may be the only ground.",
    )  # fmt: skip
    score = Number(label="Yes answers of the 24 questions", called="The count", min_value=0, max_value=24)
    incidents = Number(
        label="Incidents in the last year, reported or not", called="The incidents", min_value=0, max_value=999
    )
    contact = ShortText(
        label="Who is asked about this referral?", called="Who is asked", max_length=200,
        hint="Name, telephone and when they are there",
    )  # fmt: skip
    needed = {"grounds": "Choose the ground of the referral", "contact": "Say who is asked about it"}
    needed_when = {"judgement": (by_judgement, "Say what the professional judgement rests on")}

    class Meta:
        model = Referral
        fields = ["grounds", "judgement", "score", "incidents", "contact"]


class WhatHappened(ModelSection):
    latest = LongText(
        label="What happened last?", called="What happened last", max_length=6000, rows=8,
        hint="What was done to whom, when, with what, who saw it. Filled in from the record of the incident.",
    )  # fmt: skip
    history = LongText(label="What happened before?", called="What happened before", max_length=6000, rows=6)
    changed = LongText(
        label="What has changed, and what may set it off?", called="What has changed", max_length=4000, rows=4,
        hint="A separation, a hearing about the children, a release, money, pregnancy.",
    )  # fmt: skip
    needed = {"latest": "Say what happened last", "changed": "Say what has changed, or that nothing has"}

    class Meta:
        model = Referral
        fields = ["latest", "history", "changed"]


class HerSafety(ModelSection):
    """How she is reached without putting her in danger, and what she wishes."""

    safe_contact = LongText(
        label="How is the person harmed reached safely?", called="Safe contact", max_length=2000, rows=4,
        hint="Number, days and hours, who may answer, what is never used.",
    )  # fmt: skip
    afraid_of = LongText(
        label="Of whom are they afraid? Name everybody.", called="Of whom they are afraid", max_length=2000, rows=3
    )
    safe_to_tell = LongText(
        label="With whom is it safe to talk?", called="With whom it is safe", max_length=2000, rows=2
    )
    not_to_tell = LongText(label="With whom is it not?", called="With whom it is not", max_length=2000, rows=2)
    wishes = LongText(
        label="What do they wish, of the police too?", called="Their wishes", max_length=2000, rows=3,
        hint="In their words. If nobody has asked, say so and why.",
    )  # fmt: skip
    support = LongText(label="Which support is there already?", called="The support", max_length=2000, rows=3)
    home = ShortText(label="Housing, and whose it is", called="Housing", max_length=300)
    employer = Pick(
        (), label="Does either of them work for an agency of the forum? (optional)", called="The agency they work for",
        coerce=lambda said: Agency.objects.get(pk=said), empty_value=None,
        hint="Then only people whom the chair names see this case there.",
    )  # fmt: skip
    needed = {
        "safe_contact": "Say how the person harmed is reached safely, or that no safe way is known",
        "afraid_of": "Say of whom they are afraid",
        "wishes": "Say what they wish, or why nobody asked",
    }

    class Meta:
        model = Referral
        fields = ["safe_contact", "afraid_of", "safe_to_tell", "not_to_tell", "wishes", "support", "home", "employer"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        picked: Any = self.fields["employer"]
        working = Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk")
        picked.choices = [("", _("No, or not known")), *((str(agency.pk), str(agency)) for agency in working)]


class Lawful(ModelSection):
    """Consent is asked where it is safe to ask; it is not the basis (D.5)."""

    aware = Choice(
        YesOrNo, label="Does the person harmed know of this referral?", called="Whether they know", inline=True,
        reveals={YesOrNo.NO: ["not_aware_because"]},
    )  # fmt: skip
    not_aware_because = LongText(label="Why not?", called="Why they do not know", max_length=2000, rows=2)
    consent = Choice(
        Consent, label="Do they agree?", called="Consent",
        hint="Without agreement it may still be shared: say why.",
    )  # fmt: skip
    no_consent_because = LongText(
        label="If not: why is it shared all the same?", called="Why without consent", max_length=2000, rows=3,
        hint="The danger, and to whom. If nobody asked, also why asking was not safe.",
    )  # fmt: skip
    basis = Choice(LawfulBasis, label="On which lawful basis?", called="The lawful basis")
    necessity = LongText(
        label="Why is it necessary, and no more than is needed?", called="Necessity", max_length=2000, rows=3,
        hint="What could not be done for their safety if nobody else knew.",
    )  # fmt: skip
    needed = {
        "aware": "Say whether the person harmed knows of it", "consent": "Say whether they agree",
        "basis": "Choose the lawful basis", "necessity": "Say why it is necessary",
    }  # fmt: skip
    needed_when = {
        "not_aware_because": (is_not_aware, "Say why the person harmed does not know of it"),
        "no_consent_because": (does_not_consent, "Say why it is shared without consent"),
    }

    class Meta:
        model = Referral
        fields = ["aware", "not_aware_because", "consent", "no_consent_because", "basis", "necessity"]


class People(ModelSection):
    """No box of its own: each person is a row."""

    class Meta:
        model = Referral
        fields: list[str] = []


class Counted(ModelSection):
    """How the case is counted in the return of the forum (D.9). What nobody has said stays empty, and is counted so."""

    ethnic_minority = Choice(
        YesOrNo, label="Is the person harmed of a minority ethnic group?", called="Ethnicity", inline=True
    )
    lgbt = Choice(YesOrNo, label="Are they lesbian, gay, bisexual or trans?", called="LGBT", inline=True)
    disabled = Choice(YesOrNo, label="Are they disabled?", called="Disability", inline=True)
    male = Choice(YesOrNo, label="Are they a man?", called="Whether a man", inline=True)
    age = Number(label="How old are they?", called="The age", min_value=0, max_value=120, width=3)
    youngest_suspect = Number(
        label="How old is the youngest said to harm?", called="The age of the youngest suspect", min_value=0, max_value=120,
        width=3,
    )  # fmt: skip

    class Meta:
        model = Referral
        fields = ["ethnic_minority", "lgbt", "disabled", "male", "age", "youngest_suspect"]


class DoneAlready(ModelSection):
    """Agencies do not wait for the meeting to act (R-31)."""

    done_already = LongText(
        label="What was done already?", called="What was done", max_length=4000, rows=5,
        hint="Who did what for their safety, and when. Nobody waits for the meeting.",
    )  # fmt: skip
    needed = {"done_already": "Say what was done already: nobody waits for the meeting"}

    class Meta:
        model = Referral
        fields = ["done_already"]


class PersonSaid(ModelSection):
    """What the forum must know of somebody beside who they are."""

    connection = ShortText(
        label="What are they to the person harmed?", called="The connection", max_length=200,
        hint="For example: former husband; daughter of both",
    )  # fmt: skip
    lives_with = ShortText(label="With whom do they live?", called="With whom they live", max_length=200)
    school = ShortText(label="School or nursery, for a child", called="The school", max_length=200)
    standing = LongText(
        label="Custody, bail, orders, licence: for whoever harms", called="Bail and orders", max_length=2000, rows=3
    )
    mappa = ShortText(
        label="Managed under MAPPA? Category and level",
        called="MAPPA",
        max_length=60,
        hint="For example: Category 2, level 2",
    )

    class Meta:
        model = ReferredPerson
        fields = ["connection", "lives_with", "school", "standing", "mappa"]


class NewReferred(WhoIsIt):
    """Somebody whom the conference does not know yet: any part of a name is enough, and no birth date is fine."""

    part = Choice(Part, label="Who are they in this?", called="Their part", needed="Choose who they are in this")
    address = ShortText(label="Address (optional)", called="The address", max_length=300, required=False)
    postcode = ShortText(label="Postcode (optional)", called="The postcode", max_length=10, required=False)
    telephone = Telephone(label="Telephone, if it is safe (optional)", called="The telephone number", required=False)
    connection = ShortText(
        label="What are they to the person harmed? (optional)", called="The connection", max_length=200, required=False
    )
    field_order = ("part", "forename", "surname", "born_on", "age", "address", "postcode", "telephone", "connection")
