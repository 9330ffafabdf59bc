"""Attempts to see what is hidden: by another's row, by a person's number, by what counts and statements give away."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident
from people.models import Person
from people.services import create
from tests import factories
from tests.cases.recording import words
from tests.factories import begun, peopled
from workflow import engine
from workflow.models import Draft

SignIn = Callable[[User | None], Client]
NOWHERE = "DA-2026-999999"


def restricted(by_officer: User, by_sergeant: User) -> Incident:
    """Another case of the team, closed to all but those named: it knows a man of whom nobody else has heard."""
    incident = peopled(begun(by_officer, log_ref="0911"), by_officer, "Orla Finch", "Gideon Thrale")
    engine.perform(incident.case, "restrict", by=by_sergeant, evidence={"reason": "The suspect works with us."})
    return incident


def without_reference(answer: Any) -> str:
    """What an error page says, but for the reference of this very request."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", words(answer))


def opened_up(incident: Incident, by: User) -> None:
    """The first section said, so that the others open."""
    now = Incident.objects.get(pk=incident.pk)
    engine.amend(now, {"everyone_safe": "yes", "made_safe": "At her sister's."}, by=by, seen=now.version)


def test_the_row_of_another_record_is_not_reached_through_ones_own(
    hannah: Person, hannahs_incident: Incident, ellen: User, priya: User, sign_in: SignIn
) -> None:
    """The address names a record that is mine and a row that is not beneath it."""
    opened_up(hannahs_incident, ellen)
    theirs = peopled(begun(ellen, log_ref="0912"), ellen, "Orla Finch", "Gideon Thrale")
    row = theirs.people("victim").get()
    browser = sign_in(ellen)
    base = f"/work/incident/{hannahs_incident.pk}/rows/victim/{row.pk}/"
    for path in (base, f"{base}strike/", f"/incidents/{hannahs_incident.pk}/people/{row.pk}/facts/address/"):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path, {"reason": "x", "seen": "1"}).status_code == 404, path


def test_a_person_known_only_to_a_restricted_case_cannot_be_chosen_by_number(
    hannah: Person, hannahs_incident: Incident, ellen: User, priya: User, tom: User, sign_in: SignIn
) -> None:
    """Whoever guesses numbers could otherwise pull a name out of a case that is closed to them."""
    opened_up(hannahs_incident, ellen)
    hidden = restricted(ellen, priya).people("suspect").get().person
    said = {"forename": "G", "surname": "T", "person": str(hidden.pk), "token": "a" * 32}
    answer = sign_in(tom).post(f"/incidents/{hannahs_incident.pk}/people/witness/", said)
    assert answer.status_code == 404
    assert not hannahs_incident.involvements.filter(person=hidden).exists()


def test_the_page_of_a_hidden_person_is_that_of_nobody(ellen: User, priya: User, tom: User, sign_in: SignIn) -> None:
    hidden = restricted(ellen, priya).people("suspect").get().person
    browser = sign_in(tom)
    there, nowhere = browser.get(f"/people/{hidden.pk}/"), browser.get("/people/87654321/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert without_reference(there) == without_reference(nowhere)


def test_a_search_counts_and_suggests_nothing_of_a_hidden_case(
    ellen: User, priya: User, tom: User, sign_in: SignIn
) -> None:
    browser = sign_in(tom)
    before = words(browser.post("/search/", {"q": "Gideon Thrale"}))
    restricted(ellen, priya)
    assert words(browser.post("/search/", {"q": "Gideon Thrale"})) == before


def test_queues_and_their_counts_are_as_if_the_hidden_case_were_not(
    ellen: User, priya: User, tom: User, sign_in: SignIn
) -> None:
    browser = sign_in(tom)
    before = [words(browser.get(path)) for path in ("/", "/team/", "/notices/")]
    restricted(ellen, priya)
    assert [words(browser.get(path)) for path in ("/", "/team/", "/notices/")] == before


def test_a_hidden_case_and_no_case_cost_the_same_statements(hannahs_case: Case, victor: User, sign_in: SignIn) -> None:
    """Time tells what words do not: the same question is asked of the database whether there is a case or not."""
    browser = sign_in(victor)
    browser.get(f"/cases/{NOWHERE}/")
    asked = []
    for reference in (hannahs_case.reference, NOWHERE):
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert browser.get(f"/cases/{reference}/").status_code == 404
        shapes = [statement["sql"].replace(reference, "?") for statement in statements]
        asked.append([shape.partition("WHERE")[0][:80] for shape in shapes])
    assert asked[0] == asked[1]


def test_the_reference_of_a_hidden_case_in_the_search_box_leads_nowhere(
    hannahs_case: Case, victor: User, sign_in: SignIn
) -> None:
    browser = sign_in(victor)
    there = browser.post("/search/", {"q": hannahs_case.reference})
    nowhere = browser.post("/search/", {"q": NOWHERE})
    assert there.status_code == nowhere.status_code == 200
    assert words(there).replace(hannahs_case.reference, "") == words(nowhere).replace(NOWHERE, "")


def test_wildcards_and_statements_in_the_search_box_are_only_words(
    hannah: Person, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    for typed in (
        "%",
        "_",
        "%%%",
        "' OR 1=1 --",
        "Hannah' UNION SELECT 1--",
        "\\",
        "Okoro'); DROP TABLE people_person;--",
    ):
        answer = browser.post("/search/", {"q": typed})
        assert answer.status_code in (200, 422), typed
    assert "Hannah Okoro" not in words(browser.post("/search/", {"q": "%"}))
    assert Person.objects.filter(pk=hannah.pk).exists()


def test_typing_cannot_be_left_on_the_page_of_somebody_elses_case(
    hannahs_incident: Incident, stranger: User, sign_in: SignIn
) -> None:
    """A kept draft would tell that the page exists, and would wait there for ever."""
    path = f"/work/incident/{hannahs_incident.pk}/sections/safe/"
    browser = sign_in(stranger)
    answer = browser.post("/kept/", {"kept_path": path, "made_safe": "x"})
    nowhere = browser.post(
        "/kept/", {"kept_path": path.replace(str(hannahs_incident.pk), "87654321"), "made_safe": "x"}
    )
    assert (answer.status_code, answer.content) == (nowhere.status_code, nowhere.content)
    assert browser.get(path).status_code == 404


def test_the_draft_of_a_colleague_is_never_read(
    hannah: Person, hannahs_incident: Incident, ellen: User, tom: User, sign_in: SignIn
) -> None:
    path = f"/work/incident/{hannahs_incident.pk}/sections/safe/"
    Draft.objects.create(person=ellen, path=path, data={"made_safe": ["Only in Ellen's head so far"]})
    assert "Only in Ellen's head" not in words(sign_in(tom).get(path))


def test_every_person_page_that_was_opened_is_written_down(hannah: Person, ellen: User, sign_in: SignIn) -> None:
    """Walking through numbers leaves a trail, a row for each page."""
    browser = sign_in(ellen)
    for _ in range(3):
        browser.get(f"/people/{hannah.pk}/")
    looked: Any = Access.objects.filter(by=ellen, what=f"people.person:{hannah.pk}")
    assert looked.count() == 3


def test_a_person_without_any_fact_that_one_may_see_does_not_exist(
    hannahs_incident: Incident, ellen: User, stranger: User, sign_in: SignIn
) -> None:
    found = create(beneath=hannahs_incident, by=ellen, forename="Nell", surname="Ash")
    assert sign_in(stranger).get(f"/people/{found.pk}/").status_code == 404
    assert factories.begun(ellen).case_id != hannahs_incident.case_id
