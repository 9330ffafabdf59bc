"""Tells a story through the ordinary verbs, each at its own moment before now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import (
    ActionTaken,
    ArrestDecision,
    Case,
    Crime,
    Incident,
    Involvement,
    NonCrime,
    Offence,
)
from cases.models.severity import suggested
from cases.models.standard import StandardException, unmet_in
from config.demo.danger import threaten
from config.demo.further import say_the_rest
from config.demo.said import ELI, EVIDENCE, MAYA, NARRATIVES, NO_CRIME, NO_WAY, OFFENCES, REASONS, VIEW, WAYS, YES
from config.demo.stories import HARMED, SUSPECTS, Story
from people.models import Person
from people.services import affirm, create, still_true
from risk.models import Assessment
from risk.services import Said, keep_page
from workflow import engine


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
        self.amend(
            everyone_safe="yes", made_safe="Everyone seen and spoken to. The suspect has left or is in custody.",
            household="no", threat_to_life="no",
        )  # fmt: skip

    def half(self) -> None:
        place, postcode, kind = self.story.place
        self.amend(place=place, postcode=postcode, place_kind=kind)
        self.involve(Involvement.Part.VICTIM, f"harmed{self.story.harmed}", HARMED[self.story.harmed], **VIEW)

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
                Involvement.Part.CHILD, f"child{self.story.harmed}", ("Eli", harmed[1], date(self.begun_at.year - 8, 3, 2)), **ELI,
            )  # fmt: skip
        if self.story.baby:
            self.involve(
                Involvement.Part.CHILD, f"baby{self.story.harmed}", ("Maya", suspect[1], date(self.begun_at.year - 1, 4, 6)), **MAYA,
            )  # fmt: skip
        self.contact()
        self.decide()
        self.amend(**EVIDENCE)
        self.crime()
        self.amend(severity=suggested(self.incident).severity)

    def crime(self) -> None:
        """An offence where somebody was hurt or followed; a quarrel goes to the crime registrar as no crime."""
        code = next((OFFENCES[sign] for sign in self.story.signs if sign in OFFENCES), "common-assault")
        if self.story.grade == "standard":
            self.amend(classed="non_crime", non_crime_reason="argument", non_crime_why=NO_CRIME, da_confirmed="yes")
            return
        self.amend(classed="crime", da_confirmed="yes")
        suspect = self.incident.people("suspect").first()
        row = Crime(incident=self.incident, offence=Offence.objects.get(code=code), suspect=suspect)
        engine.add(row, beneath=self.incident, by=self.officer, at=next(self.moments))

    def no_crime(self) -> None:
        """The crime registrar approves what a closed story called no crime."""
        asked = NonCrime.objects.standing().filter(incident=self.incident, state=NonCrime.State.WAITING).first()
        if asked is not None:
            said = {"reason": "The log and the account agree: a quarrel, no offence."}
            registrar = self.people["registrar"]
            engine.perform(asked, "approve", by=registrar, evidence=said, seen=asked.version, at=next(self.moments))

    def decide(self) -> None:
        """Arrested at the address, or gone before anybody came; support was offered either way."""
        told: dict[str, Any] = {
            "codes": ["N4"],
            "why": "Had left before we arrived. Area searched, usual addresses tried, attempts continue on the next tour.",
        }
        if self.story.arrested:
            told = {
                "arrested_at": self.incident.reported_at, "place": "At the address", "offences": "Common assault on her", "necessity": ["protect"],
                "camera_on": "yes",
            }  # fmt: skip
        row = ArrestDecision(
            incident=self.incident, suspect=self.incident.people("suspect").first(), decided_at=self.incident.reported_at,
            arrested="yes" if self.story.arrested else "no", **told,
        )  # fmt: skip
        engine.add(row, beneath=self.incident, by=self.officer, at=next(self.moments))
        for kind in ("arrest", "support") if self.story.arrested else ("support",):
            action = ActionTaken(incident=self.incident, kind=kind, answer="accepted" if kind == "support" else "")
            engine.add(action, beneath=self.incident, by=self.officer, at=next(self.moments))

    def check_arrest(self) -> None:
        """A sergeant looks at the reason why nobody was arrested; the attempts end when somebody else looks for them."""
        for row in ArrestDecision.objects.standing().filter(incident=self.incident, arrested="no"):
            said = {"reason": "Searched as the log says, circulated, next addresses named."}
            row = engine.perform(
                row, "accept", by=self.sergeant, evidence=said, seen=row.version, at=next(self.moments)
            )
            said = {"reason": "Given to the proactive team as wanted."}
            engine.perform(row, "circulate", by=self.officer, evidence=said, seen=row.version, at=next(self.moments))

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
        say_the_rest(assessment, self.officer, self.moments)

    def send(self) -> None:
        self.step("submit", self.officer, {})

    def give_back(self) -> None:
        reason = "Say in the account what was said about the car keys, and ask the neighbour at number 10."
        self.step("return", self.sergeant, {"reason": reason})

    def approve(self) -> None:
        self.no_crime()
        self.check_arrest()
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
        self.except_what_is_unmet(case, at)
        case = Case.objects.get(pk=case.pk)
        said = {"told": "yes", "told_words": "By telephone at noon; she rings her adviser.", "reason": reason}
        engine.perform(case, "close", by=self.sergeant, evidence=said, seen=case.version, at=at)

    def except_what_is_unmet(self, case: Case, at: datetime) -> None:
        """The sergeant asks for what the story does not tell, the superintendent grants it."""
        grants = User.objects.get(username="0311")
        for line in unmet_in(case):
            why = "Recorded before the force asked for it; looked at by hand in the other system."
            asked = {"line": line.key, "why": why, "instead": "Looked at on the day, as the log says."}
            row = engine.perform(StandardException(case=case), "ask", by=self.sergeant, evidence=asked, at=at)
            reason = {"reason": "I read the log: it was looked at on the day."}
            engine.perform(row, "grant", by=grants, evidence=reason, seen=row.version, at=at)

    def keep_safe(self) -> None:
        case = self.incident.case
        if self.story.unsafe:
            what = "He is outside the flat and she has locked herself in the bathroom with the children. NR31 is on the way."
            engine.perform(case, "unsafe", by=self.officer, evidence={"what": what}, at=next(self.moments))
        if self.story.threat:
            threaten(self)
        if self.story.restricted:
            reason = "A relative of the suspect works in the control room."
            engine.perform(case, "restrict", by=self.sergeant, evidence={"reason": reason}, at=next(self.moments))

    def contact(self) -> None:
        """Set while standing there; in one story nobody knows a safe way yet."""
        said = NO_WAY if self.story.no_safe_way else WAYS
        engine.perform(self.incident, "safe-contact", by=self.officer, evidence=said, at=next(self.moments))

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
