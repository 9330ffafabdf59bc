"""What a consideration says of itself, section by section (D1). Beside each field: why it is asked, and what the law says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from cases.models.answers.intelligence import InformationGrade, SourceGrade
from cases.models.relationship import CHOICES
from dvds.models import Application, Asks, Aware, Danger, Feared, PoliceSubject, Route, SharingConsent, Source, Together
from workflow.clock import moment_words
from workflow.forms import Choice, Choices, LongText, ModelSection, MomentField, Pick, ShortText

NEVER_LATER = "That is later than what stands here. The time limits run from the first moment anybody heard of it"


def asked(application: Any) -> bool:
    return bool(application.route == Route.ASK)


def known(application: Any) -> bool:
    return bool(application.route == Route.KNOW)


def for_another(application: Any) -> bool:
    return asked(application) and application.asks_as not in ("", Asks.SELF)


def danger_said(application: Any) -> bool:
    return application.danger in (Danger.YES, Danger.POSSIBLE)


class OfRoute(ModelSection):
    """`asked_only` and `known_only` are not asked on the other route, and what is sent of them is not read."""

    asked_only: ClassVar[Collection[str]] = ()
    known_only: ClassVar[Collection[str]] = ()

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in self.known_only if asked(self.instance) else self.asked_only:
            del self.fields[name]


class HowHeard(OfRoute):
    """The moment may be put earlier, never later: a late entry shows lost hours (part C, 1)."""

    first_contact_at = MomentField(
        label="When did the police first hear of it?", called="When it was first heard", past=True,
        hint="Every time limit runs from this moment. It may be put earlier if it is found that somebody knew before.",
    )  # fmt: skip
    asks_as = Choice(
        Asks, label="Who is the applicant to the person at risk?", called="Who the applicant is",
        hint="Anybody who worries about somebody may ask; whoever asks is not always who is told. "
        "The guidance keeps applicant and recipient apart.",
    )  # fmt: skip
    aware = Choice(
        Aware, label="Does the person at risk know of the request?", called="Whether they know", inline=True,
        hint="Whoever does not know must not learn it by a call. It decides how, and whether, they are reached.",
    )  # fmt: skip
    asked_only = ("asks_as", "aware")
    needed = {"first_contact_at": "Say when the police first heard of it"}
    needed_when = {
        "asks_as": (asked, "Say who the applicant is to the person at risk"),
        "aware": (for_another, "Say whether the person at risk knows of the request"),
    }

    class Meta:
        model = Application
        fields = ["first_contact_at", "asks_as", "aware"]

    def clean_first_contact_at(self) -> datetime:
        said: datetime | None = self.cleaned_data["first_contact_at"]
        stands = Application.objects.filter(pk=self.instance.pk).values_list("first_contact_at", flat=True).first()
        if said is None:
            raise ValidationError(_("Say when the police first heard of it"))
        if stands is not None and said > stands:
            raise ValidationError(f"{_(NEVER_LATER)} ({moment_words(stands)})")
        return said


class Parties(ModelSection):
    """No box of its own: each person is a row."""

    class Meta:
        model = Application
        fields: list[str] = []


class Between(ModelSection):
    """Never a gate: who has left is in as much danger, or more (H9)."""

    relationship = Pick(
        [("", ""), *CHOICES], label="The subject is the … of the person at risk", called="What the subject is to them",
        hint="Any relationship that is, or was, close in body and feeling counts; so do former partners.",
    )  # fmt: skip
    together = Choice(
        Together, label="Are they together now?", called="Whether they are together", inline=True,
        hint="Asked for safety alone. That it has ended is never a reason to refuse.",
    )  # fmt: skip
    living_together = Choice(
        YesOrNo, label="Do they live together?", called="Whether they live together", inline=True,
        hint="Whoever lives with the subject can be heard and followed by him. How they are reached depends on it.",
    )  # fmt: skip
    children_affected = Choice(
        YesOrNo, label="May any child be affected?", called="Whether a child may be affected", inline=True,
        hint="Any child in either home, or yet to be born. Then children’s social care belongs at the forum.",
    )  # fmt: skip
    subject_staff = Choice(
        PoliceSubject, label="Does the subject work for the police or a partner agency?", called="Where the subject works",
        hint="Then fewer people may see this, and a supervisor is told. Weapons and access to records are risks.",
    )  # fmt: skip
    needed = {
        "relationship": "Say what the subject is to the person at risk, or that it is not known",
        "children_affected": "Say whether any child may be affected",
        "subject_staff": "Say whether the subject works for the police or a partner agency, or that it is not known",
    }

    class Meta:
        model = Application
        fields = ["relationship", "together", "living_together", "children_affected", "subject_staff"]


class Why(OfRoute):
    """Why it is asked, or what we were told and how far it is to be believed."""

    prompted = LongText(
        label="Why is it asked, and what prompted it?", called="Why it is asked", max_length=4000, rows=5,
        hint="In their own words. It tells what to look for, and how near the danger is.",
    )  # fmt: skip
    source = Choice(
        Source, label="Where does it come from?", called="Where it comes from",
        hint="It shows how it was got, and what may be said of it later.",
    )  # fmt: skip
    source_words = LongText(
        label="What do we know, and from whom?", called="What we know", max_length=4000, rows=5,
        hint="What was said or seen, by whom, and where it is recorded.",
    )  # fmt: skip
    source_grade = Choice(
        SourceGrade, label="How reliable is the source?", called="The source evaluation",
        hint="National Intelligence Model. What is not tested may still protect somebody, but nobody may take it for proved.",
    )  # fmt: skip
    information_grade = Choice(
        InformationGrade, label="How does the source know it?", called="The intelligence assessment",
        hint="Graded before it is relied on. A later check may grade it again.",
    )  # fmt: skip
    feared = Choices(
        Feared, label="What is feared or was seen?", called="What is feared",
        hint="Strangling, a separation and a pregnancy raise the danger to life. They decide how fast we act.",
    )  # fmt: skip
    feared_words = LongText(
        label="Tell more of it (optional)", called="What was seen or feared", max_length=4000, rows=3,
        hint="What was seen, by whom, and when. It shows how near the danger is.",
    )  # fmt: skip
    child_scheme = Choice(
        YesOrNo, label="Was the child sex offender scheme asked for too? (optional)", called="The other scheme",
        required=False, inline=True, reveals={YesOrNo.YES: ["child_scheme_reference"]},
        hint="Sarah’s Law is another scheme with its own record. Both units must know of one another.",
    )  # fmt: skip
    child_scheme_reference = ShortText(
        label="Its reference (optional)", called="The reference of the other scheme", max_length=40, required=False,
        hint="So that each unit finds the other’s record.",
    )  # fmt: skip
    asked_only, known_only = ("prompted",), ("source", "source_words", "source_grade", "information_grade")
    needed_when = {
        "prompted": (asked, "Say why it is asked, and what prompted it"),
        "feared": (asked, "Say what is feared or was seen"),
        "source": (known, "Say where it comes from"),
        "source_words": (known, "Say what we know, and from whom"),
        "source_grade": (known, "Grade the source"),
        "information_grade": (known, "Grade the information"),
    }

    class Meta:
        model = Application
        fields = [
            "prompted", "source", "source_words", "source_grade", "information_grade", "feared", "feared_words",
            "child_scheme", "child_scheme_reference",
        ]  # fmt: skip


class DangerAndCrime(ModelSection):
    """Both are acted on at once and neither waits for the scheme, nor the scheme for them (I3, I4)."""

    danger = Choice(
        Danger, label="Is somebody in danger now?", called="Whether somebody is in danger",
        hint="If so we act before anything else: yes opens safeguarding at once and tells a supervisor. "
        "Nothing goes onward until it is answered.",
    )  # fmt: skip
    danger_words = LongText(
        label="What was done about it?", called="What was done about the danger", max_length=4000, rows=3,
        hint="Who went there, who was spoken with, where everybody is now. Police act at once, at any stage.",
    )  # fmt: skip
    crime_alleged = Choice(
        YesOrNo, label="Was a crime told of?", called="Whether a crime was told of", inline=True,
        hint="Then it is recorded and investigated at once, as any other. This goes on beside it, and its limits run on.",
    )  # fmt: skip
    crime_reference = ShortText(
        label="Crime or incident number, if there is one", called="The crime or incident number", max_length=40,
        hint="Leave empty if it is not recorded yet: it becomes a task.",
    )  # fmt: skip
    needed = {
        "danger": "Say whether somebody is in danger now", "crime_alleged": "Say whether a crime was told of",
    }  # fmt: skip
    needed_when = {"danger_words": (danger_said, "Say what was done about the danger")}

    class Meta:
        model = Application
        fields = ["danger", "danger_words", "crime_alleged", "crime_reference"]


class Contact(ModelSection):
    """No box of its own: what is said is a version of safe contact, set by its own step."""

    class Meta:
        model = Application
        fields: list[str] = []


class SharingAndSupport(OfRoute):
    """Of a request alone: where nobody asked, nobody is told anything yet."""

    sharing_explained = Choice(
        YesOrNo, label="Was it explained that what they say may be shared?", called="Whether sharing was explained",
        inline=True, hint="They have a right to know before they say more. We may share to prevent a crime all the same.",
    )  # fmt: skip
    sharing_consent = Choice(
        SharingConsent, label="Do they agree?", called="Whether they agree",
        hint="Agreement is asked, and is not what makes it lawful: preventing crime is.",
    )  # fmt: skip
    support_given = Choice(
        YesOrNo, label="Were support and the national helpline given?", called="Whether support was given", inline=True,
        hint="In words, never on paper that may be found. Everybody who asks is given it, whatever comes of it.",
    )  # fmt: skip
    support_words = ShortText(
        label="Which support?", called="Which support", max_length=300,
        hint="For example: the local advisers and the national helpline, 0808 2000 247",
    )  # fmt: skip
    asked_only = ("sharing_explained", "sharing_consent", "support_given", "support_words")
    needed_when = {
        "sharing_explained": (asked, "Say whether sharing was explained"),
        "sharing_consent": (asked, "Say whether they agree to sharing, or that it was not safe to ask"),
        "support_given": (asked, "Say whether support and the helpline were given"),
        "support_words": (asked, "Say which support was given, or why none was"),
    }

    class Meta:
        model = Application
        fields = ["sharing_explained", "sharing_consent", "support_given", "support_words"]
