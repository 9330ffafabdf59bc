"""Days and moments: typed in London, kept in UTC, refused with what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from workflow.forms import DayField, EvidenceForm, MomentField

NOW = datetime(2026, 8, 30, 13, 2, tzinfo=UTC)  # 14:02 in London
CALL = datetime(2026, 8, 30, 12, 20, tzinfo=UTC)


class Report(EvidenceForm):
    happened_at = MomentField(label="When did it happen?", called="Time it happened", past=True, required=False)
    reported_on = DayField(label="Day reported", past=True, required=False)


def said(**typed: Any) -> Report:
    return Report(typed, at=NOW)


def day_boxes(day: str, month: str, year: str) -> dict[str, str]:
    return {"reported_on_day": day, "reported_on_month": month, "reported_on_year": year}


def moment_boxes(day: str, month: str, year: str, time: str) -> dict[str, str]:
    boxes = {"day": day, "month": month, "year": year, "time": time}
    return {f"happened_at_{box}": typed for box, typed in boxes.items()}


def drawn(form: forms.BaseForm) -> str:
    return Template("{{ form }}").render(Context({"form": form}))


def the_refusal(form: forms.BaseForm, field: str) -> str:
    assert not form.is_valid()
    return str(form.errors[field][0])


@pytest.mark.parametrize("month", ["8", "08", "aug", "August", "AUG."])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = said(**day_boxes("29", month, "2026"))
    assert form.is_valid()
    assert form.cleaned_data["reported_on"] == date(2026, 8, 29)


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("29", "", "2026"), "Day reported must include a month"),
        (("29", "", ""), "Day reported must include a month and a year"),
        (("31", "2", "2026"), "Day reported must be a real date"),
        (("x", "2", "2026"), "Day reported must be a real date"),
        (("29", "8", "26"), "Day reported must have a year of 4 numbers"),
        (("29", "8", "0026"), "Day reported must be a real date"),
        (("31", "8", "2026"), "Day reported must be today or in the past"),
    ],
)
def test_a_wrong_day_is_refused_with_what_to_do(boxes: tuple[str, str, str], sentence: str) -> None:
    form = said(**day_boxes(*boxes))
    assert the_refusal(form, "reported_on") == sentence
    assert all(f'value="{typed}"' in drawn(form) for typed in boxes if typed)


def test_only_the_wrong_box_is_marked_and_the_summary_jumps_to_it() -> None:
    form = said(**day_boxes("29", "", "2026"))
    assert not form.is_valid()
    assert form.problems()[0].target == "id_reported_on_month"
    assert drawn(form).count("govuk-input--error") == 1


def test_today_is_london_s_day() -> None:
    just_after_midnight = datetime(2026, 8, 29, 23, 30, tzinfo=UTC)
    form = Report(day_boxes("30", "8", "2026"), at=just_after_midnight)
    assert form.is_valid()


def test_a_moment_is_typed_in_london_and_kept_in_utc() -> None:
    form = said(**moment_boxes("29", "8", "2026", "02:10"))
    assert form.is_valid()
    assert form.cleaned_data["happened_at"] == datetime(2026, 8, 29, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("time", ["02:10", "2:10", "0210", "02.10"])
def test_a_time_may_be_typed_on_a_numeric_keypad(time: str) -> None:
    assert said(**moment_boxes("29", "8", "2026", time)).is_valid()


@pytest.mark.parametrize("time", ["25:00", "2pm", "12:60", "7"])
def test_a_time_off_the_24_hour_clock_is_refused(time: str) -> None:
    sentence = the_refusal(said(**moment_boxes("29", "8", "2026", time)), "happened_at")
    assert sentence == "Time it happened must have a time on the 24-hour clock, like 09:30 or 23:15"


def test_the_hour_that_spring_skips_is_refused() -> None:
    form = said(**moment_boxes("29", "3", "2026", "01:30"))
    assert "the clocks skipped" in the_refusal(form, "happened_at")


def test_the_hour_that_autumn_repeats_means_the_first() -> None:
    form = said(**moment_boxes("26", "10", "2025", "01:30"))
    assert form.is_valid()
    assert form.cleaned_data["happened_at"] == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_a_moment_ahead_is_refused_and_marks_only_the_time_when_it_is_today() -> None:
    form = said(**moment_boxes("30", "8", "2026", "15:10"))
    assert the_refusal(form, "happened_at") == "Time it happened must be in the past"
    assert form.problems()[0].target == "id_happened_at_time"


def test_a_moment_may_have_to_follow_another() -> None:
    class Arrival(EvidenceForm):
        arrived_at = MomentField(label="Arrived", not_before=lambda: CALL, not_before_is="the call at 13:20")

    typed = {"arrived_at_day": "30", "arrived_at_month": "8", "arrived_at_year": "2026", "arrived_at_time": "13:10"}
    assert the_refusal(Arrival(typed, at=NOW), "arrived_at") == "Arrived must be at or after the call at 13:20"


def test_the_api_sends_moments_whole_and_with_their_offset() -> None:
    form = said(happened_at="2026-08-29T02:10:00+01:00")
    assert form.is_valid()
    assert form.cleaned_data["happened_at"] == datetime(2026, 8, 29, 1, 10, tzinfo=UTC)
    assert "offset" in the_refusal(said(happened_at="2026-08-29T02:10:00"), "happened_at")
    assert "offset" in the_refusal(said(happened_at="2026-13-29T02:10:00+01:00"), "happened_at")


@pytest.mark.parametrize("odd", [{"day": 3}, ["29"], 20260829, True])
def test_the_api_cannot_send_something_else_as_a_day(odd: Any) -> None:
    assert "real date" in the_refusal(said(reported_on=odd), "reported_on")


def test_a_stored_moment_is_shown_in_london() -> None:
    shown = drawn(Report(initial={"happened_at": datetime(2026, 8, 29, 1, 10, tzinfo=UTC)}))
    assert 'name="happened_at_time" type="text" inputmode="numeric"' in shown
    assert 'value="02:10"' in shown
