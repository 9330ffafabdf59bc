"""How somebody may be reached: set once, asked again, versioned, and one answer to "may I, by this means, now?"."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.forms.contact import SafeWays
from cases.models import Case, Incident, SafeContact, Task
from cases.services.contact import asked_since, in_force
from people.models import Person, Telephone
from people.services import learn
from tests.cases.recording import SAFE_WAYS, hidden, made_safe, press, safe, section, words
from tests.cases.toms import browser as browser
from tests.cast import client_of, shut_out
from workflow import engine
from workflow.declare import all_missing
from workflow.models import Refused

WAYS: dict[str, Any] = {
    "means": ["call", "in_person"], "call": "07700 900461", "meet_at": "The library", "days": ["mon", "tue", "wed", "thu", "fri"],
    "from_time": "09:30", "to_time": "14:30", "may_answer": "Only Hannah", "if_answered_by_another": "Hang up. Say nothing.",
    "never_means": ["landline", "letters"], "never_numbers": "01632 960 118\n4 Quay Street", "code_word": "marmalade",
}  # fmt: skip


def set_ways(case: Any, by: User, **changes: Any) -> SafeContact:
    """Set a version through the step; an earlier one is changed for a reason."""
    case = Case.objects.get(pk=case.pk)
    more = {"changed_because": "She said so."} if in_force(case) else {}
    engine.perform(case, "safe-contact", by=by, evidence={**WAYS, **more, **changes})
    plan = in_force(case)
    assert plan is not None
    return plan


def plan(**said: Any) -> SafeContact:
    return SafeContact(**said)


# --- numbers never to use ---


def test_a_number_never_to_use_is_not_kept_as_one_to_call(hannahs_case: Case, ellen: User) -> None:
    for said in ({"call": "01632 960118"}, {"means": ["through"], "through": "her sister on 01632 960 118"}):
        with pytest.raises(Refused) as refusal:
            set_ways(hannahs_case, ellen, **said)
        assert "among those never to use" in str(refusal.value.errors.errors)
    assert in_force(hannahs_case) is None


@pytest.fixture
def opened(hannahs_incident: Incident, ellen: User) -> Incident:
    """Hannah's record past its first section."""
    said = {"everyone_safe": "yes", "made_safe": "At her sister's.", "threat_to_life": "no", "household": "no"}
    done: Incident = engine.amend(hannahs_incident, said, by=ellen, seen=hannahs_incident.version)
    return done


def test_a_number_never_to_use_is_offered_nowhere(
    hannahs_case: Case, opened: Incident, hannah: Person, ellen: User
) -> None:
    learn(Telephone(person=hannah, number="+44 1632 960118"), beneath=opened, by=ellen)
    kept = set_ways(hannahs_case, ellen)
    SafeContact.objects.filter(pk=kept.pk).update(call="01632 960118")  # as an import might leave it
    kept.refresh_from_db()
    assert "01632 960118" not in [where for _label, where in kept.ways]
    browser = client_of(ellen)
    assert "+44 1632 960118 never use" in words(browser.get(section(opened, "harmed")))
    page = browser.get(hannahs_case.get_absolute_url()).content.decode()
    assert "<strong>01632" not in page
    person = browser.get(f"/people/{hannah.pk}/")
    assert "Telephone" not in dict(person.context["in_short"])
    assert "+44 1632 960118 never use" in words(person)


def test_every_page_with_a_number_has_the_never_use_line_beside_it(
    hannahs_case: Case, opened: Incident, hannah: Person, ellen: User
) -> None:
    learn(Telephone(person=hannah, number="07700 900461"), beneath=opened, by=ellen)
    set_ways(hannahs_case, ellen)
    browser = client_of(ellen)
    pages = [
        hannahs_case.get_absolute_url(), f"/people/{hannah.pk}/", section(opened, "harmed"),
        section(opened, "contact"), f"{hannahs_case.get_absolute_url()}safe-contact/",
    ]  # fmt: skip
    for url in pages:
        page = words(browser.get(url))
        assert "07700 900461" in page, url
        assert "Landline, Letters, 01632 960 118, 4 Quay Street" in page, url


# --- versions ---


def test_each_change_is_a_new_version_and_all_stay_readable_with_who_when_and_why(
    hannahs_case: Case, ellen: User, tom: User
) -> None:
    set_ways(hannahs_case, ellen)
    set_ways(hannahs_case, tom, call="07700 900999", changed_because="He found the first telephone.")
    page = words(client_of(ellen).get(f"{hannahs_case.get_absolute_url()}safe-contact/"))
    assert "Version 2 (in force)" in page and "Version 1" in page
    assert "by PC 2208 Tom Ashdown. Why: He found the first telephone." in page
    assert "by PC 2877 Ellen Marsh." in page
    assert "07700 900999" in page and "07700 900461" in page
    assert "marmalade" not in page


def test_a_change_without_its_reason_is_refused(hannahs_case: Case, ellen: User) -> None:
    set_ways(hannahs_case, ellen)
    with pytest.raises(Refused) as refusal:
        set_ways(hannahs_case, ellen, changed_because="")
    assert "Say why it is changed" in str(refusal.value.errors.errors)


def test_versions_are_paged_newest_first(hannahs_case: Case, ellen: User) -> None:
    for number in range(22):
        set_ways(hannahs_case, ellen, may_answer=f"Person {number}")
    browser, url = client_of(ellen), f"{hannahs_case.get_absolute_url()}safe-contact/"
    first = browser.get(url)
    assert "Version 22" in words(first) and "Version 2 " not in words(first)
    older = words(browser.get(url, {"before": first.context["more"]}))
    assert "Version 2" in older and "Version 1" in older and "Version 3 " not in older
    assert browser.get(url, {"before": "x"}).status_code == 200


def test_the_versions_of_a_hidden_case_are_404(hannahs_case: Case, victor: User, ellen: User) -> None:
    set_ways(hannahs_case, ellen)
    assert client_of(victor).get(f"{hannahs_case.get_absolute_url()}safe-contact/").status_code == 404


def test_a_change_begins_with_what_is_known_but_never_shows_the_code_word(hannahs_case: Case, ellen: User) -> None:
    set_ways(hannahs_case, ellen)
    page = client_of(ellen).get(f"/work/case/{hannahs_case.pk}/safe-contact/").content.decode()
    assert 'value="07700 900461"' in page and 'value="09:30"' in page
    assert "marmalade" not in page
    assert "There is one. Leave empty to keep it." in page


def test_the_code_word_stays_until_it_is_taken_away(hannahs_case: Case, ellen: User) -> None:
    set_ways(hannahs_case, ellen)
    assert set_ways(hannahs_case, ellen, code_word="").code_word == "marmalade"
    assert set_ways(hannahs_case, ellen, code_word="", drop_code_word="on").code_word == ""


def test_the_address_of_an_incident_is_not_taken_for_a_safe_place(hannahs_incident: Incident) -> None:
    hannahs_incident.place = "Flat 3, 14 Mill Lane"
    form = SafeWays(initial={"meet_at": None}, subject=hannahs_incident)
    assert not form["meet_at"].value()


def test_one_tap_confirms_and_keeps_the_new_date_with_the_one_before_in_its_history(
    hannahs_case: Case, ellen: User, tom: User
) -> None:
    kept = set_ways(hannahs_case, ellen)
    SafeContact.objects.update(recorded_at=timezone.now() - timedelta(days=9))
    url = f"/work/case/{hannahs_case.pk}/still-safe/"
    for _ in range(2):
        assert client_of(tom).post(url, {}).status_code == 302
    now = SafeContact.objects.get(pk=kept.pk)
    assert now.confirmer == tom and timezone.now() - now.last_confirmed < timedelta(minutes=1)
    assert SafeContact.objects.count() == 1
    assert Event.objects.filter(name="case.still-safe").count() == 2
    assert now.events.filter(confirmed_at__isnull=True).exists()  # type: ignore[attr-defined]
    assert "PC 2208 Ashdown" in words(client_of(ellen).get(hannahs_case.get_absolute_url()))


def test_nothing_can_be_confirmed_that_was_never_set(hannahs_case: Case, ellen: User) -> None:
    with pytest.raises(Refused):
        engine.perform(hannahs_case, "still-safe", by=ellen, evidence={})


# --- what may not be said ---

BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"means": ["none", "call"]}, "means", "Choose the ways that are safe, or that none is known, not both"),
    ({"means": ["none"]}, "unknown_why", "Say why no safe way is known"),
    ({"means": ["call"], "call": ""}, "call", "Enter the number that is safe to call"),
    ({"means": ["email"], "email": ""}, "email", "Enter the email address"),
    ({"means": ["in_person"], "meet_at": ""}, "meet_at", "Say where it is safe to see them"),
    ({"from_time": "25:00"}, "from_time", "must be a time, like 09:30 or 23:15"),
    ({"from_time": ""}, "from_time", "Enter both times, or leave both empty"),
    ({"from_time": "14:30"}, "to_time", "The two times must differ"),
    ({"best": "email"}, "best", "What is tried first must be one of the ways that are ticked"),
    ({"never_means": ["call"]}, "never_means", "ticked as safe above"),
    ({"valid_until": "2020-01-01"}, "valid_until", "must be today or in the future"),
    ({"may_answer": "x" * 301}, "may_answer", "must be 300 characters or fewer"),
]


@pytest.mark.parametrize(("said", "box", "sentence"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_right_is_said_beside_its_box(
    hannahs_case: Case, ellen: User, said: dict[str, Any], box: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refusal:
        set_ways(hannahs_case, ellen, **said)
    assert sentence in str(refusal.value.errors.errors[box])


def test_the_way_to_try_first_stands_first_and_a_text_goes_to_the_number_to_call(
    hannahs_case: Case, ellen: User
) -> None:
    kept = set_ways(hannahs_case, ellen, means=["call", "text", "in_person"], best="in_person")
    assert kept.means == ["in_person", "call", "text"]
    assert kept.ways == [("See them in person", "The library"), ("Call", "07700 900461"), ("Text", "07700 900461")]


# --- in an incident ---


def test_the_first_incident_asks_and_lacks_it_until_it_is_said(browser: Client) -> None:
    incident = made_safe(browser)
    lacking = "Say how they can be reached safely, or that no safe way is known yet"
    assert lacking in all_missing(incident)
    page = browser.get(section(incident, "contact"))
    assert "Ask alone, out of hearing of anybody else" in words(page)
    url = f"/work/incident/{incident.pk}/safe-contact/"
    sent = {**hidden(page.content.decode()), **SAFE_WAYS}
    for _ in range(2):  # pressed twice
        assert browser.post(url, sent)["Location"] == f"/work/incident/{incident.pk}/"
    assert SafeContact.objects.filter(case=incident.case).count() == 1
    assert lacking not in all_missing(incident)
    assert "Last confirmed today" in words(browser.get(f"/work/incident/{incident.pk}/"))


def test_what_was_typed_wrong_comes_back_with_its_sentence(browser: Client) -> None:
    incident = made_safe(browser)
    answer = press(browser, f"/work/incident/{incident.pk}/safe-contact/", {**SAFE_WAYS, "from_time": "half nine"})
    assert answer.status_code == 422
    assert "must be a time" in words(answer) or "5 characters" in words(answer)
    assert 'value="half nine"' in answer.content.decode()


def test_the_second_incident_shows_the_version_in_force_with_still_true(
    browser: Client, hannahs_case: Case, ellen: User, tom: User
) -> None:
    set_ways(hannahs_case, ellen)
    SafeContact.objects.update(recorded_at=timezone.now() - timedelta(days=30))
    reported = timezone.localtime() - timedelta(hours=1)
    said = {"reported_at": reported.isoformat(), "channel": "999"}
    second = engine.perform(Incident(case=hannahs_case), "begin", by=tom, evidence=said)
    safe(browser, second)
    assert "Say whether safe contact is right still" in all_missing(second)
    page = browser.get(section(second, "contact"))
    assert "07700 900461" in words(page) and "Still true?" in words(page)
    assert "Still true?" in words(browser.get(f"/work/incident/{second.pk}/"))
    answer = browser.post(f"/work/incident/{second.pk}/still-safe/", hidden(page.content.decode()))
    assert answer["Location"] == f"/work/incident/{second.pk}/"
    assert "Say whether safe contact is right still" not in all_missing(second)
    assert SafeContact.objects.count() == 1


def test_no_safe_way_known_yet_is_an_answer_and_leaves_a_task(browser: Client) -> None:
    incident = made_safe(browser)
    url = f"/work/incident/{incident.pk}/safe-contact/"
    assert press(browser, url, {"means": ["none"], "unknown_why": "He holds her phone."}).status_code == 302
    assert not [line for line in all_missing(incident) if "reached safely" in line]
    task = Task.objects.get(case=incident.case, kind="safe_contact")
    assert "He holds her phone." in task.why
    assert "No safe way is known yet" in words(browser.get(f"/work/incident/{incident.pk}/"))
    case_page = words(browser.get(incident.case.get_absolute_url()))
    assert "Do not call, text or write" in case_page and "Find a safe way to make contact" in case_page


def test_numbers_already_known_are_shown_and_none_is_filled_in(opened: Incident, hannah: Person, ellen: User) -> None:
    learn(Telephone(person=hannah, number="07700 900777"), beneath=opened, by=ellen)
    page = client_of(ellen).get(section(opened, "contact")).content.decode()
    assert "07700 900777" in page
    assert 'value="07700 900777"' not in page


def test_a_plan_of_the_last_day_is_not_asked_again() -> None:
    now = timezone.now()
    kept = plan(recorded_at=now - timedelta(hours=23))
    assert asked_since(kept, now)
    assert not asked_since(plan(recorded_at=now - timedelta(hours=25)), now)
    assert asked_since(plan(recorded_at=now - timedelta(days=9), confirmed_at=now), now)


def test_the_plan_of_a_case_one_is_shut_out_of_stands_on_no_person_page(
    hannahs_case: Case, hannah: Person, ellen: User, tom: User, priya: User
) -> None:
    set_ways(hannahs_case, ellen)
    assert "07700 900461" in words(client_of(tom).get(f"/people/{hannah.pk}/"))
    shut_out(hannahs_case, tom, priya)
    assert "07700 900461" not in client_of(tom).get(f"/people/{hannah.pk}/").content.decode()
