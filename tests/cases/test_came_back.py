"""What came back says why wherever its officer looks, and what is counted says as what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import ArrestDecision, Case, Crime, Incident, NonCrime
from cases.models.arrest import WISH_ALONE
from reporting.models import Document
from reporting.paper import read_case, written
from tests import factories
from tests.cases.crimes import no_crime, sent
from tests.cases.recording import section, words
from workflow import engine
from workflow.engine import available

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
WHY = "Say what the neighbour heard, and whether the children were asked."


def test_that_a_wish_alone_comes_back_is_said_before_the_record_is_sent(
    ellen: User, priya: User, sign_in: SignIn
) -> None:
    incident = factories.complete(ellen, arrested=False)
    browser = sign_in(ellen)
    assert "Comes back to you as it is" not in words(browser.get(f"/work/incident/{incident.pk}/"))
    row = ArrestDecision.objects.get(incident=incident)
    engine.amend(row, {"codes": ["N12"]}, beneath=incident, by=ellen, seen=row.version)
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert (
        "Comes back to you as it is" in page and "15 of 16 sections done" in page and "Everything is there" not in page
    )
    assert WISH_ALONE in words(browser.get(section(incident, "arrest")))


def test_the_timeline_says_why_a_record_was_returned_and_why_one_was_approved(
    sent_record: Incident, priya: User, ellen: User, sign_in: SignIn
) -> None:
    engine.perform(sent_record, "return", by=priya, evidence={"reason": WHY}, seen=sent_record.version)
    assert WHY in words(sign_in(ellen).get(f"/cases/{sent_record.case.reference}/"))


def test_the_page_that_sends_no_crime_again_shows_what_the_registrar_said_and_leads_to_where_it_is_changed(
    complete_record: Incident, ellen: User, nell: User, sign_in: SignIn
) -> None:
    sent(no_crime(complete_record, ellen), ellen)
    asked = NonCrime.objects.get(incident=complete_record)
    engine.perform(asked, "return", by=nell, evidence={"reason": WHY}, seen=asked.version)
    page = sign_in(ellen).get(f"/work/non-crime/{asked.pk}/ask/")
    assert WHY in words(page) and "Verbal argument" in words(page)
    assert f"/work/non-crime/{asked.pk}/sections/reason/" in page.content.decode()
    case = f"/cases/{asked.case.reference}/?panel=crime"
    assert f"/work/non-crime/{asked.pk}/" in sign_in(ellen).get(case).content.decode()


def test_what_was_mended_for_the_registrar_is_not_asked_anew_and_stands_on_paper(
    complete_record: Incident, ellen: User, nell: User, priya: User
) -> None:
    sent(no_crime(complete_record, ellen), ellen)
    asked = NonCrime.objects.get(incident=complete_record)
    asked = engine.perform(asked, "return", by=nell, evidence={"reason": WHY}, seen=asked.version)
    mended = "Both shouted about money; the neighbour heard no more than that, and the girl was asked alone."
    asked = engine.amend(asked, {"why": mended}, by=ellen, seen=asked.version)
    assert not any(offer.step.name == "drop" for offer in available(asked, ellen))
    asked = engine.perform(asked, "ask", by=ellen, evidence={"note": ""}, seen=asked.version)
    incident = Incident.objects.get(pk=complete_record.pk)
    incident = engine.perform(
        incident, "withdraw", by=ellen, evidence={"reason": "A name was misspelt."}, seen=incident.version
    )
    sent(incident, ellen)
    assert NonCrime.objects.get(incident=incident) == asked, "nobody is asked twice for the same"
    file = read_case(Case.objects.get(pk=incident.case_id), ellen, timezone.now())
    assert mended in written(file, Document(case=incident.case, asked_by=ellen, as_at=timezone.now()))


@pytest.mark.parametrize("said", ["Counted as a crime.", "Counted as an incident.", "Not counted"])
def test_the_panel_of_crime_says_what_the_counts_make_of_it(
    said: str, complete_record: Incident, ellen: User, nell: User, sign_in: SignIn
) -> None:
    if said == "Counted as an incident.":
        no_crime(complete_record, ellen)
    sent(complete_record, ellen)
    if said == "Not counted":
        crime = Crime.objects.get(incident=complete_record)
        why = {"cancel_code": "duplicate", "cancel_why": "Recorded already by the day shift, seen by me."}
        asked = engine.perform(crime, "ask-cancel", by=ellen, evidence=why, seen=crime.version)
        engine.perform(asked, "cancel", by=nell, evidence={"reason": "Yes, a duplicate."}, seen=asked.version)
    totals = Incident.objects.totals()
    assert said in words(sign_in(ellen).get(f"/cases/{complete_record.case.reference}/?panel=crime"))
    assert (totals["crimes"], totals["incidents"]) == {
        "Counted as a crime.": (1, 0), "Counted as an incident.": (0, 1), "Not counted": (0, 0),
    }[said]  # fmt: skip


def test_a_decision_names_the_clocks_that_run_and_no_others(ellen: User, priya: User, sign_in: SignIn) -> None:
    incident = factories.sent(ellen, arrested=False)
    row = ArrestDecision.objects.get(incident=incident)
    page = words(sign_in(priya).get(f"/work/arrest/{row.pk}/decide/no-arrest/"))
    assert "ends “No-arrest reason”" in page and "Nobody to send" not in page
