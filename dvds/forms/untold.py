"""What is said where nothing is told: the visit to the applicant (D6); and of the subject, where the forum allowed it."""

from __future__ import annotations

from cases.models.answers import YesOrNo
from dvds.forms.telling import Visited
from dvds.models import Pack
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Reason, ShortText, Tick


class SaidNothing(Visited):
    """D6: told in person, in the words that are always the same, with both warnings."""

    words_said = Tick(
        label="The words at the top of this page were said, and no others about the checks",
        called="That the words were said",
        hint="The same words whether nothing is held or it may not be told, so that they betray neither.",
    )
    no_absence = Tick(
        label="It was said that nothing told does not mean no risk", called="That nothing told is not no risk",
        hint="They must hear that having nothing to tell does not mean that there is no risk.",
    )  # fmt: skip
    again = Tick(
        label="It was said to tell us again, and to ring 999 in danger", called="That they may tell us again",
        hint="They must hear that they should tell us whatever worries them later.",
    )  # fmt: skip
    subject_not_told = Choice(
        [(YesOrNo.YES, "Nobody told the subject"), (YesOrNo.NO, "The subject knows")],
        label="Does the subject know of any of it?",
        called="Whether the subject knows",
        needed="Say whether the subject knows of any of it",
        hint="Where nothing is told the subject never learns of it. It could put them in danger.",
    )
    pack = Choice(
        Pack, label="What became of the pack with support?", called="What became of the pack",
        needed="Say what became of the pack",
        hint="General support, offered in person and never sent.",
    )  # fmt: skip
    concerns = LongText(
        label="What did they say? (optional)", called="What they said", required=False, max_length=2000, rows=3,
        hint="What they fear now may be new, and then the risk is judged again.",
    )  # fmt: skip
    support = ShortText(
        label="To whom were they referred for support?",
        called="To whom they were referred",
        max_length=300,
        needed="Say to whom they were referred for support",
        hint="Whoever is told nothing needs somebody all the same: local services, by name.",
    )

    def clean_subject_not_told(self) -> str:
        said: str = self.cleaned_data["subject_not_told"]
        if said != YesOrNo.YES:
            self.add_error(
                "subject_not_told",
                "Stop here. Where nothing is told the subject is never informed: tell your supervisor now.",
            )
        return said


class NotInformed(Reason):
    reason = LongText(
        label="Why can the applicant not be informed in person, and what was tried?",
        called="The reason",
        min_length=10,
        max_length=2000,
        needed="Say why the applicant cannot be informed and what was tried",
        rows=3,
        hint="They are told in person and in no other way. Not to be reached may itself be a sign of danger.",
    )


class SubjectInformed(EvidenceForm):
    """Only where the forum decided it, and only after she was told (I5)."""

    at = MomentField(
        label="When was the subject informed?",
        called="The time",
        past=True,
        hint="Never before she was told, and never where nothing was.",
    )  # type: ignore[assignment]  # the form’s own `at` is of the instance
    measures = LongText(
        label="Which measures for her safety were taken before?",
        called="The measures",
        needed="Say which measures were taken before",
        min_length=10,
        max_length=1500,
        rows=3,
        hint="To alert the subject can put her in serious danger. Say what was in place before he heard.",
    )
