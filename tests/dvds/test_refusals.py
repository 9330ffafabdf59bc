"""Every step of Clare’s Law is refused to whoever has not the role, from every state in which it is not open, and without a
word of what it asks: walked from the tables, so that a step added tomorrow is walked too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.services import name_person
from dvds.models import (
    Application,
    Exceptional,
    FinalReport,
    ForceTransfer,
    Intake,
    NoTrace,
    SecondLook,
    Telling,
)
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.forum import fresh
from tests.dvds.judged import look
from workflow import engine
from workflow.declare import NEW, WORKFLOWS, Step, Workflow
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db
S = Application.State
TABLE = WORKFLOWS["consideration"]
OTHERS = ("intake", "telling", "no-trace", "final-report", "second-look", "force-transfer", "exceptional")


@dataclass(frozen=True)
class Cast:
    unit: Unit
    perry: User
    maya: User
    inez: User
    ellen: User

    def holder(self, step: Step) -> User:
        """Somebody whose role has the step; the program where nobody’s has."""
        for user in (self.perry, self.maya, self.inez, self.ellen):
            if user.holds(step.who, None):
                return user
        return User.objects.system()

    def stranger(self, step: Step) -> User | None:
        """Somebody who sees the record and whose role has not the step."""
        return next((user for user in (self.perry, self.inez) if not user.holds(step.who, None)), None)


@pytest.fixture
def cast(disclosure_unit: Unit, perry: User, maya: User, inez: User, ellen: User) -> Cast:
    return Cast(disclosure_unit, perry, maya, inez, ellen)


def in_state(cast: Cast, state: str) -> Application:
    """One in the state that is named, which the chair sees too."""
    columns: dict[str, Any] = {}
    if state == S.MERGED:
        columns["merged_into"] = consideration(cast.unit, cast.perry, at_risk="Ida Moss")
    application = consideration(cast.unit, cast.perry, state, **columns)
    name_person(case=application.case, person=cast.inez)
    return application


def own(table: Workflow) -> Iterator[Step]:
    """Its steps but the safety acts, which are open to everybody at every time, and those that begin it."""
    return (step for step in table.steps if not step.is_safety_act and step.source is not NEW)


def refused(record: Any, step: Step, by: User) -> Refused:
    was = fresh(record)
    with pytest.raises(Refused) as caught:
        engine.perform(was, step.name, by=by, evidence={}, seen=was.version)
    assert (fresh(record).state, fresh(record).version) == (was.state, was.version), step.name
    return caught.value


@pytest.mark.parametrize("state", S.values)
def test_no_step_of_a_consideration_is_taken_from_a_state_in_which_it_is_not_open(state: str, cast: Cast) -> None:
    application = in_state(cast, state)
    closed_to = [step for step in own(TABLE) if state not in TABLE.sources(step)]
    assert closed_to
    for step in closed_to:
        assert refused(application, step, cast.holder(step)).kind is Refusal.STATE, (state, step.name)


def test_no_step_of_a_consideration_is_taken_by_whoever_has_not_the_role(cast: Cast) -> None:
    for state in S.values:
        application = in_state(cast, state)
        for step in own(TABLE):
            if state == min(TABLE.sources(step)) and (by := cast.stranger(step)) is not None:
                assert refused(application, step, by).kind is Refusal.ROLE, (state, step.name, by)


#: What may be done without a word: the reason is optional, or the act is its own words.
WORDLESS = {"take-up", "forward", "agree-stop", "take-back-stop", "sign", "take-back-category"}


def test_no_step_of_a_consideration_is_taken_without_what_it_asks(cast: Cast) -> None:
    """Empty hands are refused by the form, or by a guard before it; those that ask nothing are named above."""
    asking = [step for step in own(TABLE) if step.name not in WORDLESS]
    for state in S.values:
        application = in_state(cast, state)
        for step in asking:
            if state == min(TABLE.sources(step)):
                kind = refused(application, step, cast.holder(step)).kind
                assert kind in (Refusal.FORM, Refusal.GUARD, Refusal.STATE), (state, step.name)


# --- the other tables


def records(cast: Cast) -> dict[str, Any]:
    """One record of every other table, in the state from which most is done."""
    now, by = timezone.now(), cast.perry
    application = consideration(cast.unit, by, S.CHECKS)
    name_person(case=application.case, person=cast.inez)
    kept = {"case": application.case, "application": application, "recorded_by": by, "recorded_at": now}
    telling = Telling.objects.create(
        **kept, called="Dr Amin", role="Her doctor", why="She sees her.", emergency=True, state="planned"
    )
    report = FinalReport.objects.create(**kept, state="drafted")
    second = SecondLook.objects.create(**kept, drawn_for=now.date(), seed="1", state="drawn")
    transfer = ForceTransfer.objects.create(
        **kept, force="Westshire", contact="DS Low", why="She lives there.", state="offered", offered_at=now
    )
    asked = Exceptional.objects.create(
        **kept, from_on=now.date(), to_on=now.date(), words="She is abroad.", state="asked"
    )
    looked = look(application, by, "pnc")
    intake = Intake.objects.create(
        unit=cast.unit,
        channel="phone",
        first_contact_at=now,
        recorded_by=by,
        recorded_at=now,
        at_risk="Rosa",
        danger="none",
    )
    return {
        "intake": intake, "telling": telling, "no-trace": NoTrace.objects.get(check_made=looked), "final-report": report,
        "second-look": second, "force-transfer": transfer, "exceptional": asked,
    }  # fmt: skip


#: A state that each may stand in without breaking the rules of its row, and in which nothing of it is open any more.
ENDED: dict[str, dict[str, Any]] = {
    "intake": {"state": "set_aside", "set_aside_because": "Put down twice."}, "telling": {"state": "overtaken"},
    "no-trace": {"state": "returned", "returned_because": "Search his alias."},
    "final-report": {"state": "uploaded", "reference": "INT-1", "agencies": "Probation"},
    "second-look": {"state": "sound", "words": "Sound."}, "force-transfer": {"state": "declined"},
    "exceptional": {"state": "refused"},
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_nor_is_a_step_of_any_other_table(name: str, cast: Cast) -> None:
    table, record = WORKFLOWS[name], records(cast)[name]
    for step in own(table):
        if (by := cast.stranger(step)) is not None and type(record).objects.visible_to(by).filter(
            pk=record.pk
        ).exists():
            assert refused(record, step, by).kind is Refusal.ROLE, step.name
        if record.state in table.sources(step) and step.name not in WORDLESS:
            assert refused(record, step, cast.holder(step)).kind in (Refusal.FORM, Refusal.GUARD), step.name
    more = {"submitted_at": timezone.now(), "uploaded_at": timezone.now(), "review_on": timezone.localdate()}
    columns = ENDED[name] | (more if name == "final-report" else {})
    type(record).objects.filter(pk=record.pk).update(**columns)
    for step in own(table):
        if columns["state"] not in table.sources(step):
            assert refused(record, step, cast.holder(step)).kind is Refusal.STATE, step.name


@pytest.mark.parametrize("name", ["consideration", *OTHERS])
def test_none_is_begun_by_whoever_has_not_the_role_or_has_nothing_to_say(name: str, cast: Cast, stranger: User) -> None:
    table = WORKFLOWS[name]
    application = consideration(cast.unit, cast.perry, S.CHECKS)
    for step in (one for one in table.steps if one.source is NEW):
        blank: Any = table.model()
        if name not in ("consideration", "intake"):
            blank.case = application.case
        for by in (stranger, cast.holder(step)):
            with pytest.raises(Refused):
                engine.perform(blank, step.name, by=by, evidence={})
    assert not table.model.objects.exclude(pk=application.pk if name == "consideration" else 0).exists()
