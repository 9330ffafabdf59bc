"""The case page: whose it is, what is late, what can be pressed, what happened."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident
from cases.panels.registry import PANELS
from people.models import Person
from tests import cast
from workflow import engine
from workflow.models import Deadline
from workflow.templatetags.words import when, when_inside


def shown(user: User, case: Case, **asked: Any) -> str:
    answer = cast.client_of(user).get(case.get_absolute_url(), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def act(case: Case, step: str, by: User, **said: Any) -> Any:
    case.refresh_from_db()
    return engine.perform(case, step, by=by, evidence=said, seen=case.version)


def test_who_is_harmed_and_who_holds_what_stand_first(
    hannahs_case: Case, hannah: Person, ellen: User, priya: User
) -> None:
    page = shown(priya, hannahs_case)
    for words in ("Hannah Okoro", hannahs_case.reference, "Daniel Reeve", "former partner who lived apart", "NO GRADE"):
        assert words in page
    assert "PC 2877 Marsh" in page
    assert "PS 4471 Nair (you)" in page


def test_the_page_says_what_is_owed_with_its_reason_and_its_holder(hannahs_case: Case, ellen: User) -> None:
    page = shown(ellen, hannahs_case)
    owed = hannahs_case.deadlines.get(policy="record-sent")
    assert "Send the record" in page
    assert "Due in 23 hours" in page
    assert f'href="/deadlines/{owed.pk}/"' in page


def test_what_is_late_is_said_in_words_and_counted(hannahs_case: Case, ellen: User) -> None:
    hannahs_case.deadlines.update(due_at=timezone.now() - timedelta(hours=3, minutes=1))
    page = shown(ellen, hannahs_case)
    assert "Overdue by 3 hours" in page
    assert f"{hannahs_case.deadlines.filter(stopped_at=None).count()} overdue" in page


def test_what_was_met_in_the_last_day_follows_and_what_was_met_before_is_asked_for(
    hannahs_case: Case, ellen: User
) -> None:
    now = timezone.now()
    hannahs_case.deadlines.update(stopped_at=now - timedelta(hours=2), due_at=now + timedelta(hours=7, minutes=5))
    assert "Met, 9 hours early" in shown(ellen, hannahs_case)
    hannahs_case.deadlines.update(stopped_at=now - timedelta(hours=30), due_at=now - timedelta(hours=20))
    assert "Met, 10 hours early" not in shown(ellen, hannahs_case)
    assert "Met, 10 hours early" in shown(ellen, hannahs_case, met="all")


def green(page: str) -> list[str]:
    return re.findall(r'<a class="govuk-button" [^>]*href="([^"]*)"', page)


def test_the_one_green_button_is_the_most_overdue_act_that_is_theirs(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    assert green(shown(ellen, hannahs_case)) == [f"/work/incident/{hannahs_incident.pk}/"]
    act(hannahs_case, "unsafe", ellen, what="He is outside the flat.")
    Deadline.objects.filter(policy="unsafe-answered").update(due_at=timezone.now() - timedelta(hours=1))
    assert green(shown(ellen, hannahs_case)) == [f"/work/case/{hannahs_case.pk}/safe/"]
    assert green(shown(priya, hannahs_case)) == []  # neither is hers


def test_an_act_of_a_role_they_do_not_hold_is_not_shown_and_one_refused_says_why(
    hannahs_case: Case, ellen: User, priya: User
) -> None:
    assert "Close the case" not in shown(ellen, hannahs_case)
    page = shown(priya, hannahs_case)
    assert 'aria-disabled="true"' in page
    assert "<strong>Not yet.</strong> 1 record is not finished." in page


def test_the_sergeant_is_offered_one_decision_on_a_record_that_waits(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    wait_for_sergeant(hannahs_incident, ellen)
    page = shown(priya, hannahs_case)
    assert green(page) == [f"/work/incident/{hannahs_incident.pk}/decide/record/"]
    assert page.count("Decide on the incident") == 1


def wait_for_sergeant(incident: Incident, by: User) -> None:
    """As sent, without the record being whole: what the page offers does not hang on that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workflow.declare.all_missing", lambda subject: [])
        engine.perform(incident, "submit", by=by, evidence={"note": ""}, seen=incident.version)


def test_the_timeline_tells_acts_newest_first_with_their_words(hannahs_case: Case, ellen: User, priya: User) -> None:
    act(hannahs_case, "unsafe", ellen, what="He is outside the flat.")
    act(hannahs_case, "safe", ellen, answer="Spoke to her on the doorstep; he was arrested.")
    page = shown(priya, hannahs_case)
    told = (
        "Everyone said to be safe",
        "he was arrested",
        "Unsafe now reported",
        "outside the flat",
        "Somebody was shut out",
    )
    places = [page.index(words, page.index('id="timeline"')) for words in told]
    assert places == sorted(places)
    assert "by PC 2877 Ellen Marsh" in page


def test_an_act_recorded_later_than_it_was_done_says_so(hannahs_case: Case, ellen: User) -> None:
    then = (timezone.now() - timedelta(hours=5)).replace(second=0, microsecond=0)
    said = {"what": "Locks changed by the council.", "done_at": then.isoformat()}
    act(hannahs_case, "safeguard", ellen, **said)
    page = shown(ellen, hannahs_case)
    assert f"{when(then)}</time> by PC 2877 Ellen Marsh. Recorded {when_inside(timezone.now())}"[:-2] in page
    assert page.index("Somebody was shut out") < page.index("Safeguarding recorded")


def test_a_long_timeline_comes_in_pages_and_none_is_lost(hannahs_case: Case, ellen: User) -> None:
    for number in range(40):
        act(hannahs_case, "warn", ellen, what=f"warning number {number:03d} of many")
    seen: list[str] = []
    asked: dict[str, str] = {}
    for _ in range(4):
        page = shown(ellen, hannahs_case, **asked)
        box = page[page.index('id="timeline"') : page.index("app-case__acts")]
        seen += re.findall(r"warning number (\d{3})", box)
        asked = dict(re.findall(r'href="\?(before)=(\d+)', box))
        if not asked:
            break
    assert seen == [f"{number:03d}" for number in reversed(range(40))]


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 40, "1; DROP", "\u0661"])
def test_an_address_that_makes_no_sense_shows_the_newest(hannahs_case: Case, ellen: User, bad: str) -> None:
    assert "Recording of an incident begun" in shown(ellen, hannahs_case, before=bad, panel=bad, met=bad)


def test_unsafe_now_stands_on_every_page_of_the_case_until_somebody_answers(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User
) -> None:
    act(hannahs_case, "unsafe", ellen, what="He is outside the flat.")
    owed = hannahs_case.deadlines.first()
    client = cast.client_of(ellen)
    pages = [hannahs_case.get_absolute_url(), f"/deadlines/{owed.pk}/"]
    for url in pages:
        page = client.get(url).content.decode()
        assert 'id="unsafe-now"' in page, url
        assert f'href="/work/case/{hannahs_case.pk}/safe/"' in page, url
    act(hannahs_case, "safe", ellen, answer="Spoke to her on the doorstep.")
    assert not any('id="unsafe-now"' in client.get(url).content.decode() for url in pages)


def test_the_code_word_is_in_no_page_until_somebody_says_why(hannahs_case: Case, ellen: User) -> None:
    ways = {"means": ["call"], "call": "07700 900461", "never_use": "Landline, letters", "code_word": "marmalade"}
    act(hannahs_case, "safe-contact", ellen, **ways)
    client = cast.client_of(ellen)
    page = client.get(hannahs_case.get_absolute_url()).content.decode()
    assert "Landline, letters" in page
    assert "Show code word" in page
    url = f"{hannahs_case.get_absolute_url()}code-word/"
    assert "marmalade" not in page + client.get(url).content.decode() + client.post(url, {}).content.decode()
    answer = client.post(url, {"reason": "Calling her now."})
    assert "marmalade" in answer.content.decode()
    assert answer.headers["Refresh"] == f"30; url={hannahs_case.get_absolute_url()}"
    assert "no-store" in answer.headers["Cache-Control"]
    assert Access.objects.get(reason_code="code_word").reason == "Calling her now."


def test_a_reading_role_is_not_given_the_code_word(hannahs_case: Case, ellen: User, ari: User) -> None:
    act(hannahs_case, "safe-contact", ellen, never_use="Letters", code_word="marmalade")
    Access.objects.create(kind=Access.Kind.REASON, by=ari, chain=hannahs_case.pk, what="a reason")
    answer = cast.client_of(ari).post(f"{hannahs_case.get_absolute_url()}code-word/", {"reason": "To know."})
    assert answer.status_code == 403
    assert "marmalade" not in answer.content.decode()


def test_a_case_without_a_code_word_has_no_such_page(hannahs_case: Case, ellen: User) -> None:
    assert cast.client_of(ellen).get(f"{hannahs_case.get_absolute_url()}code-word/").status_code == 404


def test_a_panel_beyond_the_first_three_is_one_press_away(
    hannahs_case: Case, hannah: Person, ellen: User, priya: User
) -> None:
    shown(priya, hannahs_case)
    closed = shown(ellen, hannahs_case)
    assert 'href="?panel=looks#looks"' in closed
    assert "PS 4471 Priya Nair</strong> looked" not in closed
    assert "PS 4471 Priya Nair</strong> looked" in shown(ellen, hannahs_case, panel="looks")


def test_whoever_looks_is_written_down(hannahs_case: Case, ellen: User) -> None:
    shown(ellen, hannahs_case)
    kept = Access.objects.get(by=ellen, kind=Access.Kind.VIEW)
    assert (kept.chain, kept.what) == (hannahs_case.pk, f"cases.case:{hannahs_case.pk}")


def test_panels_say_what_had_been_recorded_by_a_moment(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User
) -> None:
    before = timezone.now()
    act(hannahs_case, "warn", ellen, what="Large dog loose in the yard.")
    warnings = PANELS["warnings"]
    assert warnings.rows(hannahs_case, ellen, before) == []
    assert len(warnings.rows(hannahs_case, ellen, timezone.now())) == 1
    assert PANELS["incidents"].rows(hannahs_case, ellen, before - timedelta(days=1)) == []


def cost_of(client: Client, case: Case) -> tuple[int, int]:
    """Queries of one page, and panels drawn with it (what is owed, what may be done and the timeline are three)."""
    client.get(case.get_absolute_url())  # the session notes its first request
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(case.get_absolute_url())
    return len(asked), 3 + sum(box.drawn for box in answer.context["boxes"])


def fill(case: Case, by: User, count: int) -> None:
    """More of everything that a page lists."""
    reported = timezone.localtime() - timedelta(days=2)
    for number in range(count):
        said = {"reported_at": reported.isoformat(), "channel": "999", "log_ref": f"{number:04d}"}
        incident = engine.perform(Incident(case=case), "begin", by=by, evidence=said)
        cast.involve(incident, by, "child", f"Child{number} Okoro")
        act(case, "warn", by, what=f"warning {number} of many")


def test_the_page_costs_the_same_with_one_and_with_thirty_of_everything(
    hannahs_case: Case, hannah: Person, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    wait_for_sergeant(hannahs_incident, ellen)
    clients = [cast.client_of(user) for user in (ellen, priya)]
    fill(hannahs_case, ellen, 1)
    few = [cost_of(client, hannahs_case) for client in clients]
    fill(hannahs_case, ellen, 29)
    assert [cost_of(client, hannahs_case) for client in clients] == few


def test_the_dearest_page_keeps_within_its_queries(
    hannahs_case: Case, hannah: Person, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    """Sent and waiting, unsafe, restricted, with a warning, safe contact and a refused act: everything is asked."""
    act(hannahs_case, "warn", ellen, what="Large dog loose in the yard.")
    act(hannahs_case, "safe-contact", ellen, never_use="Letters")
    act(hannahs_case, "restrict", priya, reason="The suspect's brother works here.")
    wait_for_sergeant(hannahs_incident, ellen)
    queries, panels = cost_of(cast.client_of(priya), hannahs_case)
    assert queries <= min(14 + panels, 24)


@pytest.mark.parametrize("who", ["ellen", "priya", "sam"])
def test_the_page_keeps_within_its_queries(hannahs_case: Case, hannah: Person, request: Any, who: str) -> None:
    user = request.getfixturevalue(who)
    Access.objects.create(kind=Access.Kind.REASON, by=user, chain=hannahs_case.pk, what="a reason")
    queries, panels = cost_of(cast.client_of(user), hannahs_case)
    assert queries <= min(14 + panels, 24)


def test_an_officer_who_owes_one_record_is_led_to_it_though_another_is_later(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    wait_for_sergeant(hannahs_incident, ellen)
    Deadline.objects.filter(subject_id=hannahs_incident.pk, policy="dash-checked").update(due_at=timezone.now())
    fill(hannahs_case, ellen, 1)
    newer = Incident.objects.latest("pk")
    assert green(shown(ellen, hannahs_case)) == [f"/work/incident/{newer.pk}/"]
    assert green(shown(priya, hannahs_case)) == [f"/work/incident/{hannahs_incident.pk}/decide/record/"]
