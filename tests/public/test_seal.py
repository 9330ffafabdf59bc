"""What travels in the page: only we can read it, for half an hour; and how often one address may come."""

from __future__ import annotations

import base64

from public.limits import Limit, nameless
from public.sealed import Page, seal, unseal

KEY, QUIET, NOW = "k" * 60, 1800, 1_800_000_000
TOLD = Page(key="0" * 32, at="why", said={"subject_name": "Kurt Vane"}, typed={"why": ["He hit her"]})


def test_half_an_hour_later_nobody_can_open_it_any_more() -> None:
    token = seal(TOLD, KEY, NOW)
    assert unseal(token, KEY, NOW + QUIET, QUIET) == TOLD
    assert unseal(token, KEY, NOW + QUIET + 1, QUIET) is None


def test_nobody_reads_it_without_the_key() -> None:
    token = seal(TOLD, KEY, NOW)
    assert unseal(token, "another" * 10, NOW, QUIET) is None
    assert b"Kurt" not in base64.urlsafe_b64decode(token)


def test_nobody_changes_it() -> None:
    token = seal(TOLD, KEY, NOW)
    changed = token[:60] + ("A" if token[60] != "A" else "B") + token[61:]
    assert [unseal(bad, KEY, NOW, QUIET) for bad in (changed, "", "x", "é", token * 900)] == [None] * 5


def test_each_request_has_a_key_of_its_own() -> None:
    assert Page().key != Page().key


def test_one_address_is_stopped_and_another_is_not_and_time_lets_it_in_again() -> None:
    limit = Limit(2, 60)
    assert [limit.bites("one", 0), limit.bites("one", 1), limit.bites("one", 2)] == [False, False, True]
    assert not limit.bites("another", 2)
    assert not limit.bites("one", 61)


def test_what_was_refused_does_not_count_on() -> None:
    limit = Limit(1, 60)
    assert [limit.bites("one", moment) for moment in (0, 30, 59, 61)] == [False, True, True, False]


def test_an_address_is_not_kept_and_a_household_is_one() -> None:
    assert "192.0.2.7" not in nameless("192.0.2.7")
    assert nameless("192.0.2.7") != nameless("192.0.2.8")
    assert nameless("2001:db8:1:2::1") == nameless("2001:db8:1:2:ffff::9")
    assert nameless("2001:db8:1:2::1") != nameless("2001:db8:1:3::1")
    assert nameless("nonsense") == nameless("")
