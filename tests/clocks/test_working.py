"""The working: day by day, the sum in one line, and the same in sentences."""

import pytest

from tests.clocks.calendars import london
from workflow.clock import Calendar, Length, Working, working


def worked(rule: str, start: str, calendar: Calendar) -> Working:
    return working(london(start), Length.parse(rule), calendar)


def test_the_notice_served_on_the_saturday_is_explained_as_it_was_drawn(calendar: Calendar) -> None:
    answer = worked("statutory-hours:48", "2026-08-29T08:00", calendar)
    assert answer.due_words == "Wednesday 2 September 2026 at 08:00"
    assert answer.sum == "16 + 0 + 0 + 24 + 8 = 48 hours"
    assert [(box.name, box.dates, box.label, box.note) for box in answer.boxes()] == [
        ("Saturday", "29 Aug", "16 hours", "Starts at 08:00. Saturdays count."),
        ("Sunday", "30 Aug", "Skipped", "Sundays do not count."),
        ("Monday", "31 Aug", "Skipped", "Summer bank holiday, England and Wales."),
        ("Tuesday", "1 Sep", "24 hours", "Counted in full. 40 hours so far."),
        ("Wednesday", "2 Sep", "8 hours", "Ends at 08:00. 48 hours reached."),
    ]
    assert [(box.bar_from, box.bar_to) for box in answer.boxes()] == [(33, 100), (0, 0), (0, 0), (0, 100), (0, 33)]
    assert [f"{line.name}: {line.words}" for line in answer.steps()] == [
        "Start: Saturday 29 August 2026 at 08:00.",
        "Rule: 48 statutory hours. Hours run through the night, but whole Sundays, Christmas Day, Good Friday and bank "
        "holidays in England and Wales are skipped.",
        "Days skipped: 2. Sunday 30 August (Sunday). Monday 31 August (Summer bank holiday).",
        "Clock change: None in this period.",
    ]


@pytest.mark.parametrize(
    ("rule", "start", "sum_line"),
    [
        ("hours:24", "2026-06-01T08:15", "15 h 45 min + 8 h 15 min = 24 hours"),
        ("hours:24", "2026-06-01T08:15:42", "15 h 45 min + 8 h 15 min = 24 hours"),
        ("hours:2", "2026-06-01T08:00", "2 = 2 hours"),
        ("hours:1", "2026-06-01T08:00", "1 = 1 hour"),
        ("hours:336", "2026-06-01T08:00", "16 + 13 × 24 + 8 = 336 hours"),
        ("working-days:10", "2026-12-24T09:00", "19 days less 9 skipped = 10 working days"),
        ("days:28", "2026-08-29T09:00", "29 August 2026 + 28 days = 26 September 2026"),
        ("days-beginning:3", "2026-04-02", "Day 1 is 2 April 2026, so day 3 is 4 April 2026"),
        ("months-beginning:3", "2027-12-01", "1 December 2027 + 3 months, less one day = 29 February 2028"),
        (
            "months-beginning:1",
            "2026-08-31",
            "31 August 2026 + 1 month, where September 2026 has no 31st, so its last day = 30 September 2026",
        ),
    ],
)
def test_the_sum_fits_one_line(rule: str, start: str, sum_line: str, calendar: Calendar) -> None:
    assert worked(rule, start, calendar).sum == sum_line


def test_day_rules_number_their_days_from_the_event(calendar: Calendar) -> None:
    boxes = worked("working-days:1", "2026-05-01T16:00", calendar).boxes()
    assert [box.label for box in boxes] == ["Day 0", "Skipped", "Skipped", "Skipped", "Day 1"]
    assert [box.note for box in boxes][2:] == [
        "Sundays do not count.",
        "Early May bank holiday, England and Wales.",
        "Ends at 23:59:59.",
    ]


def test_the_first_day_is_day_one_where_the_rule_begins_with_it(calendar: Calendar) -> None:
    answer = worked("days-beginning:3", "2026-04-02", calendar)
    assert [box.label for box in answer.boxes()] == ["Day 1", "Day 2", "Day 3"]
    assert answer.steps()[0].words == "Thursday 2 April 2026, the first day."


def test_more_than_ten_days_fold_into_runs(calendar: Calendar) -> None:
    boxes = worked("working-days:10", "2026-12-24T09:00", calendar).boxes()
    assert [(f"{box.name} {box.dates}".strip(), box.label, box.note) for box in boxes[:3]] == [
        ("Thursday 24 Dec", "Day 0", "The day of the event."),
        (
            "25 to 28 Dec",
            "4 days skipped",
            "Christmas Day, Saturday, Sunday, Boxing Day (substitute day).",
        ),
        ("29 to 31 Dec", "3 days counted", "Days 1 to 3."),
    ]
    assert boxes[-1].label == "Day 10"


def test_a_period_with_many_runs_keeps_its_ends_and_one_box_between(calendar: Calendar) -> None:
    boxes = worked("working-days:40", "2026-12-24T09:00", calendar).boxes()
    assert [box.label for box in boxes] == ["Day 0", "39 days counted", "Day 40"]
    assert boxes[1].note == "21 days skipped between them."


def test_many_skipped_days_are_counted_and_the_holidays_still_named(calendar: Calendar) -> None:
    skipped = worked("working-days:40", "2026-12-24T09:00", calendar).steps()[2].words
    assert skipped.startswith("21. 18 days at weekends. Friday 25 December 2026 (Christmas Day).")


@pytest.mark.parametrize(
    ("rule", "start", "sentence"),
    [
        ("hours:24", "2026-03-28T12:00", "The clocks go forward on Sunday 29 March 2026: that day has 23 hours. Hours"),
        ("hours:24", "2026-10-24T12:00", "The clocks go back on Sunday 25 October 2026: that day has 25 hours. Hours"),
        ("statutory-hours:24", "2026-03-28T12:00", "has 23 hours. That is a Sunday, which is not counted"),
        ("days:28", "2026-03-28T12:00", "has 23 hours. Whole days are counted, so it makes no difference."),
        ("hours:24", "2026-03-27T12:00", "None in this period."),
    ],
)
def test_a_change_of_the_clocks_is_said_with_what_it_means(
    rule: str, start: str, sentence: str, calendar: Calendar
) -> None:
    assert sentence in worked(rule, start, calendar).clock_change


def test_a_start_on_a_day_that_does_not_count_says_so(calendar: Calendar) -> None:
    boxes = worked("statutory-hours:24", "2026-06-07T10:00", calendar).boxes()
    assert [(box.label, box.note) for box in boxes] == [
        ("Skipped", "Starts at 10:00. Sundays do not count."),
        ("24 hours", "Ends at midnight. 24 hours reached."),
    ]


def test_the_hour_that_happens_twice_is_named(calendar: Calendar) -> None:
    answer = worked("hours:1", "2026-10-25T01:30", calendar)
    assert answer.due_words == "Sunday 25 October 2026 at 01:30 GMT"
    assert answer.boxes()[0].note == "Starts at 01:30 BST. Ends at 01:30 GMT. 1 hour reached."
