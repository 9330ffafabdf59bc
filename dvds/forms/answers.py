"""The six tests, as a forum answers them: each with its reason (part E)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from dvds.models import Application, Stage, Test
from dvds.models.at_forum import answers_of
from workflow.forms import Choice, EvidenceForm, LongText

#: What a forum says of each test, its reason beneath: the law in a sentence, so that it need not be looked up (H5).
HINTS = {
    Test.NECESSARY: "Would she be less safe if nothing were told? Common law: to prevent crime.",
    Test.PRESSING: "What makes it needed now, of this person, by this recipient.",
    Test.PROPORTIONATE: "Weigh what it does to the subject against what she stands to suffer, and how likely.",
    Test.REPRESENTATIONS: "Considered each time; not sought where it is urgent or would put her in danger.",
    Test.BEST_PLACED: "Not always whoever asked: whoever can best keep her safe.",
    Test.SAFE: "A plan goes with anything that is told.",
}
#: What a reason must show, so that it stands by itself when somebody asks in years.
SHOWN = {
    Test.NECESSARY: "Which crime, against whom, and what changes for her once it is told.",
    Test.PRESSING: "What has happened lately, or is about to.",
    Test.PROPORTIONATE: "What he stands to lose, what she stands to suffer, and why the one outweighs the other.",
    Test.REPRESENTATIONS: "Why his side was sought or not, and what came of it.",
    Test.BEST_PLACED: "What they can do with it, and whether they can keep it.",
    Test.SAFE: "Which actions, by whom and from when, and what follows if he comes.",
}


def answer(test: str) -> Choice:
    return Choice(
        YesOrNo,
        label=f"{Test(test).label}?",
        called=str(Test(test).label),
        required=False,
        hint=HINTS[Test(test)],
        inline=True,
    )


def because(test: str) -> LongText:
    called, hint = f"The reason for {test}", SHOWN[Test(test)]
    return LongText(label="Why?", called=called, required=False, max_length=4000, rows=2, hint=hint)


class TestsAnswered(EvidenceForm):
    """The six answers, as far as they are known; each with its reason. Decided is only once all are there."""

    __test__ = False  # pytest collects classes of this name
    wants_subject = True

    t1_answer, t1_reason = answer(Test.NECESSARY), because(Test.NECESSARY)
    t2_answer, t2_reason = answer(Test.PRESSING), because(Test.PRESSING)
    t3_answer, t3_reason = answer(Test.PROPORTIONATE), because(Test.PROPORTIONATE)
    t4_answer, t4_reason = answer(Test.REPRESENTATIONS), because(Test.REPRESENTATIONS)
    t5_answer, t5_reason = answer(Test.BEST_PLACED), because(Test.BEST_PLACED)
    t6_answer, t6_reason = answer(Test.SAFE), because(Test.SAFE)

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        given = answers_of(subject, Stage.FORUM) if subject is not None and subject.pk and not self.is_bound else {}
        for test, row in given.items():
            self.initial.update({f"{test.lower()}_answer": row.answer, f"{test.lower()}_reason": row.reason})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for test in Test.values:
            answered, reason = said.get(f"{test.lower()}_answer"), said.get(f"{test.lower()}_reason")
            if answered and not reason:
                self.add_error(f"{test.lower()}_reason", _("Say why for %(test)s") % {"test": test})
            if reason and not answered:
                self.add_error(f"{test.lower()}_answer", _("Answer %(test)s with yes or no") % {"test": test})
        if not any(said.get(f"{test.lower()}_answer") for test in Test.values) and not self.errors:
            raise ValidationError(_("Answer at least one of the tests"))
        return said
