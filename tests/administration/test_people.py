"""People: added, told a code, shut out, left, back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Invitation, Posting, Unit, User
from audit.models import Event
from cases.models import Case, Holding
from tests.cast import client_of, take
from workflow import engine, reactions
from workflow.models import Deadline, Outbox, Refusal, Refused

pytestmark = pytest.mark.django_db

NEW = {
    "username": "9001", "first_name": "Robin", "last_name": "Teal", "rank": "PC", "collar_number": "9001", "email": "",
    "unit": "NR3",
}  # fmt: skip


def test_somebody_new_can_do_nothing_until_they_are_posted_and_have_a_password(una: User, nr3: Unit) -> None:
    robin = take(User(), "add", una, **NEW)
    assert (robin.title(), robin.unit, robin.roles_over(None)) == ("PC 9001 Robin Teal", nr3, frozenset())
    assert not robin.has_usable_password()


def test_no_password_is_ever_in_the_record_of_what_happened(una: User, nr3: Unit) -> None:
    robin = take(User(), "add", una, **NEW)
    take(robin, "change", una, **{**NEW, "last_name": "Tealby"})
    kept = [event.changes for event in Event.objects.filter(subject_type="accounts.user", subject_id=robin.pk)]
    assert len(kept) == 2 and all("password" not in changes for changes in kept)
    assert kept[-1]["last_name"] == ["Teal", "Tealby"]


@pytest.mark.parametrize(
    ("field", "said"),
    [("username", "2877"), ("username", "a b"), ("unit", "XX"), ("last_name", ""), ("email", "nowhere")],
)
def test_what_cannot_be_a_person_is_refused_by_its_box(
    una: User, ellen: User, nr3: Unit, field: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        take(User(), "add", una, **{**NEW, field: said})
    assert refused.value.kind is Refusal.FORM and field in refused.value.errors.errors


def test_a_code_sets_a_password_once(una: User, ellen: User, proved: Any, nobody: Client) -> None:
    page = proved(una).post(f"/administration/people/{ellen.pk}/code/", {"reason": "She starts today, seen in person."})
    code = re.search(r"[A-Z0-9]{5}(-[A-Z0-9]{5}){3}", page.content.decode())
    assert code and code[0].replace("-", "") not in str(list(Invitation.objects.values())) + str(
        list(Event.objects.values())
    )
    said = {
        "username": ellen.username,
        "code": code[0].lower(),
        "password": "plum ladder violin",
        "again": "plum ladder violin",
    }
    assert nobody.post("/sign-in/first-password/", said).status_code == 302
    ellen.refresh_from_db()
    assert ellen.check_password("plum ladder violin")
    again = nobody.post("/sign-in/first-password/", {**said, "password": "other words now", "again": "other words now"})
    assert again.status_code == 422
    ellen.refresh_from_db()
    assert ellen.check_password("plum ladder violin")


def test_a_wrong_name_and_a_wrong_code_get_the_same_answer(ellen: User, una: User, nobody: Client) -> None:
    take(ellen, "invite", una)
    said = {"code": "AAAAA-AAAAA-AAAAA-AAAAA", "password": "plum ladder violin", "again": "plum ladder violin"}
    answers = [
        nobody.post("/sign-in/first-password/", {**said, "username": name}) for name in (ellen.username, "no-one")
    ]
    pages = [re.sub(r'(value|data-now)="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert {answer.status_code for answer in answers} == {422} and pages[0] == pages[1]
    assert "plum ladder" not in pages[0]


def test_a_newer_code_ends_the_one_before(ellen: User, una: User, nobody: Client) -> None:
    first = take(ellen, "invite", una).told_once
    take(ellen, "invite", una)
    said = {"username": ellen.username, "code": first, "password": "plum ladder violin", "again": "plum ladder violin"}
    assert nobody.post("/sign-in/first-password/", said).status_code == 422


def test_the_code_is_made_only_after_proof_of_who_asks(una: User, ellen: User) -> None:
    browser = client_of(una)
    session = browser.session
    session.pop("account_authentication_methods", None)
    session.save()
    answer = browser.get(f"/administration/people/{ellen.pk}/code/")
    assert answer.status_code == 302 and "/sign-in/again/" in answer["Location"]


def test_a_leaver_is_out_at_the_next_click_and_what_they_held_is_the_teams(
    una: User, ellen: User, hannahs_case: Case
) -> None:
    browser = client_of(ellen)
    assert browser.get("/").status_code == 200
    assert Deadline.objects.open().filter(case=hannahs_case, holder=ellen).exists()
    take(ellen, "leave", una)
    assert browser.get("/").status_code == 302
    ellen.refresh_from_db()
    assert (ellen.state, ellen.is_active) == (User.State.LEFT, False)
    assert not Posting.objects.current().filter(user=ellen).exists()
    reactions.run_due()
    assert list(Outbox.objects.exclude(last_error="").values_list("reaction", "last_error")) == []
    assert not Holding.objects.filter(person=ellen, to_at__isnull=True).exists()
    assert not Deadline.objects.open().filter(case=hannahs_case, holder=ellen).exists()
    assert Event.objects.filter(name="case.release", chain=hannahs_case.pk).count() == 1
    reactions.run_due()
    assert Event.objects.filter(name="case.release").count() == 1


def test_a_leaver_who_comes_back_has_no_role(una: User, ellen: User) -> None:
    take(ellen, "leave", una)
    back = take(ellen, "return", una)
    assert back.is_active and back.roles_over(None) == frozenset()


def test_an_account_shut_for_a_while_keeps_its_postings(una: User, ellen: User) -> None:
    take(ellen, "suspend", una)
    assert User.objects.get(pk=ellen.pk).roles_over(None) == frozenset()
    assert take(ellen, "return", una).roles_over(None) == {"officer"}


@pytest.mark.parametrize("step", ["invite", "suspend", "leave"])
def test_nobody_does_it_to_themselves(una: User, step: str) -> None:
    with pytest.raises(Refused) as refused:
        take(una, step, una)
    assert refused.value.kind is Refusal.GUARD


def test_the_database_lets_nobody_who_left_sign_in(una: User, ellen: User) -> None:
    take(ellen, "leave", una)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ellen.pk).update(is_active=True)


def test_a_change_on_an_older_look_is_refused(una: User, ivor: User, ellen: User, nr3: Unit) -> None:
    seen = User.objects.get(pk=ellen.pk)
    take(ellen, "change", ivor, **{**NEW, "last_name": "Marsh-Teal"})
    with pytest.raises(Refused) as refused:
        engine.perform(seen, "change", by=una, evidence=NEW, seen=seen.version)
    assert refused.value.kind is Refusal.STALE


def test_people_are_found_by_name_number_and_unit_and_no_name_stands_in_an_address(
    una: User, ellen: User, tom: User, sam: User, nr3: Unit
) -> None:
    browser = client_of(una)
    for words in ("marsh", "2877", "ellen mar"):
        page = browser.post("/administration/people/", {"words": words}).content.decode()
        assert "Ellen Marsh" in page and "Tom Ashdown" not in page
    page = browser.get(f"/administration/people/?unit={nr3.pk}").content.decode()
    assert "Ellen Marsh" in page and "Sam Okafor" not in page
    assert browser.post("/administration/people/", {"words": ""}).status_code == 422
    assert "arsh" not in "".join(re.findall(r'href="([^"]*)"', page))


def test_the_list_of_people_is_paged_by_name(una: User, force: Unit) -> None:
    User.objects.bulk_create([User(username=f"many-{n:02}", last_name=f"Many{n:02}") for n in range(60)])
    browser, url, seen = client_of(una), "/administration/people/", []
    while url:
        page = browser.get(url).content.decode()
        seen += re.findall(r"<strong>([^<]*)</strong></a><br>", page)
        more = re.search(r'href="(\?after=[^"]*)" rel="next"', page)
        url = f"/administration/people/{more[1]}" if more else ""
    assert len(seen) == len(set(seen)) and sum("Many" in name for name in seen) == 60


def test_the_record_shows_postings_duty_second_factor_and_what_is_held(
    una: User, ellen: User, hannahs_case: Case
) -> None:
    page = client_of(una).get(f"/administration/people/{ellen.pk}/").content.decode()
    for said in ("Officer", "Northgate Response 3", "No roster", "Second factor", "Never", hannahs_case.reference):
        assert said in page
