"""The end: managed whatever was decided, support given, the final report submitted; only then closed (A10, A11, I9, I10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Task
from dvds.models import Application, Conclusion, FinalReport, Management
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.forum import (
    CONCLUDED,
    ago,
    by_api,
    fresh,
    local,
    managed,
    referred,
    reported,
    to_be_told,
    told_said,
    unsafe,
)
from workflow.models import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(disclosure_unit: Unit, hal: User, inez: User, perry: User) -> Application:
    telling = to_be_told(referred(disclosure_unit, perry), hal, inez, perry)
    take(telling, "tell", perry, **told_said())
    found: Application = fresh(telling.application)
    return found


@pytest.fixture
def concluding(told: Application, perry: User) -> Application:
    found: Application = take(told, "review-management", perry, **managed())
    return found


@pytest.mark.requirement("S3-253", "S3-254")
@pytest.mark.parametrize("state", ["told", "declined", "unreachable", "informed", "concluding"])
def test_the_subjects_management_is_considered_whatever_was_decided(
    state: str, disclosure_unit: Unit, perry: User
) -> None:
    application = consideration(disclosure_unit, perry, state)
    gaps: tuple[dict[str, object], ...] = (
        {"routes": []},
        {"reasons": ""},
        {"owner_words": ""},
        {"review_on": "2020-01-01"},
        {"routes": ["nobody", "iom"]},
    )
    for gap in gaps:
        with pytest.raises(Refused):
            take(application, "review-management", perry, **managed(**gap))
    take(application, "review-management", perry, **managed(routes=["local"]))
    assert fresh(application).state == "concluding"
    row = Management.objects.get(application=application)
    assert row.owner_words == "IOM Northgate" and row.review_on
    assert Task.objects.get(case=application.case, kind="local_team").owed_by == "disclosure_officer"


def test_where_somebody_takes_him_on_no_task_is_raised(concluding: Application) -> None:
    assert not Task.objects.filter(case=concluding.case, kind="local_team").exists()


@pytest.mark.requirement("S3-233", "S3-249")
@pytest.mark.parametrize("gap", ["support", "helpline", "pack", "outcome"])
def test_support_helpline_and_pack_stand_at_every_end_of_one_that_did_not_go_on_too(
    gap: str, disclosure_unit: Unit, perry: User
) -> None:
    stopped = consideration(disclosure_unit, perry, "concluding", outcome="", stopped_as="no_risk", stop_pack="spoken")
    said = {**CONCLUDED, "outcome": "no_risk"}
    with pytest.raises(Refused) as refused:
        take(stopped, "conclude", perry, **{**said, gap: "no" if gap == "helpline" else ""})
    assert gap in refused.value.errors.errors
    with pytest.raises(Refused, match="support, helpline and pack"):
        take(stopped, "close", perry)
    take(stopped, "conclude", perry, **said)
    with pytest.raises(IntegrityError, match="conclusion_helpline_was_given"), transaction.atomic():
        Conclusion.objects.filter(application=stopped).update(helpline="no")
    with pytest.raises(IntegrityError, match="conclusion_support_was_offered"), transaction.atomic():
        Conclusion.objects.filter(application=stopped).update(support="")


def test_what_was_told_is_concluded_as_that_and_nothing_else(concluding: Application, perry: User) -> None:
    for other in ("nothing_held", "emergency", "withdrawn"):
        with pytest.raises(Refused) as refused:
            take(concluding, "conclude", perry, **CONCLUDED, outcome=other)
        assert "outcome" in refused.value.errors.errors
    take(concluding, "conclude", perry, **CONCLUDED, outcome="disclosed")
    with pytest.raises(Refused, match="does not apply"):
        take(concluding, "conclude", perry, **CONCLUDED, outcome="disclosed")


def test_nothing_is_closed_without_the_number_of_the_final_report_by_page_api_engine_or_database(
    concluding: Application, perry: User
) -> None:
    take(concluding, "conclude", perry, **CONCLUDED, outcome="disclosed")
    with pytest.raises(Refused, match="Submit the final intelligence report"):
        take(concluding, "close", perry)
    seen = fresh(concluding).version
    why = {"reason": "All of it is done now.", "seen": seen}
    assert client_of(perry).post(f"/work/consideration/{concluding.pk}/close/", why).status_code == 422
    assert by_api(perry, concluding, "close", {"reason": why["reason"]}).status_code == 422
    assert fresh(concluding).state == "concluding"
    with pytest.raises(IntegrityError, match="application_closed_with_its_report"), transaction.atomic():
        Application.objects.filter(pk=concluding.pk).update(state="closed")
    reported(concluding, perry)
    take(concluding, "close", perry)
    closed = fresh(concluding)
    assert (closed.state, closed.intelligence_ref) == ("closed", "INT-2026-0388")


def test_nothing_is_closed_while_somebody_is_unsafe_or_nobody_considered_the_subject(
    disclosure_unit: Unit, perry: User
) -> None:
    stopped = consideration(disclosure_unit, perry, "concluding", outcome="no_risk")
    take(stopped, "conclude", perry, **CONCLUDED, outcome="no_risk")
    reported(stopped, perry)
    with pytest.raises(Refused, match="Review how the subject is managed") as refused:
        take(stopped, "close", perry)
    assert "final intelligence" not in refused.value.sentence
    take(stopped, "review-management", perry, **managed())
    unsafe(stopped, perry)
    with pytest.raises(Refused, match="unsafe now"):
        take(stopped, "close", perry)


# --- the report


@pytest.mark.requirement("S3-212", "S3-213")
def test_the_report_is_drafted_submitted_and_found_and_waits_in_a_list_until_then(
    concluding: Application, disclosure_unit: Unit, perry: User, ellen: User
) -> None:
    take(concluding, "conclude", perry, **CONCLUDED, outcome="disclosed")
    report = FinalReport.objects.get(application=concluding)
    assert report.state == "drafted"
    assert concluding.case.reference in text_of(client_of(perry).get("/considerations/reports/"))
    with pytest.raises(Refused):
        take(report, "submit", perry, reference="", submitted_at=local(timezone.now()))
    with pytest.raises(Refused):
        take(report, "submit", perry, reference="INT-1", submitted_at=ago(days=60))
    reported(concluding, perry)
    page = text_of(client_of(perry).get("/considerations/reports/"))
    assert "Submitted, not yet uploaded" in page and "INT-2026-0388" in page
    day = (timezone.localdate() + timedelta(days=365)).isoformat()
    said = {
        "uploaded_at": local(timezone.now()),
        "found": "on",
        "local": "on",
        "agencies": "Probation",
        "review_on": day,
    }
    for gap in said:
        with pytest.raises(Refused) as refused:
            take(report, "upload", perry, **{**said, gap: ""})
        assert gap in refused.value.errors.errors
    with pytest.raises(Refused) as refused:
        take(report, "upload", perry, **{**said, "uploaded_at": ago(days=1)})
    assert "uploaded_at" in refused.value.errors.errors
    take(report, "upload", perry, **said)
    assert concluding.case.reference not in text_of(client_of(perry).get("/considerations/reports/"))
    assert client_of(ellen).get("/considerations/reports/").status_code == 403
    assert client_of(ellen).get(report.get_absolute_url()).status_code == 404


def test_the_report_names_everybody_and_the_outcome_and_never_the_words(concluding: Application, perry: User) -> None:
    take(concluding, "conclude", perry, **CONCLUDED, outcome="disclosed")
    payload = reported(concluding, perry).payload
    assert {(row["part"], row["name"]) for row in payload["people"]} == {
        ("Applicant", "Rosa Field"), ("Person at risk", "Rosa Field"), ("Subject", "Karl Field"),
    }  # fmt: skip
    assert payload["outcome"] == "Told" and payload["recipients"] == [{"role": "Person at risk", "outcome": "Told"}]
    assert "throat" not in str(payload["recipients"]) and "That was all" not in str(payload)
    page = text_of(client_of(perry).get(FinalReport.objects.get(application=concluding).get_absolute_url()))
    assert "Karl Field" in page and "That was all" not in page
    assert "0 hours after it ended" in page


def test_the_report_counts_the_other_considerations_of_the_subject(disclosure_unit: Unit, perry: User) -> None:
    first = consideration(disclosure_unit, perry, "closed")
    subject = first.parties.get(part="subject").person
    second = consideration(disclosure_unit, perry, "concluding", outcome="no_risk", at_risk="Ida Moss", subject=subject)
    take(second, "conclude", perry, **CONCLUDED, outcome="no_risk")
    assert FinalReport.objects.get(application=second).payload["other_considerations_of_the_subject"] == 1


def test_the_list_costs_as_many_queries_for_one_as_for_fifty(
    disclosure_unit: Unit, perry: User, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client_of(perry).get("/considerations/reports/")
        return len(caught)

    def another() -> None:
        one = consideration(disclosure_unit, perry, "concluding", outcome="no_risk")
        take(one, "conclude", perry, **CONCLUDED, outcome="no_risk")

    another()
    asked()
    first = asked()
    for _ in range(4):
        another()
    assert asked() == first
