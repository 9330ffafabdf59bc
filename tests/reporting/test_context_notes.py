"""What a reader of a chart should know: said once, drawn on each chart it concerns, never rubbed out without a trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit, User
from audit.models import Event
from reporting.figures import notes
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Window
from reporting.models import ContextNote
from tests.cast import client_of, person, take, text_of
from workflow.models import Refused

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "title": "New system for calls", "from_on": "2026-03-02", "until_on": "", "words": "Calls were counted late for a fortnight.",
    "measures": "", "unit": "", "source": "The head of the control room", "authority": "Notice 14 of 2026",
}  # fmt: skip
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
MONTHS = "from=2026-01&to=2026-12"


def noted(by: User, **said: Any) -> ContextNote:
    made: ContextNote = take(ContextNote(), "add", by, **SAID | said)
    return made


def on(code: str, unit: Unit | None = None, window: Window = YEAR) -> list[str]:
    return [note.title for note in notes.of_chart(MEASURES[code], window, unit)]


@pytest.mark.requirement("S0-017")
def test_a_note_is_drawn_on_each_chart_it_concerns_and_listed_beneath(ari: User, force: Unit) -> None:
    noted(ari, title="Pandemic", from_on="2025-11-01", until_on="2026-04-30", measures="m01, M25")
    noted(ari)
    page = text_of(client_of(ari).get(f"/figures/m01/?{MONTHS}"))
    assert "a. 1 November 2025 to 30 April 2026: Pandemic." in page
    assert (
        "b. 2 March 2026: New system for calls. Calls were counted late for a fortnight. (The head of the control room)"
        in page
    )
    assert 'class="app-chart__note"' in page
    assert on("M01") == ["Pandemic", "New system for calls"] and on("M06") == ["New system for calls"]


def test_the_line_of_june_2023_stays_beside_the_notes(ari: User, force: Unit) -> None:
    noted(ari, from_on="2023-06-12")
    page = text_of(client_of(ari).get("/figures/m01/?from=2023-01&to=2023-12"))
    assert "June 2023: counting rules changed" in page and "a. 12 June 2023: New system for calls." in page


def test_a_note_of_a_unit_is_on_its_charts_and_on_those_beneath_it_only(
    ari: User, northgate: Unit, nr3: Unit, sr1: Unit
) -> None:
    noted(ari, unit=northgate.code)
    assert on("M01", northgate) == on("M01", nr3) == ["New system for calls"]
    assert on("M01") == on("M01", sr1) == []


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [("2025-12-31", "", False), ("2026-01-01", "", True), ("2026-12-31", "", True), ("2027-01-01", "", False),
     ("2025-06-01", "2025-12-31", False), ("2025-06-01", "2026-01-01", True), ("2025-06-01", "2027-06-01", True)],
)  # fmt: skip
def test_a_note_is_on_the_chart_if_any_of_it_is_in_the_window(
    ari: User, force: Unit, first: str, last: str, there: bool
) -> None:
    noted(ari, from_on=first, until_on=last)
    assert bool(on("M06")) == there
    assert client_of(ari).get(f"/figures/m06/?{MONTHS}").status_code == 200


def test_what_is_taken_off_is_gone_from_the_charts_kept_in_the_list_and_can_come_back(ari: User, force: Unit) -> None:
    note = noted(ari)
    take(note, "withdraw", ari)
    assert on("M06") == []
    assert "Taken off the charts" in text_of(client_of(ari).get("/figures/notes/"))
    take(note, "restore", ari)
    take(note, "correct", ari, **SAID | {"title": "New telephone system"})
    assert on("M06") == ["New telephone system"]
    history = note.events.all()  # type: ignore[attr-defined]
    assert {row.title for row in history} == {"New system for calls", "New telephone system"}
    assert set(Event.objects.filter(name__startswith="context-note.").values_list("name", flat=True)) == {
        "context-note.add", "context-note.withdraw", "context-note.restore", "context-note.correct",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"until_on": "2026-03-01"}, "until_on", "The last day is before the first"),
        ({"measures": "M06, M99"}, "measures", "One of these is no code of a measure"),
        ({"unit": "XX9"}, "unit", "No open unit has that code"),
        ({"words": "As in DA-2026-000123, late."}, "words", "Take the number of the case out"),
        ({"title": ""}, "title", "Say what happened"),
        ({"source": ""}, "source", "Say who said so"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_nothing_is_kept(
    ari: User, force: Unit, said: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        noted(ari, **said)
    assert sentence in " ".join(refused.value.errors.errors[field])
    assert not ContextNote.objects.exists()


def test_the_database_holds_no_note_that_ends_before_it_begins(ari: User, force: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ContextNote.objects.create(
            unit=force,
            recorded_by=ari,
            from_on=date(2026, 3, 2),
            until_on=date(2026, 3, 1),
            title="x",
            words="x",
            source="x",
        )


def test_only_an_analyst_writes_them_and_only_of_their_own_units(
    ari: User, priya: User, ellen: User, northgate: Unit, southmere: Unit
) -> None:
    note = noted(ari)
    with pytest.raises(Refused):
        noted(priya)
    local = person("Analyst", "", "Lena Storr", ("analyst", northgate))
    assert noted(local, unit=northgate.code).unit == northgate
    for unit in ("", southmere.code):
        with pytest.raises(Refused) as refused:
            noted(local, unit=unit)
        assert "the figures of that unit are not yours" in str(refused.value)
    address = note.get_absolute_url()
    assert "Correct this note" not in text_of(client_of(priya).get(address))
    assert client_of(ellen).get(address).status_code == 404
    assert client_of(ellen).get("/figures/notes/").status_code == 403
    assert client_of(ari).get(f"/work/context-note/{note.pk}/withdraw/").status_code == 200


def test_the_list_is_paged_and_takes_as_many_queries_for_many_as_for_one(ari: User, force: Unit) -> None:
    noted(ari, measures="M06")
    client = client_of(ari)
    client.get("/figures/notes/")
    with CaptureQueriesContext(connection) as one:
        client.get("/figures/notes/")
    for number in range(30):
        noted(ari, title=f"Note {number}")
    with CaptureQueriesContext(connection) as many:
        first = client.get("/figures/notes/?measure=m06")
    assert len(many) == len(one) and len(first.context["rows"]) == 25
    rest = client.get(f"/figures/notes/{first.context['next_page']}")
    assert [note.title for note, _when in rest.context["rows"]][-1] == "New system for calls"
    assert len(rest.context["rows"]) == 6
    assert client.get("/figures/notes/?measure=m99").status_code == 404
