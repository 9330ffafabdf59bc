"""The special cases of B4: withdrawn, gone on unasked, malicious, merged, dead, under age, staff, no longer applicable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import LoggedDecision, Task
from dvds.models import (
    Application,
    Conversion,
    Death,
    FaceToFace,
    Malice,
    Outcome,
    Part,
    Party,
    Route,
    StaffTold,
    Triage,
    Withdrawal,
)
from people.models import Birth, Person
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import SAFE, consideration
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db

S = Application.State


def moment(hours: float = 0) -> str:
    return timezone.localtime(timezone.now() - timedelta(hours=hours)).replace(microsecond=0, second=0).isoformat()


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


WITHDRAWN: dict[str, Any] = {
    "said_to": "To DC Holt, by telephone", "safe_to_ask": "yes", "why": "They are getting on better.", "pressed": "no",
}  # fmt: skip
JUDGED: dict[str, Any] = {
    "grade": "standard", "immediate": "no", "information": "Nothing beyond one old caution.", "serial": "no",
    "judged": "No danger is known now, and she has people round her.", "options": "Support was offered; nothing else.",
}  # fmt: skip
UNASKED: dict[str, Any] = {
    "because": "withdrew", "words": "Two earlier partners were strangled.", "source": "contact",
    "source_words": "What she told us when she asked.", "source_grade": "1", "information_grade": "A",
}  # fmt: skip


def withdraw(application: Application, by: User, **said: Any) -> Any:
    return take(application, "withdraw", by, said_at=moment(), **{**WITHDRAWN, **said})


def tasks(application: Application, kind: str) -> list[str]:
    return list(Task.objects.filter(case=application.case, kind=kind).values_list("state", flat=True))


# --- withdrawn ---


def test_a_request_that_is_withdrawn_waits_for_the_review_of_its_risk(in_checks: Application, perry: User) -> None:
    done = withdraw(in_checks, perry)
    assert (done.state, tasks(done, "withdrawn")) == (S.WITHDRAWN, ["to_do"])
    row = Withdrawal.objects.get(application=done)
    assert (row.why, row.pressed, row.reviewed_at) == ("They are getting on better.", "no", None)


def test_nothing_of_a_withdrawn_request_closes_without_a_review_by_the_supervisor(
    in_checks: Application, perry: User, maya: User
) -> None:
    done = withdraw(in_checks, perry)
    with pytest.raises(Refused) as refused:
        take(done, "end-withdrawn", perry, **JUDGED)
    assert refused.value.kind is Refusal.ROLE
    with pytest.raises(Refused) as refused:
        take(done, "end-withdrawn", maya)
    assert refused.value.kind is Refusal.FORM
    ended = take(done, "end-withdrawn", maya, **JUDGED)
    assert (ended.state, ended.outcome, ended.risk) == (S.CONCLUDING, Outcome.WITHDRAWN, "standard")
    assert ended.ended_at is not None
    row = Withdrawal.objects.get(application=done)
    assert (row.reviewed_by, row.review) == (maya, JUDGED["judged"])
    assert Triage.objects.get(application=done).because_of == "The applicant withdrew"
    assert tasks(done, "withdrawn") == ["done"]


@pytest.mark.parametrize(("said", "words"), [({"grade": "high"}, "graded High"), ({"immediate": "yes"}, "unsafe now")])
def test_a_request_is_not_ended_where_a_risk_is_left(
    in_checks: Application, perry: User, maya: User, said: dict[str, str], words: str
) -> None:
    done = withdraw(in_checks, perry)
    with pytest.raises(Refused, match=words):
        take(done, "end-withdrawn", maya, **{**JUDGED, **said})
    assert fresh(done).state == S.WITHDRAWN and not Triage.objects.exists()


def test_a_withdrawn_request_goes_on_as_a_right_to_know_with_its_first_contact(
    in_checks: Application, perry: User, maya: User
) -> None:
    first = in_checks.first_contact_at
    done = take(withdraw(in_checks, perry), "go-on-unasked", maya, **UNASKED)
    assert (done.state, done.route, done.origin_route, done.source) == (S.CHECKS, Route.KNOW, Route.ASK, "contact")
    assert done.first_contact_at == first
    assert Conversion.objects.get(application=done).because == "withdrew"
    assert Withdrawal.objects.get(application=done).reviewed_by == maya


def test_a_right_to_know_has_no_applicant_who_could_withdraw(heard_of: Application, perry: User, maya: User) -> None:
    for step, by, said in (("withdraw", perry, WITHDRAWN | {"said_at": moment()}), ("go-on-unasked", maya, UNASKED)):
        with pytest.raises(Refused) as refused:
            take(heard_of, step, by, **said)
        assert refused.value.kind is Refusal.STATE


def test_a_withdrawal_before_the_first_contact_or_in_the_future_is_refused(in_checks: Application, perry: User) -> None:
    for hours in (24 * 30, -2):
        with pytest.raises(Refused) as refused:
            take(in_checks, "withdraw", perry, said_at=moment(hours), **WITHDRAWN)
        assert "said_at" in refused.value.errors.errors


def test_whoever_says_that_somebody_was_pressed_says_what_speaks_for_it(in_checks: Application, perry: User) -> None:
    with pytest.raises(Refused) as refused:
        withdraw(in_checks, perry, pressed="yes")
    assert "pressed_words" in refused.value.errors.errors


@pytest.mark.parametrize("state", [S.CHECKED, S.MEETING, S.MET, S.ASSESSED])
def test_a_request_goes_on_unasked_from_wherever_its_applicant_is_lost(
    disclosure_unit: Unit, perry: User, maya: User, state: str
) -> None:
    one = consideration(disclosure_unit, perry, state)
    assert take(one, "go-on-unasked", maya, **{**UNASKED, "because": "unreachable"}).route == Route.KNOW


def test_danger_holds_every_special_step_but_a_death_until_it_is_answered(
    in_checks: Application, perry: User, maya: User
) -> None:
    take(in_checks, "unsafe", perry, what="He is outside her door.")
    tries = (
        ("withdraw", perry, {**WITHDRAWN, "said_at": moment()}), ("merge", maya, {"reference": "DA-2026-000001"}),
        ("end-inapplicable", maya, {"outcome": "out_of_scope"}),
    )  # fmt: skip
    for step, by, said in tries:
        with pytest.raises(Refused, match="unsafe now"):
            take(in_checks, step, by, **said)


# --- malicious ---


def met(unit: Unit, by: User, malice: str, risk: str = "standard") -> Application:
    one = consideration(unit, by, S.MET, risk=risk)
    plan = one.case.safecontact_set.get()
    FaceToFace.objects.create(
        application=one, case=one.case, recorded_by=by, held_at=timezone.now(), place="Northgate", attended="Both",
        by_expert="yes", plan=plan, identity=["passport"], further="More.", malice=malice, malice_because="As it seemed.",
        undertaking_explained="yes", pack="taken", wants_idva="no",
    )  # fmt: skip
    return one


MALICE: dict[str, Any] = {
    **JUDGED, "crime": "Wasting police time: not pursued.", "not_unasked": "Nothing is held of him, and she fears nothing.",
    "reason": "He asked to harass her new partner, and said so.",
}  # fmt: skip


def test_a_malicious_request_ends_only_where_malice_was_established_before(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    with pytest.raises(Refused, match="established at the meeting"):
        take(met(disclosure_unit, perry, Malice.SUSPECTED), "end-malicious", maya, **MALICE)
    done = take(met(disclosure_unit, perry, Malice.ESTABLISHED), "end-malicious", maya, **MALICE)
    assert (done.state, done.outcome) == (S.CONCLUDING, Outcome.MALICIOUS)
    assert "harass her new partner" in LoggedDecision.objects.get(case=done.case).information


def test_a_malicious_request_with_real_risk_goes_on_unasked_and_never_ends(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    one = met(disclosure_unit, perry, Malice.ESTABLISHED)
    with pytest.raises(Refused, match="go on without a request"):
        take(one, "end-malicious", maya, **{**MALICE, "grade": "medium"})
    done = take(one, "go-on-unasked", maya, **{**UNASKED, "because": "malicious"})
    assert (done.route, done.state) == (Route.KNOW, S.CHECKS)


# --- no longer applicable, deaths ---


def test_a_dead_subject_ends_it_with_who_says_so(in_checks: Application, maya: User) -> None:
    with pytest.raises(Refused) as refused:
        take(in_checks, "end-inapplicable", maya, outcome="not_applicable")
    assert "source" in refused.value.errors.errors
    said = {"outcome": "not_applicable", "source": "The coroner’s officer", "died_on": "2026-01-03"}
    done = take(in_checks, "end-inapplicable", maya, **said)
    assert (done.state, done.outcome) == (S.CONCLUDING, Outcome.NOT_APPLICABLE)
    assert Death.objects.get(application=done).whose == "subject"


def test_what_marac_deals_with_says_who_goes_on(in_checks: Application, maya: User) -> None:
    with pytest.raises(Refused) as refused:
        take(in_checks, "end-inapplicable", maya, outcome="other_power")
    assert "referral" in refused.value.errors.errors
    done = take(in_checks, "end-inapplicable", maya, outcome="other_power", referral="Easterby MARAC of 2 December")
    assert done.outcome == Outcome.OTHER_POWER


def test_that_they_have_parted_is_no_reason_to_end_it(in_checks: Application, maya: User) -> None:
    with pytest.raises(Refused) as refused:
        take(in_checks, "end-inapplicable", maya, outcome="ended")
    assert refused.value.kind is Refusal.FORM


def test_the_death_of_the_person_at_risk_freezes_everything_for_the_supervisor_alone(
    in_checks: Application, perry: User, maya: User, wren: User
) -> None:
    said = {"source": "The ambulance service", "told": "The review officer, by voice, today"}
    with pytest.raises(Refused) as refused:
        take(in_checks, "freeze", maya, source="The ambulance service")
    assert refused.value.kind is Refusal.FORM
    done = take(in_checks, "freeze", maya, **said)
    assert (done.state, fresh(done.case).restricted) == (S.FROZEN, True)
    assert not Application.objects.visible_to(wren).filter(pk=done.pk).exists()
    with pytest.raises(Refused):
        take(done, "end-inapplicable", perry, outcome="not_applicable", source="x")
    ended = take(done, "end-inapplicable", maya, outcome="not_applicable", source="The review")
    assert (ended.state, Death.objects.get(application=done).whose) == (S.CONCLUDING, "at_risk")


def test_a_death_that_was_a_mistake_is_taken_back(in_checks: Application, maya: User) -> None:
    done = take(in_checks, "freeze", maya, source="A neighbour", told="Nobody yet: it is being checked")
    assert take(done, "thaw", maya).state == S.CHECKS


# --- merged ---


def twins(unit: Unit, by: User, **second: Any) -> tuple[Application, Application]:
    """Two about the same two people, asked by different people; the second is the older."""
    one = consideration(unit, by, S.CHECKS, days_ago=2, applicant="Nora Quist", risk="high")
    her, him = (Party.objects.get(application=one, part=part).person for part in (Part.AT_RISK, Part.SUBJECT))
    said: dict[str, Any] = {"at_risk": her, "subject": him, "applicant": "Bill Field", "days_ago": 5, **second}
    return one, consideration(unit, by, S.CHECKS, **said)


def test_a_duplicate_goes_on_in_the_other_from_the_earlier_first_contact(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    one, two = twins(disclosure_unit, perry)
    done = take(two, "merge", maya, reference=one.case.reference)
    goes_on = fresh(one)
    assert (done.state, done.merged_into_id) == (S.MERGED, one.pk)
    assert (goes_on.first_contact_at, goes_on.state) == (two.first_contact_at, S.CHECKS)


def test_what_is_owed_in_the_one_is_owed_in_the_other(disclosure_unit: Unit, perry: User, maya: User) -> None:
    one, two = twins(disclosure_unit, perry)
    take(Task(case=two.case), "raise", perry, kind="other", why="Ring the landlord tomorrow.")
    take(two, "merge", maya, reference=one.case.reference)
    assert (tasks(two, "other"), tasks(one, "other")) == (["done"], ["to_do"])
    assert "landlord" not in Task.objects.get(case=one.case).why


@pytest.mark.parametrize("page", ["case", "record"])
def test_neither_applicant_is_named_in_the_other(
    disclosure_unit: Unit, perry: User, maya: User, rafi: User, page: str
) -> None:
    one, two = twins(disclosure_unit, perry)
    take(two, "merge", maya, reference=one.case.reference)
    assert not Party.objects.filter(application=one, person__personname__surname="Field", part="applicant").exists()
    for mine, theirs, other in ((one, "Bill", two), (two, "Nora", one)):
        url = mine.case.get_absolute_url() if page == "case" else f"/work/consideration/{mine.pk}/"
        answer = client_of(perry).get(url, follow=True)
        if answer.status_code == 200:
            assert theirs not in text_of(answer) and other.case.reference not in text_of(answer)


def test_only_two_about_the_same_people_are_merged_and_nobody_learns_by_trying(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    one, _two = twins(disclosure_unit, perry)
    another = consideration(disclosure_unit, perry, S.CHECKS, subject="Somebody Else")
    hidden = "There is no such consideration"
    for reference, words in (
        (another.case.reference, "same person at risk"), (one.case.reference, "itself"), ("DA-1999-000001", hidden),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            take(one, "merge", maya, reference=reference)


def test_whoever_asked_in_a_merged_one_is_answered_once_the_other_has_ended(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    one, two = twins(disclosure_unit, perry)
    done = take(two, "merge", maya, reference=one.case.reference)
    with pytest.raises(Refused, match="has not ended"):
        take(done, "conclude-merged", perry)
    take(one, "end-inapplicable", maya, outcome="out_of_scope")
    ended = take(done, "conclude-merged", perry, reason="In person, in the same words as ever.")
    assert (ended.state, ended.outcome) == (S.CONCLUDING, Outcome.MERGED)


# --- under age ---


def born(application: Application, part: str, years: float, by: User) -> Person:
    person: Person = Party.objects.get(application=application, part=part).person
    Birth.objects.filter(person=person).delete()
    day = timezone.localdate() - timedelta(days=round(365.25 * years))
    Birth.objects.create(person=person, born_on=day, case=application.case, recorded_by=by, recorded_at=timezone.now())
    return person


def test_a_child_at_risk_is_never_turned_away_without_child_protection(
    in_checks: Application, perry: User, maya: User
) -> None:
    born(in_checks, Part.AT_RISK, 14.5, perry)
    with pytest.raises(Refused, match="A child is at risk"):
        take(in_checks, "end-inapplicable", maya, outcome="out_of_scope")
    done = take(
        in_checks, "end-inapplicable", maya, outcome="out_of_scope", referral="Social care, today, Moira Teague"
    )
    assert done.outcome == Outcome.OUT_OF_SCOPE


# --- staff ---


def test_a_subject_who_is_staff_closes_the_case_and_is_told_to_each_who_must_hear(
    in_checks: Application, perry: User, maya: User, wren: User
) -> None:
    done = take(in_checks, "works-for", perry, subject_staff="police")
    assert fresh(done.case).restricted and tasks(done, "staff_told") == ["to_do"]
    assert not Application.objects.visible_to(wren).filter(pk=done.pk).exists()
    told = ["inspector", "commander", "nominated", "coordinator", "standards"]
    for who in told:
        assert tasks(done, "staff_told") == ["to_do"]
        take(done, "tell-of-staff", maya, who=who, name="Somebody Senior", told_at=moment())
    assert (tasks(done, "staff_told"), StaffTold.objects.count()) == (["done"], 5)
    with pytest.raises(Refused):
        take(done, "tell-of-staff", maya, who="inspector", name="Again", told_at=moment())


def test_the_supervisor_of_the_unit_stays_named_on_a_case_that_is_closed(
    in_checks: Application, perry: User, maya: User
) -> None:
    done = take(in_checks, "works-for", perry, subject_staff="other_force")
    assert Application.objects.visible_to(maya).filter(pk=done.pk).exists()
    assert SAFE["meet_at"]
