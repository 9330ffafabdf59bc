"""Operation Encompass finds the children by itself: one notification for each child and school, of any incident (E.7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Incident, Involvement
from cases.services.children import involve_unborn
from people.models import Person
from safeguarding.models import Encompass, EncompassTerms
from safeguarding.services import find_children
from tests import factories
from tests.cast import involve, take
from tests.safeguarding import schools
from workflow import engine, reactions
from workflow.models import Deadline

pytestmark = pytest.mark.usefixtures("hannah")


def years_ago(years: int, **more: int) -> Any:
    today = timezone.localdate()
    return today.replace(year=today.year - years, day=min(today.day, 28)) - timedelta(**more)


def test_a_child_whose_school_the_record_names_is_to_be_told_of_and_nobody_typed_anything(
    hannahs_incident: Incident, ellen: User, hal: User
) -> None:
    place = schools.easterby(hal)
    notice = schools.notice_of(schools.child(hannahs_incident, ellen, born_on=years_ago(9)))
    assert (notice.state, notice.establishment, notice.recorded_by.username) == ("drafted", place, User.SYSTEM)
    assert notice.grounds_at == hannahs_incident.reported_at


def test_three_children_of_two_schools_are_three_notifications_and_a_second_look_finds_no_more(
    hannahs_incident: Incident, ellen: User, hal: User
) -> None:
    first = schools.easterby(hal)
    second = schools.school(hal, first.authority, "Marsh Lane Academy")
    for name, school in (("Mia Okoro", "Hillfield Primary"), ("Eli Okoro", "hillfield primary, easterby")):
        schools.child(hannahs_incident, ellen, name, school=school)
    # a sibling who lives elsewhere
    schools.child(
        hannahs_incident, ellen, "Ada Okoro", school="Marsh Lane Academy", lives_there="no", lives_with="relative"
    )
    found = list(Encompass.objects.order_by("pk"))
    assert [notice.establishment for notice in found] == [first, first, second]
    row = Involvement.objects.filter(part="child").latest("pk")
    engine.amend(row, {"demeanour": "Tired."}, by=ellen, seen=row.version, beneath=hannahs_incident)
    reactions.run_due()
    assert Encompass.objects.count() == 3


@pytest.mark.parametrize(
    ("why", "said", "told"),
    [
        ("nobody knows the age", {}, True),
        ("17 years old", {"born": 17}, True),
        ("18 years old", {"born": 18}, False),
        ("four, at school", {"born": 4}, True),
        ("three years old", {"born": 3}, False),
        ("not there when it happened", {"whereabouts": "elsewhere"}, True),
        ("the suspect’s own child", {"child_of": "suspect"}, True),
        ("a neighbour’s child", {"child_of": "other"}, False),
        ("too young, or has left", {"schooling": "none", "school": ""}, False),
        ("at a nursery, where no scheme tells nurseries", {"schooling": "nursery", "school": ""}, False),
    ],
)
def test_which_children_are_told_of(
    why: str, said: dict[str, Any], told: bool, hannahs_incident: Incident, ellen: User, hal: User
) -> None:
    schools.easterby(hal)
    born = said.pop("born", None)
    schools.child(hannahs_incident, ellen, **said, **({"born_on": years_ago(born, days=3)} if born else {}))
    assert Encompass.objects.exists() is told, why


def test_a_nursery_is_told_where_the_scheme_of_an_authority_says_so(
    hannahs_incident: Incident, ellen: User, hal: User, abuse_unit: Unit
) -> None:
    schools.authority(hal, early_years="yes")
    schools.child(hannahs_incident, ellen, schooling="nursery", school="", born_on=years_ago(3))
    assert Encompass.objects.get().establishment is None


def test_an_unborn_child_has_no_school(hannahs_incident: Incident, ellen: User, hal: User) -> None:
    schools.easterby(hal)
    involve_unborn(incident=hannahs_incident, by=ellen, due_on=None)
    reactions.run_due()
    assert not Encompass.objects.exists()


def test_while_the_record_is_written_a_child_waits_until_its_school_was_asked_about_and_once_sent_no_longer(
    complete_record: Incident, ellen: User, hal: User
) -> None:
    schools.easterby(hal)
    row = involve(complete_record, ellen, "child", "Mia Okoro", **schools.SEEN)
    reactions.run_due()
    assert not Encompass.objects.exists()
    Incident.objects.filter(pk=complete_record.pk).update(state=Incident.State.SUBMITTED)  # as an officer sends it
    assert find_children(Incident.objects.get(pk=complete_record.pk), timezone.now())[0].child == row.person


def test_an_officer_sends_the_record_and_the_children_are_found(sent_with_child: Encompass) -> None:
    assert sent_with_child.state == "drafted" and sent_with_child.establishment is None


@pytest.fixture
def sent_with_child(hannahs_incident: Incident, ellen: User, hal: User) -> Encompass:
    """The whole record with a child whose school nobody knows, sent by Ellen."""
    schools.easterby(hal)
    suspect = hannahs_incident.people("suspect").get()
    engine.amend(suspect, {"cohabiting": "no"}, by=ellen, seen=suspect.version, beneath=hannahs_incident)
    record = factories.written(hannahs_incident, ellen)
    involve(record, ellen, "child", "Mia Okoro", schooling="not_known", **schools.SEEN)
    factories.assessed(record, ellen)
    record = Incident.objects.get(pk=record.pk)
    engine.perform(record, "submit", by=ellen, evidence={"note": ""}, seen=record.version)
    reactions.run_due()
    return Encompass.objects.get()


def test_a_child_educated_at_home_goes_to_the_officer_of_the_authority(
    hannahs_incident: Incident, ellen: User, hal: User
) -> None:
    place = schools.easterby(hal)
    officer = schools.school(hal, place.authority, "Elective home education", kind="home")
    row = schools.child(hannahs_incident, ellen, schooling="home", school="")
    assert schools.notice_of(row).establishment == officer


def test_nobody_guesses_which_school_it_is(hannahs_incident: Incident, ellen: User, hal: User) -> None:
    place = schools.easterby(hal)
    schools.school(hal, place.authority, "Hillfield Primary", town="Westerby")
    notice = schools.notice_of(schools.child(hannahs_incident, ellen))
    assert notice.establishment is None
    named = schools.child(hannahs_incident, ellen, "Eli Okoro", school="Hillfield Primary, Westerby")
    assert schools.notice_of(named).establishment.town == "Westerby"


def test_a_child_whose_school_nobody_knows_is_a_task_of_two_hours_until_it_is_named_or_tracking_is_asked(
    hannahs_incident: Incident, ellen: User, hal: User
) -> None:
    schools.easterby(hal)
    notice = schools.notice_of(schools.child(hannahs_incident, ellen, schooling="not_known", school=""))
    clock = Deadline.objects.open().get(policy="encompass-school-found")
    assert clock.due_at - clock.started_at == timedelta(hours=2) and clock.case == notice.case
    asked = timezone.localtime().replace(microsecond=0).isoformat()
    take(notice, "trace", ellen, asked_at=asked, words="Easterby tracking, they ring back by noon.")
    assert not Deadline.objects.open().filter(policy="encompass-school-found").exists()
    assert Deadline.objects.open().filter(policy="encompass-sent").exists()


def test_a_school_that_the_record_names_later_is_put_in_by_itself(
    hannahs_incident: Incident, ellen: User, hal: User
) -> None:
    place = schools.easterby(hal)
    row = schools.child(hannahs_incident, ellen, schooling="not_known", school="")
    row = Involvement.objects.get(pk=row.pk)
    said = {"schooling": "school", "school": "Hillfield Primary"}
    engine.amend(row, said, by=ellen, seen=row.version, beneath=hannahs_incident)
    reactions.run_due()
    assert schools.notice_of(row).establishment == place


@pytest.mark.parametrize(("why", "said"), [("restricted", {}), ("police", {}), ("related", {"child_of": "not_known"})])
def test_where_a_person_decides_first_nothing_is_sent(
    why: str, said: dict[str, Any], hannahs_incident: Incident, ellen: User, priya: User, hal: User
) -> None:
    schools.easterby(hal)
    if why == "restricted":
        take(hannahs_incident, "restrict", priya)
    if why == "police":
        take(
            hannahs_incident.case, "set-marker", priya, code="police_suspect", reason="He is a constable of this force."
        )
    notice = schools.notice_of(schools.child(hannahs_incident, ellen, **said))
    assert (notice.state, notice.held_for) == ("held", [why])
    assert Deadline.objects.open().filter(policy="encompass-decided").exists()


def test_a_child_learned_of_later_has_its_grounds_from_when_it_was_learned_of(
    hannahs_incident: Incident, ellen: User, hal: User, hannah: Person
) -> None:
    schools.easterby(hal)
    schools.child(hannahs_incident, ellen)
    Incident.objects.filter(pk=hannahs_incident.pk).update(reported_at=timezone.now() - timedelta(days=20))
    second = schools.child(hannahs_incident, ellen, "Eli Okoro")  # written while the record was being written
    assert schools.notice_of(second).grounds_at == Incident.objects.get(pk=hannahs_incident.pk).reported_at


def test_the_duty_stands_with_its_authority_from_its_day(db: None) -> None:
    day = timezone.localdate
    before, since = (EncompassTerms.objects.on(day().replace(year=2025, month=11, day=n)) for n in (6, 7))
    assert (before.statutory, since.statutory) == (False, True)
    assert "s.49A" in since.authority and since.bell.hour == 8
