"""The quality check of a DASH: row by row, beside the decision, never by whoever wrote it, and what it asks stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Posting, User
from cases.models import Incident
from risk.models import QualityCheck, QualityVerdict
from risk.quality import DASH, DIFFERENCES
from tests import factories
from tests.cast import client_of, take, text_of
from tests.risk.story import answer
from workflow import engine
from workflow.models import Approval, Refused

pytestmark = pytest.mark.django_db
KEY = "assessment-check"
ASKED = "Question 13 says nothing of when it began."


def decide_url(incident: Incident) -> str:
    return f"/work/incident/{incident.pk}/decide/record/"


def rows(**said: str) -> dict[str, Any]:
    """Rows of the checklist as the page sends them."""
    return {f"{KEY}-{name}": value for name, value in said.items()}


def press(who: User, incident: Incident, **said: Any) -> Any:
    """A press on the page of the decision, on the versions that stand now."""
    dash = incident.assessments.get()
    version = Incident.objects.get(pk=incident.pk).version
    return client_of(who).post(decide_url(incident), {"seen": version, f"seen-{KEY}": dash.version, **said})


@pytest.fixture
def sent(ellen: User) -> Incident:
    """A record with its DASH that waits for Priya."""
    return factories.sent(ellen)


@pytest.mark.requirement("S2-002")
def test_each_dash_that_is_checked_leaves_a_score_by_its_reviewer(sent: Incident, ellen: User, priya: User) -> None:
    pressed = press(
        priya, sent, decision="incident-approve", **{"incident-approve-reason": "Read and agreed with all of it."},
        **rows(answered="pass", narrative="pass", judgement="advise", judgement_words="Say why it is not High."),
    )  # fmt: skip
    assert pressed.status_code == 302 and Incident.objects.get(pk=sent.pk).state == "checked"
    check = QualityCheck.objects.get()
    assert (check.recorded_by, check.officer, check.unit) == (priya, ellen, sent.case.unit)
    assert (check.passed, check.advised, check.returned, check.score) == (2, 1, 0, 67)
    assert check.subject == sent.assessments.get()


def test_nothing_is_passed_in_advance_and_a_decision_without_a_check_leaves_none(sent: Incident, priya: User) -> None:
    page = text_of(client_of(priya).get(decide_url(sent)))
    panel = page.split('id="quality"')[1].split("</section>")[0]
    assert "checked" not in panel.replace("assessment-check", "")
    assert panel.count('type="radio"') == 3 * len(DASH)
    press(priya, sent, decision="incident-approve", **{"incident-approve-reason": "Read and agreed with all of it."})
    assert not QualityCheck.objects.exists()


def test_what_is_no_pass_says_what_is_to_be_better_and_nothing_typed_is_lost(sent: Incident, priya: User) -> None:
    typed = {"incident-approve-reason": "Read and agreed with all of it.", "decision": "incident-approve"}
    pressed = press(priya, sent, **typed, **rows(alone="return", own="pass"))
    page = text_of(pressed)
    assert pressed.status_code == 422 and "Say what is to be better" in page
    assert "Read and agreed with all of it." in page
    assert Incident.objects.get(pk=sent.pk).state == "submitted", "all of it or nothing"
    assert not QualityCheck.objects.exists()


def test_the_check_can_be_kept_before_the_decision_and_stands_as_it_was_said(sent: Incident, priya: User) -> None:
    typed = {"incident-return-reason": "Half a sentence", "decision": "incident-return"}
    pressed = press(
        priya, sent, beside=KEY, **typed, **rows(answered="pass", crimes="advise", crimes_words="Look again.")
    )
    assert (pressed.status_code, pressed["Location"]) == (302, decide_url(sent))
    page = text_of(client_of(priya).get(decide_url(sent)))
    assert "Quality of the DASH checked" not in page.split('id="quality"')[1]
    assert "Show 1 passed" in page and "Look again." in page and "Half a sentence" in page
    assert Incident.objects.get(pk=sent.pk).state == "submitted"
    again = rows(answered="pass", crimes="advise", crimes_words="Look again.")
    press(priya, sent, **typed | {"incident-return-reason": ASKED}, **again)
    assert QualityCheck.objects.count() == 1, "the same said again is the same check"


def test_marked_questions_stand_on_the_officers_page(sent: Incident, ellen: User, priya: User) -> None:
    said = rows(judgement="return", judgement_words="What he does next is missing.") | {f"{KEY}-marked": ["7", "13"]}
    press(priya, sent, decision="incident-return", **{"incident-return-reason": ASKED}, **said)
    dash = sent.assessments.get()
    page = text_of(client_of(ellen).get(f"/dash/{dash.pk}/"))
    assert "What he does next is missing." in page and "PS 4471 Nair" in page
    assert page.count("Marked to mend") == 2
    assert 'href="#q7"' in page and 'href="#q13"' in page


def test_after_a_change_the_next_look_begins_with_nothing_passed(sent: Incident, ellen: User, priya: User) -> None:
    said = rows(judgement="return", judgement_words="What he does next is missing.", own="pass")
    press(priya, sent, decision="incident-return", **{"incident-return-reason": ASKED}, **said)
    answer(sent.assessments.get(), ellen, {13: ("yes", "First in November, now every week.")})
    take(sent, "submit", ellen, note="")
    page = text_of(client_of(priya).get(decide_url(sent)))
    panel = page.split('id="quality"')[1].split("</section>")[0]
    assert "The DASH has changed since this check" in panel and "What he does next is missing." in panel
    assert " checked>" not in panel
    assert "First in November, now every week." in page.split('id="dash-changes"')[1], "side by side with what changed"


def test_nobody_checks_what_they_wrote_not_after_a_change_of_role_either(sent: Incident, ellen: User, nr3: Any) -> None:
    Posting.objects.create(user=ellen, role="sergeant", unit=nr3, from_at=sent.recorded_at)
    page = text_of(client_of(ellen).get(decide_url(sent)))
    assert f'name="{KEY}-answered"' not in page
    dash = sent.assessments.get()
    with pytest.raises(Refused, match="You wrote part of it"):
        engine.perform(dash, "check", by=ellen, evidence={"answered": "pass"}, seen=dash.version)


def test_an_officer_does_not_check(sent: Incident, tom: User) -> None:
    dash = sent.assessments.get()
    with pytest.raises(Refused):
        engine.perform(dash, "check", by=tom, evidence={"answered": "pass"}, seen=dash.version)


def test_a_check_on_an_older_version_is_refused(sent: Incident, priya: User) -> None:
    seen = sent.assessments.get().version - 1
    pressed = press(priya, sent, beside=KEY, **{f"seen-{KEY}": seen}, **rows(answered="pass"))
    assert pressed.status_code == 409 and not QualityCheck.objects.exists()


@pytest.mark.parametrize("changed", [0, 1])
def test_an_approval_counts_only_for_the_version_that_was_seen(
    changed: int, sent: Incident, ellen: User, priya: User
) -> None:
    seen = sent.version
    if changed:
        take(sent, "withdraw", ellen)
        take(sent, "submit", ellen, note="")
    said = {"incident-approve-reason": "Read and agreed with all of it.", "decision": "incident-approve", "seen": seen}
    pressed = press(priya, sent, **said, **rows(answered="pass"))
    assert pressed.status_code == (409 if changed else 302)
    assert Approval.objects.filter(verdict="approved").exists() is not bool(changed)
    assert QualityCheck.objects.exists() is not bool(changed), "nor is anything kept beside it"
    if changed:
        assert "Nothing was decided" in text_of(pressed)


@dataclass(frozen=True)
class Differs:
    sentence: str
    question_number: int
    explained: str


@pytest.fixture
def finder() -> Iterator[None]:
    found = [
        Differs("Says no. The record shows two convictions.", 27, ""),
        Differs("Eli lives there.", 10, "Visits only."),
    ]
    finder = lambda assessment, user: found  # noqa: E731
    DIFFERENCES.append(finder)
    yield
    DIFFERENCES.remove(finder)


def test_where_answers_and_records_differ_stands_side_by_side(finder: None, sent: Incident, priya: User) -> None:
    page = text_of(client_of(priya).get(decide_url(sent)))
    panel = page.split('id="differences"')[1].split("</section>")[0]
    assert "two convictions" in panel and "Not explained" in panel and "Visits only." in panel
    assert "differences open" in page or "1 difference open" in page


def test_a_check_is_never_changed(sent: Incident, priya: User) -> None:
    dash = sent.assessments.get()
    engine.perform(dash, "check", by=priya, evidence={"answered": "pass"}, seen=dash.version)
    for model, column in ((QualityCheck, "passed"), (QualityVerdict, "verdict")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            model.objects.update(**{column: 9 if column == "passed" else "return"})


def test_the_page_asks_no_more_after_a_check_of_ten_rows(sent: Incident, priya: User) -> None:
    browser = client_of(priya)

    def asked() -> int:
        browser.get(decide_url(sent))
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(decide_url(sent)).status_code == 200
        return len(seen)

    dash = sent.assessments.get()
    engine.perform(dash, "check", by=priya, evidence={"answered": "pass"}, seen=dash.version)
    few = asked()
    dash.refresh_from_db()
    said = {look.code: "advise" for look in DASH} | {f"{look.code}_words": "More words here." for look in DASH}
    engine.perform(dash, "check", by=priya, evidence=said, seen=dash.version)
    assert asked() == few
