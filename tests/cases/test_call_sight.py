"""A call tells each reader what they may see themselves: what the call-taker saw stands on it for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import AccessConcern, Call, Case, Incident, ShutOut
from cases.services.watch import hear_looks
from people.models import Person
from people.services import find
from tests import factories
from tests.cases.calls import called, step
from tests.cases.recording import words
from tests.cast import client_of, shut_out
from workflow import engine

KNOWN = ("1 report in 12 months", "Knife kept by the front door", "High grade in force")


@pytest.fixture
def dangerous(hannah: Person, hannahs_case: Case, hannahs_incident: Incident, ellen: User) -> Case:
    """Hannah's case, graded high and with a warning; nobody is shut out of it."""
    ShutOut.objects.update(lifted_at=timezone.now())
    factories.assessed(factories.written(hannahs_incident, ellen), ellen, "high")
    engine.perform(Case.objects.get(pk=hannahs_case.pk), "warn", by=ellen, evidence={"what": KNOWN[1]})
    return hannahs_case


def hers(rafi: User, hannah: Person, nr3: Unit) -> Call:
    return called(rafi, nr3, harmed=str(hannah.pk), at_risk="Hannah as heard", log_ref="0777")


def test_what_is_stored_on_a_call_comes_of_cases_that_are_kept_from_nobody(
    dangerous: Case, hannah: Person, rafi: User, tom: User, priya: User, nr3: Unit
) -> None:
    assert hers(rafi, hannah, nr3).derived == ["repeat", "vulnerable"], "kept from nobody: it stands for all"
    shut_out(Case.objects.get(pk=dangerous.pk), tom, priya)
    call = hers(rafi, hannah, nr3)
    assert (call.derived, call.derived_why) == ([], []), (
        "the call-taker sees the case; not everybody who reads the call"
    )


def test_a_reader_who_is_shut_out_reads_nothing_of_the_case_on_the_call(
    dangerous: Case, hannah: Person, rafi: User, tom: User, ellen: User, priya: User, nr3: Unit
) -> None:
    early = hers(rafi, hannah, nr3)  # taken, and its check stored, before anybody was shut out
    shut_out(Case.objects.get(pk=dangerous.pk), tom, priya)
    page = words(client_of(tom).get(early.get_absolute_url()))
    assert not [told for told in KNOWN if told in page]
    told = words(client_of(ellen).get(early.get_absolute_url()))
    assert "Found by the check" in told and all(said in told for said in KNOWN), "whoever may see it reads it still"


@pytest.mark.parametrize("path", ["page", "board"])
def test_somebody_hidden_is_called_by_the_name_that_was_typed_and_is_no_link(
    path: str, dangerous: Case, hannah: Person, rafi: User, priya: User, bea: User, nr3: Unit
) -> None:
    call = hers(rafi, hannah, nr3)
    engine.perform(
        Case.objects.get(pk=dangerous.pk), "restrict", by=priya, evidence={"reason": "A relative works in the room."}
    )
    answer = client_of(bea).get(call.get_absolute_url() if path == "page" else "/board/")
    text = answer.content.decode()
    assert "Hannah as heard" in words(answer)
    assert "Name not known" not in text and f"/people/{hannah.pk}/" not in text and "Okoro" not in text


def test_nobody_flagged_lists_no_call_for_a_hidden_case_alone(
    dangerous: Case, hannah: Person, rafi: User, priya: User, bea: User, nr3: Unit
) -> None:
    unsaid: dict[str, Any] = {"flagged": "not_sure", "connected": "", "said": "He smashed my window.", "risks": []}
    called(rafi, nr3, harmed=str(hannah.pk), log_ref="0778", **unsaid)
    assert "Log 0778" in words(client_of(bea).get("/board/likely/"))
    shut_out(Case.objects.get(pk=dangerous.pk), bea, priya)
    assert "Log 0778" not in words(client_of(bea).get("/board/likely/")), "that they are connected is known of it alone"


def test_opening_a_call_is_no_search_of_the_reader_and_raises_no_concern(
    dangerous: Case, hannah: Person, rafi: User, tom: User, ellen: User, priya: User, nr3: Unit
) -> None:
    shut_out(Case.objects.get(pk=dangerous.pk), tom, priya)
    call = called(rafi, nr3, at_risk="Hannah Okoro")
    for reader in (tom, ellen):
        assert client_of(reader).get(call.get_absolute_url()).status_code == 200
    step(call, "mark", ellen, marked=["repeat"], marked_why="She told me of two before.")  # finds again
    assert not Access.objects.filter(kind=Access.Kind.SEARCH, by__in=[tom, ellen]).exists()
    assert not AccessConcern.objects.filter(person=tom).exists()
    find(user=tom, forename="Hannah", surname="Okoro")
    hear_looks(timezone.now())  # as the worker does within seconds
    assert AccessConcern.objects.filter(person=tom).exists(), "a search of their own is heard as ever"
