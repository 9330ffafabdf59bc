"""What the record derives and nobody types: heads of abuse, connection, class, definition, markers (A.1, A.2, A.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as some

from accounts.models import User
from cases.forms.involvement import SuspectPerson
from cases.models import Crime, Incident, Involvement
from cases.models.answers import AbuseSign, AbuseType, Whereabouts
from cases.models.definition import ADULT, NO, UNKNOWN, YES, Age, define
from cases.models.marker import marked
from cases.models.relationship import (
    FAMILY,
    FAMILY_CODES,
    PARTNER,
    PARTNER_BEFORE,
    PARTNER_CODES,
    PARTNER_NOW,
    RELATIONSHIPS,
    kind_of,
)
from tests import factories
from tests.cases.recording import safe, save, section, words
from tests.cases.test_markers import borne, said
from tests.cast import involve
from workflow import engine

SignIn = Callable[[User | None], Client]
MODEST = settings(max_examples=60, deadline=None)
SINCE_THE_ACT = datetime(2026, 8, 29, 1, 0, tzinfo=UTC)
BEFORE_IT = datetime(2019, 8, 29, 1, 0, tzinfo=UTC)
HIT = ["Physical or sexual abuse"]

#: A.2 as the brief has it: the class, and the ground of section 2(1). Written out here so that the product cannot agree
#: with itself by mistake.
BRIEF = {
    "SP": (PARTNER_NOW, "a"), "CP": (PARTNER_NOW, "b"), "CO": (PARTNER_NOW, "e"), "BG": (PARTNER_NOW, "e"),
    "XSP": (PARTNER_BEFORE, "a"), "XCP": (PARTNER_BEFORE, "b"), "XCO": (PARTNER_BEFORE, "e"),
    "XBG": (PARTNER_BEFORE, "e"), "EN": (PARTNER, "cd"), "AD": (PARTNER, "e"), "PC": (PARTNER_BEFORE, "f"),
    "SD": (FAMILY, "g"), "PA": (FAMILY, "g"), "SI": (FAMILY, "g"), "OR": (FAMILY, "g"), "NO": ("", ""), "NK": ("", ""),
}  # fmt: skip
AGES = some.one_of(some.none(), some.builds(Age, some.integers(0, 110), some.booleans()))
NEAR_SIXTEEN = some.integers(14, 18) | some.integers(0, 90)
CODES = some.sampled_from(sorted(RELATIONSHIPS))
KINDS = some.lists(some.sampled_from(AbuseType.values), max_size=5, unique=True)


# --- A.1: the statute ---------------------------------------------------------------------------------------------------


def test_the_kinds_of_abuse_are_the_five_heads_of_the_act_and_each_alone_is_enough() -> None:
    """s1(3): physical or sexual; violent or threatening; controlling or coercive; economic; psychological, emotional or other."""
    assert AbuseType.values == ["physical", "violent", "controlling", "economic", "psychological"]
    for head in AbuseType.labels:
        assert define(SINCE_THE_ACT, Age(30), Age(30), RELATIONSHIPS["CO"], [head]).answer == YES


@pytest.mark.requirement("S0-001")
def test_each_sub_type_of_the_brief_is_chosen_by_itself_on_the_page_and_kept(
    ellen: User, sign_in: SignIn, hannahs_incident: Incident
) -> None:
    """Kinds are several; honour, forced marriage and FGM are findable by themselves, whatever head they fall under."""
    browser = sign_in(ellen)
    safe(browser, hannahs_incident)
    signs = {
        "strangled", "stalking", "harassment", "sexual", "images", "technology", "honour", "forced_marriage", "fgm", "faith",
        "immigration", "child_to_parent", "threat_to_kill", "exploitation",
    }  # fmt: skip
    assert set(AbuseSign.values) == signs
    heads = ["physical", "economic"]
    assert save(browser, hannahs_incident, "kinds", abuse_types=heads, abuse_signs=sorted(signs)).status_code == 302
    kept = Incident.objects.get(pk=hannahs_incident.pk)
    assert (kept.abuse_types, set(kept.abuse_signs)) == (heads, signs)
    for code in ("honour", "forced_marriage", "fgm"):
        assert marked(Incident.objects.all(), code, ellen).get() == kept


@MODEST
@given(AGES, AGES, CODES, KINDS, some.sampled_from([SINCE_THE_ACT, BEFORE_IT]))
def test_whichever_of_the_two_was_harmed_the_law_answers_the_same(
    one: Age | None, other: Age | None, code: str, kinds: list[str], moment: datetime
) -> None:
    """Personally connected is of two people and not of one: s2(1) asks nothing of who did it."""
    there = define(moment, one, other, RELATIONSHIPS[code], kinds)
    back = define(moment, other, one, RELATIONSHIPS[code], kinds)
    assert (there.answer, there.under_age) == (back.answer, back.under_age)


@MODEST
@given(NEAR_SIXTEEN, NEAR_SIXTEEN, CODES)
@example(ADULT, ADULT, "XSP")
@example(ADULT - 1, ADULT, "XSP")
@example(ADULT, ADULT - 1, "XSP")
def test_both_are_sixteen_or_over_or_it_is_not_domestic_abuse_in_law(harmed: int, suspect: int, code: str) -> None:
    found = define(SINCE_THE_ACT, Age(harmed), Age(suspect), RELATIONSHIPS[code], HIT)
    if min(harmed, suspect) < ADULT:
        assert found.answer == NO and found.under_age
    else:
        assert not found.under_age
        assert found.answer == (UNKNOWN if code == "NK" else YES if BRIEF[code][1] else NO)


@MODEST
@given(AGES, AGES, CODES, KINDS, some.sampled_from(HIT))
def test_one_more_fact_never_turns_a_yes_into_less(
    harmed: Age | None, suspect: Age | None, code: str, kinds: list[str], more: str
) -> None:
    before = define(SINCE_THE_ACT, harmed, suspect, RELATIONSHIPS[code], kinds)
    after = define(SINCE_THE_ACT, harmed, suspect, RELATIONSHIPS[code], [*kinds, more])
    assert before.answer != YES or after.answer == YES
    assert before.answer != NO or after.answer == NO


def test_a_child_of_fifteen_is_recorded_all_the_same_with_the_way_to_child_protection(
    ellen: User, sign_in: SignIn
) -> None:
    """Warned and not blocked (A.1 [R]): the officer reads what to do, and the sentence that says why it is none in law."""
    incident, browser = factories.begun(ellen), sign_in(ellen)
    involve(incident, ellen, "victim", "Ada Marlow", born_on=date(incident.reported_at.year - 10, 1, 1))
    involve(incident, ellen, "suspect", "Cal Reeve", relationship="OR", born_on=date(1980, 1, 1))
    safe(browser, incident)
    page = words(browser.get(section(incident, "crime")))
    assert "Domestic abuse in law: no. The person harmed was 10, under 16." in page
    assert "Record it all the same, and make a child protection referral." in page


def test_an_adult_pair_is_shown_no_way_to_child_protection(ellen: User, sign_in: SignIn, complete_record: Any) -> None:
    assert "child protection referral" not in words(sign_in(ellen).get(section(complete_record, "crime")))


@pytest.mark.parametrize(
    ("where", "of_whom", "affected", "own_right"),
    [
        ("saw", "harmed", "", True), ("heard", "suspect", "", True), ("in_house", "both", "yes", True),
        ("elsewhere", "relative", "yes", True), ("in_house", "both", "no", False), ("elsewhere", "harmed", "", False),
        ("saw", "other", "", False), ("saw", "not_known", "", False),
    ],
)  # fmt: skip
def test_a_child_who_sees_hears_or_feels_the_effects_and_is_related_is_a_victim_in_their_own_right(
    where: str, of_whom: str, affected: str, own_right: bool, ellen: User
) -> None:
    """s3: related to either of the two."""
    child = involve(
        factories.begun(ellen), ellen, "child", "Eli", whereabouts=where, child_of=of_whom, affected=affected
    )
    assert Involvement.objects.in_own_right().filter(pk=child.pk).exists() is own_right


# --- A.2: how they are connected ------------------------------------------------------------------------------------------


def test_every_relationship_has_the_class_and_the_ground_of_the_brief() -> None:
    assert {code: (row.kind, row.grounds) for code, row in RELATIONSHIPS.items()} == BRIEF


@MODEST
@given(CODES, some.sampled_from(["", "former", "current"]))
def test_every_relationship_gives_exactly_one_class_and_only_parents_of_one_child_may_be_said_otherwise(
    code: str, partnership: str
) -> None:
    assert (code in PARTNER_CODES) + (code in FAMILY_CODES) + (code in {"NO", "NK"}) == 1
    expected = PARTNER_NOW if code == "PC" and partnership == "current" else BRIEF[code][0]
    assert kind_of(code, partnership) == Involvement(relationship=code, partnership=partnership).kind == expected


def test_the_class_has_no_column_and_no_box_so_nobody_can_type_it() -> None:
    columns = {field.name for model in (Incident, Involvement) for field in model._meta.get_fields()}
    assert not columns & {"kind", "related", "relationship_class", "ground", "s2_ground"}
    assert "kind" not in SuspectPerson.base_fields


def test_a_carer_keeps_the_connection_that_they_have_besides(ellen: User) -> None:
    incident = factories.begun(ellen)
    involve(incident, ellen, "victim", "Vi Marlow")
    row = involve(incident, ellen, "suspect", "Al Reeve", relationship="SD", carer=True)
    assert (row.carer, row.kind, row.connection.grounds) == (True, FAMILY, "g")


# --- A.3: markers that follow from facts, beside those of tests/cases/test_markers ----------------------------------------


@pytest.mark.parametrize("where", Whereabouts.values)
def test_a_child_in_the_house_was_present_and_one_elsewhere_was_not(where: str, ellen: User) -> None:
    incident = factories.begun(ellen)
    involve(incident, ellen, "child", "Mia Okoro", whereabouts=where)
    expected = {"saw": {"child_present"}, "heard": {"child_present", "child_heard"}, "in_house": {"child_present"}}
    assert borne(incident, ellen) == expected.get(where, set())


@pytest.mark.parametrize(
    ("code", "support", "expected"),
    [
        ("1", "yes", set()), ("1", "no", {"evidence_led"}), ("1", "withdrew", {"evidence_led", "withdrawn"}),
        ("16", "withdrew", {"withdrawn"}), ("16", "no", set()),
    ],
)  # fmt: skip
def test_a_charge_without_the_victims_support_is_evidence_led_and_a_victim_who_withdrew_is_marked(
    code: str, support: str, expected: set[str], sent_record: Incident, ellen: User
) -> None:
    crime = Crime.objects.get(incident=sent_record)
    told = {"code": code, "support": support, "rationale": "Video and the neighbour are enough.", "told": "yes"}
    engine.perform(crime, "outcome", by=ellen, evidence=told, seen=crime.version)
    assert borne(sent_record, ellen) & {"evidence_led", "withdrawn"} == expected


def test_the_flag_is_a_marker_once_it_is_confirmed(ellen: User) -> None:
    incident = factories.begun(ellen)
    assert borne(said(incident, ellen, da_confirmed="no"), ellen) == set()
    assert borne(said(incident, ellen, da_confirmed="yes"), ellen) == {"da"}
