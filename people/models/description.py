"""What somebody says of themselves, or an officer sees of them: one fact for each topic."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from people.models.ethnicity import NOT_STATED
from people.models.fact import Fact
from people.models.topic import CHOICES, TABLE, TOPICS, WHY_NOT, Topic, sex_for_return

PLACES = {row.code: number for number, row in enumerate(TABLE)}
NO_ANSWER = frozenset(code for code, _ in WHY_NOT)


def answers_allowed() -> Q:
    """Each topic has its own answers, and the reasons for which none was given; a list that grows is not checked."""
    allowed = Q(topic__in=[row.code for row in TABLE if row.grows])
    for row in TABLE:
        if not row.grows:
            allowed |= Q(topic=row.code, answer__in=[code for code, _ in (*row.answers, *WHY_NOT)])
    return allowed


@pghistory.track()
class Description(Fact):
    """One answer about one person on one topic. A second answer is a second fact: nothing is overwritten, and what an
    officer sees never stands in the place of what somebody says. `source_code` is the code that was sent, where the
    answer was read from an older list.
    """

    order = 45

    topic = models.CharField(max_length=20, choices=CHOICES)
    answer = models.CharField(max_length=20)
    said_words = models.CharField("in their words", max_length=200, blank=True)
    source_code = models.CharField(max_length=10, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=answers_allowed(), name="description_answer_of_its_topic"),
            models.CheckConstraint(condition=~Q(answer=""), name="description_says_something"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def about(self) -> Topic:
        return TOPICS[self.topic]

    @property
    def label(self) -> str:  # type: ignore[override]  # of each topic its own
        return self.about.label

    @property
    def place(self) -> int:  # type: ignore[override]
        return PLACES[self.topic]

    @property
    def private(self) -> bool:  # type: ignore[override]
        return self.about.private

    @property
    def short(self) -> bool:  # type: ignore[override]
        return self.about.short and not self.why_not

    @property
    def offered(self) -> bool:
        """Silence is no fact to be asked again."""
        return self.about.offered and not self.why_not

    @property
    def why_not(self) -> str:
        """Why nothing was said; empty where something was."""
        return self.answer if self.answer in NO_ANSWER else ""

    @property
    def ethnic_code(self) -> str:
        """The code of the 18+1: NS where none was given, whatever the reason, which is `why_not`."""
        return NOT_STATED if self.why_not else self.answer

    @property
    def words(self) -> str:
        """Polish; Yes: wheelchair, cannot use stairs; Did not wish to say."""
        return ": ".join(part for part in (self.about.words_of(self.answer), self.said_words) if part)

    @property
    def sex_for_return(self) -> str:
        return sex_for_return(self.answer)
