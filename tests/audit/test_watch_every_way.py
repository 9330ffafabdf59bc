"""Access watch, every way in: whatever is typed or opened, by number or through somebody else, it is heard."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Duty, Unit, User
from audit import services as audit
from audit.models import Access
from cases.models import AccessConcern, Case, Incident, Intelligence, Involvement, WatchedLook
from cases.services import hear_search, restrict
from cases.services.staff_homes import keep_home
from people.kinds import Asked
from people.models import Person, Place, Telephone
from people.services.weighing import suggest
from reporting import services as papers
from reporting.explorer.alerts import raise_unusual
from reporting.models import Document
from supervision.models import Notice
from tests.audit.watching import act, concerns, found, heard
from tests.cases.calls import called
from tests.cast import client_of, person
from tests.factories import begun
from tests.people.population import known, learned
from workflow import engine, reactions
from workflow.clock import LONDON

Kind = AccessConcern.Kind
PHONE = "07700 900461"


@pytest.fixture
def reached(watched: Case, hannah: Person, ellen: User) -> Case:
    """The watched case, which knows Hannah's number too."""
    learned(Telephone, watched, hannah, ellen, number=PHONE)
    return watched


# --- searching for what is hidden ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {"q": "Hanah Okoro"}, {"q": "Okora, Hana"}, {"q": "okorro"}, {"q": PHONE}, {"q": "0461"}, {"q": "0388"},
        {"q": "14 Mill Lane NR3 4QX"}, {"where": "mill lane"}, {"q": "someone else", "where": "3/14 mill lane"},
        {"born": "4 5 1991"},
    ],
)  # fmt: skip
def test_the_suspect_is_heard_by_whatever_he_looks_for_his_own_case(
    said: dict[str, str], reached: Case, victor: User, dana: User
) -> None:
    answer = client_of(victor).post("/search/", said)
    assert answer.status_code == 200 and reached.reference not in answer.content.decode()
    told = heard()
    assert {("2950", Kind.SEARCHED), ("2950", Kind.WATCHED)} <= concerns()
    assert dana in {who for who, _ in told} and victor not in {who for who, _ in told}
    assert Access.objects.filter(what="tripwire", chain=reached.pk, by=victor).count() == 1


def test_whoever_is_not_shut_out_is_heard_for_what_singles_somebody_out_and_not_for_a_street(
    reached: Case, sam: User, priya: User
) -> None:
    restrict(case=Case.objects.get(pk=reached.pk), by=priya)
    for asked in (Asked("0461"), Asked("", where="mill lane"), Asked("Hana"), Asked("Zbigniew Quillfeather")):
        hear_search(sam, asked)
    assert not Access.objects.filter(what="tripwire").exists()
    house = Asked("", where="14 mill lane")
    for times, asked in enumerate((house, Asked(PHONE), Asked("0388"), Asked("Hanna Okorro")), 1):
        hear_search(sam, asked)
        assert Access.objects.filter(what="tripwire", chain=reached.pk).count() == times, asked


@pytest.fixture
def told_of(reached: Case, hannahs_incident: Incident, ellen: User, rafi: User) -> Case:
    """The watched case in words: an account, what a caller said, her own words, intelligence in two texts."""
    incident = Incident.objects.get(pk=hannahs_incident.pk)
    engine.amend(incident, {"account": "He smashed the greenhouse."}, by=ellen, seen=incident.version)
    called(rafi, case=reached, said="Screams behind the bakery")
    incident.involvements.filter(part="victim").update(own_words="He calls me sparrow.")
    said = {
        "known_at": (timezone.now() - timedelta(hours=2)).isoformat(), "person": "", "provenance": "public",
        "original": "Kestrel saw a pistol.", "provenance_words": "Kestrel, at work", "source": "2", "assessment": "B",
        "handling": "P", "sanitised": "Said to have a firearm.",
    }  # fmt: skip
    engine.perform(Intelligence(case=reached), "record", by=ellen, evidence=said)
    return reached


@pytest.mark.parametrize("said", ["greenhouse", "screaming bakery", '"calls me sparrow"', "kestrel", "firearms"])
def test_the_suspect_is_heard_by_words_that_stand_in_his_own_case_and_nobody_else_is(
    said: str, told_of: Case, victor: User, tom: User, sam: User, priya: User
) -> None:
    answer = client_of(victor).post("/search/", {"q": said})
    assert answer.status_code == 200 and told_of.reference not in answer.content.decode()
    assert Access.objects.filter(what="tripwire", chain=told_of.pk, by=victor).count() == 1
    restrict(case=Case.objects.get(pk=told_of.pk), by=priya)
    for other in (tom, sam):
        hear_search(other, Asked(said))
    assert Access.objects.filter(what="tripwire").count() == 1, "words that many use single nobody out"


@pytest.mark.parametrize(
    ("there", "nowhere"),
    [
        ("Hannah Okoro", "Zbigniew Quill"), (PHONE, "07700 900999"), ("14 Mill Lane NR3 4QX", "15 Corn Row NR9 9ZZ"),
        ("greenhouse", "quillfeather"),
    ],
)  # fmt: skip
def test_a_search_asks_and_writes_as_much_whether_or_not_something_hidden_was_hit(
    there: str, nowhere: str, told_of: Case, victor: User
) -> None:
    client, counted = client_of(victor), []
    for typed in (nowhere, there, nowhere):
        with CaptureQueriesContext(connection) as statements:
            client.post("/search/", {"q": typed})
        counted.append(len(statements))
    assert counted[1] == counted[2], counted
    assert Access.objects.filter(what="tripwire", by=victor).count() == 1


# --- looked at through somebody, or asked for by number -----------------------------------------------------------


@pytest.mark.parametrize("way", ["pair", "pair the other way", "place", "two hubs", "merged away", "two on paper"])
def test_every_attempt_by_number_is_heard(
    way: str, reached: Case, hannah: Person, victor: User, tom: User, nr3: Unit, dana: User
) -> None:
    other = begun(tom).case
    himself = known(other, tom, "Victor", "Hale")
    if way == "place":
        url = f"/places/{Place.objects.get(key='NR34QX 14 3').pk}/"
    elif way == "two hubs":
        pair = suggest({hannah.pk: reached.pk, himself.pk: other.pk}, by=tom, reason="One neighbour.", unit=nr3)
        url = f"/people/pairs/{pair.pk}/"
    else:
        url = {
            "pair": f"/people/{hannah.pk}/with/{himself.pk}/",
            "pair the other way": f"/people/{himself.pk}/with/{hannah.pk}/",
            "two on paper": f"/people/{hannah.pk}/with/{himself.pk}/paper/",
            "merged away": f"/people/{Person.objects.create(kept_as=hannah).pk}/",
        }[way]
    WatchedLook.objects.all().delete()
    assert client_of(victor).get(url).status_code == 404
    told = heard()
    assert ("2950", Kind.WATCHED) in concerns()
    assert dana in {who for who, _ in told}


@pytest.fixture
def beside(reached: Case, hannah: Person, ellen: User) -> Incident:
    """Another report of Hannah's, in a case of its own that nobody watches."""
    incident: Incident = begun(ellen)
    engine.add(Involvement(incident=incident, person=hannah, part="victim"), beneath=incident, by=ellen)
    return incident


@pytest.mark.parametrize("way", ["call", "call page", "incident", "paper"])
def test_a_brief_is_a_look_at_every_case_that_it_tells_of(
    way: str, beside: Incident, reached: Case, hannah: Person, ellen: User, rafi: User, nr3: Unit
) -> None:
    call = called(rafi, nr3, harmed=str(hannah.pk), case=beside.case)
    browser, before = client_of(ellen), Access.objects.order_by("-pk").first()
    if way == "paper":
        document, _ = papers.ask_for_document(case=beside.case, by=ellen, kind=Document.Kind.BRIEF)
        assert papers.make(document.pk)
        kinds = {"print", "export"}
        assert browser.get(f"/documents/{document.pk}/file/").status_code == 200
    else:
        urls = {
            "call": f"/briefs/call/{call.pk}/",
            "call page": call.get_absolute_url(),
            "incident": f"/briefs/incident/{beside.pk}/",
        }
        kinds = {"view"}
        assert browser.get(urls[way]).status_code == 200
    looks = Access.objects.filter(by=ellen, pk__gt=before.pk if before else 0, hits__contains=[reached.pk])
    assert set(looks.values_list("kind", flat=True)) == kinds
    assert WatchedLook.objects.filter(case=reached, access__in=looks).exists()


# --- what is unusual, without ever opening a case -----------------------------------------------------------------


def page_of(by: User, what: str, times: int = 1, **more: Any) -> None:
    for _ in range(times):
        Access.objects.create(by=by, kind="view", what=what, **more)


def test_a_relative_is_named_who_reads_her_page_and_never_opens_a_case(
    hannahs_case: Case, hannah: Person, nr3: Unit, tom: User
) -> None:
    okoro = person("PC", "2999", "Chidi Okoro", ("officer", nr3))
    keep_home(tom, "3/14 Mill Lane, Northgate", "NR3 4QX")
    for officer in (okoro, tom):
        page_of(officer, f"people.person:{hannah.pk}")
    assert (found("same-surname"), found("same-address")) == ({okoro.pk}, {tom.pk})


def test_pages_of_people_and_places_count_as_looks_at_their_cases(
    hannahs_case: Case, hannah: Person, tom: User, sam: User
) -> None:
    now = timezone.now()
    Duty.objects.create(user=tom, from_at=now - timedelta(hours=20), to_at=now - timedelta(hours=10))
    for back in (0, 2, 5):
        page_of(tom, f"people.person:{hannah.pk}", at=now - timedelta(days=back))
    for number in range(30):
        page_of(tom, f"people.place:{number}", hits=[hannahs_case.pk])
        page_of(sam, "cases.repeat-plans", hits=[hannahs_case.pk])
    assert (found("off-shift"), found("one-woman"), found("many")) == ({tom.pk}, {tom.pk}, {tom.pk})


def test_the_page_of_a_man_with_many_cases_is_one_look(hannahs_case: Case, tom: User, ellen: User) -> None:
    cases = [begun(ellen).case.pk for _ in range(4)]
    now = timezone.now()
    Duty.objects.create(user=tom, from_at=now - timedelta(hours=20), to_at=now - timedelta(hours=10))
    page_of(tom, "people.person:4711", hits=cases)
    assert found("off-shift") == set()


# --- raised -------------------------------------------------------------------------------------------------------


def test_the_last_minutes_of_a_day_are_raised_by_the_first_run_of_the_next(
    hannahs_case: Case, hannah: Person, nr3: Unit
) -> None:
    okoro = person("PC", "2999", "Chidi Okoro", ("officer", nr3))
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min), LONDON)
    page_of(okoro, f"people.person:{hannah.pk}", at=midnight - timedelta(minutes=15))
    assert raise_unusual(midnight + timedelta(minutes=20)) == 1
    assert raise_unusual(midnight + timedelta(minutes=80)) == 0


def test_another_question_about_the_same_case_is_raised_while_the_first_waits(
    hannahs_case: Case, hannah: Person, nr3: Unit, dana: User
) -> None:
    okoro = person("PC", "2999", "Chidi Okoro", ("officer", nr3))
    page_of(okoro, f"people.person:{hannah.pk}")
    assert raise_unusual(timezone.now() + timedelta(seconds=1)) == 1
    keep_home(okoro, "3/14 Mill Lane, Northgate", "NR3 4QX")
    assert raise_unusual(timezone.now() + timedelta(seconds=1)) == 1
    assert set(AccessConcern.objects.values_list("code", flat=True)) == {"same-surname", "same-address"}
    act(AccessConcern.objects.get(code="same-surname"), "review", dana, verdict="justified", reason="No relation.")
    assert raise_unusual(timezone.now() + timedelta(seconds=1)) == 0


def test_a_question_about_no_case_is_a_notice_to_professional_standards_once_a_day(
    hannahs_case: Case, hannah: Person, tom: User, dana: User
) -> None:
    for number in range(10):
        audit.looked(by=tom, kind="search", what="people.person", terms=f"a {number}", hits=[hannah.pk])
    now = timezone.now() + timedelta(seconds=1)
    assert (raise_unusual(now), raise_unusual(now)) == (1, 0)
    reactions.run_due()
    notice = Notice.objects.get(event__name="access.unusual")
    assert notice.person == dana and "Tom" not in notice.text
    onward = client_of(dana).get(f"/notices/{notice.pk}/")
    assert onward["Location"].startswith("/audit/unusual/?day=")
    assert "Searched, and opened nothing" in client_of(dana).get(onward["Location"]).content.decode()


def test_professional_standards_are_not_told_of_themselves(hannahs_case: Case, hannah: Person, dana: User) -> None:
    for number in range(10):
        audit.looked(by=dana, kind="search", what="people.person", terms=f"a {number}", hits=[hannah.pk])
    assert raise_unusual(timezone.now() + timedelta(seconds=1)) == 1
    reactions.run_due()
    assert not Notice.objects.exists()
