"""Ten years of records of another system: checked row by row, whole incidents or none, the same again changes nothing."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Event
from cases.models import Case, ImportedRow, ImportRun, Incident, Involvement
from cases.services.importing import putting
from cases.services.importing import run as importing_run
from cases.services.importing.columns import FILES
from people.models import Birth, NameWord, Person, PersonName, Place, SavedHit, SavedSearch, SearchWatch, Unweighed
from people.services import find, watching
from people.services.weighing import weigh_new
from tests.people.population import known

PEOPLE = """external_id,forename,surname,maiden_name,born_on,address,postcode,telephone
P1,Hannah,Okoro,Bright,1991-05-04,"Flat 3, 14 Mill Lane",NR3 4QX,07700 900123
P2,Daniel,Reeve,,1988-01-30,,,
P3,Joan,Fell,,1960-02-30,,,
P4,Idle,Person,,,,,
P1,Hannah,Again,,,,,
"""
INCIDENTS = """external_id,unit,reported_at,channel,place,postcode,account,abuse_types,weapon
I1,NR3,2019-03-08T21:40,999,"Flat 3, 14 Mill Lane",NR3 4QX,He pushed her.,physical|controlling,no
I2,NR3,2020-03-08T21:40,,,,,,
I3,NOWHERE,2020-03-08T21:40,,,,,,
I4,NR3,2021-01-01T10:00,,,,,,
I5,NR3,2022-01-01T10:00,,,,,,
"""
INVOLVEMENTS = """incident,person,part,relationship
I1,P1,victim,
I1,P2,suspect,XBG
I2,P1,victim,
I2,P2,suspect,XBG
I3,P1,victim,
I4,P3,victim,
I5,P1,victim,
I5,P2,burglar,
"""


@pytest.fixture
def folder(tmp_path: Path, nr3: Unit) -> Path:
    for name, text in (("people", PEOPLE), ("incidents", INCIDENTS), ("involvements", INVOLVEMENTS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, **options: Any) -> None:
    call_command("import_history", folder, **options)


def rejects(folder: Path) -> set[tuple[str, str, str]]:
    with (folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["row"], row["field"]) for row in csv.DictReader(file)}


def counts() -> tuple[int, ...]:
    return tuple(kind.objects.count() for kind in (Person, PersonName, Case, Incident, Involvement, ImportedRow))


def test_whole_incidents_go_in_and_what_is_wrong_is_rejected_with_its_field(folder: Path, ellen: User) -> None:
    run(folder)
    assert Incident.objects.count() == 2 and Involvement.objects.count() == 4 and Person.objects.count() == 2
    case = Case.objects.get()
    assert (case.state, case.unit.code, case.opened_at.year) == (Case.State.CLOSED, "NR3", 2019), (
        "one person harmed, one folder"
    )
    assert rejects(folder) == {
        ("people.csv", "4", "born_on"), ("people.csv", "5", "external_id"), ("people.csv", "6", "external_id"),
        ("incidents.csv", "4", "unit"), ("incidents.csv", "5", ""), ("incidents.csv", "6", ""),
        ("involvements.csv", "6", "incident"), ("involvements.csv", "7", "person"), ("involvements.csv", "8", "incident"),
        ("involvements.csv", "9", "part"),
    }  # fmt: skip
    incident = Incident.objects.order_by("reported_at")[0]
    assert (incident.abuse_types, incident.place_key != "") == (["physical", "controlling"], True)
    assert incident.reported_at.isoformat() == "2019-03-08T21:40:00+00:00"
    assert find(user=ellen, forename="Hanna", surname="Bright")[0].name == "Hannah Okoro", "found as anybody else is"


def test_the_reason_is_a_sentence_and_says_nothing_of_the_person(folder: Path) -> None:
    run(folder)
    text = (folder / "rejects.csv").read_text(encoding="utf-8")
    assert "It is no day written as 1988-04-11, and no year." in text and "There is no team with that code." in text
    assert "Joan" not in text and "Fell" not in text


def test_a_second_run_changes_nothing(folder: Path) -> None:
    run(folder)
    before = counts()
    run(folder)
    assert counts() == before
    assert ImportRun.objects.count() == 1


def test_a_run_that_was_stopped_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "people.csv").write_text(PEOPLE + "P6,Mary,Third,,,,,\n", encoding="utf-8")
    (folder / "incidents.csv").write_text(INCIDENTS + "I6,NR3,2023-01-01T10:00,,,,,,\n", encoding="utf-8")
    (folder / "involvements.csv").write_text(INVOLVEMENTS + "I6,P6,victim,\nI6,P2,suspect,XBG\n", encoding="utf-8")
    monkeypatch.setattr(putting, "BATCH", 1)
    whole, done = putting.put_incidents, []

    def stopped(batch: Any) -> None:
        whole(batch)
        done.append(batch)
        if len(done) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(putting, "put_incidents", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(folder)
    assert (Incident.objects.count(), Case.objects.count()) == (2, 1), (
        "the batch before it is in, whole, and none of this"
    )
    monkeypatch.setattr(putting, "put_incidents", whole)
    run(folder)
    assert Incident.objects.count() == 3 and Person.objects.count() == 3, "Daniel is one man in both"
    assert ImportRun.objects.get().ended_at is not None


def test_each_row_says_where_it_came_from_and_the_run_is_in_the_record(folder: Path, ellen: User) -> None:
    run(folder, source="NICHE", by="2877")
    incident = Incident.objects.order_by("reported_at")[0]
    assert ImportedRow.objects.get(kind="incident", external_id="I1").row_id == incident.pk
    assert incident.recorded_by == ellen
    assert Event.objects.get(name="import.history").by == ellen


def test_another_system_may_use_the_same_ids_for_other_people(folder: Path) -> None:
    run(folder, source="NICHE")
    run(folder, source="ATHENA")
    assert Person.objects.count() == 4


@pytest.mark.parametrize("name", list(FILES))
def test_a_folder_without_a_file_or_a_column_is_refused_before_anything(name: str, folder: Path) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    head = {"people.csv": "external_id", "incidents.csv": "unit", "involvements.csv": "person"}[name]
    (folder / name).write_text(text.replace(head, "other", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="lacks the columns"):
        run(folder)
    (folder / name).unlink()
    with pytest.raises(CommandError, match=f"There is no {name}"):
        run(folder)
    assert not ImportedRow.objects.exists()


def test_a_row_that_cannot_be_read_is_one_rejected_row(folder: Path) -> None:
    bad = PEOPLE.encode() + b"P7,J\xff\xfean,Odd,,,,,\nP8,a,b,c,d,e,f,g,h,i,j,k\n"
    (folder / "people.csv").write_bytes(bad)
    run(folder)
    assert {("people.csv", "7", "forename"), ("people.csv", "8", "")} <= rejects(folder)
    assert Incident.objects.count() == 2


def test_the_history_of_each_row_is_what_its_trigger_would_have_written(folder: Path) -> None:
    run(folder)
    for kind in (Case, Incident, Involvement, PersonName):
        history = apps.get_model(kind._meta.app_label, f"{kind.__name__}Event")
        row = kind.objects.earliest("pk")
        kept = history.objects.get(pgh_obj_id=row.pk)
        assert history.objects.count() == kind.objects.count(), "once each"
        assert (kept.pgh_label, kept.pgh_obj_id) == ("insert", row.pk)
        tracked = {column.attname for column in history._meta.concrete_fields if not column.name.startswith("pgh_")}
        assert {name: getattr(kept, name) for name in tracked} == {name: getattr(row, name) for name in tracked}
    row.forename = "Anna"
    row.save(update_fields=["forename"])
    assert history.objects.filter(pgh_label="update").count() == 1, "and from now on by the trigger again"


def test_words_and_places_are_kept_as_of_anybody_else(folder: Path) -> None:
    run(folder)
    assert {"hannah", "okoro", "bright", "reeve"} <= set(NameWord.objects.values_list("word", flat=True))
    assert Place.objects.filter(key=Incident.objects.earliest("reported_at").place_key).exists()


def test_what_is_learned_at_work_is_weighed_before_all_that_was_imported(
    folder: Path, hannahs_case: Case, ellen: User
) -> None:
    while weigh_new():
        pass
    before = known(hannahs_case, ellen, "Gareth", "Pollitt")
    run(folder)
    after = known(hannahs_case, ellen, "Kerry", "Dunmore")
    assert Unweighed.objects.imported().count() == 2, "once each person of each case, however many facts came in"
    assert set(Unweighed.objects.live().values_list("person_number", flat=True)) == {before.pk, after.pk}
    assert weigh_new(2) == 2 and not Unweighed.objects.live().exists()
    assert weigh_new() == 2 and not Unweighed.objects.exists()


def test_ten_years_of_records_are_no_news_but_what_is_learned_meanwhile_is(
    folder: Path, hannahs_case: Case, ellen: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "BATCH", 1)
    monkeypatch.setattr(watching, "AGAIN", 1)
    now = timezone.now()
    watching.sweep(now)
    asked = {"q": "daniel reeve", "forename": "daniel", "surname": "reeve", "why": "x", "owner": tom}
    for name, kind in (("him", "people"), ("words", "narratives"), ("place", "addresses")):
        q = {"words": {"q": "pushed"}, "place": {"q": "14 mill lane"}}.get(name, {})
        SavedSearch.objects.create(name=name, kinds=[kind], **(asked | q))
    run(folder, by="2877")  # Ellen, who is also at work
    meanwhile = known(hannahs_case, ellen, "Daniel", "Reeve", address="14 Mill Lane")
    run(folder, source="ATHENA", by="2877")
    assert watching.sweep(now) == 2
    assert set(SavedHit.objects.values_list("search__name", "key")) == {
        ("him", meanwhile.pk), ("place", meanwhile.address_set.get().pk),
    }  # fmt: skip
    assert watching.sweep(now + timedelta(minutes=5)) == 0
    for watch in watching.watched():
        assert SearchWatch.objects.get(kind=watch.name).upto == watching.newest_row(watch.model), watch.name


def test_a_year_alone_is_a_birth_that_is_only_about_right(folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace("1988-01-30", "1988"), encoding="utf-8")
    run(folder)
    births = Birth.objects.order_by("born_on").values_list("born_on", "approximate")
    assert list(births) == [(date(1988, 1, 1), True), (date(1991, 5, 4), False)]


def test_moments_are_compared_as_moments_when_the_clocks_go_back(folder: Path) -> None:
    """It happened at 01:50 in summer time and was reported at 01:10 in winter time, twenty minutes later."""
    head = "external_id,unit,reported_at,occurred_from\n"
    rows = (
        "I1,NR3,2019-10-27T01:10+00:00,2019-10-27T01:50+01:00\nI2,NR3,2019-10-27T01:50+01:00,2019-10-27T01:10+00:00\n"
    )
    (folder / "incidents.csv").write_text(head + rows, encoding="utf-8")
    run(folder)
    assert ("incidents.csv", "3", "occurred_from") in rejects(folder)
    assert Incident.objects.get().occurred_from.isoformat() == "2019-10-27T00:50:00+00:00"


def test_a_quotation_mark_left_open_is_a_rejected_row_and_no_error(folder: Path) -> None:
    """Everything after it is one cell, until it is longer than any."""
    more = "".join(f"Q{n},Quiet,Person,,,,,,\n" for n in range(8000))
    (folder / "people.csv").write_text(PEOPLE + 'P8,"Open,Quote,,,,,\n' + more, encoding="utf-8")
    run(folder)
    assert ("people.csv", "7", "") in rejects(folder)
    assert Incident.objects.count() == 2


def test_what_stood_in_a_wrong_cell_is_not_told_again(folder: Path) -> None:
    """Columns that slipped by one put a name where a code should be."""
    (folder / "incidents.csv").write_text(INCIDENTS.replace("physical|controlling", "Hannah Okoro"), encoding="utf-8")
    run(folder)
    assert ("incidents.csv", "2", "abuse_types") in rejects(folder)
    assert "Okoro" not in (folder / "rejects.csv").read_text(encoding="utf-8")


@pytest.mark.django_db(transaction=True)
def test_whoever_was_merged_since_gets_what_a_longer_file_brings(folder: Path) -> None:
    """Rows on the emptied hub would be in nobody's history. Two again, they go home with the case that learned them."""
    run(folder)
    gone, kept = ImportedRow.objects.get(kind="person", external_id="P2").row_id, Person.objects.create().pk
    Person.objects.filter(pk=gone).update(kept_as=kept)
    text = INCIDENTS + "I6,NR3,2023-01-01T10:00,,,,,,\n"
    (folder / "incidents.csv").write_text(text, encoding="utf-8")
    (folder / "involvements.csv").write_text(INVOLVEMENTS + "I6,P1,victim,\nI6,P2,suspect,XBG\n", encoding="utf-8")
    before = Involvement.objects.filter(person=gone).count()
    run(folder)
    assert Involvement.objects.filter(incident__reported_at__year=2023, person=kept, part="suspect").exists()
    assert Involvement.objects.filter(person=gone).count() == before


def test_two_imports_at_once_are_one_after_the_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_run, "PATIENCE", 0)
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [importing_run.LOCK])
        with pytest.raises(CommandError, match="Another import is running"):
            run(folder)
    assert not Incident.objects.exists()
