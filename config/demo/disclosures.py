"""Clare’s Law in the demonstration: what waits at the door, one being taken down, and two that are being checked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from config.demo.conferences import then
from dvds.models import Application, Intake
from dvds.services.parties import name_party
from workflow import engine

HOURS, MINUTES = (lambda n: timedelta(hours=n)), (lambda n: timedelta(minutes=n))
#: (who hears it, hours ago, which first step, what is said)
AT_THE_DOOR: tuple[tuple[str, float, str, dict[str, Any]], ...] = (
    ("2877", 1.5, "hear", {
        "channel": "in_person", "asker": "Wilma Oakes", "asks_as": "self", "subject": "Denny Pask, about 40, drives a white van",
        "why": "He told her that an earlier partner “had it coming”.", "feared": ["assault", "control"], "danger": "possible",
        "danger_words": "She stays with her mother tonight; we rang back at six and she was well.",
        "safe_means": "07700 900511, her own", "safe_place": "Her mother’s", "safe_times": "Weekdays before three",
        "never": "Voicemail",
    }),
    ("partner", 20, "hear", {
        "channel": "partner", "asks_as": "professional", "at_risk": "A tenant, Lily Marsden", "subject": "Carl Otley",
        "why": "He has moved in; a neighbour hears shouting.", "feared": ["threats"], "danger": "none",
    }),
    ("intel", 3, "learn", {
        "source": "intelligence", "subject": "Sean Rudd", "at_risk": "A woman called Mina at his new address",
        "why": "Two logs place him with a new partner since his release.", "danger": "none",
    }),
)  # fmt: skip
ROSA: dict[str, Any] = {
    "channel": "phone", "asker": "Rosa Field", "asks_as": "self", "subject": "Karl Field", "feared": ["assault", "strangled"],
    "why": "He put his hand on her throat in May, and his sister warned her.", "danger": "none",
}  # fmt: skip
JUNE: dict[str, Any] = {
    "source": "investigation", "subject": "Neil Strand", "at_risk": "June Abbot",
    "why": "He named her as his partner in interview; he has harmed two partners before.", "danger": "none",
}  # fmt: skip
BOTH: dict[str, Any] = {
    "subject_staff": "no", "relationship": "BG", "together": "together", "living_together": "no", "children_affected": "no",
    "danger": "none", "crime_alleged": "no",
}  # fmt: skip
ASKED: dict[str, Any] = {
    "sharing_explained": "yes", "sharing_consent": "consented", "support_given": "yes",
    "support_words": "Northshire advisers and the national helpline, in words",
}  # fmt: skip
SAFE: dict[str, Any] = {
    "means": ["call", "in_person"], "call": "07700 900144", "meet_at": "The library in Mill Lane", "days": ["mon", "tue", "wed", "thu", "fri"],
    "from_time": "09:30", "to_time": "11:00", "never_means": ["voicemail", "letters"], "code_word": "heron",
}  # fmt: skip


class Disclosures:
    """Its people do what they do by the ordinary steps, each at a moment before `now` (UTC)."""

    def __init__(self, people: dict[str, User], now: datetime) -> None:
        self.people, self.now = people, now
        self.handler, self.officer = people["handler"], people["disclosure"]

    def tell(self) -> None:
        for who, hours, step, said in AT_THE_DOOR:
            self.hear(self.people[who], step, self.now - HOURS(hours), said)
        self.take_up(
            self.hear(
                self.people["5120"], "hear", self.now - HOURS(5), {**ROSA, "asker": "Tilly Brand", "subject": "Max Orr"}
            ),
            4,
        )
        self.sent_on(
            self.take_up(self.hear(self.people["2877"], "hear", self.now - HOURS(26), ROSA), 25, self.officer),
            self.officer,
        )
        self.sent_on(
            self.take_up(self.hear(self.people["3315"], "learn", self.now - HOURS(70), JUNE), 69, self.officer),
            self.officer,
        )

    def hear(self, by: User, step: str, at: datetime, said: dict[str, Any]) -> Intake:
        """Heard a quarter of an hour before it is put down."""
        with then(at):
            words = {"first_contact_at": (at - MINUTES(15)).isoformat(), **said}
            made: Intake = engine.perform(Intake(), step, by=by, evidence=words, at=at)
        return made

    def take_up(self, intake: Intake, hours_ago: float, by: User | None = None) -> Application:
        taken = self.take(intake, "take-up", by or self.handler, self.now - HOURS(hours_ago))
        found: Application = taken.application
        return found

    def sent_on(self, application: Application, by: User) -> None:
        """Whole, and sent to be checked, within the hour."""
        at = self.now - (self.now - application.recorded_at) + MINUTES(10)
        with then(at):
            self.name_everybody(application, by)
        self.take(application, "safe-contact", by, at, **SAFE)
        now = self.again(application)
        said = {**BOTH, **(ASKED if now.asked else {"source_grade": "2", "information_grade": "B"})}
        self.amend(application, by, at + MINUTES(15), **said)
        self.take(application, "forward", by, at + MINUTES(20), note="")

    def name_everybody(self, application: Application, by: User) -> None:
        names = (("herself", "Rosa Field"), ("subject", "Karl Field")) if application.asked else (
            ("at_risk", "June Abbot"), ("subject", "Neil Strand"),
        )  # fmt: skip
        for part, called in names:
            forename, _space, surname = called.partition(" ")
            name_party(self.again(application), part, by, forename=forename, surname=surname, age=35)

    def again(self, record: Any) -> Any:
        return type(record).objects.get(pk=record.pk) if record.pk else record

    def take(self, record: Any, step: str, by: User, at: datetime, /, **said: Any) -> Any:
        """A step on the record as it stands, at a moment (UTC)."""
        now = self.again(record)
        with then(at):
            return engine.perform(now, step, by=by, evidence=said, seen=now.version if now.pk else None, at=at)

    def amend(self, record: Any, by: User, at: datetime, /, **said: Any) -> Any:
        now = self.again(record)
        with then(at):
            return engine.amend(now, said, by=by, seen=now.version, at=at)
