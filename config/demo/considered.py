"""Considerations of the demonstration from the first contact to the forum: heard, looked up, judged, met, assessed, referred."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import SystemCheck
from config.demo import considered_said as words
from config.demo.conferences import then
from config.demo.considered_said import Plot
from config.demo.disclosures import Disclosures
from dvds.models import AgencyAsked, Application, FinalReport, NoTrace, Party, Warned
from dvds.services.checks import MINIMUM
from dvds.services.parties import name_party
from marac.models import Forum, Meeting
from people.models import Birth
from risk.models import FactorLeft, PlanAction, PlanActionKind, SafetyPlan
from risk.quality import PLAN
from workflow import engine
from workflow.clock import LONDON

DAYS, MINUTES = (lambda n: timedelta(days=n)), (lambda n: timedelta(minutes=n))


class Considered(Disclosures):
    """Each plot as far as it goes without the forum, by the ordinary steps, each at a moment before `now` (UTC)."""

    def __init__(self, people: dict[str, User], now: datetime) -> None:
        super().__init__(people, now)
        self.supervisor, self.chair, self.keeper = (people[name] for name in ("dsupervisor", "chair", "marac"))
        self.second = people["disclosure2"]
        self.forum = Forum.objects.order_by("pk")[0]

    # --- one plot, up to the forum

    def bring(self, plot: Plot, number: int) -> Application:
        """As far as it goes without the forum."""
        self.plot, self.first, self.by = plot, self.now - DAYS(plot.days_ago), self.people[plot.holder]
        application = self.opened(plot, number)
        for act in self.acts(plot):
            getattr(self, act)(application, self.when(act))
        return self.again(application)  # type: ignore[no-any-return]

    def acts(self, plot: Plot) -> list[str]:
        if plot.ends == "stopped":
            return ["looking", "checked", "stopped"]
        if plot.ends == "withdrawn":
            return ["looking", "checked", "progressed", "withdrawn"]
        if plot.route == "know":
            return ["looking", "triaged"]
        way = ["looking", "checked", "progressed", "met", "assessed", "planned", "categorised", "signed", "listed"]
        return way[: way.index(plot.ends) + 1] if plot.ends in way else way[:-1]

    def when(self, act: str) -> datetime:
        """When an act is done. She is met only in the hours that she named."""
        at = self.first + DAYS(words.DAYS.get(act, 1.5) * self.plot.pace)
        return in_hours(at) if act in ("met", "tried") else at

    def opened(self, plot: Plot, number: int) -> Application:
        heard = {"subject": plot.subject, **words.HEARD[plot.route]}
        heard |= (
            {"asker": plot.asker or plot.at_risk, "asks_as": "parent" if plot.asker else "self"}
            if plot.route == "ask"
            else {}
        )
        heard |= {"at_risk": plot.at_risk} if plot.asker or plot.route == "know" else {}
        intake = self.hear(
            self.people["2877"], "hear" if plot.route == "ask" else "learn", self.first + MINUTES(15), heard
        )
        taken = self.take(intake, "take-up", self.by, self.when("taken"))
        application: Application = taken.application
        at = self.when("named")
        with then(at):
            self.name(application, plot, number)
        self.take(application, "safe-contact", self.by, at, **words.SAFE)
        said = {**words.TAKEN, **words.SAID_BY[plot.route], "children_affected": "yes" if plot.children else "no"}
        said |= {"aware": "yes"} if plot.asker else {}
        self.amend(application, self.by, at + MINUTES(5), **said)
        self.take(application, "forward", self.by, self.when("forward"), note="")
        return application

    def name(self, application: Application, plot: Plot, number: int) -> None:
        born = date(1984 + number % 12, 1 + number % 12, 3 + number)
        parts = [
            ("herself" if plot.route == "ask" and not plot.asker else "at_risk", plot.at_risk, born),
            ("subject", plot.subject, born.replace(year=born.year - 3, day=born.day + 2)),
        ]
        parts += [("applicant", plot.asker, date(1961, 4, 2))] if plot.asker else []
        parts += [("child", child, date(2016 + n * 2, 5, 6 + number)) for n, child in enumerate(plot.children)]
        for part, called, on in parts:
            forename, _space, surname = called.partition(" ")
            name_party(self.again(application), part, self.by, forename=forename, surname=surname, born_on=on)

    # --- checks and judgements

    def looking(self, application: Application, at: datetime) -> None:
        """Everything of the least, or, where it is only begun, PNC alone, which shows a marker."""
        begun = self.plot.ends == "looking"
        parts = ("subject",) if self.plot.route == "ask" else ("subject", "at_risk")
        for part in parts:
            for system in ("pnc",) if begun else MINIMUM:
                self.look(application, system, part, at, marker="yes" if begun else "no")

    def look(self, application: Application, system: str, part: str, at: datetime, marker: str) -> None:
        found = part == "subject" and system in self.plot.held
        row = Party.objects.get(application=application, part=part)
        name = self.plot.subject if part == "subject" else self.plot.at_risk
        said: dict[str, Any] = {
            "system": system, "person": row.person_id, "names": name, "births": born_words(row), "checked_at": at.isoformat(),
            "found": "something" if found else "nothing", "not_tried_because": "The others belong to somebody else.",
            "result": words.FOUND[system][1] if found else "",
        }  # fmt: skip
        said |= {"visor_marker": marker} if system == "pnc" and part == "subject" else {}
        self.take(application, "look", self.by, at + MINUTES(2), **said)
        made = SystemCheck.objects.order_by("-pk")[0]
        if not found:
            self.take(NoTrace.objects.get(check_made=made), "agree", self.other, at + MINUTES(30), read=True)
            return
        sort, what, spent = words.FOUND[system]
        told = {
            "check_made": made.pk,
            "sort": sort,
            "words": what,
            "spent": spent,
            "violent": True,
            "of_whom": "A former partner",
        }
        self.take(application, "add-trace", self.by, at + MINUTES(6), **told)

    @property
    def other(self) -> User:
        """The second person: never whoever looked."""
        return self.second if self.by == self.officer else self.officer

    def checked(self, application: Application, at: datetime) -> None:
        self.take(application, "finish-checks", self.by, at, whole=True)

    def progressed(self, application: Application, at: datetime) -> None:
        said = {**words.JUDGED, "grade": self.plot.grade, "reach_how": "By telephone within the plan, as the library."}
        self.take(application, "progress", self.by, at, **said)

    def triaged(self, application: Application, at: datetime) -> None:
        said = {**words.JUDGED, "grade": self.plot.grade, "source_grade": "2", "information_grade": "B"}
        self.take(application, "triage", self.by, at, **said)

    def stopped(self, application: Application, at: datetime) -> None:
        self.take(application, "propose-stop", self.by, at, **words.JUDGED, **words.STOPPED, grade=self.plot.grade)
        self.take(
            application,
            "agree-stop",
            self.supervisor,
            at + MINUTES(90),
            reason="Read with the record: they were never partners.",
        )
        self.conclude(application, at + MINUTES(120), "out_of_scope")
        self.close(application, at + DAYS(0.5))

    def withdrawn(self, application: Application, at: datetime) -> None:
        self.take(
            application,
            "withdraw",
            self.by,
            self.now - DAYS(1),
            said_at=(self.now - DAYS(1.1)).isoformat(),
            **words.WITHDRAWN,
        )

    # --- met, assessed, categorised, listed

    def met(self, application: Application, at: datetime) -> None:
        said = {**words.MEETING, "warned": list(Warned.values), "held_at": at.isoformat()}
        self.take(application, "hold-meeting", self.by, at + MINUTES(70), **said)

    def assessed(self, application: Application, at: datetime) -> None:
        if self.plot.children:
            self.ask_care(application, at - DAYS(1.5))
            asked = AgencyAsked.objects.get(application=application)
            said = {"asked": asked.pk, "answered_at": (at - DAYS(0.5)).isoformat(), "answer": words.CARED}
            self.take(application, "agency-answers", self.by, at - DAYS(0.4), **said)
        self.take(application, "assess", self.by, at, done_at=at.isoformat(), grade=self.plot.grade, **words.ASSESSED)

    def ask_care(self, application: Application, at: datetime) -> None:
        self.take(application, "ask-agency", self.by, at + MINUTES(5), asked_at=at.isoformat(), **words.CARE)

    def planned(self, application: Application, at: datetime) -> None:
        """A safety plan in force, checked and approved by the supervisor."""
        with then(at):
            plan = engine.perform(
                SafetyPlan(case=application.case), "begin", by=self.by, evidence={"wishes": words.PLAN["wishes"]}, at=at
            )
        self.amend(plan, self.by, at, **words.PLAN)
        with then(at + MINUTES(5)):
            for code, what in words.ACTIONS:
                kind, due = PlanActionKind.objects.get(code=code), self.now + DAYS(10)
                row = PlanAction(plan=plan, kind=kind, what=what, owner=self.by, due_at=due, priority="soon")
                engine.add(row, beneath=self.again(plan), by=self.by, at=at)
            for factor, why in words.LEFT.items():
                engine.add(FactorLeft(plan=plan, factor=factor, why=why), beneath=self.again(plan), by=self.by, at=at)
        self.take(plan, "send", self.by, at + MINUTES(20), note="")
        self.take(plan, "check", self.supervisor, at + MINUTES(60), **{look.code: "pass" for look in PLAN})
        self.take(
            plan,
            "approve",
            self.supervisor,
            at + MINUTES(65),
            reason="Read with what she said: enough until it is decided.",
        )

    def categorised(self, application: Application, at: datetime) -> None:
        self.take(application, "categorise", self.by, at, **(words.CONCERN if self.plot.held else words.NO_CONCERN))

    def signed(self, application: Application, at: datetime) -> None:
        self.take(
            application, "sign", self.supervisor, at, reason="Agreed, with what the systems hold and what she says."
        )

    def listed(self, application: Application, at: datetime) -> None:
        coming = Meeting.objects.filter(forum=self.forum, state="published", starts_at__gt=self.now).order_by(
            "starts_at"
        )[0]
        self.take(application, "put-before", self.by, self.now - DAYS(3), meeting=coming.pk)

    def conclude(self, application: Application, at: datetime, outcome: str) -> None:
        self.take(application, "conclude", self.by, at, outcome=outcome, **words.CONCLUDED)

    def close(self, application: Application, at: datetime) -> None:
        """The report submitted within the day and found the next, then closed."""
        if not application.managements.exists():
            review = (self.now + DAYS(40)).date().isoformat()
            said = {
                **words.MANAGED,
                "routes": ["nobody"],
                "reasons": "Considered, and nothing was found that asks for it.",
            }
            self.take(application, "review-management", self.by, at - MINUTES(60), review_on=review, **said)
        report, number = FinalReport.objects.get(application=application), f"INT-{self.now.year}-{application.pk:04d}"
        self.take(report, "submit", self.by, at, reference=number, submitted_at=(at - MINUTES(20)).isoformat())
        review = (self.now + DAYS(900)).date().isoformat()
        found = {
            "uploaded_at": (at + MINUTES(300)).isoformat(),
            "found": "on",
            "local": "on",
            "agencies": "Northshire advisers",
        }
        self.take(report, "upload", self.by, at + MINUTES(320), review_on=review, **found)
        self.take(
            application, "close", self.by, at + MINUTES(400), reason="Everything that is owed at the end is recorded."
        )


def born_words(row: Party) -> str:
    """The birth date as it is typed into a system."""
    on = Birth.objects.filter(person=row.person_id).order_by("-pk")[0].born_on
    return f"{on:%d/%m/%Y}"


def in_hours(at: datetime) -> datetime:
    """The same day (London's) at three in the afternoon: within the hours that the plan names."""
    return at.astimezone(LONDON).replace(hour=15, minute=0, second=0, microsecond=0)
