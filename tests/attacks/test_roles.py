"""Attempts to be given what one may not have: through a second account, a chain of covers, a number given twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, Posting, Unit, User
from cases.models import Case, Incident
from supervision.models import PostingChange
from supervision.steps.person import set_first_password
from tests.cast import person, shut_out, take
from workflow.models import FlagSetting, Refusal, Refused

SignIn = Callable[[User | None], Client]
NEW_PASSWORD = "plum ladder violin"  # noqa: S105 - of people who do not exist


def refusal(of: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as refused:
        of()
    return refused.value


def asked(by: User, who: User, role: str = "superintendent", **said: Any) -> PostingChange:
    said = {"user": who.username, "role": role, "unit": "NP", "why": "Promoted last week.", **said}
    change: PostingChange = take(PostingChange(), "ask", by, **said)
    return change


def test_a_puppet_made_by_an_administrator_decides_nothing_for_them(una: User, ivor: User, nr3: Unit) -> None:
    """A person of one's own making has no role, and gets none without somebody else."""
    said = {"username": "9009", "first_name": "Nobody", "last_name": "Real", "rank": "PC", "unit": "NR3"}
    puppet = take(User(), "add", una, **said)
    change = asked(una, puppet, role="administrator")
    assert refusal(lambda: take(change, "approve", puppet)).kind in (Refusal.ROLE, Refusal.HIDDEN)
    assert refusal(lambda: take(change, "approve", una)).kind is Refusal.GUARD
    assert puppet.roles_over(None) == frozenset()


def test_whose_password_somebody_has_just_set_decides_nothing_that_they_asked(
    una: User, ivor: User, june: User, tom: User, nr4: Unit
) -> None:
    """The administrator makes a code for the second administrator, sets the password, and signs in as the two people."""
    take(ivor, "invite", una)
    stolen = Invitation.objects.invite(ivor, una, timezone.now())
    assert set_first_password(username=ivor.username, code=stolen, password=NEW_PASSWORD, at=timezone.now())
    change = asked(una, tom, role="auditor")
    assert "with a code that they made" in refusal(lambda: take(change, "approve", ivor)).sentence
    assert not tom.holds({"auditor"}, None)
    take(change, "approve", june)  # a third person may
    assert tom.holds({"auditor"}, None)


def test_a_chain_of_two_accounts_gives_no_role_to_either(una: User, ivor: User, force: Unit) -> None:
    """Each asks for the other: neither is decided by whoever asked, or by whoever gets it."""
    for asker, gets in ((una, ivor), (ivor, una)):
        change = asked(asker, gets, role="auditor")
        assert refusal(lambda: take(change, "approve", asker)).kind is Refusal.GUARD  # noqa: B023
        assert refusal(lambda: take(change, "approve", gets)).kind is Refusal.GUARD  # noqa: B023
    assert not Posting.objects.filter(role="auditor").exists()


def covers(by: User, who: User, begins: timedelta, lasts: timedelta) -> Callable[[], Any]:
    start = timezone.now() + begins
    said = {
        "user": who.collar_number, "role": "sergeant", "unit": "NR3", "why": "Acting for the night turn.",
        "from_at": start.isoformat(), "to_at": (start + lasts).isoformat(),
    }  # fmt: skip
    return lambda: take(PostingChange(), "cover", by, **said)


def test_covers_in_a_chain_are_no_posting_without_a_second_person(priya: User, tom: User, nr3: Unit) -> None:
    day = timedelta(hours=24)
    covers(priya, tom, timedelta(minutes=1), day)()
    for begins in (timedelta(hours=1), day, day + timedelta(hours=3), timedelta(minutes=1)):
        assert refusal(covers(priya, tom, begins, day)).kind is Refusal.GUARD, begins
    assert covers(priya, tom, 2 * day, timedelta(hours=8))().posting is not None  # after a rest it is another cover


def test_a_role_is_not_lengthened_once_it_has_ended(una: User, ivor: User, tom: User, nr3: Unit) -> None:
    posting = Posting.objects.get(user=tom)
    until = (timezone.now() + timedelta(days=30)).isoformat()
    change = take(PostingChange(posting=posting, unit=nr3), "extend", una, to_at=until, why="Stays for the inquiry.")
    take(PostingChange(posting=posting, unit=nr3), "end", una)
    assert refusal(lambda: take(change, "approve", ivor)).kind is Refusal.GUARD
    assert not tom.holds({"officer"}, None)


def test_an_old_request_gives_nothing_to_somebody_who_has_left(una: User, ivor: User, tom: User, force: Unit) -> None:
    change = asked(una, tom, role="auditor")
    take(tom, "leave", una)
    assert refusal(lambda: take(change, "approve", ivor)).kind is Refusal.GUARD
    assert not Posting.objects.filter(user=tom, role="auditor").exists()


def test_a_number_given_twice_shuts_out_nobody_by_mistake(
    hannahs_case: Case, una: User, sam: User, victor: User, priya: User, nr3: Unit
) -> None:
    """Whoever is to be shut out has their number put on a colleague's record; the wrong one of two would be shut out."""
    take(sam, "change", una, first_name="Sam", last_name="Okafor", collar_number=victor.collar_number, unit="SR1")
    refused = refusal(lambda: shut_out(hannahs_case, victor, priya))
    assert refused.kind is Refusal.FORM
    assert "Two people have that number" in str(refused.errors.errors)
    assert Case.objects.visible_to(sam).filter(pk=hannahs_case.pk).exists()


def test_no_code_is_made_for_the_system_itself(una: User, sign_in: SignIn, force: Unit) -> None:
    """Its account sees every case. It is on no page of people, so nobody can be told a password for it."""
    system = User.objects.system()
    browser = sign_in(una)
    for path in (f"/administration/people/{system.pk}/", f"/administration/people/{system.pk}/code/"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"reason": "It must be let in."}).status_code in (404, 405)
    assert refusal(lambda: take(system, "invite", una)).kind is Refusal.HIDDEN
    assert refusal(lambda: take(system, "suspend", una)).kind is Refusal.HIDDEN


def test_an_officer_turns_no_feature_however_it_is_sent(ellen: User, sign_in: SignIn, nr3: Unit) -> None:
    said = {"flag": "mentions", "is_on": "no", "unit": str(nr3.pk), "reason": "It is in my way.", "token": "a" * 32}
    answer = sign_in(ellen).post("/work/feature/new/turn/", said)
    assert answer.status_code in (403, 404) and not FlagSetting.objects.exists()


def test_fields_that_a_record_of_a_person_does_not_ask_give_no_power(una: User, ellen: User, sign_in: SignIn) -> None:
    """Mass assignment through the page of a colleague: is_superuser, a password, a state, a version."""
    ellen.set_password(NEW_PASSWORD)
    ellen.save(update_fields=["password"])
    said = {
        "first_name": "Ellen", "last_name": "Marsh", "rank": "PC", "collar_number": "2877", "email": "", "unit": "NR3",
        "is_superuser": "on", "is_staff": "on", "is_system": "on", "password": "x", "username": "system2", "role": "auditor",
        "state": "left", "seen": str(ellen.version), "token": "b" * 32,
    }  # fmt: skip
    assert sign_in(una).post(f"/work/person/{ellen.pk}/change/", said).status_code == 302
    now = User.objects.get(pk=ellen.pk)
    assert (now.is_superuser, now.is_staff, now.is_system, now.username, now.state) == (
        False,
        False,
        False,
        "2877",
        "working",
    )
    assert now.check_password(NEW_PASSWORD) and now.roles_over(None) == {"officer"}


def test_who_keeps_the_people_learns_of_no_restricted_case_from_what_they_hold(
    hannahs_case: Case, hannahs_incident: Incident, una: User, ellen: User, priya: User, sign_in: SignIn
) -> None:
    from_now = {"reason": "The suspect works with us."}
    take(hannahs_case, "restrict", priya, **from_now)
    page = sign_in(una).get(f"/administration/people/{ellen.pk}/").content.decode()
    assert hannahs_case.reference not in page and "A case" in page


def test_guesses_at_a_first_password_are_told_nothing_and_use_up_no_code(
    una: User, ellen: User, june: User, nobody: Client
) -> None:
    code = Invitation.objects.invite(ellen, una, timezone.now())
    said = {"password": NEW_PASSWORD, "again": NEW_PASSWORD, "username": ellen.username}
    for guess in ("AAAAA-AAAAA-AAAAA-AAAAA", code[:-1], "' OR 1=1 --", code[::-1]):
        assert nobody.post("/sign-in/first-password/", {**said, "code": guess}).status_code == 422, guess
    theirs = nobody.post("/sign-in/first-password/", {**said, "code": code, "username": june.username})
    assert theirs.status_code == 422
    ellen.refresh_from_db()
    assert not ellen.check_password(NEW_PASSWORD)
    assert nobody.post("/sign-in/first-password/", {**said, "code": code}).status_code == 302


def test_five_guesses_at_a_first_password_and_not_even_the_right_code_is_tried(
    una: User, ellen: User, nobody: Client
) -> None:
    code = Invitation.objects.invite(ellen, una, timezone.now())
    said = {"password": NEW_PASSWORD, "again": NEW_PASSWORD, "username": ellen.username}
    for _ in range(5):
        nobody.post("/sign-in/first-password/", {**said, "code": "AAAAA-AAAAA-AAAAA-AAAAA"})
    assert nobody.post("/sign-in/first-password/", {**said, "code": code}).status_code == 422
    ellen.refresh_from_db()
    assert not ellen.check_password(NEW_PASSWORD)


def test_the_code_of_somebody_who_was_shut_out_meanwhile_opens_nothing(una: User, ellen: User, force: Unit) -> None:
    now = timezone.now()
    code = Invitation.objects.invite(ellen, una, now)
    take(ellen, "suspend", una)
    assert not set_first_password(username=ellen.username, code=code, password=NEW_PASSWORD, at=now)
    other = person("PC", "9010", "Rowan Teal")
    code = Invitation.objects.invite(other, una, now)
    late = now + timedelta(hours=73)
    assert not set_first_password(username="9010", code=code, password=NEW_PASSWORD, at=late)
