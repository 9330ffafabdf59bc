"""The forum: who sees what stands before it, who must sit, each test with its reason, what may be decided on them (part E)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from dvds.models import Application, Chosen, ForumDecision, SatAtForum, Stage, Telling, Test, TestAnswer
from marac.models import AgendaItem, Meeting
from marac.services.agenda import agenda_for
from tests.cast import client_of, person, take, text_of
from tests.dvds.forum import (
    WHY,
    answers,
    before,
    by_api,
    forum,
    fresh,
    not_telling_said,
    referred,
    sat,
    telling_said,
    to_be_told,
    trace,
    unsafe,
)
from tests.marac.room import meeting_of, sitting
from workflow import engine, reactions
from workflow.models import Refused

pytestmark = pytest.mark.django_db
NAMES = {test.value: test.label for test in Test}


@pytest.fixture
def with_forum(disclosure_unit: Unit, perry: User) -> Application:
    return referred(disclosure_unit, perry)


def sees(user: User, application: Application) -> bool:
    return Case.objects.visible_to(user).filter(pk=application.case_id).exists()


# --- on the agenda


def test_chair_and_coordinator_see_it_while_it_stands_before_them_and_no_partner_ever_does(
    with_forum: Application, hal: User, inez: User, perry: User, cleo: User, tess: User
) -> None:
    assert not sees(inez, with_forum) and not sees(hal, with_forum)
    meeting = before(with_forum, hal, inez, perry, opened=False)
    assert sees(inez, with_forum) and sees(hal, with_forum)
    assert not sees(cleo, with_forum) and not sees(tess, with_forum)
    item = AgendaItem.objects.get(meeting=meeting)
    assert item.subject == with_forum and item.part == AgendaItem.Part.OTHER
    (part,) = agenda_for(meeting, inez)
    assert part.lines[0].heading == f"Rosa Field, {with_forum.case.reference}"
    (part,) = agenda_for(meeting, tess)
    assert (part.lines[0].heading, part.lines[0].label) == ("", "For the forum to decide"), (
        "no name, and not what it is"
    )


def test_it_stands_before_one_meeting_and_who_ran_the_other_sees_it_no_longer(
    with_forum: Application, hal: User, inez: User, perry: User, maya: User
) -> None:
    first = before(with_forum, hal, inez, perry, opened=False)
    second = meeting_of(forum(hal), hal, timezone.now() + timedelta(days=7), chair=maya)
    take(with_forum, "put-before", perry, meeting=second.pk)
    assert not sees(inez, with_forum) and sees(hal, with_forum), "the coordinator runs both"
    assert not AgendaItem.objects.standing().filter(meeting=first).exists()


def test_a_chair_who_is_changed_sees_it_no_longer_and_the_new_one_does(
    with_forum: Application, hal: User, inez: User, perry: User, abuse_unit: Unit
) -> None:
    meeting = before(with_forum, hal, inez, perry, opened=False)
    other = person("DI", "8699", "Ada Crane", ("forum_chair", abuse_unit))
    said = {
        "starts_at": (timezone.now() + timedelta(days=2)).isoformat(),
        "venue": "Room 2",
        "chair": "8699",
        "keeper": "8601",
    }
    take(meeting, "change", hal, **said)
    reactions.run_due()
    assert sees(other, with_forum) and not sees(inez, with_forum) and sees(hal, with_forum)
    take(
        fresh(meeting),
        "take-off",
        hal,
        item=AgendaItem.objects.get(meeting=meeting).pk,
        reason="It is heard elsewhere.",
    )
    reactions.run_due()
    assert not sees(other, with_forum) and not sees(hal, with_forum)


# --- the tests


@pytest.mark.parametrize("step", ["decide-tell", "decide-not-tell"])
def test_nothing_is_decided_while_a_test_is_unanswered_and_those_are_named(
    step: str, with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    before(with_forum, hal, inez, perry)
    said = {name: value for name, value in answers("t3").items() if name[:2] not in ("t2", "t5")}
    take(with_forum, "answer-tests", inez, **said)
    with pytest.raises(Refused, match="Not answered: T2 .*; T5 ") as refused:
        take(with_forum, step, inez, **telling_said(), **{"category": "concern"})
    assert "T1" not in refused.value.sentence and fresh(with_forum).state == "referred"


def test_an_answer_wants_its_reason_and_is_never_overwritten(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    before(with_forum, hal, inez, perry)
    with pytest.raises(Refused):
        take(with_forum, "answer-tests", inez, t1_answer="yes", t1_reason="")
    take(with_forum, "answer-tests", inez, t1_answer="no", t1_reason=WHY)
    take(with_forum, "answer-tests", inez, t1_answer="yes", t1_reason="She has moved back in with him since.")
    rows = TestAnswer.objects.filter(application=with_forum, test="T1", stage=Stage.FORUM).order_by("pk")
    assert [row.answer for row in rows] == ["no", "yes"]
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        rows.update(reason="Something else.")


@pytest.mark.requirement("S3-224")
@pytest.mark.parametrize("no", ["t1", "t2", "t3"])
def test_a_test_that_is_not_met_keeps_it_from_being_told_by_page_by_api_and_by_engine(
    no: str, with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers(no))
    with pytest.raises(Refused, match=f"nothing may be told: {no.upper()} "):
        take(with_forum, "decide-tell", inez, **telling_said(row))
    address = f"/work/consideration/{with_forum.pk}/decide-tell/"
    said = {**telling_said(row), "seen": fresh(with_forum).version}
    assert client_of(inez).post(address, said).status_code == 422
    said.pop("seen")
    api = by_api(inez, with_forum, "decide-tell", said)
    assert api.status_code == 422 and not Telling.objects.filter(application=with_forum).exists()
    assert fresh(with_forum).state == "referred"


def test_nothing_is_told_only_for_a_test_that_is_not_met(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    with pytest.raises(Refused, match="Every test was answered with yes"):
        take(with_forum, "decide-not-tell", inez, **not_telling_said())


# --- who sits


@pytest.mark.requirement("S3-244")
@pytest.mark.parametrize("agency", ["police", "probation", "idva"])
def test_without_an_agency_of_the_quorum_there_is_no_decision_and_what_it_wrote_counts(
    agency: str, with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    for gap in ({f"{agency}_how": ""}, {f"{agency}_how": "written", f"{agency}_view": ""}, {f"{agency}_how": "absent"}):
        with pytest.raises(Refused) as refused:
            take(with_forum, "decide-tell", inez, **telling_said(row, **gap))
        assert any(name.startswith(agency) for name in refused.value.errors.errors)
    wrote = {f"{agency}_how": "written", f"{agency}_view": "We see a high risk."}
    take(with_forum, "decide-tell", inez, **telling_said(row, **wrote))
    seat = SatAtForum.objects.get(decision__application=with_forum, agency_kind=agency)
    assert (seat.how, seat.words) == ("written", "We see a high risk.")


@pytest.mark.parametrize("how", ["a child is named", "it was said"])
def test_where_children_may_be_affected_their_social_care_sits_or_has_written(
    how: str, disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    more = {"children": ("Mia Field",)} if how == "a child is named" else {"children_affected": "yes"}
    application = referred(disclosure_unit, perry, **more)  # type: ignore[arg-type]
    row = trace(application, perry)
    before(application, hal, inez, perry)
    take(application, "answer-tests", inez, **answers())
    for gap in ({"children_how": ""}, {"children_how": "absent", "children_why": "Nobody was free."}):
        with pytest.raises(Refused) as refused:
            take(application, "decide-tell", inez, **telling_said(row, **gap))
        assert "children_how" in refused.value.errors.errors
    take(application, "decide-tell", inez, **telling_said(row, children_how="written", children_view="Mia is afraid."))
    assert SatAtForum.objects.filter(decision__application=application, agency_kind="children").exists()


def test_the_forum_may_overturn_the_police_and_who_disagreed_is_kept(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    application = referred(disclosure_unit, perry, category="no_concern")
    to_be_told(application, hal, inez, perry, dissent="Probation: the last conviction is old.")
    decision = ForumDecision.objects.get(application=application)
    assert decision.category == "concern" and decision.chair == inez and "Probation" in decision.dissent
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        ForumDecision.objects.filter(pk=decision.pk).update(dissent="")


# --- what is told


def test_nothing_is_decided_to_be_told_without_a_safety_plan(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    application = referred(disclosure_unit, perry, with_plan=False)
    with pytest.raises(Refused, match="No safety plan is in force"):
        to_be_told(application, hal, inez, perry)


@pytest.mark.requirement("S3-216", "S3-218")
@pytest.mark.parametrize(
    "kept",
    [{"spent": "spent"}, {"spent": "unspent", "spent_on": timezone.localdate()}, {"violent": False}],
    ids=["spent", "spent today", "no violence and no risk"],
)
def test_what_is_spent_or_tells_of_no_violence_cannot_be_chosen_by_page_engine_or_database(
    kept: dict[str, Any], with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry, **kept)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    page = text_of(client_of(inez).get(f"/work/consideration/{with_forum.pk}/decide-tell/"))
    assert f'name="rests_on" value="{row.pk}"' not in page
    with pytest.raises(Refused) as refused:
        take(with_forum, "decide-tell", inez, **telling_said(row))
    assert "rests_on" in refused.value.errors.errors
    if row.spent == "spent":
        good = trace(with_forum, perry)
        take(with_forum, "decide-tell", inez, **telling_said(good))
        decision = ForumDecision.objects.get(application=with_forum)
        with pytest.raises(IntegrityError, match="chosen_is_not_spent"), transaction.atomic():
            Chosen.objects.create(case=with_forum.case, decision=decision, trace=row, spent="spent", recorded_by=inez)


@pytest.mark.requirement("S3-225", "S3-245")
def test_what_whom_and_how_are_decided_each_recipient_a_line_of_their_own(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    application = referred(disclosure_unit, perry, applicant="Gwen Field", asks_as="parent")
    more = {
        "recipients": ["at_risk", "applicant", "other"], "applicant_why": "Her mother is with her daily.",
        "other_called": "Dr Amin", "other_role": "Her doctor", "other_why": "She sees her alone.",
    }  # fmt: skip
    to_be_told(application, hal, inez, perry, **more)
    lines = Telling.objects.filter(application=application).order_by("pk")
    assert [(row.role, bool(row.person_id), row.called) for row in lines] == [
        ("Person at risk", True, ""), ("Applicant", True, ""), ("Her doctor", False, "Dr Amin"),
    ]  # fmt: skip
    decision = ForumDecision.objects.get(application=application)
    assert decision.safety_plan is not None and decision.how and decision.words and decision.chosen.count() == 1
    assert fresh(application).state == "to_tell"


@pytest.mark.parametrize(
    "gap", ["words", "how", "reasons", "recipients", "rests_on", "representations_because", "management"]
)
def test_a_decision_that_says_too_little_is_refused_and_names_what_lacks(
    gap: str, with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    with pytest.raises(Refused) as refused:
        take(with_forum, "decide-tell", inez, **{**telling_said(row), gap: ""})
    assert gap in refused.value.errors.errors


def test_a_decision_before_the_meeting_or_in_the_future_is_refused(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    now = timezone.now()
    for moment in (now - timedelta(days=1), now + timedelta(days=1), with_forum.first_contact_at - timedelta(days=1)):
        with pytest.raises(Refused):
            take(with_forum, "decide-tell", inez, **telling_said(row, decided_at=moment.isoformat()))


def test_nobody_decides_before_a_meeting_has_it_and_is_open(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    meeting = before(with_forum, hal, inez, perry, opened=False)
    take(with_forum, "answer-tests", inez, **answers("t1"))
    with pytest.raises(Refused, match="has not been opened"):
        take(with_forum, "decide-not-tell", inez, **not_telling_said())
    sitting(Meeting.objects.get(pk=meeting.pk), hal)
    take(with_forum, "decide-not-tell", inez, **not_telling_said())
    assert fresh(with_forum).outcome == "nothing_held"


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    seen = fresh(with_forum).version
    engine.perform(with_forum, "decide-tell", by=inez, evidence=telling_said(row), seen=seen)
    with pytest.raises(Refused, match="this step is not open"):
        engine.perform(with_forum, "decide-tell", by=inez, evidence=telling_said(row), seen=seen)
    assert ForumDecision.objects.filter(application=with_forum).count() == 1


def test_nothing_is_decided_while_somebody_is_unsafe_or_what_is_new_was_not_judged(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    row = trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    unsafe(with_forum, perry)
    with pytest.raises(Refused, match="unsafe now"):
        take(with_forum, "decide-tell", inez, **telling_said(row))
    take(with_forum, "safe", perry, answer="He is in custody, she is at her sister’s.")
    now = timezone.now()
    Application.objects.filter(pk=with_forum.pk).update(looked_at=now - timedelta(hours=1), renewed_at=now)
    with pytest.raises(Refused, match="judge it again"):
        take(with_forum, "decide-tell", inez, **telling_said(row))


# --- put off


def test_a_second_putting_off_is_the_supervisors_and_nobody_puts_off_what_is_dangerous(
    with_forum: Application, hal: User, inez: User, perry: User, maya: User
) -> None:
    before(with_forum, hal, inez, perry)
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    said = {"missing": "Probation brings the licence.", "until": day, "reason": "She is at her sister’s until then."}
    take(with_forum, "defer", inez, **said)
    take(with_forum, "resume", perry, reason="The licence has come.")
    with pytest.raises(Refused, match="only the disclosure supervisor"):
        take(with_forum, "defer", inez, **said)
    take(with_forum, "defer", maya, **said)
    decisions = ForumDecision.objects.filter(application=with_forum).order_by("pk")
    assert [row.decision for row in decisions] == ["defer", "defer"] and decisions[
        0
    ].missing == "Probation brings the licence."
    take(with_forum, "resume", perry, reason="The licence has come.")
    unsafe(with_forum, perry)
    with pytest.raises(Refused, match="not put off"):
        take(with_forum, "defer", maya, **said)


def test_a_deferral_says_until_when_and_what_is_missing(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    before(with_forum, hal, inez, perry)
    said = {"missing": "The licence of probation.", "until": timezone.localdate().isoformat()}
    for gap in said:
        with pytest.raises(Refused) as refused:
            take(with_forum, "defer", inez, **{**said, gap: ""})
        assert gap in refused.value.errors.errors


def test_only_the_chair_decides_and_a_partner_finds_no_such_page(
    with_forum: Application, hal: User, inez: User, perry: User, maya: User, tess: User
) -> None:
    before(with_forum, hal, inez, perry)
    for user in (perry, maya, hal):
        with pytest.raises(Refused, match="Your role may not"):
            take(with_forum, "decide-tell", user, **sat())
    assert client_of(tess).get(f"/work/consideration/{with_forum.pk}/decide-tell/").status_code == 404


def test_what_is_safe_is_offered_and_the_rest_is_chosen(
    with_forum: Application, hal: User, inez: User, perry: User
) -> None:
    """Representations not sought, the subject not informed: what puts nobody in danger is what is offered (E, 6; I5)."""
    trace(with_forum, perry)
    before(with_forum, hal, inez, perry)
    take(with_forum, "answer-tests", inez, **answers())
    page = text_of(client_of(inez).get(f"/work/consideration/{with_forum.pk}/decide-tell/"))
    chosen = [field for field in page.split("<input ") if " checked" in field.split(">")[0]]
    said = [(field.split('name="')[1].split('"')[0], field.split('value="')[1].split('"')[0]) for field in chosen]
    assert sorted(said) == [("representations", "dispensed"), ("subject_informed", "no")]
