"""What two people who may be one give away: refusals, the queue's order, addresses of merged records, papers kept since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Call, Case, Incident, RepeatPlan
from cases.services.repeat_places import flags_of_places
from people.models import Duplicate, Link, Person, PersonName, WarningMarker
from people.services.merging import SIDE_BY_SIDE, TIED, TWO
from people.services.weighing import suggest
from reporting import services as papers
from reporting.models import Document
from tests.attacks.test_sight import without_reference
from tests.cases.lives import it_happened
from tests.cast import shut_out
from tests.people.merging import merged, refusal, suggested
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def second(nr3: Unit) -> Case:
    """Another case of the team."""
    return Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())


@pytest.fixture
def hidden(nr3: Unit, priya: User, ruth: User) -> Case:
    """A case of the team that Priya is shut out of."""
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    shut_out(case, priya, ruth)
    return case


@pytest.fixture
def two(hannahs_case: Case, second: Case, ellen: User) -> tuple[Person, Person]:
    return known(hannahs_case, ellen, "Gareth", "Pollitt"), known(second, ellen, "Garreth", "Pollit")


@pytest.fixture
def pair(two: tuple[Person, Person], hannahs_case: Case, second: Case, ellen: User) -> Duplicate:
    return suggested(hannahs_case, second, two, ellen)


def one_incident(case: Case, two: tuple[Person, Person], by: User) -> None:
    it_happened(case, by, *two, days_ago=9)


def one_tie(case: Case, two: tuple[Person, Person], by: User) -> None:
    learned(Link, case, two[0], by, other=two[1], tie="sibling")


def two_plans(case: Case, two: tuple[Person, Person], by: User) -> None:
    for someone in two:
        RepeatPlan.objects.create(case=case, person=someone, owner=by, state="writing", recorded_by=by)


@pytest.mark.parametrize("against", [one_incident, one_tie, two_plans])
def test_what_is_hidden_forbids_a_merge_in_words_that_say_nothing_of_what_it_is(
    against: Callable[..., None], pair: Duplicate, two: tuple[Person, Person], hidden: Case, ellen: User, priya: User,
    ruth: User, sign_in: SignIn,
) -> None:  # fmt: skip
    """A shared incident, a tie, two plans: one sentence for all, on the page and from the step. Who sees it is told what."""
    against(hidden, two, ellen)
    assert refusal(lambda: merged(pair, priya)).sentence == TWO
    page = sign_in(priya).get(f"/people/pairs/{pair.pk}/").content.decode()
    assert TWO in page and SIDE_BY_SIDE not in page and TIED not in page and hidden.reference not in page
    assert refusal(lambda: merged(pair, ruth)).sentence != TWO


def test_what_only_hidden_cases_say_puts_no_pair_first_in_the_queue(
    hannahs_case: Case, second: Case, hidden: Case, nr3: Unit, ellen: User, priya: User, ruth: User, sign_in: SignIn
) -> None:
    """Gaz and his double are all but certain to whoever sees the hidden case; Priya sees that Kerry's are likelier."""
    gaz, kerry = (
        (known(hannahs_case, ellen, name, "Pollitt"), known(second, ellen, name, "Polit")) for name in ("Gaz", "Kerry")
    )
    for couple, score in ((gaz, 55), (kerry, 60)):
        cases = {couple[0].pk: hannahs_case.pk, couple[1].pk: second.pk}
        suggest(cases, by=ellen, reason="The neighbour says so.", unit=nr3, score=score)
    suggest(
        {gaz[0].pk: hannahs_case.pk, gaz[1].pk: hidden.pk},
        by=ellen,
        reason="The neighbour says so.",
        unit=nr3,
        score=95,
    )
    first = [sign_in(who).get("/team/same-person/").context["rows"][0][0].one_id for who in (priya, ruth)]
    assert first == [kerry[0].pk, gaz[0].pk]


def test_the_same_two_cases_that_know_more_since_say_so(
    pair: Duplicate, two: tuple[Person, Person], hannahs_case: Case, second: Case, nr3: Unit, ellen: User, priya: User
) -> None:
    cases = {two[0].pk: hannahs_case.pk, two[1].pk: second.pk}
    for score in (40, 75, 60):
        suggest(cases, by=ellen, reason="The neighbour says so.", unit=nr3, score=score)
    assert Duplicate.objects.likeliest_first(priya).get().seen_score == 75


def test_the_address_of_a_merged_record_leads_on_only_whoever_knew_it(
    pair: Duplicate, two: tuple[Person, Person], second: Case, ellen: User, priya: User, ruth: User, tom: User,
    sign_in: SignIn,
) -> None:  # fmt: skip
    """To somebody else it is the address of nobody: the same page and the same questions to the database."""
    merged(pair, priya)
    shut_out(second, tom, ruth)
    there = sign_in(ellen).get(f"/people/{two[1].pk}/")
    assert (there.status_code, there["Location"]) == (302, f"/people/{two[0].pk}/")
    client, found = sign_in(tom), []
    for pk in (two[1].pk, 87_654_321):
        client.get(f"/people/{pk}/")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/people/{pk}/")
        found.append((answer.status_code, without_reference(answer), len(asked)))
    assert found[0] == found[1] and found[0][0] == 404


def test_a_call_is_counted_though_a_hidden_case_tells_what_came_of_it(
    hannahs_case: Case, hidden: Case, ellen: User, priya: User
) -> None:
    """Left out, it would tell Priya that there is an incident that she may not see."""
    now, where = timezone.now(), {"place": "14 Tannery Row", "postcode": "NG5 2AB"}
    said: dict[str, Any] = {"channel": "999", "said": "He is at the door.", "grade": "immediate", "flagged": "yes"}
    calls = [
        Call.objects.create(case=hannahs_case, recorded_by=ellen, received_at=now, state="taken", **said, **where)
        for _ in range(3)
    ]
    Incident.objects.create(
        case=hidden, recorded_by=ellen, reported_at=now, channel="999", call=calls[0], state="checked", **where
    )
    key = Call.objects.get(pk=calls[0].pk).place_key
    assert flags_of_places([key], priya)[key].number == 3


@pytest.mark.parametrize("of", ["person", "pair", "brief"])
def test_a_paper_that_quotes_a_case_is_closed_with_that_case(
    of: str, hannah: Person, daniel: Person, hannahs_case: Case, second: Case, ellen: User, priya: User,
    sign_in: SignIn,
) -> None:  # fmt: skip
    """The second case has told nothing but a name and a warning about Daniel; then Ellen is shut out of it."""
    learned(PersonName, second, daniel, ellen, forename="Danny", surname="Quistrel")
    learned(WarningMarker, second, daniel, ellen, danger="weapons", what="Crossbow under the bed", said_by="PC Hallam")
    people = {"person": (daniel.pk,), "pair": (hannah.pk, daniel.pk)}.get(of)
    if people:
        document, _ = papers.ask_about(*people, by=ellen)
    else:
        document, _ = papers.ask_for_document(case=hannahs_case, by=ellen, kind=Document.Kind.BRIEF)
    assert papers.make(document.pk)
    document = Document.objects.get(pk=document.pk)
    assert second.pk in document.drawn_from
    client = sign_in(ellen)
    assert client.get(f"/documents/{document.pk}/file/").status_code == 200
    shut_out(second, ellen, priya)
    assert client.get(f"/documents/{document.pk}/file/").status_code == 403
