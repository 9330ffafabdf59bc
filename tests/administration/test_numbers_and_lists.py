"""Numbers in rules by two people; the force's own answers; the clocks of a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Case
from risk.models import RiskThreshold
from supervision.models import ThresholdChange
from tests.cast import client_of, person, take
from workflow.models import PolicySetting, ReferenceEntry, Refusal, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(force: Unit) -> User:
    """Another superintendent."""
    return person("Supt", "0044", "Grace Adeyemi", ("superintendent", force))


def number(by: User, value: int = 15, days: int = 1, **said: Any) -> ThresholdChange:
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    said = {"name": "ric_high", "value": value, "valid_from": day, "authority": "Force order 7 of 2026", **said}
    change: ThresholdChange = take(ThresholdChange(), "propose", by, **said)
    return change


def high(on: date) -> int:
    return RiskThreshold.objects.in_force(on)["ric_high"]


def test_a_number_holds_from_its_day_once_a_second_person_approved(una: User, june: User) -> None:
    today = timezone.localdate()
    change = number(una)
    assert high(today + timedelta(days=1)) == 14
    take(change, "approve", june)
    assert (high(today), high(today + timedelta(days=1))) == (14, 15)


def test_who_proposed_a_number_does_not_approve_it(june: User, grace: User) -> None:
    change = number(june)
    with pytest.raises(Refused) as refused:
        take(change, "approve", june)
    assert refused.value.kind is Refusal.GUARD
    assert take(change, "refuse", grace).state == ThresholdChange.State.REFUSED


def test_a_number_that_does_harm_is_out_of_use_at_once(una: User, june: User) -> None:
    today = timezone.localdate()
    change = take(number(una, days=0), "approve", june)
    assert high(today) == 15
    take(change, "withdraw", una)
    assert high(today) == high(today + timedelta(days=400)) == 14


@pytest.mark.parametrize("said", [{"value": 14}, {"value": 0}, {"value": 9}, {"authority": ""}, {"name": "nonsense"}])
def test_what_cannot_be_a_number_is_refused(una: User, said: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        number(una, **said)
    assert refused.value.kind is Refusal.FORM


def test_a_force_words_its_own_reasons_and_they_are_asked_at_the_door(una: User, sam: User, hannahs_case: Case) -> None:
    take(
        ReferenceEntry(),
        "add",
        una,
        of="opening",
        code="review",
        label="I am reviewing a closed case",
        hint="",
        order=35,
    )
    url = f"/cases/{hannahs_case.reference}/reason/"
    assert "I am reviewing a closed case" in client_of(sam).get(url).content.decode()
    client_of(sam).post(url, {"code": "review"})
    assert Access.objects.filter(reason_code="review", by=sam).exists()


def test_an_ended_answer_is_offered_no_longer_and_never_deleted(una: User, sam: User, hannahs_case: Case) -> None:
    asked = ReferenceEntry.objects.get(code="asked")
    take(asked, "end", una)
    url = f"/cases/{hannahs_case.reference}/reason/"
    assert "A colleague asked me to" not in client_of(sam).get(url).content.decode()
    assert client_of(sam).post(url, {"code": "asked"}).status_code == 422
    assert ReferenceEntry.objects.filter(code="asked").exists()
    take(asked, "offer", una)
    assert "A colleague asked me to" in client_of(sam).get(url).content.decode()


def test_the_last_answer_cannot_be_ended_and_the_door_opens_without_any(
    una: User, sam: User, hannahs_case: Case
) -> None:
    with pytest.raises(Refused):
        take(ReferenceEntry.objects.get(code="other"), "end", una)
    ReferenceEntry.objects.all().update(until=timezone.localdate())
    assert client_of(sam).post(f"/cases/{hannahs_case.reference}/reason/", {"later": "1"}).status_code == 302


@pytest.mark.parametrize("code", ["attending", "not_given", "Two Words", ""])
def test_a_code_is_new_and_lasting(una: User, code: str) -> None:
    with pytest.raises(Refused) as refused:
        take(ReferenceEntry(), "add", una, of="opening", code=code, label="Anything", hint="", order=5)
    assert refused.value.kind is Refusal.FORM


def test_the_clocks_of_a_day_show_what_was_in_force_beside_the_default(june: User, grace: User) -> None:
    day = timezone.localdate() + timedelta(days=40)
    said = {"policy": "record-sent", "valid_from": day.isoformat(), "within": "hours:20", "authority": "Force order 9"}
    setting = take(PolicySetting(), "propose", june, **said)
    page = client_of(grace).get("/clocks/").content.decode()
    assert "<ins>20 hours</ins>" in page and "Set by this force" not in page
    take(setting, "approve", grace)
    assert "Set by this force" not in client_of(grace).get("/clocks/").content.decode()
    later = client_of(grace).get(f"/clocks/?on={day.isoformat()}").content.decode()
    assert "Set by this force" in later and "Force order 9" in later
    assert client_of(grace).get("/clocks/?on=2026-99-99&before=x").status_code == 200


def test_each_role_finds_its_rooms_and_no_others(una: User, june: User, dana: User, ellen: User) -> None:
    rooms = {who: client_of(who).get("/administration/").content.decode() for who in (una, june, dana)}
    assert all(label in rooms[una] for label in ("People", "Units", "Postings and cover", "Bank holidays", "Lists"))
    assert "Bank holidays" in rooms[june] and "/administration/holidays/" not in rooms[dana]
    assert client_of(ellen).get("/administration/").status_code == 403


def test_the_pages_of_numbers_and_lists(una: User, june: User) -> None:
    number(una)
    page = client_of(june).get("/administration/numbers/").content.decode()
    assert "Approve this number" in page and "15" in page
    assert "Something else" in client_of(una).get("/administration/lists/").content.decode()
    assert client_of(june).get("/administration/lists/").status_code == 403
