"""The page of questions: nothing typed is lost, nothing is counted too early, nobody overwrites anybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Incident
from risk.models import Assessment, RiskDecision
from risk.panels import assessments_of, dash_for_review, ledger_of
from risk.services.history import moment_of
from risk.steps import lacking
from tests.cast import client_of
from tests.risk.story import REASONS, answer, answer_all, earlier, fresh, give_reasons, grade
from workflow import engine
from workflow.declare import all_missing
from workflow.templatetags.words import london_day

CEILING = 24  # statements of one showing of the page, whatever the history and the answers


def url(dash: Assessment) -> str:
    return f"/dash/{dash.pk}/"


def send(who: User, dash: Assessment, do: str = "save", seen: int | None = None, **said: str) -> Any:
    version = fresh(dash).version if seen is None else seen
    return client_of(who).post(url(dash), {"seen": version, "do": do, **said})


def page(who: User, dash: Assessment) -> str:
    return client_of(who).get(url(dash)).content.decode()


def test_a_dash_is_begun_from_its_incident_and_opens(tonight: Incident, ellen: User) -> None:
    browser = client_of(ellen)
    begin = f"/dash/begin/{tonight.pk}/"
    assert browser.get(begin).status_code == 200
    assert browser.post(begin, {}).status_code == 422
    answer = browser.post(begin, {"asked_how": "telephone"})
    made = Assessment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url(made))
    assert browser.get(begin)["Location"] == url(made)


def test_an_incident_without_a_dash_says_so(tonight: Incident) -> None:
    assert "The DASH has not been started" in all_missing(tonight)


def test_part_of_a_page_is_kept_and_the_rest_is_missing(dash: Assessment, ellen: User) -> None:
    kept = send(ellen, dash, q1="yes", q1_words="Red marks on her neck.", q2="yes", q2_words="", q3="no")
    assert kept.status_code == 302
    assert dict(fresh(dash).answers.values_list("number", "value")) == {1: "yes", 2: "yes", 3: "no"}
    assert lacking(fresh(dash)) == ["24 questions not answered", "1 answer needs words", "The grade is not set"]


def test_saving_all_answers_is_one_event(dash: Assessment, ellen: User) -> None:
    send(ellen, dash, **{f"q{number}": "no" for number in range(1, 28)})
    assert Event.objects.filter(name="assessment.amend").count() == 1
    send(ellen, dash, **{f"q{number}": "no" for number in range(1, 28)})
    assert Event.objects.filter(name="assessment.amend").count() == 1


def test_going_back_never_asks_for_more(dash: Assessment, tonight: Incident, ellen: User) -> None:
    went = send(ellen, dash, "back", q1="yes", reasons="Short yet.", grade="high")
    assert (went.status_code, went["Location"]) == (302, f"/work/incident/{tonight.pk}/")
    again = page(ellen, dash)
    assert "Short yet." in again and 'name="grade" value="high" checked' in again
    assert not fresh(dash).reasons_at and not RiskDecision.objects.exists()


def test_no_number_of_yes_answers_is_sent_before_the_reasons_are_saved(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=tuple(range(1, 15)))
    browser = client_of(ellen)
    refused = browser.post(url(dash), {"seen": fresh(dash).version, "do": "reasons", "reasons": "Too short."})
    shown = browser.get(url(dash))
    for answer_ in (shown, refused):
        text = answer_.content.decode()
        assert answer_.context["counts"] is None
        assert "The count is hidden." in text and "answers are Yes" not in text and "of the 24" not in text
        assert "Lowest grade allowed: Standard." in text
    assert refused.status_code == 422 and "Your reasons must be 60 characters or more" in refused.content.decode()


def test_the_count_appears_with_the_reasons_and_closes_a_grade_chosen_before(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=tuple(range(1, 12)))
    saved = send(ellen, dash, "reasons", reasons=REASONS, grade="standard")
    assert (saved.status_code, saved["Location"]) == (302, f"{url(dash)}#grade")
    text = page(ellen, dash)
    assert "<strong>11 of 27</strong> answers are Yes" in text and "<strong>9 of the 24</strong>" in text
    answer_all(dash, ellen, yes=tuple(range(1, 14)))
    assert "Below the lowest grade allowed. You had chosen it." in page(ellen, dash)


def test_a_grade_below_the_floor_is_refused_by_the_page_with_its_reason(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=tuple(range(1, 14)))
    refused = send(ellen, dash, "grade", reasons=REASONS, grade="standard")
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Not available. The lowest grade allowed is Medium: 10 of the 24 are Yes; the rule is 10 or more." in text
    assert fresh(dash).reasons == REASONS and not RiskDecision.objects.exists()


def test_a_grade_is_set_once_however_often_the_button_is_pressed(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen)
    seen = fresh(dash).version
    for _ in range(2):
        assert send(ellen, dash, "grade", seen, reasons=REASONS, grade="medium").status_code == 302
    assert RiskDecision.objects.count() == 1


def test_setting_a_grade_without_choosing_one_asks_for_it(dash: Assessment, ellen: User) -> None:
    refused = send(ellen, dash, "grade", reasons=REASONS)
    assert refused.status_code == 422 and "Choose a grade" in refused.content.decode()


@pytest.mark.requirement("S2-010")
def test_sending_with_gaps_says_each_one_at_its_question_and_in_the_summary(dash: Assessment, ellen: User) -> None:
    others = {f"q{number}": "no" for number in range(4, 28)}
    refused = send(ellen, dash, "send", q1="yes", q2="not_asked", **others)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert '<a href="#id_q1_words">Question 1: Yes needs a sentence or two</a>' in text
    assert '<a href="#id_q2_words">Question 2: Say why it was not asked</a>' in text
    assert '<a href="#id_q3">Question 3: Choose an answer</a>' in text
    assert '<a href="#grade">The grade is not set</a>' in text
    assert text.count("Yes needs a sentence or two") - text.count('data-needs="Yes needs') == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"q1": "perhaps"}, "The answer to question 1 must be one of the answers shown"),
        ({"q1": "yes", "q1_words": "x" * 2001}, "The words of question 1 must be 2000 characters or fewer"),
        ({"q1": "yes", "q1_words": "kick\x07ed"}, "The words of question 1 has characters in it that cannot be seen"),
        ({"grade": "enormous"}, "Grade must be one of the answers shown"),
        ({"reasons": "x" * 4001}, "Your reasons must be 4000 characters or fewer"),
    ],
)
def test_bad_input_is_a_sentence_and_everything_typed_stays(
    dash: Assessment, ellen: User, said: Any, sentence: str
) -> None:
    refused = send(ellen, dash, q5="declined", q6_words="Told by her sister.", **said)
    text = refused.content.decode()
    assert refused.status_code == 422 and sentence in text
    assert "Told by her sister." in text and 'name="q5" value="declined" data-key="d" checked' in text
    assert "Told by her sister." in page(ellen, dash)


def test_words_that_look_like_markup_are_words(dash: Assessment, ellen: User) -> None:
    send(ellen, dash, q1="yes", q1_words="<script>alert(1)</script>")
    assert "<script>alert" not in page(ellen, dash)


def test_two_officers_at_different_questions_both_keep_theirs(dash: Assessment, ellen: User, tom: User) -> None:
    seen = fresh(dash).version
    send(ellen, dash, seen=seen, q1="yes", q1_words="Red marks.")
    assert send(tom, dash, seen=seen, q1_words="", q2="yes", q2_words="Shaking.").status_code == 302
    assert dict(fresh(dash).answers.values_list("number", "text")) == {1: "Red marks.", 2: "Shaking."}


def test_the_second_at_the_same_question_sees_theirs_and_may_save_again(
    dash: Assessment, ellen: User, tom: User
) -> None:
    seen = fresh(dash).version
    send(ellen, dash, seen=seen, q18="yes", q18_words="Both hands.")
    refused = send(tom, dash, seen=seen, q18="no", q18_words="")
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Question 18: PC 2877 Marsh saved another answer. Look at both" in text
    assert "PC 2877 Marsh saved at" in text and "Both hands." in text and "It was: Not answered." in text
    assert fresh(dash).answers.get(number=18).value == "yes"
    assert send(tom, dash, q18="no", q18_words="").status_code == 302
    assert fresh(dash).answers.get(number=18).value == "no"


def test_an_old_page_does_not_take_back_what_another_has_saved(dash: Assessment, ellen: User, tom: User) -> None:
    answer(dash, ellen, {18: "no"})
    seen = fresh(dash).version
    answer(dash, tom, {18: ("yes", "Both hands.")})
    assert send(ellen, dash, seen=seen, q18="no", q18_words="", q19="no", q19_words="").status_code == 302
    rows = dict(fresh(dash).answers.values_list("number", "value"))
    assert rows == {18: "yes", 19: "no"}


def test_a_grade_is_decided_on_what_was_seen(dash: Assessment, ellen: User, tom: User) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    seen = fresh(dash).version
    answer(dash, tom, {18: ("yes", "Both hands.")})
    refused = send(ellen, dash, "grade", seen, grade="standard")
    assert refused.status_code == 409 and not RiskDecision.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "99999999999999999999", "-1", "½"])
def test_a_version_that_is_none_is_no_fault_of_the_program(dash: Assessment, ellen: User, seen: str) -> None:
    assert client_of(ellen).post(url(dash), {"seen": seen, "q1": "no"}).status_code in (302, 409)


def test_it_is_hidden_from_strangers_and_asks_the_next_beat_why(
    dash: Assessment, stranger: User, victor: User, sam: User, nobody: Any
) -> None:
    assert client_of(stranger).get(url(dash)).status_code == 404
    assert client_of(victor).get(url(dash)).status_code == 404
    assert "/reason/" in client_of(sam).get(url(dash))["Location"]
    assert "/sign-in/" in nobody.get(url(dash))["Location"]
    assert client_of(victor).post(url(dash), {"q1": "no"}).status_code == 404


def test_it_is_sealed_while_the_record_waits(dash: Assessment, tonight: Incident, ellen: User) -> None:
    answer(dash, ellen, {1: ("yes", "Red marks.")})
    Incident.objects.filter(pk=tonight.pk).update(state=Incident.State.SUBMITTED)
    text = page(ellen, dash)
    assert "Red marks." in text and "<textarea" not in text
    assert send(ellen, dash, q1="no").status_code == 409
    assert fresh(dash).answers.get(number=1).value == "yes"


def days_between(this: Incident, before: Incident) -> int:
    """From one day on which it happened to another: one reported after midnight may be of the evening before."""
    return (london_day(moment_of(this)) - london_day(moment_of(before))).days


def test_history_stands_before_the_first_question(dash: Assessment, tonight: Incident, ellen: User) -> None:
    since = days_between(tonight, earlier(tonight, ellen, 109, 190, 288)[0])
    text = page(ellen, dash)
    assert text.index("what is already known") < text.index('id="q1"')
    assert f"{since} days" in text and "The gap before was 81 days." in text
    assert "Lowest grade allowed: Medium." in text and "4 incidents in 12 months; the rule is 3 or more" in text


def test_without_script_every_box_for_words_is_there(dash: Assessment, ellen: User) -> None:
    text = page(ellen, dash)
    # the reasons, and whether so-called honour is feared, stand beside the 27
    assert text.count("<textarea") == 27 + 2 and text.count('type="radio"') == 27 * 5 + 3 + 3


def test_the_page_costs_the_same_however_much_it_shows(dash: Assessment, tonight: Incident, ellen: User) -> None:
    browser = client_of(ellen)
    browser.get(url(dash))

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(url(dash)).status_code == 200
        return len(seen)

    few = statements()
    earlier(tonight, ellen, *range(10, 60, 10))
    answer_all(dash, ellen, yes=(1, 2, 18))
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    assert statements() <= few <= CEILING  # with nothing left blank no earlier answers are looked for


def test_the_panels_show_the_grade_over_time_and_the_answers(dash: Assessment, ellen: User, priya: User) -> None:
    before = timezone.now()
    answer_all(dash, ellen, yes=(2,))
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    engine.perform(fresh(dash), "raise", by=priya, evidence={"grade": "high", "reason": "He was seen near the school."})
    ledger = ledger_of(dash.case, ellen, timezone.now())
    assert ledger is not None and [row.to_grade for row in ledger.decisions] == ["high", "standard"]
    drawn = render_to_string("risk/panels/grade.html", {"rows": ledger})
    assert "Standard on" in drawn and "then High on" in drawn and "He was seen near the school." in drawn
    assert ledger_of(dash.case, ellen, before) is None
    assert assessments_of(dash.case, ellen, before)[0].answered == 0
    rows = assessments_of(dash.case, ellen, timezone.now())
    paper = render_to_string("risk/panels/dash_paper.html", {"rows": rows})
    assert rows[0].answered == 27 and "As she told it." in paper and "Is the victim very frightened?" in paper


def test_a_sergeant_sees_what_changed_since_the_last_look(
    dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    answer_all(dash, ellen, yes=(2,))
    looked = timezone.now()
    first = dash_for_review(tonight, priya)
    assert first is not None and first.changes is None and first.counts is None and len(first.said) == 27
    answer(dash, ellen, {18: ("yes", "Both hands."), 2: ("yes", "Shaking.")})
    give_reasons(dash, ellen)
    second = dash_for_review(tonight, priya, looked)
    assert second is not None and second.counts is not None and second.counts.yes == 2
    assert [(change.part[:2], change.before, change.after) for change in second.changes or ()] == [
        ("2 ", "Yes. As she told it.", "Yes. Shaking."), ("18", "No", "Yes. Both hands."),
    ]  # fmt: skip
    assert "What changed in the DASH" in render_to_string("risk/review.html", {"rows": second})
