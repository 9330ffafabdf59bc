"""Who was listened to, what came of it, and what was reviewed with partners: nobody is named, everybody owes an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from reporting.models import Consultation, FeedbackFinding, OutcomeReview
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.django_db
WHO = "The Tuesday group of the women’s centre"


def today(ahead: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def consulted(by: User, **said: Any) -> Consultation:
    words = {
        "kind": "meeting", "held_on": today(-3), "who": WHO, "how_many": "9", "purposes": ["strategy", "audit"],
        "about": "What happens after the first night.", "said": "Nobody rang the next day.", "measures": "m38, M12 m38",
    }  # fmt: skip
    made: Consultation = take(Consultation(), "log", by, **{**words, **said})
    return made


def found(by: User, about: FeedbackFinding | None = None, **said: Any) -> FeedbackFinding:
    words = {"source": "survey", "stage": "", "heard_on": today(), "heard": "Nobody rang the next day.", "measures": ""}
    made: FeedbackFinding = take(about or FeedbackFinding(), "record", by, **{**words, **said})
    return made


def acted(finding: FeedbackFinding, by: User, whose: User, **said: Any) -> FeedbackFinding:
    words = {"owner": whose.collar_number, "plan": "A call on the next day, by the unit.", "due_on": today(30)}
    done: FeedbackFinding = take(finding, "act", by, **{**words, **said})
    return done


def minutes(by: User, *agencies: Agency, **said: Any) -> OutcomeReview:
    words = {
        "title": "Outcomes of the third quarter", "held_on": today(-2), "agencies": [one.pk for one in agencies],
        "also_there": "", "reviewed": "The pack of September.", "measures": "M38", "said": "Fewer charges in the north.",
        "decided": "Look at the files of the north together.",
    }  # fmt: skip
    made: OutcomeReview = take(OutcomeReview(), "minute", by, **{**words, **said})
    return made


@pytest.mark.requirement("S1-011", "S3-134")
def test_who_was_consulted_about_what_and_what_they_said_is_logged_with_the_measures_it_touches(
    cora: User, ellen: User
) -> None:
    logged = consulted(cora)
    assert logged.measures == ["M38", "M12"] and logged.purposes == ["strategy", "audit"]
    listed = text_of(client_of(ellen).get("/feedback/consultations/"))
    assert WHO in listed and "M38, M12" in listed and "9 people" in listed
    page = text_of(client_of(ellen).get(logged.get_absolute_url()))
    assert "Nobody rang the next day." in page and "A strategy or plan; An audit" in page
    by_itself = consulted(cora, kind="by_itself", how_many="", who="A father, by letter", purposes=["performance"])
    assert "Feedback that came by itself" in by_itself.get_kind_display()


def test_a_correction_says_why(cora: User) -> None:
    logged = consulted(cora)
    said = {"kind": "panel", "held_on": today(-3), "who": WHO, "how_many": "8", "purposes": ["audit"], "about": "Calls.",
            "said": "Nobody rang the next day.", "measures": ""}  # fmt: skip
    with pytest.raises(Refused) as refused:
        take(logged, "change", cora, **said, reason="")
    assert "Say why it changes" in str(refused.value.errors.errors)
    assert take(logged, "change", cora, **said, reason="One was counted twice.").how_many == 8


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"said": "As in DA-2026-000123, she said."}, "said", "Take the number of the case out"),
        ({"who": "The women of da-2026-000123"}, "who", "Take the number of the case out"),
        ({"measures": "M38, everything!"}, "measures", "EVERYTHING! is no code of a measure"),
        ({"held_on": today(2)}, "held_on", "in the past"),
        ({"purposes": []}, "purposes", "Choose what it was for"),
        ({"how_many": "0"}, "how_many", "1"),
        ({"said": "No."}, "said", "10 characters or more"),
    ],
)
def test_what_makes_no_sense_or_names_a_case_is_refused_in_a_sentence(
    cora: User, said: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        consulted(cora, **said)
    assert sentence in " ".join(refused.value.errors.errors[field])
    assert not Consultation.objects.exists()


def test_consultations_stay_in_the_force(cora: User, cleo: User, stranger: User) -> None:
    logged = consulted(cora)
    assert client_of(cleo).get(logged.get_absolute_url()).status_code == 404
    assert client_of(cleo).get("/feedback/consultations/").status_code == 403
    assert client_of(stranger).get(logged.get_absolute_url()).status_code == 200


@pytest.mark.requirement("S2-006")
def test_you_said_we_did_from_what_was_heard_to_what_partners_read(
    cora: User, abel: User, cleo: User, ellen: User
) -> None:
    logged = consulted(cora)
    address = f"/feedback/consultations/{logged.pk}/finding/"
    assert client_of(cora).get(address).status_code == 200
    heard = {"stage": "first_response", "heard_on_0": "", "heard": "Nobody rang the next day.", "measures": "M38"}
    day = timezone.localdate()
    sent = {**heard, "heard_on_day": day.day, "heard_on_month": day.month, "heard_on_year": day.year, "seen": "1"}
    answer = client_of(cora).post(address, sent)
    assert answer.status_code == 302, text_of(answer)
    finding = FeedbackFinding.objects.get()
    assert (finding.source, finding.consultation, finding.state) == ("consultation", logged, "found")
    acted(finding, abel, ellen)
    take(finding, "finish", abel, did="Whoever reports is rung on the next day.")
    shown = text_of(client_of(ellen).get("/feedback/you-said/?state=done&stage=first_response"))
    assert "Nobody rang the next day." in shown and "Whoever reports is rung on the next day." in shown
    assert "Whoever reports" not in text_of(client_of(cleo).get("/feedback/you-said/"))
    assert client_of(cleo).get(finding.get_absolute_url()).status_code == 404
    take(finding, "publish", abel, read="on")
    theirs = text_of(client_of(cleo).get("/feedback/you-said/"))
    assert "Whoever reports is rung on the next day." in theirs and "Ellen" not in theirs and "Marsh" not in theirs
    one = text_of(client_of(cleo).get(finding.get_absolute_url()))
    assert "Marsh" not in one and WHO not in one
    take(finding, "take-down", cora)
    assert client_of(cleo).get(finding.get_absolute_url()).status_code == 404


def test_nothing_is_shown_to_partners_unread_or_undecided(cora: User, abel: User, ellen: User) -> None:
    finding = found(cora)
    with pytest.raises(Refused):
        take(finding, "publish", abel, read="on")
    acted(finding, abel, ellen)
    with pytest.raises(Refused) as refused:
        take(finding, "publish", abel, read="")
    assert "Tick the box: I have read it" in str(refused.value.errors.errors)


def test_an_action_has_an_owner_a_day_and_a_clock_that_ends_with_that_day(cora: User, abel: User, ellen: User) -> None:
    finding = found(cora)
    decide = Deadline.objects.get(policy="finding-decided", subject_id=finding.pk)
    assert decide.is_open
    acted(finding, abel, ellen)
    decide.refresh_from_db()
    clock = Deadline.objects.get(policy="finding-done", subject_id=finding.pk)
    assert not decide.is_open and timezone.localtime(clock.due_at).date().isoformat() == today(30)
    take(finding, "extend", abel, due_on=today(60))
    clock.refresh_from_db()
    assert timezone.localtime(clock.due_at).date().isoformat() == today(60)
    take(finding, "finish", abel, did="Whoever reports is rung on the next day.")
    clock.refresh_from_db()
    assert not clock.is_open


def test_nothing_done_wants_its_reason_and_may_be_opened_again(cora: User, abel: User) -> None:
    finding = found(cora)
    with pytest.raises(Refused) as refused:
        take(finding, "leave", abel, why_not="")
    assert "Say why nothing is done" in str(refused.value.errors.errors)
    left = take(finding, "leave", abel, why_not="Another force’s officers came; they were told.")
    assert left.state == "not_done"
    again = take(left, "reopen", abel)
    assert (again.state, again.why_not) == ("found", "")
    assert Deadline.objects.open().filter(policy="finding-decided").count() == 1


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [({"owner": "9999"}, "owner", "Nobody who works here has that collar number"), ({"due_on": today(-1)}, "due_on", "future"),
     ({"plan": "DA-2026-000123 is rung again"}, "plan", "Take the number of the case out"),
     ({"owner": ""}, "owner", "Say who does it")],
)  # fmt: skip
def test_an_action_that_nobody_owns_or_that_names_a_case_is_refused(
    cora: User, abel: User, ellen: User, said: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        acted(found(cora), abel, ellen, **said)
    assert sentence in " ".join(refused.value.errors.errors[field])


def test_who_keeps_the_log_does_not_decide_alone_and_others_write_nothing(cora: User, ari: User, ellen: User) -> None:
    finding = found(ari)
    with pytest.raises(Refused):
        acted(finding, ari, ellen)
    with pytest.raises(Refused):
        found(ellen)
    assert acted(finding, cora, ellen).owner == ellen


def test_minutes_are_read_by_the_agencies_that_were_there_once_they_are_issued(
    cora: User, abel: User, housing: Agency, advisers: Agency, cleo: User, tess: User
) -> None:
    review = minutes(cora, housing)
    page = review.get_absolute_url()
    assert client_of(cleo).get(page).status_code == 404
    take(review, "issue", abel)
    shown = text_of(client_of(cleo).get(page))
    assert "Fewer charges in the north." in shown and "Look at the files of the north together." in shown
    assert "Outcomes of the third quarter" in text_of(client_of(cleo).get("/feedback/reviews/"))
    assert client_of(tess).get(page).status_code == 404
    assert "third quarter" not in text_of(client_of(tess).get("/feedback/reviews/"))


def test_an_action_of_a_review_is_read_by_those_who_were_there(
    cora: User, abel: User, ellen: User, housing: Agency, cleo: User, tess: User
) -> None:
    review = minutes(cora, housing)
    action = found(cora, FeedbackFinding(review=review), heard="Files of the north are looked at together.")
    assert action.source == "review"
    acted(action, abel, ellen)
    assert client_of(cleo).get(action.get_absolute_url()).status_code == 404
    take(review, "issue", abel)
    shown = text_of(client_of(cleo).get(review.get_absolute_url()))
    assert "Files of the north are looked at together." in shown and "A call on the next day" in shown
    assert client_of(cleo).get(action.get_absolute_url()).status_code == 200
    assert client_of(tess).get(action.get_absolute_url()).status_code == 404


def test_who_was_there_is_corrected_with_a_reason_and_then_reads_it_or_does_not(
    cora: User, abel: User, housing: Agency, advisers: Agency, cleo: User, tess: User
) -> None:
    review = minutes(cora, housing)
    take(review, "issue", abel)
    said = {"title": review.title, "held_on": today(-2), "agencies": [advisers.pk], "also_there": "", "reviewed": "The pack.",
            "measures": "", "said": "Fewer charges.", "decided": "Look together."}  # fmt: skip
    take(review, "correct", cora, **said, reason="Housing was not there after all.")
    assert client_of(cleo).get(review.get_absolute_url()).status_code == 404
    assert client_of(tess).get(review.get_absolute_url()).status_code == 200
    assert review.presences.filter(struck_out_at__isnull=False).count() == 1


def test_minutes_want_an_agency_and_a_day_that_was(cora: User, housing: Agency) -> None:
    for said, field, sentence in (
        ({"agencies": []}, "agencies", "Choose the agencies that were there"), ({"held_on": today(1)}, "held_on", "in the past"),
        ({"agencies": ["999999"]}, "agencies", "must be among the answers shown"),
        ({"decided": ""}, "decided", "Say what was decided"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            minutes(cora, housing, **said)
        assert sentence in " ".join(refused.value.errors.errors[field])


def test_minutes_that_nobody_issues_are_owed(cora: User, abel: User, housing: Agency) -> None:
    review = minutes(cora, housing)
    clock = Deadline.objects.get(policy="review-issued", subject_id=review.pk)
    assert clock.is_open
    take(review, "issue", abel)
    clock.refresh_from_db()
    assert not clock.is_open


def test_the_list_costs_the_same_for_one_and_for_thirty(cora: User, abel: User, ellen: User) -> None:
    browser = client_of(cora)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/feedback/you-said/").status_code == 200
        return len(queries)

    acted(found(cora), abel, ellen)
    asked()
    before = asked()
    for number in range(29):
        acted(found(cora, heard=f"Nobody rang, number {number}."), abel, ellen)
    assert asked() == before
    assert "Next page" in text_of(browser.get("/feedback/you-said/"))
