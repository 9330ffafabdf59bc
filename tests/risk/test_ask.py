"""Everybody who may open a case asks for a look at the risk; it reaches somebody, and whoever asked hears what came of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Posting, Unit, User
from accounts.roles import PARTNERS, ROLES
from cases.models import Case
from cases.services import name_person
from risk.models import Assessment, Reassessment, RiskDecision
from risk.services import raise_reassessment
from supervision.escalation import sweep
from supervision.models import Notice
from supervision.queues.declared import REVIEWS
from tests.cast import client_of, person, shut_out, take, text_of
from tests.risk.story import answer_all, give_reasons, grade
from tests.risk.test_grade import refusal_of
from workflow.models import Deadline, Refusal

ASKED = {
    "trigger": "separation", "why": "She told the school that she leaves him on Friday.",
    "now": "He has found out; she fears what he does when he comes home.",
}  # fmt: skip
FOUND = "Spoke to Hannah at the school; she leaves on Thursday with the children and the flat is ready."


@pytest.fixture
def dana(nr3: Unit) -> User:
    return person("DC", "6114", "Dana Wells", ("da_specialist", nr3))


@pytest.fixture
def graded(dash: Assessment, ellen: User) -> Case:
    answer_all(dash, ellen, yes=(1, 2))
    give_reasons(dash, ellen)
    grade(dash, ellen, "medium")
    found: Case = dash.case
    return found


def asked(case: Case, by: User, **said: Any) -> Reassessment:
    made: Reassessment = take(Reassessment(case=case), "ask", by, **{**ASKED, **said})
    return made


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(person=user).order_by("pk").values_list("text", flat=True))


@pytest.mark.requirement("S3-180")
def test_whoever_is_in_contact_asks_the_specialist_on_duty_decides_and_whoever_asked_is_told(
    graded: Case, ellen: User, dana: User, priya: User
) -> None:
    review = asked(graded, ellen)
    sweep(timezone.now())
    assert len(told(dana)) == 1 and told(priya) == []
    assert "Okoro" not in told(dana)[0] and "leaves" not in told(dana)[0]
    assert refusal_of(lambda: take(review, "done", ellen, outcome=FOUND, spoken="yes", grade="high")).sentence == (
        "You cannot do this. You asked for it, so somebody else must answer."
    )
    take(review, "done", dana, outcome=FOUND, spoken="yes", grade="high")
    assert RiskDecision.objects.latest("pk").to_grade == "high"
    sweep(timezone.now())
    assert len(told(ellen)) == 1
    clock = Deadline.objects.open().get(policy="review-answer-read")
    assert clock.holder == ellen
    page = text_of(client_of(ellen).get(f"/work/reassessment/{review.pk}/read/"))
    assert FOUND in page and "HIGH" in page
    assert "Somebody else asked" in refusal_of(lambda: take(review, "read", priya)).sentence
    take(review, "read", ellen)
    assert Reassessment.objects.get(pk=review.pk).read_at is not None
    assert not Deadline.objects.open().filter(policy="review-answer-read").exists()


def test_without_a_specialist_on_duty_it_reaches_the_sergeant(graded: Case, ellen: User, priya: User) -> None:
    asked(graded, ellen)
    sweep(timezone.now())
    assert len(told(priya)) == 1


@pytest.mark.requirement("S3-180")
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"system"} - PARTNERS))
def test_every_role_that_may_open_the_case_may_ask(graded: Case, nr3: Unit, force: Unit, role: str) -> None:
    """Whoever is named on the case, wherever they hold their role: a crown lawyer, a records manager. Partners ask on the
    conference that they see (tests/marac/test_ask_review.py).
    """
    somebody = person("", "7700", "Robin Vale", (role, force))
    name_person(case=graded, person=somebody)
    review = asked(graded, somebody)
    assert (review.asked_by, review.state) == (somebody, "owed")
    page = text_of(client_of(somebody).get(f"/cases/{graded.reference}/"))
    assert "Ask for a risk review" in page and f"/work/reassessment/new/ask/in/{graded.pk}/" in page


def test_the_officer_of_the_next_beat_asks_too_and_whoever_is_shut_out_finds_no_such_case(
    graded: Case, sam: User, tom: User, priya: User
) -> None:
    assert asked(graded, sam).asked_by == sam
    shut_out(graded, tom, priya)
    assert refusal_of(lambda: asked(graded, tom)).kind is Refusal.HIDDEN


def test_a_request_never_merges_so_that_each_who_asked_is_answered(graded: Case, ellen: User, tom: User) -> None:
    asked(graded, ellen)
    asked(graded, tom)
    raise_reassessment(graded, "separation", "told:1", tom, timezone.now())
    assert list(Reassessment.objects.filter(trigger="separation").values_list("state", flat=True)) == ["owed"] * 3


def test_whoever_asked_hears_also_when_it_is_not_needed(graded: Case, ellen: User, priya: User) -> None:
    review = asked(graded, ellen)
    take(review, "not-needed", priya, outcome="The school meant another family of the same name.")
    sweep(timezone.now())
    assert len(told(ellen)) == 1
    assert "another family" in text_of(client_of(ellen).get(f"/work/reassessment/{review.pk}/read/"))


def test_the_case_shows_what_is_owed_and_what_was_found(graded: Case, ellen: User, dana: User) -> None:
    review = asked(graded, ellen)
    page = text_of(client_of(dana).get(f"/cases/{graded.reference}/?panel=risk-reviews"))
    assert "leaves him on Friday" in page and f"/work/reassessment/{review.pk}/done/" in page
    take(review, "done", dana, outcome=FOUND, spoken="yes", grade="medium")
    page = text_of(client_of(dana).get(f"/cases/{graded.reference}/?panel=risk-reviews"))
    assert FOUND in page and "None is owed now." in page


def test_the_list_of_reviews_is_for_specialists_and_supervisors_and_of_their_own_work(
    graded: Case, ellen: User, dana: User, priya: User, ikande: User
) -> None:
    review = asked(graded, ellen)
    page = text_of(client_of(dana).get("/team/risk-reviews/"))
    assert graded.reference in page and f"/work/reassessment/{review.pk}/done/" in page
    assert graded.reference not in text_of(client_of(ikande).get("/team/risk-reviews/"))
    assert client_of(ellen).get("/team/risk-reviews/").status_code == 403
    shut_out(graded, dana, priya)
    assert graded.reference not in text_of(client_of(dana).get("/team/risk-reviews/"))


def test_the_list_asks_as_much_for_one_as_for_fifty(graded: Case, ellen: User, dana: User) -> None:
    asked(graded, ellen)
    browser = client_of(dana)
    browser.get("/team/risk-reviews/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/team/risk-reviews/")
    for number in range(12):
        asked(graded, ellen, now=f"Once more, for the {number}th time.")
    with CaptureQueriesContext(connection) as many:
        page = browser.get("/team/risk-reviews/")
    assert len(many) == len(few) and len(re.findall(r"/work/reassessment/\d+/done/", page.content.decode())) >= 5
    assert REVIEWS.rows(dana).count() == 13


def test_the_panel_asks_as_much_for_one_as_for_twelve(graded: Case, ellen: User, dana: User) -> None:
    take(asked(graded, ellen), "done", dana, outcome=FOUND, spoken="yes", grade="medium")
    asked(graded, ellen)
    browser, path = client_of(dana), f"/cases/{graded.reference}/?panel=risk-reviews"
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    for number in range(6):
        take(asked(graded, ellen), "done", dana, outcome=FOUND, spoken="yes", grade="medium")
        asked(graded, ellen, now=f"Once more, for the {number}th time.")
    with CaptureQueriesContext(connection) as many:
        browser.get(path)
    assert len(many) <= len(few), [query["sql"][:150] for query in many]


def test_the_page_of_lowering_shows_what_stands_there_and_refuses_in_a_sentence(
    graded: Case, ellen: User, priya: User, ruth: User
) -> None:
    path = f"/work/downgrade/new/lower/in/{graded.pk}/"
    page = text_of(client_of(priya).get(path))
    for said in (
        "What stands there",
        "MEDIUM",
        "STANDARD",
        "One level, never two",
        "Victim last spoken to",
        "PC 2877 Marsh",
    ):
        assert said in page, said
    Posting.objects.create(user=ellen, role="sergeant", unit=graded.unit, from_at=timezone.now())
    refused = client_of(ellen).get(path)
    assert refused.status_code == 422 and "You set this grade" in text_of(refused)
    sent = client_of(priya).post(
        path,
        {"seen": "1", "token": "a1", "reason": "disproved", "words": "No reply to any call of ours.", "spoken": "no"},
    )
    assert sent.status_code == 422 and "No reply to any call of ours." in text_of(sent)
