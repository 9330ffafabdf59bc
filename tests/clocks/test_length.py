"""What may be asked for, and how it is said."""

import pytest

from workflow.clock import (
    BadLength,
    Length,
    days,
    days_beginning,
    hours,
    minutes,
    months_beginning,
    statutory_hours,
    working_days,
)


@pytest.mark.parametrize(
    ("length", "written", "said"),
    [
        (minutes(15), "minutes:15", "15 minutes"),
        (hours(24), "hours:24", "24 hours"),
        (statutory_hours(48), "statutory-hours:48", "48 statutory hours"),
        (working_days(10), "working-days:10", "10 working days"),
        (working_days(1), "working-days:1", "1 working day"),
        (days(28), "days:28", "28 days"),
        (days_beginning(3), "days-beginning:3", "3 days beginning with the first day"),
        (months_beginning(3), "months-beginning:3", "3 months beginning with the first day"),
    ],
)
def test_a_length_has_one_way_to_be_written_and_one_to_be_said(length: Length, written: str, said: str) -> None:
    assert (str(length), length.words(), Length.parse(written)) == (written, said, length)


@pytest.mark.parametrize(
    "text", ["", "hours", "hours:", "hours:x", "hours:-1", "hours:1.5", "weeks:2", "HOURS:2", "hours:٣", "hours:2 "]
)
def test_what_is_no_rule_is_refused_with_the_rules_that_are(text: str) -> None:
    with pytest.raises(BadLength, match="The rule must be one of minutes:N, hours:N, statutory-hours:N"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["hours:0", "hours:10001", "working-days:999999", "months-beginning:301"])
def test_a_number_that_cannot_be_meant_is_refused_with_its_bounds(text: str) -> None:
    with pytest.raises(BadLength, match=r"The number of .+ must be from 1 to "):
        Length.parse(text)
