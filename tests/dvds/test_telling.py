"""The telling: within the plan, in the words that were approved, kept and never left; refused, held back, declined (A8, D5)."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access, Event
from cases.models import SafeContact
from dvds.models import Application, ContactAttempt, ContactLeave, Telling, Trace
from risk.models import SafetyPlan
from tests.cast import client_of, take, text_of
from tests.dvds.forum import (
    LIBRARY,
    VISIT,
    ago,
    fresh,
    referred,
    to_be_told,
    told_said,
    unsafe,
    visit,
)
from workflow.declare import WORKFLOWS
from workflow.models import Refused

pytestmark = pytest.mark.django_db
TOLD = "that was all"
COLUMNS = "select count(*) from information_schema.columns"
REFUSED = {
    "refused_because": "She fears that he reads it.",
    "reconsidered_because": "The plan does not work without telling.",
}


@pytest.fixture
def planned(disclosure_unit: Unit, hal: User, inez: User, perry: User) -> Telling:
    """Decided a moment ago: to be told to Rosa Field."""
    return to_be_told(referred(disclosure_unit, perry), hal, inez, perry)


def of(telling: Telling) -> Application:
    return Application.objects.get(pk=telling.application_id)


@pytest.mark.requirement("S3-248")
def test_it_is_told_and_kept_word_for_word_for_the_police_alone(planned: Telling, perry: User) -> None:
    take(planned, "tell", perry, **told_said())
    kept, application = fresh(planned), of(planned)
    assert TOLD in kept.text.lower() and "cabinet 4" in kept.signature
    assert (kept.state, kept.outcome, kept.nothing_left) == ("told", "disclosed", "yes")
    assert (application.state, application.outcome, application.told_at) == ("told", "disclosed", kept.at)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Telling.objects.filter(pk=planned.pk).update(text="Something else.")
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        Telling.objects.filter(pk=planned.pk).delete()
    with connection.cursor() as asked:
        asked.execute(f"{COLUMNS} where table_name = 'dvds_tellingevent' and column_name = 'text'")
        assert asked.fetchone() == (0,), "no history has the words"
    assert not Event.objects.filter(changes__icontains=TOLD).exists(), "no record of acts has them"


def test_no_step_and_no_page_of_a_telling_prints_sends_or_hands_anything_over(planned: Telling, perry: User) -> None:
    """I2: the verbs are those of the table, and what is left there is always nothing."""
    verbs = {step.name for step in WORKFLOWS["telling"].steps}
    assert not verbs & {"send", "print", "mail", "text", "export", "share"}
    with pytest.raises(Refused) as refused:
        take(planned, "tell", perry, **told_said(nothing_left="no"))
    assert "nothing_left" in refused.value.errors.errors
    with pytest.raises(Refused):
        take(planned, "tell", perry, **told_said(nothing_left=""))
    take(planned, "tell", perry, **told_said())
    with pytest.raises(IntegrityError, match="telling_told_whole"), transaction.atomic():
        Telling.objects.filter(pk=planned.pk).update(nothing_left="no")
    page = text_of(client_of(perry).get(fresh(planned).get_absolute_url()))
    assert TOLD in page.lower()
    for way in ("mailto:", "sms:", "data-print", ".pdf", "download"):
        assert way not in page


@pytest.mark.requirement("S3-246")
@pytest.mark.parametrize("said", [[], ["safety"], ["safety", "confidential"]])
def test_each_of_the_three_advisories_is_said_before(said: list[str], planned: Telling, perry: User) -> None:
    page = text_of(client_of(perry).get(f"/work/telling/{planned.pk}/tell/"))
    assert "breaking that could lead to legal action" in page, "the words to say stand above the form"
    with pytest.raises(Refused) as refused:
        take(planned, "tell", perry, **told_said(advised=said))
    assert "advised" in refused.value.errors.errors
    take(planned, "tell", perry, **told_said())
    assert fresh(planned).undertaking == "signed"


@pytest.mark.parametrize(
    "gap",
    [
        "at",
        "place",
        "identity",
        "text",
        "spent_checked",
        "signature",
        "response",
        "plan_gone_through",
        "pack",
        "follow_up",
    ],
)
def test_a_telling_that_says_too_little_is_refused_and_nothing_is_lost(gap: str, planned: Telling, perry: User) -> None:
    with pytest.raises(Refused) as refused:
        take(planned, "tell", perry, **told_said(**{gap: ""}))
    assert gap in refused.value.errors.errors and fresh(planned).state == "planned"


# --- only whom the forum chose, only what stands


def test_told_to_somebody_else_is_refused_and_goes_back_to_the_forum(planned: Telling, perry: User) -> None:
    with pytest.raises(Refused) as refused:
        take(planned, "tell", perry, **told_said(to_chosen="no"))
    assert "another decision" in str(refused.value.errors.errors["to_chosen"])
    take(of(planned), "decide-again", perry, reason="Her sister is the right one to tell.")
    assert (of(planned).state, fresh(planned).state) == ("referred", "overtaken")
    with pytest.raises(Refused, match="not open"):
        take(planned, "tell", perry, **told_said())


@pytest.mark.parametrize(
    "change", [{"spent": "spent"}, {"spent_on": timezone.localdate()}], ids=["spent", "spent today"]
)
def test_what_has_become_spent_since_is_not_told(change: dict[str, Any], planned: Telling, perry: User) -> None:
    Trace.objects.filter(application=planned.application_id).update(**change)
    with pytest.raises(Refused, match="spent now"):
        take(planned, "tell", perry, **told_said())
    page = text_of(client_of(perry).get(planned.get_absolute_url()))
    assert "spent now" in page, "the page says why not"


def test_nothing_is_told_without_a_safety_plan_or_while_somebody_is_unsafe(planned: Telling, perry: User) -> None:
    unsafe(of(planned), perry)
    with pytest.raises(Refused, match="unsafe now"):
        take(planned, "tell", perry, **told_said())
    take(of(planned), "safe", perry, answer="He is in custody, she is at her sister’s.")
    SafetyPlan.objects.filter(case=planned.case).update(state="closed", residual="None that is known.")
    with pytest.raises(Refused, match="No safety plan is in force"):
        take(planned, "tell", perry, **told_said())


def test_told_before_it_was_decided_or_in_the_future_is_refused(planned: Telling, perry: User) -> None:
    for moment in (ago(hours=2), ago(hours=-2)):
        with pytest.raises(Refused):
            take(planned, "tell", perry, **told_said(at=moment))


# --- within the plan (I1)


def narrow(telling: Telling, by: User, **said: Any) -> SafeContact:
    """A newer plan, recorded a moment ago."""
    columns = {"means": ["in_person"], "meet_at": LIBRARY, "when": "Any time", **said}
    made: SafeContact = SafeContact.objects.create(
        case=telling.case, recorded_by=by, recorded_at=timezone.now(), **columns
    )
    return made


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ({"means": ["call"], "call": "07700 900123"}, "safe ways"), ({"meet_at": "Her mother’s house"}, "safe place"),
        ({"from_time": time(3, 0), "to_time": time(3, 1)}, "safe times"),
    ],
    ids=["means", "place", "times"],
)  # fmt: skip
def test_a_telling_outside_the_plan_is_refused_without_a_leave_given_before(
    kept: dict[str, Any], why: str, planned: Telling, perry: User, maya: User
) -> None:
    narrow(planned, perry, **kept)
    with pytest.raises(Refused, match="outside the safe contact plan") as refused:
        take(planned, "tell", perry, **told_said())
    assert why in refused.value.sentence.lower()
    assert not ContactAttempt.objects.filter(application=planned.application_id).exists()
    leave = ContactLeave.objects.create(
        case=planned.case, application=planned.application, how="in_person", where=LIBRARY, because="She asked for it herself.",
        until=timezone.now() + timedelta(hours=4), recorded_by=maya, recorded_at=timezone.now(),
    )  # fmt: skip
    take(planned, "tell", perry, **told_said())
    attempt = ContactAttempt.objects.get(application=planned.application_id)
    assert (attempt.allowed_by, attempt.allowed_because) == (maya, "She asked for it herself.")
    assert fresh(leave).used_by == attempt, "used once"


@pytest.mark.parametrize("lacks", ["means", "place", "times"])
def test_a_plan_that_lacks_a_means_a_place_or_times_stops_it_and_names_which(
    lacks: str, planned: Telling, perry: User
) -> None:
    gaps: dict[str, dict[str, Any]] = {"means": {"means": []}, "place": {"meet_at": ""}, "times": {"when": ""}}
    narrow(planned, perry, **gaps[lacks])
    with pytest.raises(Refused, match=f"does not say: {lacks}"):
        take(planned, "tell", perry, **told_said())


def test_the_database_takes_no_told_line_without_a_plan_of_contact_and_of_safety(planned: Telling) -> None:
    with pytest.raises(IntegrityError, match="telling_told_whole"), transaction.atomic():
        told = {"at": timezone.now(), "text": "x", "undertaking": "signed", "identity": "x", "nothing_left": "yes"}
        Telling.objects.filter(pk=planned.pk).update(**told, **{"state": "told"})


# --- the promise refused: never a veto


@pytest.mark.requirement("S3-247")
def test_a_refused_promise_is_reconsidered_and_it_may_be_told_all_the_same(planned: Telling, perry: User) -> None:
    for gap in REFUSED:
        with pytest.raises(Refused) as refused:
            take(planned, "refuse", perry, **{**REFUSED, gap: ""})
        assert gap in refused.value.errors.errors
    take(planned, "refuse", perry, **REFUSED)
    assert (fresh(planned).state, fresh(planned).reconsidered) == ("planned", "tell")
    page = text_of(client_of(perry).get(f"/work/telling/{planned.pk}/tell/"))
    assert 'name="signature"' not in page, "nobody is asked for what was refused"
    take(planned, "tell", perry, **told_said())
    assert fresh(planned).outcome == "no_undertaking" == of(planned).outcome
    with pytest.raises(IntegrityError, match="telling_refusal_reconsidered"), transaction.atomic():
        Telling.objects.filter(pk=planned.pk).update(reconsidered_because="")


def test_what_is_held_back_another_supervisor_decides(planned: Telling, perry: User, maya: User) -> None:
    take(planned, "hold-back", perry, **REFUSED)
    assert fresh(planned).state == "held_back"
    with pytest.raises(Refused, match="not open"):
        take(planned, "tell", perry, **told_said())
    with pytest.raises(Refused, match="Your role may not"):
        take(planned, "tell-anyway", perry)
    take(planned, "tell-anyway", maya, reason="She is not safe without it.")
    take(planned, "tell", perry, **told_said())
    assert fresh(planned).outcome == "no_undertaking"


def test_a_supervisor_who_held_it_back_does_not_decide_it(planned: Telling, maya: User) -> None:
    take(planned, "hold-back", maya, **REFUSED)
    for step in ("tell-anyway", "withhold"):
        with pytest.raises(Refused, match="somebody else must decide"):
            take(planned, step, maya)


def test_what_is_withheld_goes_back_to_the_forum(planned: Telling, perry: User, maya: User) -> None:
    take(planned, "hold-back", perry, **REFUSED)
    take(planned, "withhold", maya, reason="The plan was made better, and works without.")
    assert (fresh(planned).state, of(planned).state) == ("withheld", "referred")


# --- other ends


def test_declined_is_an_outcome_of_its_own(planned: Telling, perry: User) -> None:
    take(
        planned,
        "decline",
        perry,
        **visit(why_not="She does not want to know.", pack="taken", follow_up="Tess on Monday."),
    )
    assert (fresh(planned).outcome, of(planned).state, of(planned).outcome) == ("declined", "declined", "declined")
    assert of(planned).told_at is None


def test_nobody_is_unreachable_whom_nobody_tried_to_reach(planned: Telling, perry: User, maya: User) -> None:
    said = {"why_not": "Three visits at the library, nobody came.", "welfare": "Her sister saw her well this morning."}
    with pytest.raises(Refused, match="No attempt"):
        take(planned, "give-up", maya, **said)
    ContactAttempt.objects.create(
        case=planned.case, application=planned.application, plan=SafeContact.objects.get(case=planned.case), at=timezone.now(),
        how="in_person", where=LIBRARY, result="did_not_come", recorded_by=perry,
    )  # fmt: skip
    with pytest.raises(Refused, match="Your role may not"):
        take(planned, "give-up", perry, **said)
    take(planned, "give-up", maya, **said)
    assert (of(planned).state, of(planned).outcome) == ("unreachable", "unreachable")


def test_of_several_recipients_the_last_moves_it_and_told_says_most(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    other = {
        "recipients": ["at_risk", "other"],
        "other_called": "Dr Amin",
        "other_role": "Her doctor",
        "other_why": "She sees her.",
    }
    first = to_be_told(referred(disclosure_unit, perry), hal, inez, perry, **other)
    second = Telling.objects.get(application=first.application_id, called="Dr Amin")
    take(first, "tell", perry, **told_said())
    assert of(first).state == "to_tell"
    take(
        second,
        "decline",
        perry,
        **visit(place="The surgery", why_not="She may not, she says.", pack="unsafe", follow_up="Nobody."),
    )
    assert (of(first).state, of(first).outcome) == ("told", "disclosed")


# --- the subject (I5)


@pytest.mark.requirement("S3-252")
def test_the_subject_is_never_informed_but_by_the_forum_and_after_her(
    disclosure_unit: Unit, hal: User, inez: User, perry: User, maya: User
) -> None:
    said = {"at": ago(seconds=1), "measures": "She is at her sister’s, locks changed."}
    silent = to_be_told(referred(disclosure_unit, perry), hal, inez, perry)
    with pytest.raises(Refused, match="not open"):
        take(of(silent), "inform-subject", maya, **said)
    take(silent, "tell", perry, **told_said())
    with pytest.raises(Refused, match="did not decide that the subject is informed"):
        take(of(silent), "inform-subject", maya, **said)
    with pytest.raises(IntegrityError, match="application_subject_told_after_her"), transaction.atomic():
        Application.objects.filter(pk=silent.application_id).update(subject_told_at=timezone.now())

    open_ = to_be_told(
        referred(disclosure_unit, perry, at_risk="Ida Moss"), hal, inez, perry, subject_informed="yes",
        subject_because="He is to know that she knows, once she is away.",
    )  # fmt: skip
    take(open_, "tell", perry, **told_said())
    with pytest.raises(Refused, match="before she is told"):
        take(of(open_), "inform-subject", maya, **{**said, "at": ago(days=1)})
    take(of(open_), "inform-subject", maya, **{**said, "at": timezone.localtime().isoformat()})
    assert of(open_).subject_told_at and "sister" in of(open_).subject_told_because


def test_the_reason_why_the_subject_is_informed_is_asked_for(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    with pytest.raises(Refused) as refused:
        to_be_told(referred(disclosure_unit, perry), hal, inez, perry, subject_informed="yes", subject_because="")
    assert "subject_because" in refused.value.errors.errors


# --- who sees the page


def test_the_words_are_seen_by_the_unit_alone_and_each_look_is_written_down(
    planned: Telling, perry: User, ellen: User, tess: User, inez: User, ruth: User
) -> None:
    take(planned, "tell", perry, **told_said())
    address = planned.get_absolute_url()
    assert client_of(perry).get(address).status_code == 200
    assert Access.objects.filter(by=perry, what=f"dvds.telling:{planned.pk}").exists()
    for user in (ellen, tess, ruth):
        assert client_of(user).get(address).status_code == 404
    by_chair = client_of(inez).get(address)  # named on the case until midnight, to decide
    assert by_chair.status_code == 200 and TOLD not in text_of(by_chair).lower()
    case_page = text_of(client_of(perry).get(planned.case.get_absolute_url()))
    assert TOLD not in case_page.lower(), "the case page names the line, never the words"
    assert VISIT["place"] in text_of(client_of(perry).get(address))
