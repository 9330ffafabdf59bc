"""Roles: asked for by one, given by another; short cover at once; an end always at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Posting, Unit, User
from cases.models import Case
from supervision import escalation
from supervision.models import Notice, PostingChange
from tests.cast import client_of, take
from tests.supervision.conftest import off_duty, owe
from workflow.models import Approval, Refusal, Refused

pytestmark = pytest.mark.django_db


def asked(by: User, who: User, role: str = "sergeant", unit: str = "NR4", **said: Any) -> PostingChange:
    said = {"user": who.collar_number or who.username, "role": role, "unit": unit, "why": "Promoted last week.", **said}
    change: PostingChange = take(PostingChange(), "ask", by, **said)
    return change


def covered(
    by: User, who: User, role: str = "sergeant", unit: str = "NR3", hours: float = 8, **said: Any
) -> PostingChange:
    until = (timezone.now() + timedelta(hours=hours)).isoformat()
    said = {
        "user": who.collar_number,
        "role": role,
        "unit": unit,
        "why": "Acting for the night turn.",
        "to_at": until,
        **said,
    }
    change: PostingChange = take(PostingChange(), "cover", by, **said)
    return change


def refusal(of: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        of()
    return refused.value


def test_a_role_is_held_only_once_a_second_person_has_approved(una: User, ivor: User, tom: User, nr4: Unit) -> None:
    change = asked(una, tom)
    assert not tom.holds({"sergeant"}, nr4)
    take(change, "approve", ivor)
    assert tom.holds({"sergeant"}, nr4)
    decision = Approval.objects.get(of="posting")
    assert (decision.asked_by, decision.decided_by, decision.verdict) == (una, ivor, "approved")


def test_who_asked_does_not_decide_and_the_database_says_so_too(una: User, tom: User, nr4: Unit) -> None:
    change = asked(una, tom)
    assert refusal(lambda: take(change, "approve", una)).kind is Refusal.GUARD
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingChange.objects.filter(pk=change.pk).update(decided_by=una, decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingChange.objects.filter(pk=change.pk).update(state="approved")
    assert not tom.holds({"sergeant"}, nr4)


def test_nobody_asks_for_themselves_or_decides_on_their_own_role(una: User, ivor: User, force: Unit) -> None:
    assert refusal(lambda: asked(una, una, "auditor", "NP")).kind is Refusal.GUARD
    change = asked(una, ivor, "auditor", "NP")
    assert refusal(lambda: take(change, "approve", ivor)).kind is Refusal.GUARD
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingChange.objects.filter(pk=change.pk).update(user=una)


@pytest.mark.parametrize("role", ["administrator", "auditor", "professional_standards"])
def test_the_roles_that_guard_the_others_are_never_given_at_once(ruth: User, tom: User, nr3: Unit, role: str) -> None:
    assert refusal(lambda: covered(ruth, tom, role)).kind is Refusal.FORM


def test_an_inspector_asks_only_for_units_of_her_own(ruth: User, tom: User, sr1: Unit, nr4: Unit) -> None:
    assert refusal(lambda: asked(ruth, tom, unit="SR1")).kind is Refusal.ROLE
    assert asked(ruth, tom, unit="NR4").state == PostingChange.State.PROPOSED


def test_cover_of_a_turn_takes_effect_at_once_and_ends_by_itself(priya: User, tom: User, nr3: Unit) -> None:
    covered(priya, tom, hours=8)
    now = timezone.now()
    assert tom.holds({"sergeant"}, nr3) and not tom.holds({"sergeant"}, nr3, now + timedelta(hours=9))


def test_cover_is_short_in_ones_own_line_and_not_above_oneself(priya: User, tom: User, nr3: Unit, nr4: Unit) -> None:
    assert refusal(lambda: covered(priya, tom, hours=73)).kind is Refusal.GUARD
    assert refusal(lambda: covered(priya, tom, role="inspector")).kind is Refusal.GUARD
    assert refusal(lambda: covered(priya, tom, unit="NR4")).kind is Refusal.ROLE
    assert refusal(lambda: covered(priya, priya)).kind is Refusal.GUARD
    assert not tom.holds({"sergeant", "inspector"}, None)


def test_an_escalation_goes_to_the_new_sergeant_after_the_posting(
    una: User, ivor: User, priya: User, tom: User, nr3: Unit, ellen: User
) -> None:
    now = timezone.now()
    deadline = owe(Case.begin(Case.Kind.INVESTIGATION, nr3, now), now, holder=ellen)
    off_duty(priya, now)
    take(asked(una, tom, unit="NR3"), "approve", ivor)
    escalation.sweep(now + timedelta(minutes=1))
    told = set(Notice.objects.filter(deadline=deadline, role="sergeant").values_list("person", flat=True))
    assert told == {tom.pk}


def test_two_approve_at_once_and_one_posting_comes_of_it(
    una: User, ivor: User, june: User, tom: User, nr4: Unit
) -> None:
    change = asked(una, tom)
    take(change, "approve", ivor)
    late = refusal(lambda: take(change, "approve", june))
    assert late.kind is Refusal.STATE
    assert Posting.objects.filter(user=tom, role="sergeant").count() == 1


def test_a_posting_lasts_longer_only_by_two_people_and_ends_at_once_by_one(
    una: User, ivor: User, ruth: User, tom: User, nr3: Unit
) -> None:
    posting = Posting.objects.get(user=tom)
    until = (timezone.now() + timedelta(days=30)).isoformat()
    change = take(PostingChange(posting=posting, unit=nr3), "extend", una, to_at=until, why="Stays for the inquiry.")
    posting.refresh_from_db()
    assert posting.to_at is None
    take(change, "approve", ivor)
    posting.refresh_from_db()
    assert posting.to_at is not None and tom.holds({"officer"}, nr3)
    take(PostingChange(posting=posting, unit=nr3), "end", ruth)
    assert not tom.holds({"officer"}, nr3)
    assert (
        refusal(lambda: take(PostingChange(posting=Posting.objects.get(pk=posting.pk), unit=nr3), "end", ruth)).kind
        is Refusal.STATE
    )


def test_somebody_else_s_line_is_not_ended_by_an_inspector_of_another(ruth: User, sam: User, sr1: Unit) -> None:
    posting = Posting.objects.get(user=sam)
    assert refusal(lambda: take(PostingChange(posting=posting, unit=sr1), "end", ruth)).kind is Refusal.ROLE


def test_a_request_whose_end_has_passed_is_not_approved(una: User, ivor: User, tom: User, nr4: Unit) -> None:
    change = asked(una, tom, to_at=(timezone.now() + timedelta(hours=1)).isoformat())
    PostingChange.objects.filter(pk=change.pk).update(
        to_at=timezone.now() - timedelta(minutes=1), from_at=timezone.now() - timedelta(hours=1)
    )
    assert refusal(lambda: take(change, "approve", ivor)).kind is Refusal.GUARD


def test_the_pages_of_postings(una: User, ivor: User, priya: User, tom: User, proved: Any, nr4: Unit) -> None:
    asked(una, tom)
    covered(priya, tom)
    page = client_of(ivor).get("/administration/postings/").content.decode()
    assert "PC 2208 Tom Ashdown" in page and "Approve this posting" in page and "Acting sergeant" in page
    own = client_of(priya).get("/administration/postings/").content.decode()
    assert "Acting sergeant" in own and "Approve this posting" not in own
    posting = Posting.objects.get(user=tom, role="officer")
    assert proved(una).get(f"/administration/people/{tom.pk}/posting/ask/").status_code == 200
    assert proved(una).get(f"/administration/postings/{posting.pk}/extend/").status_code == 200
    assert proved(una).get(f"/administration/postings/{posting.pk}/nonsense/").status_code == 404
    answer = proved(una).post(f"/administration/people/{tom.pk}/posting/ask/", {"user": "nobody", "role": "x"})
    assert answer.status_code == 422 and "Nobody who works here" in answer.content.decode()


def test_the_page_of_an_approval_says_what_is_approved(
    una: User, ivor: User, tom: User, monkeypatch: Any, nr4: Unit
) -> None:
    change = asked(una, tom)
    monkeypatch.setattr("accounts.proof.proved_lately", lambda request: True)
    answer = client_of(ivor).get(f"/work/posting/{change.pk}/approve/", follow=False)
    assert answer.status_code == 302 or "Give PC 2208 Tom Ashdown the role Sergeant" in answer.content.decode()


def test_the_list_is_not_for_officers(ellen: User, stranger: User) -> None:
    for who in (ellen, stranger):
        assert client_of(who).get("/administration/postings/").status_code == 403
