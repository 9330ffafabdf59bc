"""What is said of each child: what it saw, heard and said or why it was not heard; its school; the unborn (A.11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.models import Incident, Involvement
from cases.models.answers import Answer, Spoken, Whereabouts, YesOrNo
from cases.models.answers.children import ChildOf, LivesWith, Schooling, Silent, SocialCare
from people.models import Note
from workflow.forms import Choice, DayField, EvidenceForm, LongText, ModelSection, ShortText

LONGEST_AHEAD, LONGEST_OVERDUE = timedelta(days=300), timedelta(days=60)  # of a due date
SCHOOL = "school"  # the kind of note that holds it: a fact of the child
EXPLAIN = (Silent.NOT_SAFE, Silent.OTHER)  # reasons that say nothing without words


class Children(ModelSection):
    children_present = Choice(Answer, label="Were any children there, or do any live with either of them?")
    needed = {"children_present": "Say whether any children were there or live with them"}

    class Meta:
        model = Incident
        fields = ["children_present"]


def whose(**more: Any) -> Choice:
    return Choice(ChildOf, label="Whose child?", reveals={ChildOf.RELATIVE: ["tie"]}, **more)


class ChildPerson(ModelSection):
    """The child's voice is mandatory, or the reason why it was not heard (000:89, S0-024)."""

    child_of = whose()
    tie = ShortText(label="How is the child related?", max_length=200, hint="For example: niece of the person harmed")
    lives_there = Choice(Answer, label="Does the child live there?", reveals={Answer.NO: ["lives_with"]})
    lives_with = Choice(LivesWith, label="Who does the child live with?")
    whereabouts = Choice(
        Whereabouts, label="Where was the child when it happened?",
        reveals={Whereabouts.SAW: ["saw_what"], Whereabouts.HEARD: ["heard_what"], Whereabouts.IN_HOUSE: ["affected"]},
    )  # fmt: skip
    saw_what = LongText(label="What did the child see and hear?", max_length=2000, rows=3)
    heard_what = LongText(label="What did the child hear?", max_length=2000, rows=3)
    affected = Choice(
        Answer,
        label="Did it affect the child all the same?",
        inline=True,
        hint="For example woken, frightened, clinging.",
    )
    seen_by_officer = Choice(YesOrNo, label="Did you see the child?", reveals={YesOrNo.YES: ["demeanour"]})
    demeanour = ShortText(
        label="How did the child seem?",
        max_length=300,
        hint="For example: quiet, would not leave her side; asleep and warm",
    )
    spoken_to = Choice(
        Spoken, label="Did anybody from the police speak to the child?",
        reveals={Spoken.WITH_OTHERS: ["spoken_with"], Spoken.NO: ["silent_code", "silent_because"]},
    )  # fmt: skip
    spoken_with = ShortText(label="Who else was there?", max_length=200)
    silent_code = Choice(Silent, label="Why not?", called="Why nobody spoke to the child")
    silent_because = ShortText(label="In your own words", called="Why the child was not heard", max_length=300)
    own_words = LongText(
        label="What did the child say?",
        max_length=4000,
        rows=4,
        hint="As the child said it. Leave empty if nobody spoke to the child.",
    )
    injuries = Choice(Answer, label="Was the child hurt?", reveals={Answer.YES: ["injuries_what"]})
    injuries_what = LongText(
        label="How, and what was done?",
        max_length=2000,
        rows=3,
        hint="Child abuse is linked at once: a specialist is told.",
    )
    spoken_by = ShortText(
        label="Who spoke to the child, if not you? (optional)", called="Who spoke to the child", max_length=200
    )
    needed = {
        "child_of": "Say whose child it is",
        "whereabouts": "Say where the child was",
        "seen_by_officer": "Say whether you saw the child",
        "spoken_to": "Say whether you spoke to the child",
        "injuries": "Say whether the child was hurt",
    }
    needed_when = {
        "saw_what": (lambda child: child.whereabouts == Whereabouts.SAW, "Say what the child saw and heard"),
        "heard_what": (lambda child: child.whereabouts == Whereabouts.HEARD, "Say what the child heard"),
        "demeanour": (lambda child: child.seen_by_officer == YesOrNo.YES, "Say how the child seemed"),
        "silent_code": (lambda child: child.spoken_to == Spoken.NO, "Say why you did not speak to the child"),
        "silent_because": (
            lambda child: child.spoken_to == Spoken.NO and child.silent_code in EXPLAIN,
            "Say in your own words why you did not speak to the child",
        ),
        "own_words": (lambda child: child.heard_by_us, "Say what the child said, in the child's own words"),
        "injuries_what": (lambda child: child.injuries == Answer.YES, "Say how the child was hurt, and what was done"),
    }

    class Meta:
        model = Involvement
        fields = [
            "child_of", "tie", "lives_there", "lives_with", "whereabouts", "saw_what", "heard_what", "affected", "seen_by_officer",
            "demeanour", "spoken_to", "spoken_with", "silent_code", "silent_because", "own_words", "injuries", "injuries_what",
            "spoken_by",
        ]  # fmt: skip


class UnbornChild(ModelSection):
    """No birth date and no voice: who is expected, and when."""

    child_of = whose()
    tie = ShortText(label="How is the child related?", max_length=200)
    due_on = DayField(label="When is the baby due?", hint="About is enough. Leave empty if nobody knows.")
    needed = {"child_of": "Say whose child it is"}

    class Meta:
        model = Involvement
        fields = ["child_of", "tie", "due_on"]

    def clean_due_on(self) -> Any:
        said = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if said and not today - LONGEST_OVERDUE <= said <= today + LONGEST_AHEAD:
            raise ValidationError("The day the baby is due must lie within the next ten months, or just have passed")
        return said


class ExpectedChild(EvidenceForm):
    """What begins the record of an unborn child."""

    due_on = UnbornChild.base_fields["due_on"]
    clean_due_on = UnbornChild.clean_due_on


class ChildCare(ModelSection):
    """Who else looks after the child: nothing here is the officer's to find out at night, so "not known" is an answer."""

    schooling = Choice(
        Schooling,
        label="Does the child go to school or nursery?",
        reveals={Schooling.SCHOOL: ["school", "school_lead"]},
    )
    school = ShortText(label="Which?", called="The school", max_length=200, hint="Name and town")
    school_lead = ShortText(
        label="Safeguarding lead there, if known (optional)", called="The safeguarding lead", max_length=200
    )
    social_care = Choice(
        SocialCare, label="Do children’s social care know the child?", reveals={SocialCare.ALLOCATED: ["social_worker"]}
    )
    social_worker = ShortText(label="Who is the social worker?", max_length=200)
    protection_plan = Choice(Answer, label="Is there a child-protection plan?", inline=True)
    referred = Choice(
        YesOrNo,
        label="Have you referred the child? (optional)",
        reveals={YesOrNo.YES: ["referred_on", "referred_to", "referral_ref"]},
    )
    referred_on = DayField(label="On which day?", called="The day of the referral", past=True)
    referred_to = ShortText(
        label="To whom?", max_length=200, hint="For example: the children’s front door, emergency duty team"
    )
    referral_ref = ShortText(
        label="Reference, if there is one (optional)", called="The reference", max_length=60, width=20
    )
    encompass_ref = ShortText(
        label="Operation Encompass reference (optional)",
        called="Operation Encompass reference",
        max_length=60,
        width=20,
    )
    contact_point = ShortText(
        label="Special point of contact for this child (optional)", called="Special point of contact", max_length=200
    )
    needed = {
        "schooling": "Say whether the child goes to school or nursery",
        "social_care": "Say whether children’s social care know the child",
    }
    needed_when = {
        "school": (lambda child: child.schooling == Schooling.SCHOOL, "Say which school"),
        "referred_on": (lambda child: child.referred == YesOrNo.YES, "Say on which day the child was referred"),
        "referred_to": (lambda child: child.referred == YesOrNo.YES, "Say to whom the child was referred"),
    }

    class Meta:
        model = Involvement
        fields = [
            "schooling", "school", "school_lead", "social_care", "social_worker", "protection_plan", "referred", "referred_on",
            "referred_to", "referral_ref", "encompass_ref", "contact_point",
        ]  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        """The school that this case knows already is not typed again."""
        child = rest.get("instance")
        if child is not None and child.pk and not child.schooling and (known := school_of(child)):
            rest["initial"] = {"schooling": Schooling.SCHOOL, "school": known, **(rest.get("initial") or {})}
        super().__init__(*args, **rest)

    @classmethod
    def missing(cls, instance: Any) -> list[tuple[str, str]]:
        """Nobody asks of the school of a child that is not born yet."""
        return [
            (name, words) for name, words in super().missing(instance) if not (instance.unborn and name == "schooling")
        ]


def school_of(child: Any) -> str:
    """The school that this case last learned of the child, by an answer to "Still true?" or at an earlier incident."""
    known = Note.objects.standing().filter(case=child.case_id, person=child.person_id, about=SCHOOL)
    newest: str | None = known.newest_first().values_list("said_words", flat=True).first()
    return newest or ""
