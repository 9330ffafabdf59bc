"""From the checks to the forum: the risk judged in versions, not going on, the meeting, the assessment, the category."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Task, UnsafeReport
from dvds.models import AgencyAsked, Application, Categorised, ContactAttempt, FaceToFace, FullAssessment, Triage
from risk.models import SafetyPlan
from tests.cast import take
from tests.dvds import judged
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.judged import JUDGED, MET, NO_CONCERN, STOPPED, assessed, checked, fresh, held, met
from tests.dvds.test_checks import errors, refused
from workflow.models import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def is_checked(in_checks: Application, perry: User, wren: User) -> Application:
    return checked(in_checks, perry, wren)


@pytest.fixture
def to_meet(is_checked: Application, perry: User) -> Application:
    done: Application = take(is_checked, "progress", perry, **JUDGED, reach_how="Her sister rings her.")
    return done


@pytest.fixture
def is_met(to_meet: Application, perry: User) -> Application:
    return met(to_meet, perry)


@pytest.fixture
def is_assessed(is_met: Application, perry: User) -> Application:
    return assessed(is_met, perry)


@pytest.mark.requirement("S3-232")
def test_it_goes_on_with_the_risk_judged_and_how_the_applicant_is_reached(is_checked: Application, perry: User) -> None:
    assert "reach_how" in errors(refused(is_checked, "progress", perry, **JUDGED))
    lacking = errors(refused(is_checked, "progress", perry, reach_how="Her sister rings her."))
    assert {"grade", "immediate", "information", "judged", "options", "serial"} <= set(lacking)
    done = take(is_checked, "progress", perry, **JUDGED, reach_how="Her sister rings her.")
    assert (done.state, done.risk) == ("meeting", "medium") and done.looked_at is not None
    assert Triage.objects.get(application=done).reach_how == "Her sister rings her."


def test_nothing_goes_on_while_somebody_is_unsafe(is_checked: Application, perry: User) -> None:
    said = {**JUDGED, "immediate": "yes"}
    assert (
        "Say first that somebody is unsafe now"
        in errors(refused(is_checked, "progress", perry, **said))["immediate"][0]
    )
    take(is_checked, "judge-again", perry, **said, because_of="She rang: he is at the door.")
    assert UnsafeReport.objects.filter(case=is_checked.case, answered_at__isnull=True).exists()
    for step, more in (("progress", {**JUDGED, "reach_how": "Her sister."}), ("propose-stop", STOPPED)):
        assert "unsafe now" in refused(is_checked, step, perry, **more).sentence
    take(is_checked, "safe", perry, answer="Officers are with her, he is held.")
    take(is_checked, "progress", perry, **JUDGED, reach_how="Her sister rings her.")


@pytest.mark.requirement("S3-219")
def test_each_judgement_is_a_version_and_those_before_it_stay(to_meet: Application, perry: User) -> None:
    first = Triage.objects.get(application=to_meet)
    done = take(to_meet, "judge-again", perry, **{**JUDGED, "grade": "high"}, because_of="He came to her work.")
    assert done.risk == "high" and done.state == "meeting"
    rows = list(Triage.objects.filter(application=to_meet).order_by("pk"))
    assert [row.grade for row in rows] == ["medium", "high"]
    assert rows[0].judged == first.judged and rows[1].because_of == "He came to her work."


def test_something_new_asks_for_the_risk_to_be_judged_again_and_holds_the_category(
    is_assessed: Application, perry: User
) -> None:
    take(is_assessed, "renew", perry, what="She sent photographs: recorded as exhibits.")
    task = Task.objects.get(case=is_assessed.case, kind="judge_again")
    assert (task.state, task.owed_by, task.why) == (
        "to_do",
        "disclosure_officer",
        "She sent photographs: recorded as exhibits.",
    )
    assert list(Application.objects.all().to_judge_again()) == [is_assessed]
    assert "judge it again first" in refused(is_assessed, "categorise", perry, **NO_CONCERN).sentence
    take(is_assessed, "renew", perry, what="Her mother rang as well.")
    assert "Her mother rang as well." in Task.objects.get(pk=task.pk).why
    take(is_assessed, "judge-again", perry, **JUDGED, because_of="The photographs.")
    assert Task.objects.get(pk=task.pk).state == "done" and not Application.objects.all().to_judge_again()
    take(is_assessed, "categorise", perry, **NO_CONCERN)


def test_before_the_risk_was_judged_at_all_nothing_is_judged_again(in_checks: Application, perry: User) -> None:
    assert refused(in_checks, "renew", perry, what="She rang again.").kind is Refusal.STATE


@pytest.mark.requirement("S3-233")
def test_not_to_go_on_needs_support_and_a_supervisor(
    is_checked: Application, perry: User, maya: User, wren: User
) -> None:
    words = errors(refused(is_checked, "propose-stop", perry, **{**STOPPED, "support_given": "no"}))
    assert words == {
        "support_given": ["Give the local services and the helpline first, by the safe way, then propose this"]
    }
    assert {"stop_pack", "support_words"} <= set(
        errors(refused(is_checked, "propose-stop", perry, **{**STOPPED, "stop_pack": "", "support_words": ""}))
    )
    waiting = take(is_checked, "propose-stop", perry, **STOPPED)
    assert (waiting.state, waiting.stopped_as, waiting.stop_pack) == ("stopping", "out_of_scope", "spoken")
    assert refused(waiting, "agree-stop", wren).kind is Refusal.ROLE
    done = take(waiting, "agree-stop", maya, reason="They never were partners.")
    assert (done.state, done.outcome) == ("concluding", "out_of_scope") and done.ended_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        done.support_given = "no"
        done.save(update_fields=["support_given"])


def test_a_supervisor_who_stops_a_medium_risk_says_what_keeps_her_safe(
    is_checked: Application, perry: User, maya: User
) -> None:
    waiting = take(is_checked, "propose-stop", perry, **{**STOPPED, "grade": "medium"})
    assert "60 characters" in errors(refused(waiting, "agree-stop", maya, reason="I agree with him."))["reason"][0]
    back = take(waiting, "refuse-stop", maya, reason="They lived together for a year.")
    assert (back.state, back.stopped_as, back.stop_pack) == ("checked", "", "")


def test_nobody_agrees_to_their_own_proposal(is_checked: Application, maya: User, perry: User) -> None:
    waiting = take(is_checked, "propose-stop", maya, **STOPPED)
    assert refused(waiting, "agree-stop", maya).kind is Refusal.GUARD


def test_that_they_have_parted_is_no_reason_to_stop(is_checked: Application, perry: User) -> None:
    assert "stopped_as" in errors(refused(is_checked, "propose-stop", perry, **{**STOPPED, "stopped_as": "ended"}))


def test_a_meeting_that_could_not_be_held_ends_nothing_by_itself(to_meet: Application, perry: User, maya: User) -> None:
    said = {**STOPPED, "stopped_as": "not_applicable", "tried": "Her mother was asked; neighbours have seen her well."}
    words = str(refused(to_meet, "propose-stop", perry, **said).errors.errors)
    assert "0 of 3 safe attempts are recorded" in words
    plan = to_meet.case.safecontact_set.get()
    for days in (3, 2, 1):
        when = timezone.now() - timedelta(hours=days)
        ContactAttempt.objects.create(case=to_meet.case, application=to_meet, plan=plan, at=when, how="call", where="07700 900123",
                                      result="no_answer", recorded_by=perry)  # fmt: skip
    assert "tried" in errors(refused(to_meet, "propose-stop", perry, **{**said, "tried": ""}))
    waiting = take(to_meet, "propose-stop", perry, **said)
    assert take(waiting, "agree-stop", maya, reason="Nothing recorded gives a concern.").state == "concluding"


@pytest.mark.requirement("S3-234", "S3-236")
def test_the_meeting_is_recorded_with_warnings_identity_safety_and_the_pack(to_meet: Application, perry: User) -> None:
    given = {**MET, "held_at": held()}
    assert (
        "Not all was said"
        in errors(refused(to_meet, "hold-meeting", perry, **{**given, "warned": ["purpose"]}))["warned"][0]
    )
    for name in ("malice", "malice_because", "pack", "interim", "further", "undertaking_explained", "by_expert"):
        assert name in errors(refused(to_meet, "hold-meeting", perry, **{**given, name: ""}))
    done = met(to_meet, perry)
    row = FaceToFace.objects.get(application=done)
    assert done.state == "met" and row.identity == ["passport", "bill"] and row.pack == "taken"
    assert ContactAttempt.objects.get(application=done).plan == row.plan


def test_only_a_supervisor_records_a_meeting_without_identity(to_meet: Application, perry: User, maya: User) -> None:
    given = {
        **MET,
        "held_at": held(),
        "identity": [],
        "not_identified_because": "She fled with nothing; her adviser knows her.",
    }
    assert "only a supervisor" in errors(refused(to_meet, "hold-meeting", perry, **given))["identity"][0]
    assert "not_identified_because" in errors(
        refused(to_meet, "hold-meeting", maya, **{**given, "not_identified_because": ""})
    )
    take(to_meet, "hold-meeting", maya, **given)
    assert FaceToFace.objects.get(application=to_meet).allowed_by == maya


def test_a_meeting_lies_between_first_contact_and_now_and_within_the_plan(to_meet: Application, perry: User) -> None:
    early = (to_meet.first_contact_at - timedelta(hours=1)).isoformat()
    late = (timezone.now() + timedelta(hours=1)).isoformat()
    assert "held_at" in errors(refused(to_meet, "hold-meeting", perry, **{**MET, "held_at": early}))
    assert "held_at" in errors(refused(to_meet, "hold-meeting", perry, **{**MET, "held_at": late}))
    elsewhere = refused(to_meet, "hold-meeting", perry, **{**MET, "held_at": held(), "place": "Her house"})
    assert elsewhere.kind is Refusal.GUARD and "Safe place: The library in Mill Lane" in elsewhere.sentence
    assert not FaceToFace.objects.filter(application=to_meet).exists() and fresh(to_meet).state == "meeting"


def test_the_full_assessment_fills_the_gaps_with_what_agencies_answer(
    disclosure_unit: Unit, perry: User, wren: User
) -> None:
    application = consideration(disclosure_unit, perry, "met", children_affected="yes")
    said = {**judged.ASSESSED, "done_at": held(0.5), "children": "They see it."}
    assert "ask children’s social care, or say why" in refused(application, "assess", perry, **said).sentence
    asked = {"agency_kind": "children", "not_asked": "ask", "who": "The hub, by telephone", "asked_at": held(1)}
    assert "basis" in errors(refused(application, "ask-agency", perry, **asked))
    take(application, "ask-agency", perry, **asked, basis="The children live with him; nobody else can say.")
    assert "has not answered" in refused(application, "assess", perry, **said).sentence
    row = AgencyAsked.objects.get()
    answer = {"asked": row.pk, "answer": "A plan since March."}
    assert "answered_at" in errors(refused(application, "agency-answers", perry, **answer, answered_at=held(2)))
    take(application, "agency-answers", perry, **answer, answered_at=held(0.2))
    assert "children" in errors(refused(application, "assess", perry, **{**said, "children": ""}))
    assert "no_dash_because" in errors(refused(application, "assess", perry, **{**said, "no_dash_because": ""}))
    done = take(application, "assess", perry, **said)
    assert (done.state, done.risk) == ("assessed", "medium")
    assert FullAssessment.objects.get(application=application).children == "They see it."


def test_whoever_asks_for_somebody_else_answers_no_dash(disclosure_unit: Unit, perry: User) -> None:
    application = consideration(disclosure_unit, perry, "met", applicant="Mel Otter")
    take(application, "assess", perry, **{**judged.ASSESSED, "done_at": held(0.5), "no_dash_because": ""})
    assert "not the person at risk" in FullAssessment.objects.get(application=application).no_dash_because


def test_social_care_may_be_left_for_a_reason(disclosure_unit: Unit, perry: User) -> None:
    application = consideration(disclosure_unit, perry, "met", children=("Ivy Field",))
    asked = {"agency_kind": "children", "not_asked": "not"}
    assert "not_asked_because" in errors(refused(application, "ask-agency", perry, **asked))
    take(application, "ask-agency", perry, **asked, not_asked_because="Her social worker sat with us.")
    assert assessed(application, perry).state == "assessed"


@pytest.mark.requirement("S3-242", "S3-243")
def test_the_category_stands_with_its_factors_and_representations_and_a_supervisor_signs(
    is_assessed: Application, perry: User, maya: User
) -> None:
    given = dict(NO_CONCERN)
    lacking = errors(
        refused(is_assessed, "categorise", perry, **{**given, "reasons": "", "representations_because": ""})
    )
    assert {"reasons", "representations_because"} <= set(lacking)
    speaks = {**given, "factors": ["serial", "no_conviction"]}
    assert errors(refused(is_assessed, "categorise", perry, **speaks)) == {
        "despite": ["Something you ticked speaks for concern: say why there is none"]
    }
    sought = {**given, "representations": "invited"}
    assert "A supervisor decides" in errors(refused(is_assessed, "categorise", perry, **sought))["representations"][0]
    waiting = take(is_assessed, "categorise", perry, **speaks, despite="That was another Karl Field, seen as two.")
    row = Categorised.objects.get(application=is_assessed)
    assert (
        waiting.state == "signing" and row.factors == ["serial", "no_conviction"] and row.representations == "dispensed"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.despite = ""
        row.save(update_fields=["despite"])
    assert refused(waiting, "sign", perry).kind is Refusal.ROLE
    assert take(waiting, "sign", maya).state == "referred"


def test_a_concern_says_whom_what_and_with_which_safety_plan(is_assessed: Application, perry: User, maya: User) -> None:
    given = {**NO_CONCERN, "category": "concern", "factors": ["unspent"]}
    assert {"recipient", "wording"} <= set(errors(refused(is_assessed, "categorise", perry, **given)))
    given |= {"recipient": "Rosa herself; she can keep it safely.", "wording": "He was convicted of assault in 2022."}
    assert "A concern needs a safety plan" in str(refused(is_assessed, "categorise", perry, **given).errors.errors)
    plan = take(SafetyPlan(case=is_assessed.case), "begin", perry, wishes="That he does not learn of it.")
    take(is_assessed, "categorise", perry, **given)
    assert Categorised.objects.get(application=is_assessed).safety_plan_id == plan.pk
    back = take(is_assessed, "return-category", maya, reason="Say what the incident of May adds.")
    assert back.state == "assessed"


def test_a_high_risk_that_is_signed_goes_to_the_conference_too(is_met: Application, perry: User, maya: User) -> None:
    waiting = take(assessed(is_met, perry, grade="high"), "categorise", perry, **NO_CONCERN)
    take(waiting, "sign", maya)
    assert Task.objects.get(case=is_met.case, kind="refer_high").owed_by == "disclosure_officer"
