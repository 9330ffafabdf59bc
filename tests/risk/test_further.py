"""Further sets: what opens them, what they hold up, what they never count towards; honour; the screening of stalking."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, NamedGrant, SetMarker, Task
from risk.models import Assessment, InstrumentVersion, RiskThreshold, rows_of
from risk.panels import assessments_of, dash_for_review
from risk.services import contradictions_of, grading_of
from risk.services.further import owed_in
from risk.steps import lacking
from tests.cast import client_of, person, take, text_of
from tests.risk.further import all_no, answer_set, follow, say
from tests.risk.story import (
    answer,
    answer_all,
    begun,
    earlier,
    fresh,
    give_reasons,
    grade,
    incident_of,
    involve,
    somebody,
)
from workflow import engine
from workflow.declare import all_missing
from workflow.models import Refusal, Refused

OWED = ["S-DASH not done", "Stalking screening not done"]


def url(found: Assessment) -> str:
    return f"/dash/{found.pk}/"


def lacks(dash: Assessment, sentence: str) -> bool:
    return any(sentence in said for said in lacking(fresh(dash)))


# --- stalking ------------------------------------------------------------------------------------------------------


def test_yes_to_question_8_owes_the_s_dash_and_no_does_not(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen)
    assert not lacks(dash, "S-DASH")
    answer(dash, ellen, {8: "yes"})
    assert [said for said in lacking(fresh(dash)) if "not done" in said] == OWED


def test_a_sign_of_stalking_owes_the_s_dash_whatever_question_8_says(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    answer_all(dash, ellen)
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=["harassment"])
    assert lacks(dash, "S-DASH not done")


def test_the_s_dash_begins_from_the_page_with_one_press_and_nothing_typed_is_lost(
    dash: Assessment, ellen: User
) -> None:
    browser = client_of(ellen)
    said = {"q8": "yes", "q8_words": "Forty texts a day.", "q2": "yes", "q2_words": "She shakes.", "do": "begin:s-dash"}
    answer_ = browser.post(url(dash), {"seen": dash.version, **said})
    made = Assessment.objects.get(follows=dash)
    assert (answer_.status_code, answer_["Location"]) == (302, url(made))
    assert fresh(dash).answers.get(number=8).text == "Forty texts a day."
    assert made.instrument.code == "s-dash" and made.asked_how == dash.asked_how and len(rows_of(made)) == 11
    again = browser.post(url(dash), {"seen": fresh(dash).version, "do": "begin:s-dash"})
    assert again["Location"] == url(made) and Assessment.objects.filter(follows=dash).count() == 1


def test_an_s_dash_that_is_mademust_be_finished_before_the_incident_is_sent(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    answer_all(dash, ellen, yes=(8,))
    made = follow(dash, ellen, "s-dash")
    assert "S-DASH: 11 questions not answered" in all_missing(tonight)
    answer_set(made, ellen, yes=(1, 4))
    assert not any("S-DASH" in said for said in all_missing(tonight))


def test_what_a_case_still_owes_is_named_for_its_standards(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=(8,))
    made = follow(dash, ellen, "s-dash")
    assert owed_in(dash.case) == ["S-DASH", "Stalking screening"]
    answer_set(made, ellen)
    answer_set(follow(dash, ellen, "stalking-screen"), ellen)
    assert owed_in(dash.case) == []


def test_the_tasks_of_the_incident_name_each_set_and_the_sergeant_reviews_the_dash(
    dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    made = follow(dash, ellen, "s-dash")
    page = text_of(client_of(ellen).get(f"/work/incident/{tonight.pk}/"))
    assert "S-DASH" in page and url(made) in page
    review = dash_for_review(tonight, priya)
    assert review is not None and review.assessment == dash


def test_the_sergeant_reads_each_further_set_and_what_changed_in_it(
    dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    answer_all(dash, ellen, yes=(8,))
    made = follow(dash, ellen, "s-dash")
    answer_set(made, ellen, yes=(1,))
    looked = timezone.now()
    first = dash_for_review(tonight, priya)
    assert first is not None and [(one.assessment, one.answered) for one in first.sets] == [(made, 11)]
    shown = render_to_string("risk/review.html", {"rows": first})
    assert "S-DASH: 11 of 11 answered" in shown and "loitered near home" in shown
    answer(made, ellen, {4: ("yes", "Daily, at the school gate.")})
    second = dash_for_review(tonight, priya, looked)
    assert second is not None and second.changes is not None
    assert [(change.part[:8], change.after) for change in second.changes] == [
        ("S-DASH 4", "Yes. Daily, at the school gate.")
    ]


def test_no_answer_of_a_further_set_is_added_to_the_count_of_the_dash(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=(8,))
    answer_set(follow(dash, ellen, "s-dash"), ellen, yes=tuple(range(1, 12)))
    give_reasons(dash, ellen)
    counts = grading_of(fresh(dash), ellen, at=timezone.now()).counts
    assert counts is not None and (counts.yes, counts.of, counts.ric_yes) == (1, 27, 1)


def test_no_grade_is_set_on_a_further_set(dash: Assessment, ellen: User) -> None:
    made = follow(dash, ellen, "s-dash")
    for step, said in (("reasons", {"reasons": "x" * 80}), ("raise", {"grade": "high", "reason": "x" * 80})):
        with pytest.raises(Refused) as refused:
            engine.perform(made, step, by=ellen, evidence=said, seen=made.version)
        assert refused.value.kind is Refusal.GUARD


def test_a_set_is_madeonce_and_only_where_a_dash_stands(dash: Assessment, tonight: Incident, ellen: User) -> None:
    follow(dash, ellen, "technology")
    with pytest.raises(Refused, match="begun already"):
        follow(dash, ellen, "technology")
    Assessment.objects.update(struck_out_at=timezone.now())
    with pytest.raises(Refused, match="Begin the DASH"):
        follow(dash, ellen, "technology")


def test_a_dash_made_void_takes_its_further_sets_with_it(dash: Assessment, ellen: User, priya: User) -> None:
    made = answer_set(follow(dash, ellen, "s-dash"), ellen)
    take(dash, "void", priya, reason="Begun for the wrong incident.")
    assert fresh(made).struck_out_at and fresh(made).state == Assessment.State.VOID
    assert fresh(made).answers.count() == 11


def test_further_sets_print_in_the_case_file_under_their_own_names(dash: Assessment, ellen: User) -> None:
    answer_set(follow(dash, ellen, "s-dash"), ellen, yes=(4,))
    rows = assessments_of(dash.case, ellen, timezone.now())
    paper = render_to_string("risk/panels/dash_paper.html", {"rows": rows})
    assert "S-DASH, version 1" in paper and "more than three times a week" in paper and "DASH, version 1" in paper


@pytest.mark.requirement("S0-002")
def test_the_screening_of_four_indicators_sets_the_flag_and_the_case_stands_in_the_queue_of_stalking(
    dash: Assessment, ellen: User, priya: User
) -> None:
    answer_all(dash, ellen, yes=(8,))
    screen = follow(dash, ellen, "stalking-screen")
    assert "Would it stop if the dispute were settled?" in text_of(client_of(ellen).get(url(screen)))
    queue = "/stalking/"
    assert dash.case.reference not in text_of(client_of(priya).get(queue))
    answer(screen, ellen, {1: "yes", 2: "no", 3: "no", 4: "yes"})
    assert not SetMarker.objects.exists()  # not before the last is answered
    answer(screen, ellen, {5: "no"})
    flag = SetMarker.objects.get(case=dash.case, code="stalking")
    assert (
        flag.why == "The screening points to stalking: 2 of the four indicators are Yes." and flag.recorded_by == ellen
    )
    assert dash.case.reference in text_of(client_of(priya).get(queue))
    answer(screen, ellen, {5: "yes"})
    assert SetMarker.objects.count() == 1


def test_a_dispute_that_could_be_settled_points_to_harassment_and_one_indicator_to_nothing(
    dash: Assessment, ellen: User
) -> None:
    answer_all(dash, ellen, yes=(8,))
    screen = answer_set(follow(dash, ellen, "stalking-screen"), ellen, yes=(4, 5))
    assert not SetMarker.objects.exists()
    answer(screen, ellen, {3: "yes"})
    assert "harassment about a dispute" in SetMarker.objects.get().why


def test_the_queue_of_stalking_is_for_who_works_it_and_costs_the_same_for_one_as_for_many(
    dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    assert client_of(ellen).get("/stalking/").status_code == 403
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=["stalking"])
    browser = client_of(priya)
    browser.get("/stalking/")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/stalking/").status_code == 200
        return len(seen)

    one = statements()
    for _ in range(6):
        case = Case.begin(Case.Kind.INVESTIGATION, dash.case.unit, timezone.now())
        Incident.objects.filter(pk=incident_of(case, ellen).pk).update(abuse_signs=["harassment"])
    assert statements() <= one
    assert text_of(browser.get("/stalking/")).count("S-DASH not done") == 7


# --- so-called honour ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [4, 15, 20])
def test_yes_to_4_15_or_20_asks_whether_honour_is_feared(dash: Assessment, ellen: User, number: int) -> None:
    say(dash, ellen, all_no(yes=(number,)))
    assert lacks(dash, "Say whether so-called honour is feared") and not lacks(dash, "H-DASH")
    say(dash, ellen, honour=("no", ""))
    assert not lacks(dash, "honour") and not fresh(dash).case.restricted


def test_honour_that_is_feared_shuts_the_case_at_once_names_who_must_act_and_owes_the_h_dash(
    dash: Assessment, ellen: User, priya: User, tom: User, sam: User, nr3: Any
) -> None:
    meera = person("PC", "6001", "Meera Shah", ("da_specialist", nr3))
    assert Case.objects.visible_to(sam).filter(pk=dash.case_id).exists()
    say(dash, ellen, all_no(yes=(4,)), honour=("yes", "Her brothers, and a wedding in the summer."))
    case = Case.objects.get(pk=dash.case_id)
    assert case.restricted and lacks(dash, "H-DASH not done")
    named = set(NamedGrant.objects.filter(content_object=case).values_list("user__username", flat=True))
    assert {ellen.username, priya.username, meera.username} <= named
    for shut in (tom, sam):
        assert client_of(shut).get(url(dash)).status_code == 404
    assert Task.objects.get(case=case, kind="honour").owed_by == "da_specialist"
    text = text_of(client_of(ellen).get(url(dash)))
    assert "There may be one chance to help" in text and "Lowest grade allowed: High." in text
    assert "Save and begin H-DASH" in text
    say(dash, ellen, honour=("yes", "Her brothers, her uncle, and a wedding in the summer."))
    assert Task.objects.filter(kind="honour").count() == 1


def test_honour_feared_without_a_word_of_it_asks_for_words(dash: Assessment, ellen: User) -> None:
    say(dash, ellen, all_no(yes=(4,)), honour=("yes", ""))
    assert lacks(dash, "Say what is feared for honour, and from whom")


@pytest.mark.parametrize("code", ["honour", "forced_marriage", "fgm"])
@pytest.mark.rule("R-10")
def test_a_marker_of_honour_shuts_the_case_and_is_the_floor_of_its_grade(
    dash: Assessment, ellen: User, code: str
) -> None:
    take(dash.case, "set-marker", ellen, code=code, reason="Told by her teacher on Monday.")
    assert Case.objects.get(pk=dash.case_id).restricted
    answer_all(dash, ellen)
    assert lacks(dash, "H-DASH not done")
    give_reasons(dash, ellen)
    with pytest.raises(Refused, match="so-called honour, forced marriage or mutilation is feared"):
        grade(dash, ellen, "medium")
    grade(dash, ellen, "high")


def test_a_force_that_sets_another_floor_for_honour_gets_it(dash: Assessment, ellen: User) -> None:
    RiskThreshold.objects.create(name="hba_floor", value=2, valid_from=date(2020, 1, 1), authority="Force order 9")
    say(dash, ellen, all_no(yes=(15,)), honour=("yes", "The community is told of it."))
    assert grading_of(fresh(dash), ellen, at=timezone.now()).floor.grade == "medium"


# --- a suspect of the police, technology ----------------------------------------------------------------------------


@pytest.mark.requirement("S3-139")
def test_a_suspect_of_the_police_owes_the_questions_on_what_his_work_gives_him(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen)
    take(dash.case, "set-marker", ellen, code="police_suspect", reason="He works in Response 3.")
    assert lacks(dash, "Suspect who works for the police not done")
    made = follow(dash, ellen, "police-suspect")
    asked = " ".join(row.label for row in rows_of(made))
    for subject in ("firearms", "PAVA, Taser", "police vehicles", "police systems", "refuges"):
        assert subject in asked
    answer_set(made, ellen, yes=(1, 4))
    assert not lacks(dash, "works for the police")
    sees = assessments_of(dash.case, ellen, timezone.now())
    assert "police-suspect" in [found.assessment.instrument.code for found in sees]


def test_abuse_by_technology_offers_its_set_and_owes_nothing(dash: Assessment, tonight: Incident, ellen: User) -> None:
    answer_all(dash, ellen)
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=["technology"])
    assert not lacks(dash, "not done")
    assert "Save and begin Technology" in text_of(client_of(ellen).get(url(dash)))


# --- what is on record, and earlier answers ------------------------------------------------------------------------


def test_no_to_question_13_with_four_incidents_on_record_must_be_explained(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    earlier(tonight, ellen, 10, 20)
    answer_all(dash, ellen)
    assert not contradictions_of(fresh(dash), ellen)
    earlier(tonight, ellen, 30)
    found = contradictions_of(fresh(dash), ellen)
    assert [(one.key, one.question_number, one.explained) for one in found] == [("often", 13, "")]
    assert lacks(dash, "1 contradiction not explained")
    say(dash, ellen, explained={"often": "She says that three of them were one evening."})
    assert contradictions_of(fresh(dash), ellen)[0].explained.startswith("She says")
    assert not lacks(dash, "contradiction")
    answer(dash, ellen, {13: "yes"})
    assert not contradictions_of(fresh(dash), ellen)


FACTS: list[tuple[int, dict[str, Any], str]] = [
    (8, {"abuse_signs": ["stalking"]}, "stalked"), (16, {"weapon": "yes"}, "weapon"),
    (17, {"abuse_signs": ["threat_to_kill"]}, "threat"), (18, {"abuse_signs": ["strangled"]}, "strangled"),
    (10, {"children_present": "yes"}, "children"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "recorded", "key"), FACTS)
def test_no_where_the_record_of_the_incident_says_otherwise(
    dash: Assessment, tonight: Incident, ellen: User, number: int, recorded: dict[str, Any], key: str
) -> None:
    answer_all(dash, ellen)
    Incident.objects.filter(pk=tonight.pk).update(**recorded)
    assert [(one.key, one.question_number) for one in contradictions_of(fresh(dash), ellen)] == [(key, number)]


def test_no_to_question_26_with_a_breach_marked_and_to_6_with_a_separation_recorded(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    answer_all(dash, ellen)
    take(dash.case, "set-marker", ellen, code="order_breach", reason="The court told us on Monday.")
    tonight.people("suspect").update(separated_on=timezone.localdate() - timedelta(days=40))
    assert [one.question_number for one in contradictions_of(fresh(dash), ellen)] == [6, 26]


def test_the_page_shows_a_contradiction_and_sending_says_where_it_is(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    Incident.objects.filter(pk=tonight.pk).update(weapon="yes")
    browser = client_of(ellen)
    refused = browser.post(url(dash), {"seen": fresh(dash).version, "do": "send"})
    text = text_of(refused)
    assert refused.status_code == 422 and '<a href="#id_explain_weapon">1 contradiction not explained</a>' in text
    said = {"explain_weapon": "The knife was hers; she cut the bread.", "do": "save", "seen": fresh(dash).version}
    assert browser.post(url(dash), said).status_code == 302
    assert "she cut the bread" in text_of(browser.get(url(dash))) and not lacks(dash, "contradiction")


def test_an_earlier_answer_is_offered_with_its_date_never_ticked_and_taken_over_by_a_press(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    before = begun(earlier(tonight, ellen, 50)[0], ellen)
    answer(before, ellen, {5: ("yes", "Pills in March."), 6: "declined"})
    browser = client_of(ellen)
    text = text_of(browser.get(url(dash)))
    assert "Pills in March." in text and "Still true: use it" in text and 'data-key="y" checked' not in text
    assert "copy:6" not in text and not fresh(dash).answers.exists()
    sent = {"seen": dash.version, "do": "copy:5", "q1": "no"}
    assert browser.post(url(dash), sent)["Location"] == f"{url(dash)}#q5"
    taken = fresh(dash).answers.get(number=5)
    assert (taken.value, taken.text, taken.said_as) == ("yes", "Pills in March.", "Yes")
    assert taken.copied_from == before.answers.get(number=5)
    assert taken.copied_said_at == before.answers.get(number=5).answered_at
    assert fresh(dash).answers.get(number=1).value == "no"
    answer(dash, ellen, {5: ("yes", "Pills in March and again in May.")})
    assert fresh(dash).answers.get(number=5).copied_from is None


def test_an_answer_about_another_suspect_is_not_offered(dash: Assessment, tonight: Incident, ellen: User) -> None:
    other = incident_of(tonight.case, ellen, tonight.reported_at - timedelta(days=50))
    involve(other, ellen, tonight.people("victim").get().person, "victim")
    involve(other, ellen, somebody(other, ellen, "Mark", "Lowe"), "suspect")
    answer(begun(other, ellen), ellen, {5: ("yes", "Pills in March.")})
    assert "Pills in March." not in text_of(client_of(ellen).get(url(dash)))


def test_the_s_dash_offers_what_the_dash_said_of_fear(dash: Assessment, ellen: User) -> None:
    answer(dash, ellen, {2: ("yes", "She shakes when the door goes."), 8: "yes"})
    text = text_of(client_of(ellen).get(url(follow(dash, ellen, "s-dash"))))
    assert "She shakes when the door goes." in text and 'value="copy:1"' in text


def test_what_a_page_of_further_sets_costs_does_not_grow(dash: Assessment, tonight: Incident, ellen: User) -> None:
    answer(dash, ellen, {8: "yes", 2: "yes"})
    browser = client_of(ellen)
    browser.get(url(dash))

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url(dash)).status_code == 200
        return len(seen)

    few = statements()
    for code in ("s-dash", "stalking-screen", "technology"):
        answer_set(follow(dash, ellen, code), ellen, yes=(1, 2, 4))
        browser.get(f"/dash/{Assessment.objects.latest('pk').pk}/")
    for row in earlier(tonight, ellen, *range(10, 60, 10)):
        answer(begun(row, ellen), ellen, {number: "yes" for number in range(1, 28)})
    assert statements() <= few


# --- a version that went out of use ---------------------------------------------------------------------------------


def test_a_draft_on_a_version_long_out_of_use_begins_again_and_its_answers_are_offered(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    answer(dash, ellen, {5: ("yes", "Pills in March.")})
    version = InstrumentVersion.objects.get(pk=dash.instrument_version_id)
    version.valid_to = timezone.localdate() - timedelta(days=14)
    version.save(update_fields=["valid_to"])
    assert not lacks(dash, "out of use")
    version.valid_to -= timedelta(days=1)
    version.save(update_fields=["valid_to"])
    assert lacks(dash, "This version went out of use")
    take(dash, "restart", ellen)
    assert fresh(dash).state == Assessment.State.VOID
    version.valid_to = None
    version.save(update_fields=["valid_to"])
    again = begun(tonight, ellen)
    assert "Pills in March." in text_of(client_of(ellen).get(url(again)))
