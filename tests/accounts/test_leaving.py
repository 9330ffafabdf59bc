"""A leaver is out at once, and what they held is found again."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.leaving import disable
from accounts.models import Posting, Session, Unit, User
from cases.models import Case, Holding
from tests.accounts.conftest import is_inside, sign_in


def test_the_very_next_request_is_a_strangers(knows: User) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser)
        assert is_inside(browser)
    disable(knows, at=timezone.now())
    assert not any(is_inside(browser) for browser in browsers)
    assert not Session.objects.filter(user=knows).exists()
    sign_in(browsers[0])
    assert not is_inside(browsers[0])


def test_a_session_that_outlives_its_row_opens_nothing_either(knows: User) -> None:
    """Two guards: the session is gone, and an inactive person is nobody."""
    browser = Client()
    sign_in(browser)
    User.objects.filter(pk=knows.pk).update(is_active=False)
    assert not is_inside(browser)


def test_every_role_ends_at_the_moment(ellen: User, nr3: Unit, northgate: Unit) -> None:
    now = timezone.now()
    acting = Posting.objects.create(user=ellen, role="sergeant", unit=nr3, from_at=now + timedelta(days=2))
    over = Posting.objects.create(
        user=ellen, role="inspector", unit=northgate, from_at=now - timedelta(days=9), to_at=now - timedelta(days=8)
    )
    disable(ellen, at=now)
    assert ellen.is_active is False and ellen.roles_over(None) == frozenset()
    assert not Posting.objects.filter(user=ellen, to_at__isnull=True).exists()
    for later in (now, now + timedelta(days=3)):
        running = Posting.objects.filter(user=ellen, from_at__lte=later, to_at__gt=later)
        assert not running.exclude(pk=acting.pk).exists()
    over.refresh_from_db()
    assert over.to_at == now - timedelta(days=8), "a posting that had ended was changed"


def test_what_they_hold_is_still_theirs_on_paper(hannahs_case: Case, ellen: User) -> None:
    held = Holding.objects.filter(person=ellen, to_at__isnull=True).count()
    disable(ellen, at=timezone.now())
    assert held and Holding.objects.filter(person=ellen, to_at__isnull=True).count() == held


def test_disabling_twice_is_as_good_as_once(ellen: User) -> None:
    disable(ellen, at=timezone.now())
    ended = list(Posting.objects.filter(user=ellen).values_list("to_at", flat=True))
    disable(ellen, at=timezone.now() + timedelta(hours=1))
    assert list(Posting.objects.filter(user=ellen).values_list("to_at", flat=True)) == ended
