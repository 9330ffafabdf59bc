"""Whose a measure is, its target, what is said of it and done about it: by unit, with history, on the explorer's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Unit, User
from reporting.models import MeasureComment, MeasureOwner
from tests.cast import take, text_of
from workflow.models import Refused

pytestmark = pytest.mark.django_db
AIM = {"way": "least", "target": "40", "authority": "Performance board, 3 March 2026."}


def named(by: User, unit: str = "NG", owner: str = "1188", **said: Any) -> Any:
    return take(MeasureOwner(), "name", by, **{"measure": "M06", "over": unit, "owner": owner, **said})


def said_by(by: User, unit: str = "NR3", month: str = "2026-10", measure: str = "M06") -> Any:
    words = "Two officers were away; the rate is of fewer arrests than usual."
    return take(MeasureComment(), "say", by, measure=measure, over=unit, month=month, words=words)


@pytest.mark.requirement("S3-047", "S3-158")
def test_a_measure_has_an_owner_at_force_and_division_with_a_target_on_authority(
    iris: User, kofi: User, ruth: User, ari: User, force: Unit, sign_in: Any
) -> None:
    ours = named(iris, **AIM)
    named(kofi, "NP", "0077")
    assert (ours.owner, ours.unit.code, ours.aim) == (ruth, "NG", "At least 40")
    page = text_of(sign_in(ari).get("/figures/m06/owner/"))
    assert "Insp 1188 Ruth Calder" in page and "Supt 0077 Kofi Rowe" in page and "At least 40" in page
    explorer = text_of(sign_in(iris).get("/figures/m06/?unit=NG"))
    assert "Ruth Calder" in explorer and "Target: At least 40" in explorer


def test_there_is_one_owner_in_a_unit_and_a_target_has_an_authority(iris: User, ruth: User) -> None:
    owner = named(iris)
    with pytest.raises(Refused, match="answers for this measure in that unit"):
        named(iris)
    for wrong in (
        {"way": "least"},
        {"target": "40"},
        {"way": "least", "target": "forty", "authority": "x"},
        {"way": "least", "target": "40"},
    ):
        with pytest.raises(Refused):
            take(owner, "change", iris, owner="1188", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureOwner.objects.filter(pk=owner.pk).update(target=40)
    assert take(owner, "change", iris, owner="1188", **AIM).target == 40
    take(owner, "end", iris)
    assert named(iris).pk != owner.pk


def test_nobody_names_an_owner_where_their_role_does_not_reach(iris: User, ruth: User, southmere: Unit) -> None:
    with pytest.raises(Refused, match="does not reach that unit"):
        named(iris, "SM")
    with pytest.raises(Refused):
        named(iris, measure="M99")


@pytest.mark.requirement("S3-158")
def test_what_is_said_of_a_month_becomes_an_action_with_a_name_and_a_day_and_is_done(priya: User, ellen: User) -> None:
    words = said_by(priya)
    acting = take(
        words, "act", priya, action="Look at the no-arrest decisions of October.", does="2877", due_on="2099-01-31"
    )
    assert (acting.state, acting.does) == ("acting", ellen)
    done = take(words, "finish", priya, did="Twelve were looked at; two were sent back.")
    assert done.state == "done" and done.done_at is not None
    for wrong in ("As in DA-2026-000123 it was late.",):
        with pytest.raises(Refused):
            take(words, "correct", priya, words=wrong)


@pytest.mark.parametrize("month", ["2099-01", "2026-13", "October", ""])
def test_a_month_is_a_real_one_that_has_begun(month: str, priya: User) -> None:
    with pytest.raises(Refused):
        said_by(priya, month=month)


def test_what_is_said_of_a_team_is_not_read_next_door(
    priya: User, ikande: User, ruth: User, nr4: Unit, sign_in: Any
) -> None:
    said_by(priya)
    assert "Two officers were away" in text_of(sign_in(ruth).get("/figures/m06/said/"))
    assert "Two officers were away" not in text_of(sign_in(ikande).get("/figures/m06/said/"))
    with pytest.raises(Refused, match="does not reach that unit"):
        said_by(ikande)


def test_the_pages_are_not_there_for_whoever_reads_no_figures(ellen: User, stranger: User, sign_in: Any) -> None:
    for who in (ellen, stranger):
        for end in ("owner", "owner/new", "said", "said/new"):
            assert sign_in(who).get(f"/figures/m06/{end}/").status_code == 404, (who, end)
    for end in ("owner", "said"):
        assert sign_in(ellen).get(f"/figures/m99/{end}/").status_code == 404


def test_the_pages_of_naming_and_saying_stand_with_the_measure_filled_in(iris: User, sign_in: Any) -> None:
    for end, heading in (("owner/new", "Name who answers for a measure"), ("said/new", "Say something of a figure")):
        page = text_of(sign_in(iris).get(f"/figures/m06/{end}/"))
        assert heading in page and 'value="M06"' in page
