"""The exact wording of moments, lateness, counts, grades and refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template

from workflow.templatetags import changes, words

NOW = datetime(2026, 8, 30, 13, 2, tzinfo=UTC)  # Sunday 30 August 2026, 14:02 in London


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (timedelta(minutes=-52), "Overdue by 52 minutes"),
        (timedelta(hours=-3, minutes=-59), "Overdue by 3 hours"),
        (timedelta(days=-2, hours=-23), "Overdue by 2 days"),
        (timedelta(minutes=-1), "Overdue by 1 minute"),
        (timedelta(seconds=-59), "Due now"),
        (timedelta(seconds=59), "Due now"),
        (timedelta(minutes=29, seconds=59), "Due in 29 minutes"),
        (timedelta(minutes=59, seconds=59), "Due in 59 minutes"),
        (timedelta(hours=1), "Due in 1 hour"),
        (timedelta(days=2, hours=17, minutes=58), "Due in 2 days 17 hours"),
        (timedelta(days=2), "Due in 2 days"),
    ],
)
def test_lateness_is_a_sentence_rounded_down(ahead: timedelta, sentence: str) -> None:
    assert words.lateness(NOW + ahead, NOW) == sentence


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 8, 30, 16, 26, tzinfo=UTC), "Today at 17:26"),
        (datetime(2026, 8, 30, 23, 30, tzinfo=UTC), "Tomorrow at 00:30"),
        (datetime(2026, 8, 29, 1, 10, tzinfo=UTC), "29 August at 02:10"),
        (datetime(2026, 9, 2, 7, 0, tzinfo=UTC), "Wednesday 2 September at 08:00"),
        (datetime(2025, 11, 14, 9, 0, tzinfo=UTC), "14 November 2025 at 09:00"),
        (None, ""),
    ],
)
def test_moments_are_said_in_london_on_the_24_hour_clock(moment: datetime | None, said: str) -> None:
    assert words.when(moment, NOW) == said


def test_the_second_line_says_was_due_only_when_late() -> None:
    assert words.was_due(NOW - timedelta(hours=3), NOW) == "Was due today at 11:02"
    assert words.was_due(NOW + timedelta(hours=3), NOW) == "Today at 17:02"


@pytest.mark.parametrize(
    ("days", "sentence"), [(0.1, "Due in 2 hours"), (1, "Due tomorrow"), (3, "Due Wednesday"), (13, "Due 12 September")]
)
def test_far_ahead_in_a_list_is_only_a_day(days: float, sentence: str) -> None:
    assert words.lateness_in_list(NOW + timedelta(days=days), NOW) == sentence


def test_in_a_list_what_is_due_after_midnight_within_a_tour_is_counted_in_hours() -> None:
    evening = NOW + timedelta(hours=7)
    assert words.lateness_in_list(evening + timedelta(hours=4, minutes=10), evening) == "Due in 4 hours"


def test_what_was_met_says_how_early_and_what_was_missed_says_when() -> None:
    early, late = NOW - timedelta(hours=9, minutes=10), NOW + timedelta(hours=1)
    assert words.met(NOW, early) == "Met, 9 hours early"
    assert words.met(NOW, early, recorded_at=late) == "Met, recorded late"
    assert words.met(NOW, late, now=NOW) == "Missed, done today at 15:02"


def test_counts_are_exact_to_500() -> None:
    assert [words.capped(count) for count in (0, 500, 501)] == ["0", "500", "500+"]


@pytest.mark.parametrize(
    ("kind", "opening"),
    [("role", "You cannot do this."), ("guard", "Not yet."), ("state", "Not yet."), ("never", "Not available.")],
)
def test_a_refusal_begins_by_its_kind(kind: str, opening: str) -> None:
    shown = Template("{% load words %}{% refusal kind 'A fact.' %}").render(Context({"kind": kind}))
    assert f"<strong>{opening}</strong> A fact." in shown


def test_a_refused_button_stays_in_the_tab_order_and_is_described_by_its_reason() -> None:
    shown = Template("{% load words %}{% refused_button 'Close the case' 'guard' '5 things are owed.' %}").render(
        Context()
    )
    assert 'aria-disabled="true" aria-describedby="why-not-close-the-case"' in shown
    assert 'id="why-not-close-the-case"' in shown
    assert " disabled" not in shown


def test_a_grade_always_carries_its_word() -> None:
    shown = Template("{% load words %}{% grade_badge 'high' %}{% grade_badge none %}").render(Context({"none": None}))
    assert "HIGH" in shown
    assert "NO GRADE" in shown


def test_changes_are_marked_by_line_said_aloud_and_escaped() -> None:
    old, new = "He has calmed <b>down.", "He is in custody"
    before, after = changes.removed(old, new), changes.added(new, old)
    assert '<del><span class="govuk-visually-hidden">removed: </span>has calmed &lt;b&gt;down.</del>' in before
    assert '<ins><span class="govuk-visually-hidden">added: </span>is in custody</ins>' in after


def test_words_that_stay_are_not_marked() -> None:
    assert changes.removed("He wants to see the baby.", "He wants to see the baby. Next on Sunday.") == (
        "He wants to see the baby."
    )
