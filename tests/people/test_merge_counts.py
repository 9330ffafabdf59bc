"""After a merge, counts and flags are of one person; what was frozen at the time, and what is hidden, stays as it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, Involvement
from cases.services.repeat import flags_of
from people.models import Birth, Duplicate, Person, PersonName, Telephone
from people.services import learn
from people.services.comparing import Verdict, compared, tallies
from people.services.judging import changes_of
from tests import factories
from tests.cast import involve, shut_out
from tests.people.merging import merged, parted, suggested, twice
from tests.people.population import learned
from workflow import engine
from workflow.models import Refused

pytestmark = pytest.mark.django_db


def harmed_twice(by: User) -> tuple[Incident, Incident, Person, Person]:
    """Two incidents two hours apart, in two cases, that harmed one woman who was recorded twice."""
    first, again = factories.begun(by, minutes_ago=200), factories.begun(by, minutes_ago=60)
    people = [involve(row, by, "victim", "Hannah Okoro", born_on=date(1991, 5, 4)).person for row in (first, again)]
    return first, again, *people


def test_flags_and_counts_follow_by_themselves_and_go_back(ellen: User, priya: User) -> None:
    first, again, kept, gone = harmed_twice(ellen)
    assert flags_of([kept.pk, gone.pk], priya) == {kept.pk: [], gone.pk: []}
    both = suggested(first.case, again.case, (kept, gone), ellen)
    said = {change.label: (change.one, change.two, change.together) for change in changes_of(kept.pk, gone.pk, priya)}
    assert said["Incidents in which they were harmed"] == ("1", "1", "2")
    assert "Repeat victim" in said["Flags now"][2] and said["Flags now"][:2] == ("None", "None")
    done = merged(both, priya)
    assert [flag.code for flag in flags_of([kept.pk], priya)[kept.pk]] == ["repeat_victim"]
    parted(done, priya)
    assert flags_of([kept.pk, gone.pk], priya) == {kept.pk: [], gone.pk: []}


def test_what_was_frozen_and_every_version_of_a_row_stay_as_they_were(ellen: User, priya: User) -> None:
    first, again, kept, gone = harmed_twice(ellen)
    frozen = list(Incident.objects.order_by("pk").values())
    versions = list(Involvement.objects.order_by("pk").values_list("pk", "version", "recorded_at", "recorded_by"))
    merged(suggested(first.case, again.case, (kept, gone), ellen), priya)
    assert list(Incident.objects.order_by("pk").values()) == frozen
    rows = Involvement.objects.order_by("pk")
    assert list(rows.values_list("pk", "version", "recorded_at", "recorded_by")) == versions
    then = rows.get(incident=again).events.order_by("pgh_id").first()
    assert then.person_id == gone.pk, "the history of the row still says whom it was written about"


def test_counts_are_of_what_the_reader_may_see(
    pair: Duplicate, two: tuple[Person, Person], nr3: Unit, ellen: User, ruth: User, priya: User
) -> None:
    before = tallies(two[0].pk, two[1].pk, priya)
    hidden = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    shut_out(hidden, priya, ruth)
    learned(PersonName, hidden, two[1], ellen, forename="Gordon", surname="Pollitt")
    assert tallies(two[0].pk, two[1].pk, priya) == before
    assert tallies(two[0].pk, two[1].pk, ruth) != before


def test_side_by_side_says_what_agrees_and_what_does_not(
    pair: Duplicate, two: tuple[Person, Person], second: Case, ellen: User, priya: User
) -> None:
    learned(Birth, second, two[1], ellen, born_on=date(1970, 1, 1))
    rows = {row.label: row for row in compared(two[0].pk, two[1].pk, priya)}
    assert rows["Telephone"].verdict is Verdict.AGREES
    assert rows["Name"].verdict is Verdict.NEARLY
    assert rows["Born"].verdict is Verdict.NEARLY
    assert any(words.startswith("Day and month swapped") for words in rows["Born"].why)
    assert rows["Lives"].verdict is Verdict.ONE_SIDE


def test_what_a_case_learns_through_an_old_number_hangs_on_the_kept_hub(
    hannahs_incident: Incident, second: Case, hannahs_case: Case, ellen: User, priya: User
) -> None:
    kept, gone = twice(hannahs_case, second, ellen)
    merged(suggested(hannahs_case, second, (kept, gone), ellen), priya)
    stale = Telephone(person=gone, number="07700 900444")
    engine.add(stale, beneath=hannahs_incident, by=ellen)
    assert Telephone.objects.get(number="07700 900444").person_id == kept.pk
    with pytest.raises(Refused):
        learn(Telephone(person=gone, number="07700 900555"), beneath=hannahs_incident, by=ellen)
