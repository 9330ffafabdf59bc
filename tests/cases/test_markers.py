"""Markers: one table, derived from facts or set by hand with who, when and why. What somebody set is never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, SetMarker
from cases.models.marker import MARKERS, marked, with_derived
from cases.panels.crime import markers_of
from people.services import births_for
from tests import factories
from tests.cast import involve
from workflow import engine
from workflow.models import Refused


def said(incident: Incident, by: User, **changes: Any) -> Incident:
    fresh = Incident.objects.get(pk=incident.pk)
    changed: Incident = engine.amend(fresh, changes, by=by, seen=fresh.version)
    return changed


def borne(incident: Incident, user: User) -> set[str]:
    """The codes that the facts of an incident give it."""
    row = with_derived(Incident.objects.filter(pk=incident.pk), user).get()
    return {one.code for one in MARKERS if one.asked and getattr(row, f"marker_{one.code}")}


def act(case: Case, step: str, by: User, **evidence: str) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    done: Case = engine.perform(fresh, step, by=by, evidence=evidence, seen=fresh.version)
    return done


def test_every_marker_of_the_brief_is_a_row_of_one_table() -> None:
    assert len({row.code for row in MARKERS}) == len(MARKERS) == 41
    assert all(row.how for row in MARKERS if row.asked) and not any(row.how for row in MARKERS if not row.asked)


@pytest.mark.parametrize(("signs", "code"), [
    (["strangled"], "strangulation"), (["stalking"], "stalking"), (["harassment"], "stalking"), (["honour"], "honour"),
    (["forced_marriage"], "forced_marriage"), (["fgm"], "fgm"), (["immigration"], "immigration"), (["technology"], "online"),
])  # fmt: skip
def test_signs_of_the_abuse_are_markers_each_by_itself(signs: list[str], code: str, ellen: User) -> None:
    incident = said(factories.begun(ellen), ellen, abuse_signs=signs)
    assert borne(incident, ellen) == {code}


def test_a_child_who_heard_it_and_a_weapon_are_markers(ellen: User) -> None:
    incident = said(factories.begun(ellen), ellen, weapon="yes")
    involve(incident, ellen, "child", "Mia Okoro", whereabouts="heard")
    assert borne(incident, ellen) == {"child_present", "child_heard", "weapon"}


def test_ages_on_the_day_of_the_report_make_an_older_victim_and_an_adolescent_suspect(ellen: User) -> None:
    incident = factories.begun(ellen)
    day = timezone.localdate(incident.reported_at)
    born = {years: day.replace(year=day.year - years, day=min(day.day, 28)) for years in (65, 16)}
    involve(incident, ellen, "victim", "Ada Marlow", born_on=born[65])
    row = involve(incident, ellen, "suspect", "Cal Reeve", born_on=born[16])
    assert borne(incident, ellen) == {"older_victim", "adolescent_suspect"}
    assert births_for([row.person_id], ellen)[row.person_id].age_at(incident.reported_at) == 16


def two_reports(by: User, days: int, *, other_victim: bool = False) -> Incident:
    """The same suspect in two reports some days apart; returns the later."""
    first = factories.begun(by)
    harmed, suspect = involve(first, by, "victim", "Hannah Okoro"), involve(first, by, "suspect", "Daniel Reeve")
    Incident.objects.filter(pk=first.pk).update(reported_at=first.reported_at - timedelta(days=days))
    later = factories.begun(by)
    for row in (suspect,) if other_victim else (harmed, suspect):
        engine.add(type(row)(incident=later, person=row.person, part=row.part), beneath=later, by=by)
    if other_victim:
        involve(later, by, "victim", "Leanne Farrow")
    return later


def test_the_same_two_within_twelve_months_are_a_repeat_pair(ellen: User) -> None:
    assert borne(two_reports(ellen, 364), ellen) == {"repeat_victim", "repeat_pair", "repeat_suspect"}


def test_after_twelve_months_nobody_is_a_repeat(ellen: User) -> None:
    assert borne(two_reports(ellen, 370), ellen) == set()


def test_another_victim_within_three_years_makes_a_serial_suspect(ellen: User) -> None:
    assert borne(two_reports(ellen, 1000, other_victim=True), ellen) == {"serial_suspect"}
    assert borne(two_reports(ellen, 1100, other_victim=True), ellen) == set()


def test_a_report_that_the_reader_may_not_see_makes_nobody_a_repeat(ellen: User, tom: User) -> None:
    later = two_reports(ellen, 30)
    first = Incident.objects.exclude(pk=later.pk).get()
    Case.objects.filter(pk=first.case_id).update(restricted=True)
    assert borne(later, tom) == set()


def test_a_marker_set_by_hand_says_who_when_and_why_and_is_reported_with_the_derived(
    hannahs_case: Case, ellen: User
) -> None:
    act(hannahs_case, "set-marker", ellen, code="pregnant", reason="She told us, due in March.")
    row = next(one for one in markers_of(hannahs_case, ellen, timezone.now()) if one.label == "Pregnant")
    assert (row.by, row.why) == (ellen.short_title(), "She told us, due in March.") and row.at is not None
    assert marked(Incident.objects.all(), "pregnant", ellen).get().case == hannahs_case


def test_what_somebody_set_is_not_lost_when_the_facts_say_otherwise(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User, tom: User
) -> None:
    act(hannahs_case, "set-marker", ellen, code="weapon", reason="A knife was seen by the neighbour.")
    said(hannahs_incident, ellen, weapon="no")
    assert marked(Incident.objects.all(), "weapon", ellen).exists()
    act(hannahs_case, "set-marker", tom, code="weapon", reason="I heard the same thing.")
    assert SetMarker.objects.get().recorded_by == ellen


def test_clearing_keeps_who_cleared_it_and_why(hannahs_case: Case, ellen: User, tom: User) -> None:
    act(hannahs_case, "set-marker", ellen, code="drugs", reason="Paraphernalia on the table.")
    act(hannahs_case, "clear-marker", tom, code="drugs", reason="It was insulin, seen by me.")
    row = SetMarker.objects.get()
    assert (row.cleared_by, row.cleared_why) == (tom, "It was insulin, seen by me.")
    assert not marked(Incident.objects.all(), "drugs", ellen).exists()


def test_a_marker_that_follows_from_facts_cannot_be_cleared(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User
) -> None:
    said(hannahs_incident, ellen, weapon="yes")
    act(hannahs_case, "set-marker", ellen, code="alcohol", reason="Bottles on the floor.")
    with pytest.raises(Refused, match="changes only with the facts"):
        act(hannahs_case, "clear-marker", ellen, code="weapon", reason="There was no weapon.")


def test_a_marker_needs_why(hannahs_case: Case, ellen: User) -> None:
    with pytest.raises(Refused):
        act(hannahs_case, "set-marker", ellen, code="alcohol", reason="")
