"""Opening what is not one's own work: asked why, then in; never kept out by the question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Case
from tests import cast


def test_the_officer_of_the_next_beat_is_asked_why_and_then_let_in(hannahs_case: Case, sam: User) -> None:
    client = cast.client_of(sam)
    asked = client.get(hannahs_case.get_absolute_url(), follow=True)
    assert "Why do you need to open this?" in asked.content.decode()
    form = {"code": "attending", "more": "", "next": hannahs_case.get_absolute_url()}
    opened = client.post(f"{hannahs_case.get_absolute_url()}reason/", form, follow=True)
    assert opened.redirect_chain == [(hannahs_case.get_absolute_url(), 302)]
    assert opened.status_code == 200
    kept = Access.objects.get(kind=Access.Kind.REASON)
    assert (kept.by, kept.chain, kept.reason_code) == (sam, hannahs_case.pk, "attending")


def test_the_question_shows_nothing_of_the_case_but_its_reference(hannahs_case: Case, sam: User, priya: User) -> None:
    answer = cast.client_of(sam).get(f"{hannahs_case.get_absolute_url()}reason/")
    assert hannahs_case.reference in answer.content.decode()
    assert priya.last_name not in answer.content.decode()


def test_saying_later_opens_as_well_and_is_written_down(hannahs_case: Case, sam: User) -> None:
    client = cast.client_of(sam)
    opened = client.post(f"{hannahs_case.get_absolute_url()}reason/", {"later": "yes"}, follow=True)
    assert opened.status_code == 200
    assert Access.objects.get(kind=Access.Kind.REASON).reason_code == "not_given"


def test_an_empty_answer_is_asked_again_and_nothing_is_written(hannahs_case: Case, sam: User) -> None:
    answer = cast.client_of(sam).post(f"{hannahs_case.get_absolute_url()}reason/", {"more": "for the log"})
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose why you need to open this") == 2
    assert "for the log" in answer.content.decode()
    assert not Access.objects.filter(kind=Access.Kind.REASON).exists()


@pytest.mark.parametrize("more", ["x" * 1001, "a\x07bell"])
def test_words_that_cannot_be_kept_are_refused_with_a_sentence(hannahs_case: Case, sam: User, more: str) -> None:
    answer = cast.client_of(sam).post(f"{hannahs_case.get_absolute_url()}reason/", {"code": "other", "more": more})
    assert answer.status_code == 422


def test_a_reason_lasts_for_a_turn_of_duty_and_no_longer(hannahs_case: Case, sam: User) -> None:
    given = {"kind": Access.Kind.REASON, "by": sam, "chain": hannahs_case.pk, "what": "a reason"}
    Access.objects.create(**given, at=timezone.now() - timedelta(hours=13))
    assert cast.client_of(sam).get(hannahs_case.get_absolute_url()).status_code == 302
    Access.objects.create(**given, at=timezone.now() - timedelta(hours=11))
    assert cast.client_of(sam).get(hannahs_case.get_absolute_url()).status_code == 200


def test_a_reason_for_one_case_opens_no_other_and_lets_no_colleague_in(
    hannahs_case: Case, sam: User, ikande: User, nr3: object
) -> None:
    other = Case.begin("investigation", hannahs_case.unit, timezone.now())
    Access.objects.create(kind=Access.Kind.REASON, by=sam, chain=hannahs_case.pk, what="a reason")
    assert cast.client_of(sam).get(other.get_absolute_url()).status_code == 302
    assert cast.client_of(ikande).get(hannahs_case.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "victor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_open_it_at_all_is_not_asked(
    hannahs_case: Case, request: pytest.FixtureRequest, who: str, method: str
) -> None:
    client = cast.client_of(request.getfixturevalue(who))
    answer = getattr(client, method)(f"{hannahs_case.get_absolute_url()}reason/", {"code": "other"})
    assert answer.status_code == 404
    assert not Access.objects.filter(kind=Access.Kind.REASON).exists()


def test_who_works_the_case_goes_straight_in(hannahs_case: Case, ellen: User) -> None:
    answer = cast.client_of(ellen).get(f"{hannahs_case.get_absolute_url()}reason/")
    assert (answer.status_code, answer.url) == (302, hannahs_case.get_absolute_url())


@pytest.mark.parametrize("bad", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"])
def test_the_way_on_never_leads_elsewhere(hannahs_case: Case, sam: User, bad: str) -> None:
    form = {"code": "other", "more": "", "next": bad}
    answer = cast.client_of(sam).post(f"{hannahs_case.get_absolute_url()}reason/", form)
    assert (answer.status_code, answer.url) == (302, hannahs_case.get_absolute_url())


def test_the_way_on_is_where_the_person_was_going(hannahs_case: Case, sam: User) -> None:
    step = f"/work/case/{hannahs_case.pk}/unsafe/"
    client = cast.client_of(sam)
    door = client.get(step)
    assert door.url == f"{hannahs_case.get_absolute_url()}reason/?next={step}"
    answer = client.post(door.url, {"code": "attending", "more": "", "next": step})
    assert answer.url == step
