"""The brief of whoever is sent: built with the dispatch, read on a poor signal, said to be read; who went without is listed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Brief, BriefRead, Call, Case, DefinitionSet, Incident, Involvement, SetMarker
from cases.services.brief_lines import TABLE, BriefLine, Scene, say_in_brief
from cases.services.briefing import briefing_for
from people.models import Note, Person
from people.models.place import Place
from people.panels import FORCES
from people.services import learn
from tests import factories
from tests.cases.calls import answered, called, now, step
from tests.cases.recording import words
from tests.cast import client_of, involve, shut_out
from workflow import engine
from workflow.models import Refused

KNIFE = "Knife kept by the front door"
WAYS = {
    "means": ["call"], "call": "07700 900461", "when": "10:00 to 14:00", "never_use": "The landline", "code_word": "tangerine",
}  # fmt: skip


@pytest.fixture
def known(hannah: Person, hannahs_case: Case, hannahs_incident: Incident, ellen: User) -> Case:
    """Hannah's case with something for every part of a brief: danger, weapon, child, ways to reach her, a grade, a conference."""
    incident = factories.written(hannahs_incident, ellen)
    involve(incident, ellen, "child", "Mia Okoro")
    factories.assessed(incident, ellen, "high")
    incident = Incident.objects.get(pk=incident.pk)
    engine.amend(incident, {"weapon": "yes", "weapon_what": "A bread knife"}, by=ellen, seen=incident.version)
    works = Note(person=hannah, about="works", said_words="Speaks once he is out of the room")
    learn(works, beneath=Incident.objects.get(pk=incident.pk), by=ellen)
    for name, said in (
        ("warn", {"what": KNIFE}), ("safe-contact", {**WAYS, "changed_because": "She has a new telephone."}),
        ("set-marker", {"code": "marac", "reason": "Heard on 3 March."}),
    ):  # fmt: skip
        case = Case.objects.get(pk=hannahs_case.pk)
        engine.perform(case, name, by=ellen, evidence=said, seen=case.version)
    return Case.objects.get(pk=hannahs_case.pk)


def hers(rafi: User, hannah: Person, nr3: Unit, **said: Any) -> Call:
    return called(rafi, nr3, harmed=str(hannah.pk), **said)


def ago(minutes: int) -> str:
    return (timezone.now() - timedelta(minutes=minutes)).isoformat()


def sent(call: Call, rafi: User) -> Call:
    return step(call, "dispatch", rafi, resource="NR31", dispatched_at=ago(3))


def there(call: Call, rafi: User, minutes_ago: int = 0) -> Call:
    return step(call, "arrive", rafi, arrived_at=ago(minutes_ago))


# --- built, read, acknowledged ------------------------------------------------------------------------------------


@pytest.mark.requirement("S1-004")
def test_sending_somebody_builds_the_brief_and_whoever_goes_says_that_they_have_read_it(
    known: Case, hannah: Person, rafi: User, ellen: User, nr3: Unit
) -> None:
    call = hers(rafi, hannah, nr3)
    assert not Brief.objects.filter(call=call).exists()
    call = sent(call, rafi)
    brief = Brief.objects.get(call=call)
    assert (brief.resource, brief.recorded_by) == ("NR31", rafi) and brief.case == call.case
    browser, url = client_of(ellen), f"/briefs/call/{call.pk}/"
    page = words(browser.get(url))
    for told in (
        KNIFE,
        "A bread knife",
        "HIGH",
        "Mia Okoro",
        "The landline",
        "07700 900461",
        "Heard on 3 March",
        "out of the room",
    ):
        assert told in page, told
    assert known.reference in page, "each line says where it comes from"
    assert Access.objects.filter(by=ellen, chain=call.case_id, what=brief.opened_as).exists()
    answer = browser.post(f"/briefs/call/{call.pk}/read/", {"token": "once"})
    assert answer.status_code == 302 and answer["Location"] == url
    browser.post(f"/briefs/call/{call.pk}/read/", {"token": "once"})
    read = BriefRead.objects.get()
    assert (read.recorded_by, read.brief) == (ellen, brief) and len(read.digest) == 64
    assert "You have said that you have read it" in words(browser.get(url))
    assert "says PC 2877 Marsh" in words(client_of(rafi).get(call.get_absolute_url()))


def test_sending_more_builds_no_second_brief_and_arriving_unsent_builds_one(rafi: User, ellen: User, nr3: Unit) -> None:
    call = sent(sent(called(rafi, nr3), rafi), rafi)
    assert Brief.objects.filter(call=call).count() == 1
    unsent = step(called(rafi, nr3, log_ref="0413"), "arrive", ellen, arrived_at=now())
    assert Brief.objects.filter(call=unsent).count() == 1


def test_nobody_says_twice_that_they_have_read_it_nor_does_the_control_room_for_them(
    rafi: User, ellen: User, nr3: Unit
) -> None:
    call = sent(called(rafi, nr3), rafi)
    step(call, "acknowledge", ellen, read="on")
    for again in (ellen, rafi):
        with pytest.raises(Refused):
            step(call, "acknowledge", again, read="on")
    assert BriefRead.objects.count() == 1


# --- light, kept nowhere, the same everywhere ---------------------------------------------------------------------


def test_it_is_light_needs_no_script_and_is_kept_nowhere(
    known: Case, hannah: Person, rafi: User, ellen: User, nr3: Unit
) -> None:
    call = sent(hers(rafi, hannah, nr3), rafi)
    answer: Any = client_of(ellen).get(f"/briefs/call/{call.pk}/")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    style = Path("templates/static/css/brief.css").read_bytes()
    assert len(answer.content) + len(style) < 30_000
    text = answer.content.decode()
    assert "<script" not in text and " style=" not in text and text.count('rel="stylesheet"') == 1


def test_the_code_word_stands_on_no_brief_but_the_way_to_it_does(
    known: Case, hannah: Person, rafi: User, ellen: User, nr3: Unit
) -> None:
    call = sent(hers(rafi, hannah, nr3), rafi)
    for url in (f"/briefs/call/{call.pk}/", f"/briefs/person/{hannah.pk}/", call.get_absolute_url()):
        text = client_of(ellen).get(url).content.decode()
        assert "tangerine" not in text, url
        assert f"/cases/{known.reference}/code-word/" in text, url


@pytest.mark.parametrize("about", ["incident", "person", "place"])
def test_the_same_brief_is_there_of_an_incident_a_person_and_a_place(
    about: str, known: Case, hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    here = Incident.objects.get(pk=hannahs_incident.pk)
    pk = {"incident": here.pk, "person": hannah.pk, "place": Place.objects.get(key=here.place_key).pk}[about]
    page = words(client_of(ellen).get(f"/briefs/{about}/{pk}/"))
    for told in (KNIFE, "A bread knife", "HIGH", "Mia Okoro", "The landline"):
        assert told in page, told
    assert all(part.label in page for part in TABLE)


def test_what_nobody_knows_is_said_to_be_unknown(rafi: User, ellen: User, nr3: Unit) -> None:
    call = sent(called(rafi, nr3, risks=[]), rafi)
    page = words(client_of(ellen).get(f"/briefs/call/{call.pk}/"))
    assert "That does not mean that it is safe" in page and "do not ring or text" in page


def test_an_app_adds_its_lines_by_saying_them(
    known: Case, hannah: Person, ellen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def orders(scene: Scene, user: User) -> list[BriefLine]:
        return [BriefLine("in_force", "Non-molestation order", scene.cases[case]) for case in scene.cases]

    monkeypatch.setattr("cases.services.brief_lines._SOURCES", {})
    say_in_brief("orders", orders)
    assert "Non-molestation order" in words(client_of(ellen).get(f"/briefs/person/{hannah.pk}/"))
    with pytest.raises(LookupError):
        say_in_brief("orders", orders)


def test_it_names_those_of_whom_orders_and_bail_were_not_asked(
    known: Case, hannahs_incident: Incident, hannah: Person, ellen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"/briefs/person/{hannah.pk}/"
    monkeypatch.setitem(FORCES, "orders", (50, lambda reading: []))
    assert "Not asked of" not in words(client_of(ellen).get(url))
    for forename in ("Ada", "Bertha", "Cyril", "Dora"):
        involve(hannahs_incident, ellen, "witness", f"{forename} Quill")
    page = words(client_of(ellen).get(url))
    assert "Not asked of Cyril Quill, Dora Quill: open their pages" in page


def test_of_a_conference_it_tells_as_far_back_as_the_definition_of_a_repeat_says(
    known: Case, hannah: Person, ellen: User
) -> None:
    url, today = f"/briefs/person/{hannah.pk}/", timezone.localdate()
    SetMarker.objects.filter(code="marac").update(recorded_at=timezone.now() - timedelta(days=400))
    assert "Heard on 3 March" not in words(client_of(ellen).get(url))
    DefinitionSet.objects.create(
        code="marac_repeat", window_months=18, text="Within 18 months.", authority="The force", state="approved",
        valid_from=today,
    )  # fmt: skip
    assert "Heard on 3 March" in words(client_of(ellen).get(url))


# --- secrecy ------------------------------------------------------------------------------------------------------


def test_it_says_nothing_of_a_case_that_its_reader_is_shut_out_of(
    known: Case, hannah: Person, rafi: User, ellen: User, tom: User, priya: User, nr3: Unit
) -> None:
    call = sent(hers(rafi, hannah, nr3, risks=[]), rafi)
    shut_out(Case.objects.get(pk=known.pk), tom, priya)
    text = words(client_of(tom).get(f"/briefs/call/{call.pk}/"))
    for told in (KNIFE, "bread knife", "HIGH", "Mia", "landline", known.reference, "out of the room"):
        assert told not in text, told
    assert client_of(tom).get(f"/briefs/person/{hannah.pk}/").status_code == 404
    assert client_of(ellen).get(f"/briefs/person/{hannah.pk}/").status_code == 200


def test_the_next_beat_reads_what_warns_and_of_the_rest_that_a_reason_is_asked(
    known: Case, hannah: Person, sam: User
) -> None:
    page = words(client_of(sam).get(f"/briefs/person/{hannah.pk}/"))
    assert KNIFE in page and "Its case asks why first" in page
    for told in ("landline", "07700 900461", "out of the room", "bread knife", "Heard on 3 March"):
        assert told not in page, told


def test_repeat_and_serial_are_said_of_people_and_of_the_place_by_the_definitions_in_force(
    known: Case, hannah: Person, ellen: User, sam: User, tom: User, priya: User
) -> None:
    """Hannah harmed twice by the same man, at one address to which a third report came."""
    url = f"/briefs/incident/{Incident.objects.get(case=known).pk}/"
    assert "Repeat" not in words(client_of(ellen).get(url))
    first = Incident.objects.get(case=known)
    others = [factories.begun(ellen, log_ref=f"09{n}0", minutes_ago=60 * 24 * n) for n in (3, 9)]
    for row in others:
        for part in first.involvements.standing().filter(part__in=("victim", "suspect")):
            engine.add(Involvement(incident=row, person=part.person, part=part.part), beneath=row, by=ellen)
    where = {"place": "Flat 3, 14 Mill Lane", "postcode": "NR3 4QX"}
    Incident.objects.update(**where)
    page = words(client_of(ellen).get(url))
    assert "Hannah Okoro: Repeat victim. 3 incidents in 12 months" in page
    assert "Daniel Reeve: Repeat suspect. 3 incidents in 12 months" in page
    assert "This address: Repeat location. 3 calls or reports in 12 months" in page
    closed = words(client_of(sam).get(f"/briefs/person/{hannah.pk}/"))
    assert "Hannah Okoro: Repeat victim" in closed and "Repeat victim. 3 incidents" not in closed
    for row in others:
        shut_out(row.case, tom, priya)
    assert "Repeat" not in words(client_of(tom).get(url))


def test_what_is_no_brief_is_not_there(
    ellen: User, victor: User, hannahs_incident: Incident, hannahs_case: Case
) -> None:
    browser = client_of(ellen)
    for path in ("/briefs/call/999999/", "/briefs/person/999999/", "/briefs/place/999999/", "/briefs/nothing/1/"):
        assert browser.get(path).status_code == 404, path
    assert client_of(victor).get(f"/briefs/incident/{hannahs_incident.pk}/").status_code == 404


def test_it_asks_as_much_for_many_reports_as_for_one(known: Case, hannah: Person, ellen: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(url).status_code == 200
        return len(found)

    browser, url = client_of(ellen), f"/briefs/person/{hannah.pk}/"
    browser.get(url)
    few = asked()
    for n in range(4):
        factories.begun(ellen, Case.objects.get(pk=known.pk), log_ref=f"05{n}0")
        engine.perform(
            Case.objects.get(pk=known.pk), "warn", by=ellen, evidence={"what": f"Dog number {n} in the yard"}
        )
    assert asked() == few
    assert few <= 45


# --- who went without ---------------------------------------------------------------------------------------------


def test_what_the_control_room_read_counts_only_once_they_were_told_by_radio(
    rafi: User, bea: User, ellen: User, nr3: Unit
) -> None:
    untold, told = (sent(called(rafi, nr3, log_ref=f"07{n}0"), rafi) for n in range(2))
    for call in (untold, told):
        assert client_of(rafi).get(f"/briefs/call/{call.pk}/").status_code == 200
    step(told, "brief", rafi, briefed_who="PC 2877 Marsh, by radio", briefed_at=now())
    for call in (untold, told):
        there(call, rafi)
    assert [brief.call for brief in Brief.objects.unread_on_arrival()] == [untold]


def test_when_the_time_of_arrival_is_corrected_the_list_follows(rafi: User, bea: User, ellen: User, nr3: Unit) -> None:
    call = there(sent(called(rafi, nr3, minutes_ago=30), rafi), rafi, minutes_ago=2)
    client_of(ellen).get(f"/briefs/call/{call.pk}/")
    assert Brief.objects.unread_on_arrival().count() == 1
    Call.objects.filter(pk=call.pk).update(arrived_at=timezone.now() + timedelta(minutes=1))
    assert not Brief.objects.unread_on_arrival().exists(), "asked of the facts, nothing is counted"


def test_the_call_page_carries_the_same_brief(known: Case, hannah: Person, rafi: User, ellen: User, nr3: Unit) -> None:
    call = answered(hers(rafi, hannah, nr3), rafi)
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert KNIFE in page and "Mia Okoro" in page and "Open the brief to read it, or to print it" in page
    assert "Nobody who went has said that they read it" in page


def test_what_the_check_at_entry_finds_too_is_said_once_with_its_case(
    known: Case, hannah: Person, rafi: User, ellen: User, nr3: Unit
) -> None:
    brief = briefing_for(answered(hers(rafi, hannah, nr3), rafi), ellen, timezone.now())
    dangers = [line for told in brief.told for line in told.lines if told.part.code == "dangers"]
    said = [line for line in dangers if line.words == f"Safety warning: {KNIFE}"]
    assert [line.reference for line in said] == [known.reference]
