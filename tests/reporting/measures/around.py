"""What lies around the reports of a force, drawn by chance and told twice: courses in law, forums, Clare’s Law, schools, calls,
surveys, checks, clocks, case-loads, figures from outside. As in `generated`, the test reckons from the plain records alone.
"""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from accounts.models import Training, Unit, User
from audit import services as audit
from audit.models import Operation
from cases.models import Call, Case, Holding, Incident, Involvement
from cases.models.arrest import ArrestDecision
from cases.models.course import CourseEvent
from dvds.models import Application, Outcome
from marac.models import AgendaItem, Forum, Hearing, Meeting, Referral
from people.models import Person
from reporting.models import (
    Draw,
    OutsideFigure,
    OutsideImport,
    PartnerAnswer,
    PartnerFeedback,
    Questionnaire,
    SampleRule,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)
from reporting.models.outside import OutsideFile
from risk.models import Assessment, QualityCheck
from safeguarding.models import Agency, Encompass
from tests.reporting.measures.generated import DAYS, GRADES, NOW, dash, graded
from workflow.clock import LONDON
from workflow.models import Deadline
from workflow.models.record import about

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = ("very", "fairly", "neither", "fairly_dis", "very_dis", "not_mine", "unknown")
SELDOM = st.integers(0, 4).map(lambda n: n == 0)


@dataclass
class Fact:
    """One thing that happened: in which unit (0 to 2), when (UTC), and what was drawn of it."""

    unit: int
    said: dict[str, Any]
    at: datetime


def drawn(most: int = 6, **more: Any) -> Any:
    """Lists of facts: each in a unit, so many days ago, seldom in a restricted case, seldom struck out."""
    base = {"unit": st.integers(0, 2), "days": DAYS, "restricted": SELDOM, "struck": SELDOM}
    return st.lists(st.fixed_dictionaries(base | more), max_size=most)


MAYBE = st.one_of(st.none(), st.integers(-40, 40))
COURSES = drawn(
    kind=st.sampled_from(("charge", "no_action", "out_of_court", "verdict", "bail")),
    person=st.one_of(st.none(), st.integers(0, 1)),
)
RELEASES = drawn(
    release=st.sampled_from(("bail_conditions", "bail", "investigation", "remanded", "")), taken=st.booleans()
)
REFERRALS = drawn(
    outcome=st.sampled_from(("", "actions", "no_forum", "emergency", "transferred", "deferred")), met=st.sampled_from(("held", "minuted", "sitting")),
    repeat=st.sampled_from(("", "of", "ground")), again=st.booleans(), submitted=st.booleans(), beside=st.booleans(),
    accepted=st.booleans(), by_agency=st.booleans(),
)  # fmt: skip
HIGHS = drawn(grade=st.sampled_from(GRADES), referred=MAYBE)
CONSIDERATIONS = drawn(
    outcome=st.sampled_from(("", *Outcome.values)), told=st.one_of(st.none(), st.integers(0, 90)), ended=st.one_of(st.none(), st.integers(0, 90)),
)  # fmt: skip
NOTICES = drawn(told=MAYBE, not_sent=SELDOM)
CALLS = drawn(flagged=st.sampled_from(("yes", "no", "not_sure")), confirmed=st.sampled_from(("", "yes", "no")))
SURVEYS = drawn(
    most=24, state=st.sampled_from(("answered", "answered", "declined", "not_reached", "not_safe", "drawn")), value=st.sampled_from(ANSWERS), scored=st.booleans(),
    waited=st.integers(0, 60),
)  # fmt: skip
PARTNERS_SAID = drawn(most=24, value=st.sampled_from(ANSWERS), scored=st.booleans())
CHECKS = drawn(passed=st.integers(0, 5), advised=st.integers(0, 3), returned=st.integers(0, 3))
TRAINED = drawn(
    passed=MAYBE, until=MAYBE, reasons=st.booleans(), course=st.sampled_from(("dash", "honour")), recorded=st.booleans()
)
POLICIES = ("call-response", "review-grade", "record-sent")
CLOCKS = drawn(policy=st.sampled_from(POLICIES), hours=st.one_of(st.none(), st.integers(-30, 30)), dropped=SELDOM)
LOADS = drawn(
    officer=st.one_of(st.none(), st.integers(0, 2)),
    ended=SELDOM,
    open=st.booleans(),
    grade=st.sampled_from((None, *GRADES)),
    part=st.sampled_from(("investigation", "risk")),
)
FIGURES = (
    "recorded",
    "referred",
    "charged",
    "no_action",
    "out_of_court",
    "action_plan",
    "completed",
    "convicted",
    "guilty_plea",
    "evidence_led",
    "evidence_led_convicted",
    "people",
)
GIVEN = st.lists(
    st.fixed_dictionaries({
        "figure": st.sampled_from(FIGURES), "month": st.integers(0, 3), "area": st.sampled_from((0, 0, 1, 2, 3)), "value": st.integers(0, 60),
        "violence": st.booleans(), "standing": st.integers(0, 5).map(lambda n: n > 0),
    }),
    max_size=24, unique_by=lambda one: (one["figure"], one["month"], one["area"], one["violence"]),
)  # fmt: skip


class Planter:
    """Writes facts down, each in a case of its own, and tells them."""

    def __init__(self, units: list[Unit], by: User, other: User) -> None:
        self.units, self.by, self.other = units, by, other
        self.numbers = count()
        self.people = [Person.objects.create() for _ in range(2)]

    def each(
        self,
        rows: list[dict[str, Any]],
        write: Callable[[Fact, Case, dict[str, Any]], None],
        kind: str = "investigation",
    ) -> list[Fact]:
        told = []
        for row in rows:
            fact = Fact(row["unit"], row, NOW - timedelta(days=row["days"], seconds=next(self.numbers) + 1))
            case = self.case(fact, kind)
            struck = {"struck_out_at": NOW} if row["struck"] else {}
            write(fact, case, {"case": case, "recorded_by": self.by, **struck})
            told.append(fact)
        return told

    def case(self, fact: Fact, kind: str = "investigation", **said: Any) -> Case:
        said = {"unit": self.units[fact.unit], "restricted": fact.said["restricted"], "opened_at": fact.at, **said}
        made: Case = Case.objects.create(reference=f"DA-2026-A{next(self.numbers):05d}", kind=kind, **said)
        return made

    def incident(self, case: Case, at: datetime) -> Incident:
        said: dict[str, Any] = {
            "state": "checked",
            "reported_at": at,
            "recorded_at": at,
            "channel": "999",
            "da_confirmed": "yes",
        }
        made: Incident = Incident.objects.create(case=case, recorded_by=self.by, **said)
        return made

    def suspect(self, case: Case, at: datetime, person: Person | None = None) -> Involvement:
        made: Involvement = Involvement.objects.create(
            case=case,
            recorded_by=self.by,
            incident=self.incident(case, at),
            person=person or Person.objects.create(),
            part="suspect",
        )
        return made

    # --- law ---

    def course(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        nth = fact.said["person"]
        suspect = None if nth is None else self.suspect(case, fact.at, self.people[nth])
        CourseEvent.objects.create(**mine, state="standing", kind=fact.said["kind"], at=fact.at, suspect=suspect)

    def release(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        suspect = self.suspect(case, fact.at)
        how = {"arrested": "yes", "arrested_at": fact.at} if fact.said["taken"] else {"arrested": "no", "codes": ["N4"]}
        ArrestDecision.objects.create(
            **mine, incident=suspect.incident, suspect=suspect, decided_at=fact.at, release=fact.said["release"], **how
        )

    # --- partners ---

    def forums(self) -> None:
        said = {"kind": "marac", "area": "x", "recorded_by": self.by}
        self.forum = [Forum.objects.create(name=f"MARAC {unit.code}", unit=unit, **said) for unit in self.units]
        self.agency = self.refuge()

    def refuge(self) -> Agency:
        unit = Unit.objects.plant("A refuge", "REF", Unit.objects.root())
        made: Agency = Agency.objects.create(unit=unit, recorded_by=self.by, kind="idva")
        return made

    def referral(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        said, forum = fact.said, self.forum[fact.unit]
        own = self.case(fact, "conference", restricted=False)
        mine = mine | {"case": own}
        sent: dict[str, Any] = (
            {"state": "accepted", "submitted_at": fact.at} if said["submitted"] else {"state": "drafted"}
        )
        sent |= {"accepted_at": fact.at + HOUR if said["accepted"] and said["submitted"] else None}
        sent |= {"agency": self.agency if said["by_agency"] else None}
        earlier = self.bare_referral(fact) if said["repeat"] == "of" else None
        row = Referral.objects.create(
            **mine, forum=forum, origin=forum.unit, investigation=case if said["beside"] else None, repeat_of=earlier,
            grounds=["repeat"] if said["repeat"] == "ground" else [], **sent,
        )  # fmt: skip
        if said["outcome"]:
            for at in (fact.at, fact.at + 14 * DAY)[: 2 if said["again"] else 1]:
                self.heard(row, forum, at, mine, said)

    def bare_referral(self, fact: Fact) -> Referral:
        """An earlier one, never sent."""
        forum = self.forum[fact.unit]
        made: Referral = Referral.objects.create(
            case=self.case(fact, "conference"), recorded_by=self.by, forum=forum, origin=forum.unit, state="drafted"
        )
        return made

    def heard(self, row: Referral, forum: Forum, at: datetime, mine: dict[str, Any], said: dict[str, Any]) -> None:
        kept = {"recorded_by": self.by, "unit": forum.unit}
        meeting = Meeting.objects.create(forum=forum, starts_at=at, state=said["met"], **kept)
        item = AgendaItem.objects.create(
            meeting=meeting, kind="referral", case=row.case, part="3adults", added_at=at, added_by=self.by, **about(row)
        )
        Hearing.objects.create(
            **mine, state="heard", item=item, referral=row, began_at=at, ended_at=at + HOUR, outcome=said["outcome"]
        )

    def high(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        row = self.assessment(case, fact.at, self.by)
        graded(row, fact.said["grade"], "initial", fact.at, "", self.by, {"case": case, "recorded_by": self.by})
        if fact.said["referred"] is not None:
            forum = self.forum[fact.unit]
            Referral.objects.create(
                **mine | {"case": self.case(fact, "conference")}, forum=forum, origin=forum.unit, investigation=case, state="accepted",
                submitted_at=fact.at + fact.said["referred"] * DAY,
            )  # fmt: skip

    def assessment(self, case: Case, at: datetime, by: User, **more: Any) -> Assessment:
        made: Assessment = Assessment.objects.create(
            case=case, recorded_by=by, state="standing", incident=self.incident(case, at), instrument_version=dash(),
            asked_how="face_to_face", asked_at=at, **more,
        )  # fmt: skip
        return made

    def consideration(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        said = fact.said
        told, ended = (None if said[name] is None else fact.at + said[name] * DAY for name in ("told", "ended"))
        Application.objects.create(
            **mine, route="ask", origin_route="ask", profile="dvds-2023", channel="station", first_contact_at=fact.at, outcome=said["outcome"],
            told_at=told, ended_at=ended,
        )  # fmt: skip

    def notice(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        said, bell = fact.said, fact.at + 20 * HOUR
        child = Involvement.objects.create(
            case=case,
            recorded_by=self.by,
            incident=self.incident(case, fact.at),
            person=Person.objects.create(),
            part="child",
        )
        told = None if said["told"] is None else bell + said["told"] * HOUR
        state = "not_sent" if said["not_sent"] else "sent" if told else "drafted"
        Encompass.objects.create(
            **mine, state=state, incident=child.incident, child=child.person, involvement=child, grounds_at=fact.at, bell_at=bell, told_at=told,
            not_sent_because="x" if said["not_sent"] else "",
        )  # fmt: skip

    # --- service ---

    def call(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        said = {name: fact.said[name] for name in ("flagged", "confirmed")}
        Call.objects.create(
            **mine, state="taken", channel="999", received_at=fact.at, said="x", grade="priority", **said
        )

    def questionnaire(self, audience: str, stage: str) -> dict[bool, SurveyQuestion]:
        """Its scored question and another."""
        kept = {"unit": Unit.objects.root(), "recorded_by": self.by}
        self.edition = Questionnaire.objects.create(
            **kept, audience=audience, edition=9, name="x", introduction="x", state="draft"
        )
        return {
            scored: SurveyQuestion.objects.create(
                questionnaire=self.edition, stage=stage, place=int(scored), asks="scale", words="x", scored=scored
            )
            for scored in (True, False)
        }

    def surveys(self) -> None:
        self.questions = self.questionnaire("harmed", "court")
        kept = {"unit": Unit.objects.root(), "recorded_by": self.by}
        rule = SampleRule.objects.create(
            **kept, stage="court", most=5, after_days=0, not_again_days=1, youngest=16, ask_within_days=9, authority="x"
        )
        none = dict.fromkeys(
            ("kept_apart", "too_young", "no_consent", "not_safe", "lately", "drawn", "reached_stage"), 0
        )
        self.draw = Draw.objects.create(
            rule=rule, month=NOW.date().replace(day=1), questionnaire=self.edition, seed="x", drawn_at=NOW, **none
        )

    def survey(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        said = fact.said
        asked = fact.at + said["waited"] * DAY if said["state"] in ("answered", "declined") else None
        row = Survey.objects.create(
            **mine, recorded_at=fact.at, draw=self.draw, questionnaire=self.edition, stage="court", person=Person.objects.create(),
            stage_at=fact.at, state=said["state"], asked_at=asked, unsafe_why="no_way" if said["state"] == "not_safe" else "",
        )  # fmt: skip
        if said["state"] == "answered":
            SurveyAnswer.objects.create(
                **mine, survey=row, question=self.questions[said["scored"]], value=said["value"]
            )

    def partners(self) -> None:
        self.asked_of_partners = self.questionnaire("partner", "together")
        self.agency = self.refuge()

    def partner(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        quarter = date(2000, 1, 1) + timedelta(days=next(self.numbers))
        row = PartnerFeedback.objects.create(
            unit=self.agency.unit,
            recorded_by=self.by,
            recorded_at=fact.at,
            agency=self.agency,
            questionnaire=self.edition,
            quarter=quarter,
        )
        question = self.asked_of_partners[fact.said["scored"]]
        PartnerAnswer.objects.create(feedback=row, question=question, value=fact.said["value"])

    def check(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        numbers = {name: fact.said[name] for name in ("passed", "advised", "returned")}
        unit = self.units[fact.unit]
        QualityCheck.objects.create(
            **mine | {"recorded_by": self.other},
            recorded_at=fact.at,
            kind="dash",
            officer=self.by,
            unit=unit,
            marked=[1],
            **about(case),
            **numbers,
        )

    def assessed(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        """By somebody of their own, whose training began and ended so many days from the day on which it was asked."""
        said, on = fact.said, fact.at.astimezone(LONDON).date()
        number = next(self.numbers)
        who = User.objects.create(
            username=f"officer-{number}", first_name="A", last_name="B", collar_number=f"7{number:05d}"
        )
        by = {"recorded_by": self.by, "reasons_by": who} if said["reasons"] else {"recorded_by": who}
        row = self.assessment(case, fact.at, by.pop("recorded_by"), **by)
        if said["struck"]:
            Assessment.objects.filter(pk=row.pk).update(struck_out_at=NOW)
        if said["passed"] is not None:
            passed = on - said["passed"] * DAY
            until = None if said["until"] is None else max(passed, on + said["until"] * DAY)
            Training.objects.create(
                person=who, unit=self.units[fact.unit], recorded_by=self.other, course=said["course"], passed_on=passed, valid_until=until,
                state="recorded" if said["recorded"] else "struck",
            )  # fmt: skip

    # --- clocks and loads ---

    def clock(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        """One that fell due at the moment of the fact, and was stopped so many hours from it, or never."""
        said = fact.said
        event = audit.record(
            name="case.open",
            operation=Operation.COLLECTION,
            subject=case,
            folder=case,
            by=self.by,
            at=fact.at,
            changes={},
        )
        label = case._meta.label_lower
        Deadline.objects.create(
            **about(case), case=case, unit=case.unit, policy=said["policy"], length="24h", source_type=label, source_id=case.pk,
            started_by_event=event, started_at=fact.at - DAY, due_at=fact.at,
            stopped_at=None if said["hours"] is None else fact.at + said["hours"] * HOUR, dropped_because="x" if said["dropped"] else "",
        )  # fmt: skip

    def load(self, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
        said = fact.said
        if not said["open"]:
            Case.objects.filter(pk=case.pk).update(state="closed")
        if said["grade"]:
            row = self.assessment(case, fact.at, self.by)
            graded(row, said["grade"], "initial", fact.at, "", self.by, {"case": case, "recorded_by": self.by})
        if said["officer"] is not None:
            person = (self.by, self.other, User.objects.system())[said["officer"]]
            to = fact.at + HOUR if said["ended"] else None
            Holding.objects.create(case=case, part=said["part"], person=person, from_at=fact.at, to_at=to)

    # --- outside ---

    def outside(self, rows: list[dict[str, Any]], months: list[date], areas: list[Unit]) -> None:
        """Each figure in an import of its own, in force or taken out of use."""
        for number, row in enumerate(rows):
            figure = row["figure"]
            kind = {"recorded": "crime", "people": "population"}.get(figure, "prosecution")
            file = OutsideFile.objects.create(kind=kind, digest=f"{number:064d}", content="x")
            state = "in_force" if row["standing"] else "out"
            run = OutsideImport.objects.create(
                unit=areas[0],
                recorded_by=self.by,
                state=state,
                kind=kind,
                file=file,
                source="x",
                rows=1,
                decided_by=self.other,
                decided_at=NOW,
            )
            more: dict[str, Any] = {"group": "violence" if row["violence"] else "all"} if kind == "crime" else {}
            if kind == "population":
                more = {"age": "16+", "sex": "M" if row["violence"] else "F", "months": 12}
            OutsideFigure.objects.create(
                run=run,
                kind=kind,
                figure=figure,
                begins_on=months[row["month"]],
                unit=areas[row["area"]],
                value=row["value"],
                **more,
            )
