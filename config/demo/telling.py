"""Tells a story through the ordinary verbs, each at its own moment before now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import Case, Incident, Involvement
from config.demo.stories import HARMED, SUSPECTS, Story
from people.models import Person
from people.services import affirm, create, still_true
from risk.models import Assessment
from risk.services import Said, keep_page
from workflow import engine

NARRATIVES = {
    1: "Red marks on the upper arm, seen by us. Not the first time.",
    2: "Shaking, would not sit down. “I thought that was it.”",
    3: "Being hurt worse next time, and what the children will see.",
    6: "Left in the spring. He has the new address from a friend.",
    8: "Thirty to forty messages a day, waits outside work.",
    13: "Every few weeks since the spring, before that twice a year.",
    14: "Used to be shouting, now things are thrown.",
    15: "Checks the telephone and the bank card, says who may visit.",
    18: "Hands to the neck for about ten seconds, vision went dark.",
    23: "Lost his job in June and takes what she earns.",
    24: "Drinks most days; says himself that he cannot stop.",
}
REASONS = {
    "high": "Hands to the neck or following every day, and it is getting worse. She believes he will kill her. He knows where she lives.",
    "medium": "It happens more often than it did and money or drink is behind it. Could get worse if she leaves or he loses his job.",
    "standard": "One argument, no injury, no threats and nothing on record before. Nothing said or seen that points to serious harm.",
}
YES = {"high": (1, 2, 3, 6, 8, 13, 14, 15, 18), "medium": (2, 6, 13, 24), "standard": (23,)}


class Teller:
    """One story told: the record it made, and a clock of its own that moves on with each act."""

    def __init__(self, story: Story, people: dict[str, User], known: dict[str, Person], now: datetime) -> None:
        self.story, self.people, self.known = story, people, known
        self.officer, self.sergeant = people[story.officer], people[story.sergeant]
        self.begun_at = now - timedelta(hours=story.hours_ago)
        self.moments = self._moments(now)
        self.incident: Any = None

    def _moments(self, now: datetime) -> Iterator[datetime]:
        """Each act a few minutes after the one before; never after now."""
        step = min(timedelta(minutes=9), (now - self.begun_at) / 40)
        moment = self.begun_at + step
        while True:
            yield moment
            moment += step

    def tell(self) -> Incident:
        """As far as the story goes."""
        self.begin()
        acts = {
            "begun": [], "half": [self.half], "complete": [self.half, self.rest, self.assess],
            "sent": [self.half, self.rest, self.assess, self.send],
            "returned": [self.half, self.rest, self.assess, self.send, self.give_back],
            "checked": [self.half, self.rest, self.assess, self.send, self.approve],
            "closed": [self.half, self.rest, self.assess, self.send, self.approve, self.close],
        }  # fmt: skip
        for act in acts[self.story.ends]:
            act()
        self.keep_safe()
        incident: Incident = self.incident
        return incident

    def begin(self) -> None:
        evidence = {
            "reported_at": (self.begun_at - timedelta(minutes=25)).isoformat(), "channel": "999",
            "log_ref": f"{int(self.begun_at.timestamp()) % 10000:04d}",
        }  # fmt: skip
        self.incident = engine.perform(Incident(), "begin", by=self.officer, evidence=evidence, at=next(self.moments))
        self.amend(everyone_safe="yes", made_safe="Everyone seen and spoken to. The suspect has left or is in custody.")

    def half(self) -> None:
        place, postcode, kind = self.story.place
        self.amend(place=place, postcode=postcode, place_kind=kind)
        self.involve(Involvement.Part.VICTIM, f"harmed{self.story.harmed}", HARMED[self.story.harmed])

    def rest(self) -> None:
        began = self.incident.reported_at - timedelta(minutes=20)
        harmed, suspect = HARMED[self.story.harmed], SUSPECTS[self.story.suspect]
        account = self.story.account.format(victim=" ".join(harmed[:2]), suspect=" ".join(suspect[:2]))
        self.amend(occurred_from=began, account=account, weapon="no")
        self.amend(abuse_types=["violent", "controlling"], abuse_signs=list(self.story.signs))
        self.amend(suspect_known="yes", witnesses_seen="no", children_present="yes" if self.story.child else "no")
        tie: dict[str, Any] = {"relationship": suspect[2], "cohabiting": "no"}
        if suspect[2].startswith("X"):
            tie["separated_on"] = (self.begun_at - timedelta(days=200)).date()
        self.involve(Involvement.Part.SUSPECT, f"suspect{self.story.suspect}", (*suspect[:2], None), **tie)
        if self.story.child:
            self.involve(
                Involvement.Part.CHILD, f"child{self.story.harmed}", ("Eli", harmed[1], None), tie="Child of the person harmed",
                lives_there="yes", whereabouts="heard", seen_by_officer="yes", spoken_to="alone", own_words="They were shouting again.",
            )  # fmt: skip
        self.amend(**self._arrest(), positive_actions=["support"])

    def _arrest(self) -> dict[str, Any]:
        if self.story.arrested:
            return {
                "arrested": "yes",
                "arrested_at": self.incident.reported_at,
                "arrested_for": "Assault, at the address",
            }
        reason = "Had left before we arrived. Area searched, usual addresses tried, attempts continue on the next tour."
        return {"arrested": "no", "no_arrest_code": "N4", "no_arrest_reason": reason}

    def assess(self) -> None:
        """Answer every question, give reasons, then grade."""
        assessment = engine.perform(
            Assessment(case=self.incident.case, incident=self.incident), "begin", by=self.officer,
            evidence={"asked_how": Assessment.Asked.values[0]}, at=next(self.moments),
        )  # fmt: skip
        grade = self.story.grade
        said = {number: ("yes", NARRATIVES[number]) if number in YES[grade] else ("no", "") for number in range(1, 28)}
        if self.story.refused:
            said = {number: ("declined", "") for number in range(1, 28)} | {2: ("yes", NARRATIVES[2])}
        keep_page(
            assessment, Said(answers=said, reasons=REASONS[grade], grade=grade), by=self.officer,
            seen=assessment.version, at=next(self.moments),
        )  # fmt: skip

    def send(self) -> None:
        self.step("submit", self.officer, {})

    def give_back(self) -> None:
        reason = "Say in the account what was said about the car keys, and ask the neighbour at number 10."
        self.step("return", self.sergeant, {"reason": reason})

    def approve(self) -> None:
        self.step("approve", self.sergeant, {"reason": "Read with the log. Grade and reasons agree with the account."})

    def close(self) -> None:
        case = Case.objects.get(pk=self.incident.case_id)
        reason = "Support in place, nothing further to investigate, victim told by the safe way."
        at = self.begun_at + timedelta(days=9)
        for deadline in case.deadlines.open():
            engine.perform(
                case,
                "hold",
                by=self.sergeant,
                at=at,
                seen=case.version,
                evidence={
                    "part": "investigation",
                    "person": self.officer.username,
                    "reason": f"Named owner for {deadline.policy}.",
                },
            )
            case = Case.objects.get(pk=case.pk)
        engine.perform(case, "close", by=self.sergeant, evidence={"reason": reason}, seen=case.version, at=at)

    def keep_safe(self) -> None:
        case = self.incident.case
        if self.story.unsafe:
            what = "He is outside the flat and she has locked herself in the bathroom with the children. NR31 is on the way."
            engine.perform(case, "unsafe", by=self.officer, evidence={"what": what}, at=next(self.moments))
        if self.story.restricted:
            reason = "A relative of the suspect works in the control room."
            engine.perform(case, "restrict", by=self.sergeant, evidence={"reason": reason}, at=next(self.moments))
        if self.story.ends in ("sent", "checked"):
            ways = {"call": "07700 900461", "when": "09:30 to 14:30 on weekdays", "if_answered_by_another": "Hang up. Say nothing.",
                    "never_use": "Landline, letters, email", "code_word": "lighthouse"}  # fmt: skip
            engine.perform(case, "safe-contact", by=self.officer, evidence=ways, at=next(self.moments))

    def step(self, name: str, by: User, evidence: dict[str, Any]) -> None:
        fresh = Incident.objects.get(pk=self.incident.pk)
        self.incident = engine.perform(fresh, name, by=by, evidence=evidence, seen=fresh.version, at=next(self.moments))

    def amend(self, **changes: Any) -> None:
        fresh = Incident.objects.get(pk=self.incident.pk)
        self.incident = engine.amend(fresh, changes, by=self.officer, seen=fresh.version, at=next(self.moments))

    def involve(self, part: str, key: str, who: tuple[Any, ...], **said: Any) -> None:
        """Find them if an earlier story knew them, else record them; then say their part."""
        at = next(self.moments)
        person = self.known.get(key)
        if person is None:
            forename, surname, born = who
            person = create(
                beneath=self.incident, by=self.officer, forename=forename, surname=surname, born_on=born, at=at
            )
            self.known[key] = person
        else:
            for fact in still_true(person, self.officer, case=self.incident.case):
                affirm(fact.fact, beneath=self.incident, by=self.officer, at=at)
        row = Involvement(incident=self.incident, person=person, part=part, **said)
        engine.add(row, beneath=self.incident, by=self.officer, at=at)
