"""I1-I10, each attacked by page, by API, by engine verb, and in the database where one row can state it: none gives way (B0).

One row of the table is one attempt: how to get there, the act, what is said, and what must be answered.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Task
from dvds.models import (
    Application,
    Conclusion,
    ContactAttempt,
    ContactLeave,
    FinalReport,
    ForumDecision,
    Telling,
    TestAnswer,
)
from dvds.services import limits
from supervision.escalation import sweep
from supervision.models import Notice
from tests.api.conftest import Caller
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.forum import (
    CONCLUDED,
    LIBRARY,
    WHY,
    answers,
    before,
    fresh,
    local,
    managed,
    referred,
    telling_said,
    to_be_told,
    told_said,
    trace,
    unsafe,
)
from tests.dvds.judged import JUDGED, NO_CONCERN, STOPPED
from tests.dvds.test_safe_contact import HERS, narrow, row
from workflow.declare import WORKFLOWS, workflow_of
from workflow.forms import DayField, MomentField
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Cast:
    unit: Unit
    perry: User
    maya: User
    hal: User
    inez: User


@pytest.fixture
def cast(disclosure_unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Cast:
    return Cast(disclosure_unit, perry, maya, hal, inez)


@dataclass(frozen=True)
class Attempt:
    """`there` makes the record, `said` what is sent with the step, `answer` a word of the refusal; `raw` writes past the
    program, and the database answers `held_by`.
    """

    name: str
    there: Callable[[Cast], Any]
    step: str
    by: str
    said: Callable[[Any], dict[str, Any]]
    answer: str
    raw: Callable[[Any, Cast], Any] | None = None
    held_by: str = ""


# --- how to get there


def narrowed(cast: Cast) -> Application:
    application = consideration(cast.unit, cast.perry, "checks")
    narrow(application, cast.perry)
    return application


def in_danger(cast: Cast) -> Application:
    application = consideration(cast.unit, cast.perry, "checked")
    unsafe(application, cast.perry)
    found: Application = fresh(application)
    return found


def one_test_not_met(cast: Cast) -> Application:
    application = referred(cast.unit, cast.perry)
    trace(application, cast.perry)
    before(application, cast.hal, cast.inez, cast.perry)
    found: Application = take(application, "answer-tests", cast.inez, **answers("t1"))
    return found


def renewed(cast: Cast) -> Application:
    now = timezone.now()
    since = {"looked_at": now - timedelta(hours=2), "renewed_at": now - timedelta(hours=1)}
    return consideration(cast.unit, cast.perry, "assessed", **since)


def planned(cast: Cast) -> Telling:
    return to_be_told(referred(cast.unit, cast.perry), cast.hal, cast.inez, cast.perry)


def unreported(cast: Cast) -> Application:
    application = consideration(cast.unit, cast.perry, "concluding", outcome="no_risk")
    take(application, "conclude", cast.perry, **CONCLUDED, outcome="no_risk")
    found: Application = take(application, "review-management", cast.perry, **managed())
    return found


# --- past the program


def contact_without_its_plan(application: Application, cast: Cast) -> None:
    first = application.case.safecontact_set.earliest("recorded_at")
    elsewhere = consideration(cast.unit, cast.perry, "checks", at_risk="Ida Moss").case.safecontact_set.get()
    assert first != elsewhere
    row(application, cast.perry, plan=elsewhere)


def something_left(telling: Telling, cast: Cast) -> None:
    take(telling, "tell", cast.perry, **told_said())
    Telling.objects.filter(pk=telling.pk).update(nothing_left="no")


def subject_told(application: Application, cast: Cast) -> None:
    Application.objects.filter(pk=application.pk).update(subject_told_at=timezone.now(), subject_told_because=WHY)


def subject_told_for_no_reason(application: Application, cast: Cast) -> None:
    now = timezone.now()
    Application.objects.filter(pk=application.pk).update(told_at=now, subject_told_at=now, subject_told_because="")


def answered_without_a_reason(application: Application, cast: Cast) -> None:
    said = {"stage": "forum", "test": "T1", "answer": "yes", "reason": ""}
    TestAnswer.objects.create(application=application, case=application.case, recorded_by=cast.inez, **said)


def answer_changed(application: Application, cast: Cast) -> None:
    TestAnswer.objects.filter(application=application, test="T1").update(answer="yes")


def refusal_not_reconsidered(telling: Telling, cast: Cast) -> None:
    take(telling, "tell", cast.perry, **told_said())
    Telling.objects.filter(pk=telling.pk).update(undertaking="refused", reconsidered="", reconsidered_because="")


def decision_rewritten(telling: Telling, cast: Cast) -> None:
    ForumDecision.objects.filter(application=telling.application_id).update(reasons="Something else.")


def decision_removed(telling: Telling, cast: Cast) -> None:
    ForumDecision.objects.filter(application=telling.application_id).delete()


def stopped_without_support(application: Application, cast: Cast) -> None:
    Application.objects.filter(pk=application.pk).update(stopped_as="no_risk", support_given="", stop_pack="")


def ended_without_the_helpline(application: Application, cast: Cast) -> None:
    Conclusion.objects.filter(application=application).update(helpline="no")


def closed(application: Application, cast: Cast) -> None:
    Application.objects.filter(pk=application.pk).update(state="closed")


def submitted_under_no_number(application: Application, cast: Cast) -> None:
    FinalReport.objects.filter(application=application).update(state="submitted", submitted_at=timezone.now())


def contact(how: str, where: str) -> Callable[[Any], dict[str, Any]]:
    return lambda record: {
        "made_at": local(timezone.now()),
        "how": how,
        "where": where,
        "result": "spoke",
        "words": "Hello.",
    }


def to_tell(application: Application) -> dict[str, Any]:
    return telling_said(*application.traces.all())


def informed(record: Any) -> dict[str, Any]:
    return {"at": local(timezone.now()), "measures": "She is at her sister’s."}


ASKS = {"agency_kind": "probation", "not_asked": "ask", "who": "The duty officer"}
REFUSED = {"refused_because": "She fears that he reads it.", "reconsidered_because": ""}
# fmt: off
ATTEMPTS = (
    Attempt("I1 contact outside the plan", narrowed, "contact", "perry", contact("call", HERS), "Not at this time", contact_without_its_plan, "without a plan of its own case"),
    Attempt("I1 contact in a place that no plan names", narrowed, "contact", "perry", contact("in_person", "Her home"), "Not"),
    Attempt("I2 a letter", lambda cast: consideration(cast.unit, cast.perry, "checks"), "contact", "perry", contact("letter", "14 Mill Lane"), "how"),
    Attempt("I2 something left in writing", planned, "tell", "perry", lambda record: told_said(nothing_left="no"), "nothing_left", something_left, "telling_told_whole"),
    Attempt("I4 onward past danger", in_danger, "progress", "perry", lambda record: {**JUDGED, "reach_how": "By telephone, her own number."}, "unsafe now"),
    Attempt("I5 the subject informed where nothing was told", lambda cast: consideration(cast.unit, cast.perry, "concluding"), "inform-subject", "maya", informed, "never informed", subject_told, "application_subject_told_after_her"),
    Attempt("I5 the subject informed for no reason", lambda cast: consideration(cast.unit, cast.perry, "concluding"), "inform-subject", "maya", lambda record: {**informed(record), "measures": ""}, "", subject_told_for_no_reason, "application_subject_told_after_her"),
    Attempt("I6 told though it is not proportionate", one_test_not_met, "decide-tell", "inez", to_tell, "Not met", answered_without_a_reason, "test_answered_with_a_reason"),
    Attempt("I6 shared with an agency on no basis", lambda cast: consideration(cast.unit, cast.perry, "met"), "ask-agency", "perry", lambda record: {**ASKS, "asked_at": local(timezone.now())}, "basis"),
    Attempt("I7 categorised on what is older than what is known", renewed, "categorise", "perry", lambda record: NO_CONCERN, "judge it again"),
    Attempt("I8 a refused promise without a word of why it is told", planned, "refuse", "perry", lambda record: REFUSED, "reconsidered_because", refusal_not_reconsidered, "telling_refusal_reconsidered"),
    Attempt("I8 a decision rewritten", planned, "refuse", "perry", lambda record: REFUSED, "reconsidered_because", decision_rewritten, "Cannot update"),
    Attempt("I8 a decision removed", planned, "refuse", "perry", lambda record: REFUSED, "reconsidered_because", decision_removed, "Cannot|protected"),
    Attempt("I8 an answer changed", one_test_not_met, "decide-tell", "inez", to_tell, "Not met", answer_changed, "Cannot update"),
    Attempt("I9 not to go on, without support", lambda cast: consideration(cast.unit, cast.perry, "checked"), "propose-stop", "perry", lambda record: {**STOPPED, "support_given": ""}, "support_given", stopped_without_support, "application_stopped_with_support"),
    Attempt("I9 ended without the helpline", unreported, "close", "perry", lambda record: {"reason": "All of it is done."}, "Submit the final", ended_without_the_helpline, "conclusion_helpline_was_given"),
    Attempt("I10 closed without its report", unreported, "close", "perry", lambda record: {"reason": "All of it is done."}, "Submit the final", closed, "application_closed_with_its_report"),
    Attempt("I10 a report under no number", unreported, "close", "perry", lambda record: {"reason": "All of it is done."}, "Submit the final", submitted_under_no_number, "final_report_submitted_under_a_number"),
)
# fmt: on
NAMES = [attempt.name for attempt in ATTEMPTS]
each = pytest.mark.parametrize("attempt", ATTEMPTS, ids=NAMES)


def stands(record: Any) -> tuple[Any, ...]:
    """What would be different, had it gone through."""
    application = record if isinstance(record, Application) else record.application
    now = fresh(application)
    return (
        fresh(record).state, fresh(record).version, now.state, now.version, now.told_at, now.subject_told_at,
        ContactAttempt.objects.filter(application=application).count(), TestAnswer.objects.filter(application=application).count(),
    )  # fmt: skip


def typed(record: Any, step: str, said: dict[str, Any]) -> dict[str, Any]:
    """The same words as a browser sends them: moments in their boxes."""
    fields = workflow_of(record).step(step).evidence.base_fields
    sent: dict[str, Any] = {"seen": fresh(record).version}
    for name, value in said.items():
        if isinstance(fields.get(name), DayField) and value:
            moment = datetime.fromisoformat(value)
            sent |= {f"{name}_day": moment.day, f"{name}_month": moment.month, f"{name}_year": moment.year}
            sent |= {f"{name}_time": f"{moment:%H:%M}"} if isinstance(fields[name], MomentField) else {}
        elif value is True:
            sent[name] = "on"
        elif value is not None:
            sent[name] = value
    return sent


def address(record: Any, step: str) -> str:
    return f"{workflow_of(record).name}/{record.pk}/{step}/"


@each
def test_no_page_gets_past_it(attempt: Attempt, cast: Cast) -> None:
    record, by = attempt.there(cast), getattr(cast, attempt.by)
    was = stands(record)

    answer = client_of(by).post(
        f"/work/{address(record, attempt.step)}", typed(record, attempt.step, attempt.said(record))
    )

    assert answer.status_code == 422, answer.status_code
    assert attempt.answer in text_of(answer), "the page says why, or marks the question"
    assert stands(record) == was


@each
def test_no_call_of_the_api_gets_past_it(attempt: Attempt, cast: Cast) -> None:
    record, by = attempt.there(cast), getattr(cast, attempt.by)
    was = stands(record)

    path = f"/api/v1/{address(record, attempt.step)}"
    answer = Caller(client_of(by)).post(path, attempt.said(record), **{"If-Match": f'"{fresh(record).version}"'})

    assert answer.status_code == 422, answer.content
    assert attempt.answer in answer.content.decode()
    assert stands(record) == was


@each
def test_no_verb_of_the_engine_gets_past_it(attempt: Attempt, cast: Cast) -> None:
    record, by = attempt.there(cast), getattr(cast, attempt.by)
    was = stands(record)

    with pytest.raises(Refused) as refused:
        take(record, attempt.step, by, **attempt.said(record))

    errors = getattr(refused.value.errors, "errors", {})
    assert attempt.answer in f"{refused.value.sentence} {' '.join(errors)}"
    assert stands(record) == was


@pytest.mark.parametrize("attempt", [one for one in ATTEMPTS if one.raw], ids=lambda one: one.name)
def test_no_write_past_the_program_gets_past_it(attempt: Attempt, cast: Cast) -> None:
    record = attempt.there(cast)
    assert attempt.raw is not None
    with pytest.raises((DatabaseError, Exception), match=attempt.held_by) as refused, transaction.atomic():
        attempt.raw(record, cast)
    assert not isinstance(refused.value, Refused), "the database said it, not the program"


# --- I1: a leave counts for its place, at a telling too


def test_a_leave_to_go_to_one_place_is_none_to_tell_it_in_another(cast: Cast) -> None:
    telling = planned(cast)
    kept = {
        "case": telling.case,
        "application": telling.application,
        "how": "in_person",
        "because": "She asked for it.",
    }
    leave = ContactLeave.objects.create(
        **kept, where="The surgery in Bell Street", until=timezone.now() + timedelta(hours=4), recorded_by=cast.maya,
        recorded_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(Refused, match="outside the safe contact plan"):
        take(telling, "tell", cast.perry, **told_said(place="Her front door"))
    take(telling, "tell", cast.perry, **told_said(place="the surgery in Bell Street "))
    assert fresh(leave).used_by.where.strip().lower() == "the surgery in bell street"
    assert LIBRARY not in fresh(leave).used_by.where


# --- I2: there is no way to write to anybody, whoever asks


@pytest.mark.parametrize("step", ["send-letter", "letter", "email", "mail", "text", "sms", "print", "export", "notify"])
def test_there_is_no_step_that_writes_to_anybody(step: str, cast: Cast) -> None:
    application = consideration(cast.unit, cast.perry, "not_to_tell")
    assert client_of(cast.perry).get(f"/work/consideration/{application.pk}/{step}/").status_code == 404
    assert Caller(client_of(cast.perry)).post(f"/api/v1/consideration/{application.pk}/{step}/").status_code == 404
    with pytest.raises((LookupError, Refused)):
        take(application, step, cast.perry)


# --- I3: a crime goes its own way, and no limit stops for it


def moments(application: Application) -> list[tuple[Any, ...]]:
    rows = Deadline.objects.filter(case=application.case).exclude(policy__startswith="task")
    return list(rows.order_by("pk").values_list("policy", "due_at", "stopped_at", "started_at"))


def by_step_page(application: Application, by: User) -> None:
    said = {"what": "He held her by the throat in May.", "seen": application.version}
    assert client_of(by).post(f"/work/consideration/{application.pk}/crime/", said).status_code == 302


def by_step_api(application: Application, by: User) -> None:
    said = {"what": "He held her by the throat in May."}
    path = f"/api/v1/consideration/{application.pk}/crime/"
    assert Caller(client_of(by)).post(path, said, **{"If-Match": f'"{application.version}"'}).status_code == 200


def by_step_verb(application: Application, by: User) -> None:
    take(application, "crime", by, what="He held her by the throat in May.")


def by_section_api(application: Application, by: User) -> None:
    path = f"/api/v1/consideration/{application.pk}/sections/danger/"
    said = {"danger": "none", "crime_alleged": "yes"}
    answer = Caller(client_of(by)).patch(path, said, **{"If-Match": f'"{application.version}"'})
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("way", [by_step_page, by_step_api, by_step_verb, by_section_api])
def test_a_crime_is_owed_whoever_said_it_and_moves_no_limit(way: Any, cast: Cast) -> None:
    application = take(unopened(cast), "forward", cast.perry)
    was = moments(application)
    assert was, "its limits run"

    way(fresh(application), cast.perry)

    owed = Task.objects.get(case=application.case, kind="crime_alleged")
    assert owed.state == "to_do" and moments(application) == was


def unopened(cast: Cast) -> Application:
    """Opened by the ordinary verbs, so that its limits run."""
    from tests.dvds.door import request, taken, whole

    return whole(taken(request(cast.perry), cast.perry), cast.perry)


def test_no_limit_of_a_consideration_is_stopped_dropped_or_moved_by_a_crime() -> None:
    from workflow.policies import POLICIES

    for policy in POLICIES.values():
        if any(event.startswith("consideration.") for event in policy.starts):
            heard = policy.stops | policy.drops | policy.refits | policy.retimes | policy.corrected_by
            assert "consideration.crime" not in heard, policy.name


# --- I4: danger is answered in every state


@pytest.mark.requirement("S3-222")
@pytest.mark.parametrize("state", Application.State.values)
def test_danger_said_in_any_state_is_owed_at_once_and_reaches_the_supervisor(state: str, cast: Cast) -> None:
    columns: dict[str, Any] = {}
    if state == "merged":
        columns["merged_into"] = consideration(cast.unit, cast.perry, "checks", at_risk="Ida Moss")
    application = consideration(cast.unit, cast.perry, state, **columns)

    page = f"/work/consideration/{application.pk}/unsafe/"
    said = {"what": "He stands outside her door with a hammer.", "seen": application.version}
    assert client_of(cast.perry).post(page, said).status_code == 302

    owed = Deadline.objects.get(case=application.case, policy=limits.DANGER)
    assert owed.stopped_at is None and owed.due_at - owed.started_at == timedelta(minutes=15)
    sweep(owed.due_at + timedelta(seconds=1))
    assert Notice.objects.filter(deadline=owed, person=cast.maya).exists(), "the supervisor is paged"
    take(
        fresh(application),
        "safeguard",
        cast.perry,
        what="Two officers took her to her sister.",
        done_at=local(timezone.now()),
    )
    owed.refresh_from_db()
    assert owed.stopped_at is not None


#: Steps onward that wait for nobody’s safety, and why each may not.
NOT_HELD = {
    "open": "nothing is known yet: danger that was said begins safeguarding with it",
    "finish-checks": "says what systems answered; whether it goes on is the next step, which is held",
    "hold-meeting": "says what has happened; that it happened is not undone by danger",
    "refuse-stop": "brings it back", "take-back-stop": "brings it back", "return-category": "brings it back",
    "take-back-category": "brings it back", "resume": "brings it back to the forum, which is held",
    "decide-again": "brings it back to the forum, which is held", "defer": "has a guard of its own: never in danger",
    "freeze": "the person at risk has died", "thaw": "brings it back",
    "told": "follows a telling, which was held", "declined": "follows a telling, which was held",
    "unreachable": "follows a telling, which was held", "hand-over": "follows the other force’s answer, which was held",
    "conclude-merged": "it goes on elsewhere; closing is held", "conclude-transferred": "it goes on elsewhere; closing is held",
}  # fmt: skip


def test_every_step_onward_waits_for_danger_or_says_why_not() -> None:
    from dvds.steps.held import nobody_unsafe
    from workflow.declare import STAYS

    table = WORKFLOWS["consideration"]
    onward = {step.name: step for step in table.steps if step.target is not STAYS and not step.is_safety_act}
    held = {name for name, step in onward.items() if nobody_unsafe in step.guards}
    assert onward.keys() - held == NOT_HELD.keys()
    assert {"forward", "progress", "agree-stop", "assess", "sign", "decide-tell", "decide-not-tell", "close"} <= held


# --- I5: nothing else writes that the subject was informed


def test_one_step_alone_ever_says_that_the_subject_was_informed(cast: Cast) -> None:
    application = consideration(cast.unit, cast.perry, "checks")
    said = {"subject_told_at": local(timezone.now()), "subject_told_because": WHY, "told_at": local(timezone.now())}
    for section in WORKFLOWS["consideration"].sections:
        path = f"/api/v1/consideration/{application.pk}/sections/{section.name}/"
        Caller(client_of(cast.perry)).patch(path, said, **{"If-Match": f'"{fresh(application).version}"'})
    now = fresh(application)
    assert (now.subject_told_at, now.told_at, now.subject_told_because) == (None, None, "")


# --- I7: what came from a merged one is new here


def test_what_came_to_it_from_another_is_judged_again(cast: Cast) -> None:
    judged = {"looked_at": timezone.now() - timedelta(hours=2)}
    one = consideration(cast.unit, cast.perry, "checked", **judged)
    her, him = (one.parties.get(part=part).person for part in ("at_risk", "subject"))
    two = consideration(cast.unit, cast.perry, "checks", at_risk=her, subject=him, applicant="Bill Field")
    take(two, "merge", cast.maya, reference=one.case.reference)
    assert Task.objects.get(case=one.case, kind="judge_again").state == "to_do"
