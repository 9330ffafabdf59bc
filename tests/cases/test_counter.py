"""They accuse each other: a second case with the parts swapped, each heard and assessed by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, LinkedCase, SafeContact, ShutOut
from cases.models.marker import marked
from cases.services.children import involve_unborn
from risk.services.history import history_of
from tests import factories
from tests.cases.recording import press, words
from tests.cast import involve, shut_out
from workflow import engine
from workflow.engine import available
from workflow.models import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(ellen: User) -> Incident:
    """Hannah says that Daniel harmed her; Eli heard it. Everything is said."""
    incident = factories.complete(ellen)
    involve(incident, ellen, "child", "Eli Okoro", whereabouts="heard", own_words="He was shouting at mummy again")
    engine.perform(
        incident.case,
        "safe-contact",
        by=ellen,
        evidence={**factories.WAYS, "code_word": "tangerine", "changed_because": "She asked for a code word."},
    )
    return Incident.objects.get(pk=incident.pk)


def countered(incident: Incident, by: User, **said: Any) -> Incident:
    """The second record, as the step leaves it."""
    done: Any = engine.perform(incident, "counter", by=by, evidence=said, seen=incident.version)
    return Incident.objects.select_related("case").get(pk=done.led_to.pk)


def who(incident: Incident) -> dict[str, list[int]]:
    rows = incident.involvements.standing().order_by("pk")
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.part, []).append(row.person_id)
    return found


def test_one_press_leads_to_the_task_list_of_the_second_record(first: Incident, ellen: User, sign_in: Any) -> None:
    browser: Client = sign_in(ellen)
    page = browser.get(f"/work/incident/{first.pk}/counter/")
    assert "Another officer should take the second account where possible" in words(page)
    answer = press(browser, f"/work/incident/{first.pk}/counter/", {})
    second = Incident.objects.exclude(pk=first.pk).get()
    assert answer["Location"] == f"/work/incident/{second.pk}/"
    assert "Immediate safeguarding" in words(browser.get(answer["Location"]))


def test_pressed_twice_it_begins_one(first: Incident, ellen: User, sign_in: Any) -> None:
    browser: Client = sign_in(ellen)
    said = {"seen": str(first.version), "token": "the-same-form"}
    answers = [browser.post(f"/work/incident/{first.pk}/counter/", said) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Incident.objects.count() == 2


def test_the_parts_are_swapped_and_the_people_are_the_same(first: Incident, ellen: User) -> None:
    second = countered(first, ellen)
    was, now = who(first), who(second)
    assert (now["victim"], now["suspect"], now["child"]) == (was["suspect"], was["victim"], was["child"])
    assert second.case != first.case and second.case.kind == "investigation"


def test_a_child_not_yet_born_is_not_born_by_it(first: Incident, ellen: User) -> None:
    due = timezone.localdate() + timedelta(days=60)
    child = involve_unborn(incident=first, by=ellen, due_on=due)
    second = countered(Incident.objects.get(pk=first.pk), ellen)
    row = second.people("child").get(person=child.person)
    assert (row.unborn, row.due_on) == (True, due)


def test_when_and_where_are_not_typed_again(first: Incident, ellen: User) -> None:
    second = countered(first, ellen)
    for name in (
        "reported_at",
        "channel",
        "log_ref",
        "place",
        "postcode",
        "place_kind",
        "occurred_from",
        "occurred_to",
    ):
        assert getattr(second, name) == getattr(first, name), name
    connected = second.people("suspect").get()
    assert (connected.relationship, connected.cohabiting) == ("XBG", "no")


@pytest.mark.parametrize(("was", "now"), [("SD", "PA"), ("PA", "SD"), ("SI", "SI"), ("XCO", "XCO")])
def test_the_tie_is_said_from_the_other_side(first: Incident, ellen: User, was: str, now: str) -> None:
    row = first.people("suspect").get()
    engine.amend(row, {"relationship": was}, beneath=first, by=ellen, seen=row.version)
    assert countered(first, ellen).people("suspect").get().relationship == now


@pytest.mark.parametrize(
    ("was", "now"), [("victim_home", "suspect_home"), ("suspect_home", "victim_home"), ("street", "street")]
)
def test_whose_home_it_was_turns_round_with_the_parts(first: Incident, ellen: User, was: str, now: str) -> None:
    moved = engine.amend(first, {"place_kind": was}, by=ellen, seen=first.version)
    assert countered(moved, ellen).place_kind == now


def test_each_side_is_heard_and_assessed_by_itself(first: Incident, ellen: User) -> None:
    second = countered(first, ellen)
    assert (second.account, second.everyone_safe, second.made_safe, second.arrested) == ("", "", "", "")
    assert second.abuse_types == [] and second.positive_actions == []
    assert not any(row.own_words for row in second.involvements.all())
    assert second.people("child").get().whereabouts == ""
    assert not second.assessments.exists() if hasattr(second, "assessments") else True
    assert not SafeContact.objects.filter(case=second.case).exists()


def test_somebody_else_may_take_the_second_account(first: Incident, ellen: User, tom: User) -> None:
    second = countered(first, ellen, taken_by="2208")
    assert second.case.holder_of("investigation") == tom.pk
    assert first.case.holder_of("investigation") == ellen.pk


def test_what_keeps_people_out_of_the_first_keeps_them_out_of_the_second(
    first: Incident, ellen: User, priya: User, victor: User
) -> None:
    shut_out(first.case, victor, priya)
    engine.perform(first.case, "restrict", by=priya, evidence={"reason": "A party is known to the team."})
    second = countered(Incident.objects.get(pk=first.pk), ellen)
    assert second.case.restricted
    assert ShutOut.objects.in_force().get(case=second.case).person == victor
    assert not Case.objects.visible_to(victor).filter(pk=second.case_id).exists()
    assert Case.objects.visible_to(ellen).filter(pk=second.case_id).exists()


def test_nobody_can_be_accused_before_both_are_named(ellen: User) -> None:
    begun = factories.begun(ellen)
    with pytest.raises(Refused, match="Add the person harmed and the suspect first"):
        engine.perform(begun, "counter", by=ellen, evidence={}, seen=begun.version)


def test_of_several_suspects_somebody_says_which_one_was_harmed_too(first: Incident, ellen: User) -> None:
    other = involve(first, ellen, "suspect", "Luke Reeve", relationship="OR", cohabiting="no")
    now = Incident.objects.get(pk=first.pk)
    with pytest.raises(Refused) as refused:
        engine.perform(now, "counter", by=ellen, evidence={}, seen=now.version)
    assert "Choose who says that they were harmed too" in str(refused.value.errors.errors)
    second = countered(now, ellen, accuser=str(other.pk))
    assert who(second)["victim"] == [other.person_id]


def test_it_is_begun_once_for_each_who_accuses(first: Incident, ellen: User) -> None:
    countered(first, ellen)
    again = Incident.objects.get(pk=first.pk)
    with pytest.raises(Refused, match="The second case has been begun"):
        engine.perform(again, "counter", by=ellen, evidence={}, seen=again.version)
    offered = {offer.step.name: offer.refusal for offer in available(again, ellen)}
    assert offered["counter"].startswith("Not available.")


def test_both_cases_bear_the_mark(first: Incident, ellen: User) -> None:
    second = countered(first, ellen)
    found = marked(Incident.objects.all(), "counter_allegation", ellen)
    assert set(found) == {first, second}
    assert set(LinkedCase.objects.counter().values_list("case", flat=True)) == {first.case_id, second.case_id}


def test_whoever_may_not_open_the_second_case_sees_no_mark_on_the_first(
    first: Incident, ellen: User, priya: User, victor: User
) -> None:
    second = countered(first, ellen)
    shut_out(second.case, victor, priya)
    assert not marked(Incident.objects.filter(pk=first.pk), "counter_allegation", victor).exists()


def test_a_report_against_somebody_is_not_counted_as_harm_to_them(first: Incident, ellen: User) -> None:
    """Own incidents are counted for each part: the night counts once for each, and nobody is somebody else's other victim."""
    second = countered(first, ellen)
    for incident in (first, second):
        known = history_of(incident, ellen, months=12)
        assert (known.incidents, known.earlier, known.others_harmed) == (1, False, 0)
    factories.peopled(factories.begun(ellen, second.case, log_ref="0400", minutes_ago=20), ellen)
    assert history_of(first, ellen, months=12).incidents == 1
