"""`manage.py clock`: the moment first, then the working; a wrong question gets one sentence."""

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db

GOLDEN = """\
2026-09-02T08:00:00+01:00
Due Wednesday 2 September 2026 at 08:00
16 + 0 + 0 + 24 + 8 = 48 hours

Saturday 29 Aug: 16 hours. Starts at 08:00. Saturdays count.
Sunday 30 Aug: Skipped. Sundays do not count.
Monday 31 Aug: Skipped. Summer bank holiday, England and Wales.
Tuesday 1 Sep: 24 hours. Counted in full. 40 hours so far.
Wednesday 2 Sep: 8 hours. Ends at 08:00. 48 hours reached.

Start: Saturday 29 August 2026 at 08:00.
Rule: 48 statutory hours. Hours run through the night, but whole Sundays, Christmas Day, Good Friday and bank holidays \
in England and Wales are skipped.
Days skipped: 2. Sunday 30 August (Sunday). Monday 31 August (Summer bank holiday).
Clock change: None in this period.
"""


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    call_command("clock", *words)
    return capsys.readouterr().out


def test_it_says_the_moment_and_then_the_working(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "statutory-hours:48", "2026-08-29T08:00") == GOLDEN


@pytest.mark.parametrize(
    ("rule", "start", "first_line"),
    [
        ("hours:24", "2026-03-28T12:00", "2026-03-29T13:00:00+01:00"),
        ("working-days:10", "2026-12-24T10:00", "2027-01-12T23:59:59+00:00"),
        ("days:28", "2026-08-29T23:30", "2026-09-26T23:59:59+01:00"),
        ("days-beginning:28", "2026-08-29", "2026-09-25T23:59:59+01:00"),
        ("months-beginning:3", "2027-12-01", "2028-02-29T23:59:59+00:00"),
    ],
)
def test_the_first_line_is_the_due_moment_with_its_offset(
    rule: str, start: str, first_line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, rule, start).splitlines()[0] == first_line


def test_an_hour_that_happens_twice_is_said_beneath_the_moment(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "hours:24", "2026-10-25T01:30").splitlines()
    assert lines[0] == "2026-10-26T00:30:00+00:00"
    assert lines[2].startswith("01:30 happens twice on Sunday 25 October 2026")


@pytest.mark.parametrize(
    ("rule", "start", "sentence"),
    [
        ("weeks:2", "2026-08-29T08:00", "The rule must be one of"),
        ("hours:0", "2026-08-29T08:00", "The number of hours must be from 1 to 10,000."),
        ("hours:24", "2026-03-29T01:30", "There is no 01:30 on Sunday 29 March 2026"),
        ("hours:24", "2026-03-29T10:00+01:00", "Leave out the offset"),
        ("hours:24", "2026-03-29", "Give the time as well as the date"),
        ("statutory-hours:48", "2031-01-01T10:00", "The bank holidays of 2031 have not been loaded"),
    ],
)
def test_a_wrong_question_is_one_sentence_and_code_two(rule: str, start: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("clock", rule, start)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
