"""The benchmark of the search: that its people can be searched and its damages are what they say. Nothing here is timed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Unit, User
from benchmarks import search_figures
from benchmarks.importing import NotProved, compare, whole_run
from benchmarks.measuring import statements_of
from benchmarks.operations import Asked
from benchmarks.progress import Progress
from benchmarks.search_damage import DAMAGES, whole
from benchmarks.search_measuring import SEARCH, recall, requests
from benchmarks.search_names import SURNAMES
from benchmarks.search_people import Town, Truth
from benchmarks.search_seeding import SearchSeeded, seed_people, written
from cases.models import Incident
from people.models import NameWord, Person, PersonName

PEOPLE = 400
TRUTH = Truth(
    1, "Gareth Ian", "Pollitt-Shaw", date(1988, 4, 11), True, "07700900862", "Corn Street, Easterby", "Llewellyn"
)


@pytest.fixture
def seeded(transactional_db: None) -> SearchSeeded:
    return seed_people(PEOPLE)


def test_people_and_incidents_are_brought_in_by_the_import_and_bad_rows_rejected(seeded: SearchSeeded) -> None:
    imported = seeded.imported
    assert Person.objects.count() == imported.people > PEOPLE * 0.9
    assert Incident.objects.count() == imported.incidents > PEOPLE * 1.8
    assert imported.rejected > imported.planted > 10
    assert set(SURNAMES[:1]) <= {word.capitalize() for word in NameWord.objects.values_list("word", flat=True)}
    told = {(name.forename, name.surname) for name in PersonName.objects.filter(person=seeded.truths[0].person)}
    assert (seeded.truths[0].forename, seeded.truths[0].surname) in told, "somebody remembered is known by their id"


def test_a_bad_row_that_went_in_or_a_good_one_that_did_not_is_told(seeded: SearchSeeded, tmp_path: Path) -> None:
    planted = written(tmp_path, PEOPLE, [unit.code for unit in Unit.objects.filter(code__startswith="BT")]).planted
    assert whole_run(planted) > 0
    assert compare(planted) == seeded.imported.rejected, "the very same files, from the beginning"
    planted.bad["people.csv", 2] = "surname"
    with pytest.raises(NotProved, match="is wrong in surname"):
        compare(planted)
    del planted.bad["people.csv", 2]
    with pytest.raises(NotProved, match="rows of incidents.csv"):
        compare(replace(planted, incidents=planted.incidents + 1))


def test_what_is_asked_as_it_is_recorded_is_found(seeded: SearchSeeded, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = User.objects.get(username=seeded.officer)
    found = recall(DAMAGES[0], seeded, officer, 20, Progress(20))
    assert (found.asked, found.found) == (20, 20)
    sent = statements_of(Asked(SEARCH, iter(requests(seeded, 1))), seeded)
    assert 0 < len(sent) <= 26, "the target is SEARCH.queries: what is above it is named in docs/performance.md"


@pytest.mark.parametrize("row", DAMAGES, ids=lambda row: row.name)
def test_a_damage_changes_what_is_asked_and_can_be_repeated(row: Any) -> None:
    truths = [*Town().people(1, 400, 200), TRUTH, replace(TRUTH, exactly=False), replace(TRUTH, forename="Олександр")]
    asked = [row.asks(truth, random.Random(7)) for truth in truths]
    assert asked == [row.asks(truth, random.Random(7)) for truth in truths]
    assert any(said is not None for said in asked)
    if row.name not in ("none", "about"):
        assert any(said is not None and said != whole(truth) for said, truth in zip(asked, truths, strict=True))


def test_the_town_is_the_same_each_time_and_its_names_fall_off() -> None:
    people = Town().people(1, 3000, 1500)
    assert people == Town().people(1, 3000, 1500)
    surnames = [truth.surname for truth in people]
    assert surnames.count("Smith") > 10
    assert len(set(surnames)) > 1000


def test_figures_say_when_nobody_could_be_asked_for() -> None:
    empty = search_figures._recalled(search_figures.Recalled(DAMAGES[0]))
    assert empty[1] == "nobody to ask for"
