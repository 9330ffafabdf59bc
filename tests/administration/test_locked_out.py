"""Locked out of sign-in: seen by the administrator, let in sooner by a step; a force account's number forgotten by another."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.attempts import GUESSES
from accounts.models import Attempt, User
from audit.models import Event
from tests.accounts.conftest import SECRET_OF_HERS
from tests.cast import client_of, take
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db
PASSWORD = "plum ladder violin"  # noqa: S105 - of nobody
LIST = "/administration/people/?locked=yes"


@pytest.fixture
def locked(ellen: User) -> User:
    """Ellen, whose name somebody tried five times with a wrong password."""
    ellen.set_password(PASSWORD)
    ellen.save(update_fields=["password"])
    for _ in range(GUESSES):
        Client().post("/sign-in/", {"login": ellen.username, "password": "not hers"})
    return ellen


def gets_in(person: User) -> bool:
    browser = Client()
    browser.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    return browser.get("/clocks/").status_code == 200


def test_the_lock_is_shown_in_the_list_and_on_the_persons_page(una: User, locked: User, tom: User) -> None:
    browser = client_of(una)
    listed = browser.get(LIST).content.decode()
    assert "Ellen Marsh" in listed and "Locked out" in listed and "Tom Ashdown" not in listed
    page = browser.get(f"/administration/people/{locked.pk}/").content.decode()
    assert "Locked out of sign-in" in page and f"/work/person/{locked.pk}/admit/" in page
    assert "Locked out of sign-in" not in browser.get(f"/administration/people/{tom.pk}/").content.decode()


def test_an_administrator_lets_them_in_sooner_and_it_is_in_the_record(una: User, locked: User) -> None:
    assert not gets_in(locked)
    take(locked, "admit", una)
    assert Event.objects.filter(name="person.admit", subject_id=locked.pk, by=una).count() == 1
    assert gets_in(locked)
    assert "Ellen Marsh" not in client_of(una).get(LIST).content.decode()


def test_nobody_lets_in_who_is_not_locked_out_nor_lets_themselves_in(una: User, tom: User) -> None:
    with pytest.raises(Refused) as refused:
        take(tom, "admit", una)
    assert refused.value.kind is Refusal.STATE
    for _ in range(GUESSES):
        Client().post("/sign-in/", {"login": una.username, "password": "not hers"})
    with pytest.raises(Refused) as refused:
        take(una, "admit", una)
    assert refused.value.kind is Refusal.GUARD


def test_a_sergeant_lets_nobody_in(locked: User, priya: User) -> None:
    with pytest.raises(Refused) as refused:
        take(locked, "admit", priya)
    assert refused.value.kind in (Refusal.ROLE, Refusal.HIDDEN)


def test_the_number_of_a_force_account_is_forgotten_by_a_step(una: User, ellen: User, tom: User) -> None:
    SocialAccount.objects.create(user=ellen, provider="force", uid="old-number")
    take(ellen, "unbind", una)
    assert not SocialAccount.objects.exists() and Event.objects.filter(name="person.unbind").count() == 1
    with pytest.raises(Refused) as refused:
        take(tom, "unbind", una)
    assert refused.value.kind is Refusal.STATE


def test_a_lost_second_factor_is_taken_away_with_every_session_and_never_ones_own(una: User, ellen: User) -> None:
    for person in (ellen, una):
        TOTP.activate(person, SECRET_OF_HERS)
        RecoveryCodes.activate(person)
    hers = client_of(ellen)
    assert hers.get("/clocks/").status_code == 200
    take(ellen, "factor", una)
    assert not Authenticator.objects.filter(user=ellen).exists() and hers.get("/clocks/").status_code == 302
    assert Event.objects.filter(name="person.factor", subject_id=ellen.pk, by=una).count() == 1
    for person, why in ((ellen, Refusal.STATE), (una, Refusal.GUARD)):
        with pytest.raises(Refused) as refused:
            take(person, "factor", una)
        assert refused.value.kind is why


def test_no_code_is_made_for_somebody_whom_only_the_force_account_lets_in(
    una: User, ellen: User, tom: User, settings: Any
) -> None:
    settings.OIDC_ISSUER, settings.LOCAL_SIGN_IN = "https://sign-in.example", "break-glass"
    settings.BREAK_GLASS_ACCOUNTS = [tom.username]
    page = client_of(una).get(f"/administration/people/{ellen.pk}/").content.decode()
    assert f"/administration/people/{ellen.pk}/code/" not in page
    with pytest.raises(Refused) as refused:
        take(ellen, "invite", una)
    assert refused.value.kind is Refusal.GUARD
    assert f"/people/{tom.pk}/code/" in client_of(una).get(f"/administration/people/{tom.pk}/").content.decode()
    assert take(tom, "invite", una).told_once


def test_codes_for_a_first_password_are_counted_and_lock_like_passwords(una: User, ellen: User, nobody: Client) -> None:
    code = take(ellen, "invite", una).told_once
    said = {"username": ellen.username, "password": PASSWORD, "again": PASSWORD}
    for _ in range(GUESSES):
        nobody.post("/sign-in/first-password/", {**said, "code": "AAAAA-AAAAA-AAAAA-AAAAA"})
    answer = nobody.post("/sign-in/first-password/", {**said, "code": code})
    assert answer.status_code == 422 and "Too many wrong attempts" in answer.content.decode()
    assert Attempt.objects.filter(kind="first", person=ellen).count() == GUESSES
    assert Event.objects.filter(name="sign-in.locked-out").count() == 1
    take(ellen, "admit", una)
    assert nobody.post("/sign-in/first-password/", {**said, "code": code}).status_code == 302
    assert gets_in(ellen)
