"""What the force means by its words: changed by two people, from a day on; read by everybody, and by whom not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import DefinitionRead, DefinitionSet
from tests.cast import client_of, take
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db
TEXT = "Somebody harmed in three or more incidents within six months."


def proposed(by: User, days: int = 1, **said: Any) -> DefinitionSet:
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    said = {
        "code": "repeat_victim", "text": TEXT, "window_months": 6, "at_least": 3, "valid_from": day,
        "authority": "Force order 7 of 2026", **said,
    }  # fmt: skip
    row: DefinitionSet = take(DefinitionSet(), "propose", by, **said)
    return row


def meaning(days: int = 0) -> str:
    found: str = DefinitionSet.objects.in_force(timezone.localdate() + timedelta(days=days))["repeat_victim"].text
    return found


def test_words_hold_from_their_day_once_a_second_person_approved(una: User, june: User) -> None:
    before = meaning()
    row = proposed(una)
    assert meaning(1) == before
    take(row, "approve", june)
    assert (meaning(), meaning(1)) == (before, TEXT)


def test_who_proposed_words_does_not_approve_them(june: User) -> None:
    with pytest.raises(Refused) as refused:
        take(proposed(june), "approve", june)
    assert refused.value.kind is Refusal.GUARD


def test_words_that_do_harm_are_out_of_use_at_once_and_days_gone_by_keep_them(una: User, june: User) -> None:
    before = meaning()
    row = take(proposed(una, days=0), "approve", june)
    assert meaning() == TEXT
    take(row, "withdraw", una)
    assert meaning() == meaning(400) == before


@pytest.mark.parametrize("said", [
    {"text": "short"}, {"at_least": 1}, {"at_least": ""}, {"window_months": 0}, {"window_months": 99999},
    {"code": "nonsense"}, {"authority": ""}, {"code": "vulnerable", "at_least": 3}, {"valid_from": "2026-02-30"},
])  # fmt: skip
def test_what_cannot_be_a_definition_is_refused(una: User, said: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        proposed(una, **said)
    assert refused.value.kind is Refusal.FORM


@pytest.mark.requirement("S3-017")
def test_everybody_reads_them_says_so_and_command_sees_who_has_not(
    ellen: User, tom: User, ruth: User, una: User, june: User, sam: User
) -> None:
    """Shown to everybody, acknowledged by version; another version is read anew; the inspector sees her own people."""
    browser = client_of(ellen)
    page = browser.get("/definitions/").content.decode()
    labels = ("Repeat victim", "Serial suspect", "Vulnerable", "MARAC repeat", "High harm")
    assert all(label in page for label in labels)
    versions = list(DefinitionSet.objects.values_list("pk", flat=True))
    assert browser.post("/definitions/", {"version": versions}).status_code == 302
    assert "You have read all of these" in browser.get("/definitions/").content.decode()
    assert DefinitionRead.objects.filter(person=ellen).count() == len(versions)
    missing = client_of(ruth).get("/definitions/not-read/").content.decode()
    assert "Ashdown" in missing and "Marsh" not in missing and "Okafor" not in missing
    take(proposed(una, days=0), "approve", june)
    again = client_of(ruth).get("/definitions/not-read/").content.decode()
    assert "Marsh" in again and "1 not read" in again
    assert TEXT in browser.get("/definitions/").content.decode()


def test_how_a_word_is_counted_is_one_sentence(ellen: User) -> None:
    page = " ".join(client_of(ellen).get("/definitions/").content.decode().split())
    assert "Counted: 2 or more in 12 months: incidents" in page


def test_a_word_that_nothing_counts_says_who_says_it(ellen: User) -> None:
    """High harm is judged by a person; MARAC repeat waits for referrals, and the page does not let anybody think otherwise."""
    page = " ".join(client_of(ellen).get("/definitions/").content.decode().split())
    for word, says in (("high_harm", "a person marks a case, and says why"), ("marac_repeat", "Not counted yet")):
        section = page[page.index(f'id="{word}"') :]
        assert says in section[: section.index("</section>")]


def test_an_old_page_says_nothing_of_what_came_since_and_twice_is_once(ellen: User, una: User, june: User) -> None:
    browser = client_of(ellen)
    old = list(DefinitionSet.objects.values_list("pk", flat=True))
    newer = take(proposed(una, days=0), "approve", june)
    for _ in range(2):
        browser.post("/definitions/", {"version": [*old, "x", "-1", "9" * 30]})
    assert not DefinitionRead.objects.filter(person=ellen, definition=newer).exists()
    assert DefinitionRead.objects.filter(person=ellen).count() == len(old) - 1  # the one that it replaced is not read


def test_changes_are_shown_to_whoever_decides_and_to_no_officer(una: User, june: User, ellen: User) -> None:
    proposed(una)
    page = client_of(june).get("/definitions/").content.decode()
    assert TEXT in page and "Approve this definition" in page
    assert TEXT not in client_of(ellen).get("/definitions/").content.decode()
    assert client_of(ellen).get("/definitions/not-read/").status_code == 403
    for odd in ("?before=x", "?before=-1", "?after=99999999999999"):
        assert client_of(june).get(f"/definitions/not-read/{odd}").status_code == 200
        assert client_of(june).get(f"/definitions/{odd}").status_code == 200
