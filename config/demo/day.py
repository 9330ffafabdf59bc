"""Considerations of the demonstration at every stage, some of them late: a day of the disclosure unit as it might be."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.models import NamedGrant
from config.demo import considered_said as words
from config.demo.considered import DAYS, MINUTES, Considered, in_hours
from config.demo.considered_said import Plot
from dvds.models import Application, Telling, Trace
from marac.models import Meeting
from workflow.clock import LONDON
from workflow.models import Holiday

#: How long before now the forum sat, in days; the telling, the visit without words and the end came after it.
SAT_AGO = 5
ENDS_AT_THE_FORUM = ("decided", "untold", "told", "concluded", "closed")
TESTS = ("t1", "t2", "t3", "t4", "t5", "t6")


class Day(Considered):
    """All of them: what the forum decided, what came of it, and what else a day brings."""

    def tell(self) -> None:
        told = [(plot, self.bring(plot, number)) for number, plot in enumerate(words.PLOTS)]
        self.sit([pair for pair in told if pair[0].ends in ENDS_AT_THE_FORUM])
        for plot, application in told:
            for more in plot.more:
                getattr(self, f"more_{more.replace('-', '_')}")(plot, application)

    # --- the forum, and what came of it

    def sit(self, told: list[tuple[Plot, Application]]) -> None:
        """An urgent meeting some days ago decided these."""
        at = at_ten(self.now - DAYS(SAT_AGO))
        said = {"starts_at": at.isoformat(), "urgent": "yes", "chair": "chair", "keeper": "marac", "venue": ""}
        meeting = self.take(Meeting(forum=self.forum, unit=self.forum.unit), "plan", self.keeper, at - DAYS(3), **said)
        for plot, application in told:
            self.take(application, "put-before", self.people[plot.holder], at - DAYS(2), meeting=meeting.pk)
            NamedGrant.objects.filter(content_object=application.case_id).update(from_at=at - DAYS(2))
        self.take(meeting, "publish", self.keeper, at - DAYS(1.5))
        self.take(meeting, "open", self.chair, at, chair="")
        self.take(meeting, "promise", self.keeper, at + MINUTES(4), read="on")
        for number, (plot, application) in enumerate(told):
            self.decided(plot, application, at + MINUTES(10 + 8 * number))
        self.take(meeting, "close", self.chair, at + MINUTES(75), words="")
        self.take(meeting, "issue", self.keeper, at + MINUTES(300), checked="on")
        for plot, application in told:
            self.plot, self.by = plot, self.people[plot.holder]
            self.afterwards(plot, application, in_hours(at + DAYS(1)))

    def decided(self, plot: Plot, application: Application, at: datetime) -> None:
        no = plot.ends == "untold"
        answers = {f"{test}_answer": "no" if no and test in ("t1", "t2", "t3") else "yes" for test in TESTS}
        because = words.NO_CONCERN["reasons"] if no else words.WHY
        self.take(
            application, "answer-tests", self.chair, at, **answers, **{f"{test}_reason": because for test in TESTS}
        )
        sat = {**words.SAT, "decided_at": (at + MINUTES(4)).isoformat()}
        rests = [row.pk for row in Trace.objects.standing().filter(application=application)]
        step, said = ("decide-not-tell", words.TELL_NOT) if no else ("decide-tell", {**words.TELL, "rests_on": rests})
        self.take(application, step, self.chair, at + MINUTES(6), **said, **sat)

    def afterwards(self, plot: Plot, application: Application, at: datetime) -> None:
        if plot.ends in ("decided", "untold"):
            return
        telling = Telling.objects.get(application=application)
        self.take(telling, "tell", self.by, at + MINUTES(60), at=at.isoformat(), **words.TOLD)
        if plot.ends == "told":
            return
        review = (self.now + DAYS(40)).date().isoformat()
        self.take(application, "review-management", self.by, at + MINUTES(120), review_on=review, **words.MANAGED)
        self.conclude(application, at + MINUTES(150), "disclosed")
        if plot.ends == "closed":
            self.close(application, at + DAYS(1))

    # --- what else a day brings

    def more_renew(self, plot: Plot, application: Application) -> None:
        self.take(application, "renew", self.people[plot.holder], self.now - timedelta(hours=2), what=words.NEW)

    def more_care(self, plot: Plot, application: Application) -> None:
        self.by = self.people[plot.holder]
        self.ask_care(application, self.now - DAYS(5))

    def more_unsafe(self, plot: Plot, application: Application) -> None:
        self.take(application, "unsafe", self.people[plot.holder], self.now - MINUTES(25), what=words.UNSAFE)

    def more_try(self, plot: Plot, application: Application) -> None:
        tried = application.attempts.count()
        at = in_hours(application.first_contact_at + DAYS(2.2 + 2 * tried))
        said = {
            "made_at": at.isoformat(),
            "how": "call",
            "where": words.SAFE["call"],
            "result": "no_answer",
            "words": "",
        }
        self.take(application, "contact", self.people[plot.holder], at + MINUTES(3), **said)

    def more_delay(self, plot: Plot, application: Application) -> None:
        said = {"policy": "consideration-meeting", **words.DELAYED}
        self.take(application, "delay", self.people[plot.holder], self.now - DAYS(2), **said)

    def more_delay_forum(self, plot: Plot, application: Application) -> None:
        said = {"policy": "consideration-overall", **words.DELAYED_AT_FORUM}
        self.take(application, "delay", self.people[plot.holder], self.now - DAYS(1), **said)


def at_ten(day: datetime) -> datetime:
    """Ten in the morning of that day, or of the last working day before it."""
    local, calendar = day.astimezone(LONDON), Holiday.objects.calendar()
    while calendar.outside_working_days(local.date()):
        local -= DAYS(1)
    return local.replace(hour=10, minute=0, second=0, microsecond=0)
