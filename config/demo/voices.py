"""How the demonstration force is told how it did: people drawn and asked, partners, a consultation, a review, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import Incident
from config.demo.conferences import then
from reporting.feedback.drawing import draw
from reporting.feedback.gates import may_be_asked
from reporting.models import (
    Consultation,
    FeedbackFinding,
    OutcomeReview,
    PartnerFeedback,
    Questionnaire,
    SampleRule,
    Survey,
    SurveyConsent,
)
from reporting.models.feedback import Asks, Satisfaction
from safeguarding.models import Agency
from workflow import engine
from workflow.clock import LONDON

INTRODUCTION = (
    "I ask for the police how we did. You may stop at any time, or not answer. Nothing changes for you if you say no, and those "
    "who worked on your case do not read what you say."
)
AUTHORITY = "Domestic abuse board of the demonstration force; invented"
V = Satisfaction
MOODS = (V.VERY, V.FAIRLY, V.VERY, V.FAIRLY_DIS, V.FAIRLY, V.NEITHER, V.VERY_DIS)
WORDS = ("The officer who sat with me was kind.", "Nobody rang the next day.", "I was not told that he was let out.")
HEARD = "After the first night nobody rang. We found out from a neighbour that he was home."
PLAN = "Whoever reports is rung on the next day, by a safe way, and told what happens next."


def days(n: int) -> timedelta:
    return timedelta(days=n)


class Voices:
    """Its people do what they do by the ordinary steps, each at a moment before `now` (UTC)."""

    def __init__(self, people: dict[str, User], now: datetime) -> None:
        self.people, self.now = people, now
        self.coordinator, self.command = people["coordinator"], people["command"]
        self.asks = people["specialist"]

    def tell(self, incidents: Iterable[Incident]) -> None:
        told = Incident.objects.filter(
            pk__in=[one.pk for one in incidents], state__in=("submitted", "checked"), case__restricted=False
        )
        sent = list(told.select_related("case", "recorded_by").order_by("pk"))
        for audience in ("harmed", "partner"):
            self.put_in_use(audience)
        self.agree(sent)
        self.sample(sorted({month_of(one) for one in sent}))
        for number, survey in enumerate(Survey.objects.select_related("case__unit", "questionnaire").order_by("pk")):
            self.ask(survey, number)
        self.hear()

    def take(self, record: Any, step: str, by: User, ago: timedelta, **said: Any) -> Any:
        """A step on the record as it stands, so long before now."""
        at = self.now - ago
        if record.pk:
            record = type(record).objects.get(pk=record.pk)
        said.setdefault("reason", "As the domestic abuse board agreed.")
        with then(at):
            return engine.perform(record, step, by=by, evidence=said, seen=record.version if record.pk else None, at=at)

    def put_in_use(self, audience: str) -> None:
        name = {"harmed": "How did we do?", "partner": "How do we work together?"}[audience]
        said = {"audience": audience, "name": name, "introduction": INTRODUCTION}
        draft = self.take(Questionnaire(), "draft", self.coordinator, days(130), **said)
        self.take(draft, "use", self.command, days(128))

    def agree(self, incidents: list[Incident]) -> None:
        """Six of seven agree, a day after."""
        for number, incident in enumerate(incidents):
            harmed = incident.people("victim").first()
            when = min(incident.reported_at + days(1), self.now - timedelta(hours=2))
            said = {"person": harmed.person_id, "said_at": when.isoformat(), "words": ""}
            step = "refuse" if number % 7 == 6 else "agree"
            self.take(SurveyConsent(case=incident.case), step, incident.recorded_by, self.now - when, **said)

    def sample(self, months: list[date]) -> None:
        """Every month that has been told of is drawn, five days ago: half of it waits to be asked."""
        said = {
            "runs": "NP", "stage": "first_response", "most": 6, "after_days": 0, "not_again_days": 182, "youngest": 16,
            "ask_within_days": 28, "authority": AUTHORITY,
        }  # fmt: skip
        rule = self.take(SampleRule(), "set", self.command, days(120), **said)
        for month in months:
            draw(rule.pk, month, self.now - days(5), f"northshire {month:%Y-%m}")

    def ask(self, survey: Survey, number: int) -> None:
        """Two of three are asked at the first hour at which the plan allows it; of the rest some cannot be asked."""
        if number % 3 == 2:
            return
        self.take(survey, "take", self.asks, days(4))
        found = self.hour_for(survey)
        if found is None:
            said = {"unsafe_why": "no_way", "unsafe_words": "The plan names no hour at which anybody works."}
            self.take(survey, "not-safe", self.asks, timedelta(hours=3), **said)
            return
        way, at = found
        if number % 5 == 4:
            self.take(survey, "decline", self.asks, self.now - at, at=at.isoformat(), way=way, declined_because="")
            return
        self.answer(survey, number, way, at)

    def answer(self, survey: Survey, number: int, way: str, at: datetime) -> None:
        mood = MOODS[number % len(MOODS)]
        said = {
            f"q{one.pk}": mood if one.asks == Asks.SCALE else WORDS[number % len(WORDS)]
            for one in survey.questionnaire.asked_of(survey.stage)
        }
        more = {"at": at.isoformat(), "way": way, "danger": "no", "danger_words": "", "words": ""}
        self.take(survey, "answer", self.asks, self.now - at, **said, **more)

    def hour_for(self, survey: Survey) -> tuple[str, datetime] | None:
        """A way and a moment of the last days that the plan in force allowed; none where somebody is unsafe."""
        if survey.case.unsafereport_set.filter(answered_at__isnull=True).exists():
            return None
        for back in range(80, 2, -1):
            at = self.now - timedelta(hours=back)
            for way in ("call", "in_person"):
                if not may_be_asked(survey.case, way, at):
                    return way, at
        return None

    def hear(self) -> None:
        """A consultation with its finding, a review with its action, what partners say."""
        day = (self.now - days(40)).astimezone(LONDON).date()
        logged = self.take(
            Consultation(), "log", self.coordinator, days(38), kind="panel", held_on=day.isoformat(),
            who="The survivors’ panel of the county", how_many="11", purposes=["performance", "strategy"],
            about="The days after somebody first tells the police.", said=HEARD, measures="M38",
        )  # fmt: skip
        self.found(
            FeedbackFinding(consultation=logged),
            day,
            HEARD,
            done="Since the first of the month the unit rings everybody.",
        )
        agencies = list(Agency.objects.all().working().order_by("pk")[:3])
        review = self.take(
            OutcomeReview(), "minute", self.coordinator, days(20), title="Outcomes of the quarter", held_on=day.isoformat(),
            agencies=[one.pk for one in agencies], also_there="The commissioner’s lead on victims",
            reviewed="The pack of the quarter: outcomes, charges, withdrawals.", measures="M38",
            said="Withdrawals fall where an adviser is there from the start.", decided="Advisers are asked for on the first day.",
        )  # fmt: skip
        self.found(FeedbackFinding(review=review), day, "Advisers come too late to keep people in it.", done="")
        self.take(review, "issue", self.command, days(15))
        self.partners_say()

    def found(self, finding: FeedbackFinding, day: date, heard: str, done: str) -> None:
        said = {"stage": "", "heard_on": day.isoformat(), "heard": heard, "measures": "M38"}
        finding = self.take(finding, "record", self.coordinator, days(18), **said)
        due = (self.now + days(30)).astimezone(LONDON).date().isoformat()
        self.take(finding, "act", self.command, days(16), owner=self.asks.collar_number, plan=PLAN, due_on=due)
        if done:
            self.take(finding, "finish", self.command, days(2), did=done)
        self.take(finding, "publish", self.command, days(1), read="on")

    def partners_say(self) -> None:
        questions = Questionnaire.objects.get(audience="partner").asked_of("together")
        said = {f"q{one.pk}": V.FAIRLY if one.asks == Asks.SCALE else "Ring us sooner." for one in questions}
        for agency in Agency.objects.all().working().order_by("pk")[:2]:
            speaks = (
                User.objects.filter(postings__unit=agency.unit, postings__role__in=("partner", "idva"))
                .order_by("pk")
                .first()
            )
            if speaks is not None:
                self.take(PartnerFeedback(), "give", speaks, timedelta(hours=5), **said, words="")


def month_of(incident: Incident) -> date:
    return incident.reported_at.astimezone(LONDON).date().replace(day=1)
