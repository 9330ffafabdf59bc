"""Access watch: any look at a case of a police suspect is told within seconds, and what is unusual hour by hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Duty, Unit, User
from audit import services as audit
from audit.models import Access
from cases.models import AccessConcern, Case, StaffHome, WatchedLook
from cases.services.staff_homes import home_digest, keep_home
from cases.tasks import hear_watched_looks
from people.models import Person
from people.services import find
from reporting.explorer.alerts import raise_unusual
from reporting.explorer.unusual import QUESTIONS
from supervision.models import Notice
from tests.audit.watching import act, concerns, found, heard
from tests.cast import client_of, person, shut_out
from tests.factories import begun

Kind = AccessConcern.Kind


# --- a case whose suspect is police or staff ----------------------------------------------------------------------


def test_a_view_tells_professional_standards_and_the_supervisor_and_not_the_looker(
    watched: Case, tom: User, priya: User, dana: User
) -> None:
    assert client_of(tom).get(watched.get_absolute_url()).status_code == 200
    told = heard()
    assert {who for who, _ in told} == {dana, priya}
    assert ("2208", Kind.WATCHED) in concerns()
    assert not any("Hannah" in text or "Victor" in text or "Tom" in text for _, text in told)
    assert watched.reference not in next(text for who, text in told if who == dana)
    assert not Notice.objects.filter(person=tom).exists()
    page = client_of(tom).get(watched.get_absolute_url()).content.decode()
    assert "looked into" not in page


@pytest.mark.parametrize("way", ["view", "person", "hit", "read", "refused", "number", "nobody", "brief"])
def test_every_way_of_looking_is_heard(
    way: str, watched: Case, hannah: Person, tom: User, victor: User, stranger: User, dana: User
) -> None:
    looker = {"number": stranger, "nobody": victor, "brief": victor, "refused": victor}.get(way, tom)
    browser = client_of(looker)
    if way == "view":
        browser.get(watched.get_absolute_url())
    elif way == "person":
        browser.get(f"/briefs/person/{hannah.pk}/")
    elif way == "hit":
        assert find(user=tom, forename="Hanna", surname="Okoro")
    elif way == "read":
        audit.looked(by=tom, kind="read", what="cases.case", hits=[watched.pk])
    elif way == "refused":
        assert browser.get(watched.get_absolute_url()).status_code == 404
    elif way == "number":
        assert browser.get(f"/work/case/{watched.pk}/warn/").status_code == 404
    else:
        path = {"nobody": "people", "brief": "briefs/person"}[way]
        assert browser.get(f"/{path}/{hannah.pk}/").status_code == 404
    told = heard()
    assert (looker.username, Kind.WATCHED) in concerns()
    assert dana in {who for who, _ in told} and looker not in {who for who, _ in told}


def test_the_suspect_finds_nothing_of_his_own_case_and_standards_know(
    watched: Case, hannah: Person, victor: User, dana: User, priya: User
) -> None:
    browser = client_of(victor)
    assert find(user=victor, forename="Hannah", surname="Okoro") == []
    for path in (watched.get_absolute_url(), f"/people/{hannah.pk}/", f"/briefs/person/{hannah.pk}/"):
        assert browser.get(path).status_code == 404, path
    told = heard()
    assert {Kind.SEARCHED, Kind.WATCHED} <= {kind for who, kind in concerns() if who == victor.username}
    assert {dana, priya} == {who for who, _ in told}
    assert Notice.objects.filter(person=victor).count() == 0


def test_it_is_one_concern_for_one_person_until_it_is_looked_into(watched: Case, tom: User, dana: User) -> None:
    browser = client_of(tom)
    for _ in range(3):
        browser.get(watched.get_absolute_url())
    heard()
    assert AccessConcern.objects.filter(person=tom, kind=Kind.WATCHED).count() == 1
    assert WatchedLook.objects.filter(access__by=tom).count() >= 3 and not WatchedLook.objects.waiting().exists()
    concern = AccessConcern.objects.get(person=tom, kind=Kind.WATCHED)
    act(concern, "review", dana, verdict="justified", reason="He is the officer in the case.")
    browser.get(watched.get_absolute_url())
    heard()
    assert AccessConcern.objects.filter(person=tom, kind=Kind.WATCHED).count() == 2


def test_a_case_that_is_not_marked_or_no_longer_so_is_not_watched(watched: Case, tom: User, ellen: User) -> None:
    act(watched, "clear-marker", ellen, code="police_suspect", reason="Another man of the same name.")
    WatchedLook.objects.all().delete()
    client_of(tom).get(watched.get_absolute_url())
    assert not WatchedLook.objects.exists()


def test_whoever_looks_into_it_is_told_unless_they_are_the_looker_or_shut_out(
    watched: Case, tom: User, dana: User, priya: User, force: Unit
) -> None:
    other = person("DI", "0911", "Omar Field", ("professional_standards", force))
    shut_out(Case.objects.get(pk=watched.pk), other, priya)
    client_of(dana).get(f"/cases/{watched.reference}/reason/")
    audit.looked(by=dana, kind="view", what=f"cases.case:{watched.pk}", folder=watched)
    told = {who for who, _ in heard()}
    assert told == {priya}


def test_the_task_may_run_twice(watched: Case, tom: User) -> None:
    client_of(tom).get(watched.get_absolute_url())
    assert hear_watched_looks() >= 1
    assert hear_watched_looks() == 0


# --- what is unusual ----------------------------------------------------------------------------------------------


def view(by: User, case: Case, times: int = 1, **more: object) -> None:
    for _ in range(times):
        Access.objects.create(by=by, kind="view", what=f"cases.case:{case.pk}", chain=case.pk, **more)


def test_each_question_is_a_row_with_its_sentence_window_threshold_and_authority() -> None:
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.label and question.why and question.authority and question.at_least >= 1 and question.window


def test_somebody_who_lives_where_a_party_lives_is_named_however_the_address_is_written(
    hannahs_case: Case, hannah: Person, tom: User, sam: User
) -> None:
    assert keep_home(tom, "3/14 Mill Lane, Northgate", "nr34qx") and keep_home(sam, "15 Mill Lane", "NR3 4QX")
    for officer in (tom, sam):
        view(officer, hannahs_case)
    assert found("same-address") == {tom.pk}
    assert StaffHome.objects.get(user=tom).digest == home_digest("Flat 3, 14 Mill Lane", "NR3 4QX")
    assert not keep_home(tom, "The Old Mill", "NR3 4QX"), "no number tells one house from the next"


def test_homes_come_from_a_file_and_stand_nowhere_in_words(tom: User, tmp_path: object) -> None:
    path = f"{tmp_path}/homes.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("collar,address,postcode\n2208,3/14 Mill Lane,NR3 4QX\n9999,1 High Street,NR1 1AA\n2208x,,\n")
    call_command("staff_homes", path)
    assert StaffHome.objects.get().user == tom


def test_cases_opened_off_shift_are_named_and_those_within_a_turn_are_not(
    hannahs_case: Case, tom: User, sam: User, ellen: User, nr3: Unit
) -> None:
    now, cases = timezone.now(), [hannahs_case, begun(ellen).case, begun(ellen).case]
    Duty.objects.create(user=tom, from_at=now - timedelta(hours=20), to_at=now - timedelta(hours=10))
    Duty.objects.create(user=ellen, from_at=now - timedelta(hours=2), to_at=now + timedelta(hours=2))
    for case in cases:
        for officer in (tom, ellen, sam):
            view(officer, case)
    assert found("off-shift") == {tom.pk}, "a force without a roster names nobody"


def test_the_same_woman_looked_at_on_day_after_day_is_named_and_whoever_works_for_her_is_not(
    hannahs_case: Case, hannah: Person, tom: User, ellen: User, sam: User
) -> None:
    now = timezone.now()
    for back in (0, 2, 5):
        for officer in (tom, ellen):
            view(officer, hannahs_case, at=now - timedelta(days=back))
    view(sam, hannahs_case, times=5)
    assert found("one-woman") == {tom.pk}, "Ellen records the case; Sam looked on one day"


def test_searches_after_which_nothing_is_opened_are_named(
    hannahs_case: Case, hannah: Person, tom: User, sam: User
) -> None:
    for officer in (tom, sam):
        for n in range(10):
            audit.looked(by=officer, kind="search", what="people.person", terms=f"a {n}", hits=[hannah.pk])
    view(sam, hannahs_case)
    assert found("no-opening") == {tom.pk}


def test_what_is_unusual_is_raised_once_a_day_and_is_for_professional_standards(
    hannahs_case: Case, hannah: Person, dana: User, nr3: Unit, tom: User
) -> None:
    okoro = person("PC", "2999", "Chidi Okoro", ("officer", nr3))
    view(okoro, hannahs_case)
    now = timezone.now() + timedelta(seconds=1)
    assert raise_unusual(now) == 1
    concern = AccessConcern.objects.get(kind=Kind.UNUSUAL)
    assert (concern.person, concern.code, concern.concerning) == (okoro, "same-surname", hannahs_case)
    page = client_of(dana).get("/audit/accesses/").content.decode()
    assert "Opened a case of somebody with their surname" in page
    act(concern, "review", dana, verdict="justified", reason="No relation of hers.")
    assert raise_unusual(now) == 0
