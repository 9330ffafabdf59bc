"""Attempts to act as one may not: fields that no form has, states that no button leads from, forms of other people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Event
from cases.models import Case, Incident
from people.models import Person
from tests.cases.recording import hidden, press
from workflow import engine
from workflow.models import Once, Refusal, Refused

SignIn = Callable[[User | None], Client]
SMUGGLED = {
    "state": "checked", "case": "1", "case_id": "1", "unit": "1", "version": "99", "recorded_by": "1", "recorded_at": "2020-01-01",
    "grade": "standard", "struck_out_at": "2020-01-01", "id": "1", "pk": "1", "is_superuser": "on", "reported_at": "2020-01-01",
}  # fmt: skip


def columns(incident: Incident) -> dict[str, Any]:
    return Incident.objects.filter(pk=incident.pk).values().get()


def test_fields_that_the_form_does_not_have_change_nothing(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    """State, owner, case, clock: only what the page asks is read from what is sent."""
    before = columns(hannahs_incident)
    url = f"/work/incident/{hannahs_incident.pk}/sections/safe/"
    answer = press(sign_in(ellen), url, {"everyone_safe": "yes", "made_safe": "At her sister's.", **SMUGGLED})
    assert answer.status_code == 302
    changed = {name for name, value in columns(hannahs_incident).items() if value != before[name]}
    assert changed == {"everyone_safe", "made_safe", "version"}


def test_a_step_with_smuggled_fields_sets_only_what_it_asks(
    sent_record: Incident, priya: User, sign_in: SignIn
) -> None:
    before = columns(sent_record)
    url = f"/work/incident/{sent_record.pk}/"
    said = {"reason": "Read and agreed.", "seen": str(sent_record.version), "token": "b" * 32, **SMUGGLED}
    said["version"] = "1"
    assert sign_in(priya).post(f"{url}approve/", said).status_code == 302
    after = columns(sent_record)
    assert {name for name in after if after[name] != before[name]} == {"state", "version"}


@pytest.mark.parametrize("step", ["approve", "return", "withdraw"])
def test_a_decision_on_what_nobody_sent_is_refused(
    complete_record: Incident, priya: User, ellen: User, sign_in: SignIn, step: str
) -> None:
    """The address of a button that the page does not show."""
    who = ellen if step == "withdraw" else priya
    said = {"reason": "Because.", "seen": str(complete_record.version), "token": "c" * 32}
    answer = sign_in(who).post(f"/work/incident/{complete_record.pk}/{step}/", said)
    assert answer.status_code == 409
    assert columns(complete_record)["state"] == complete_record.state


def test_a_version_that_nobody_was_shown_is_refused(sent_record: Incident, priya: User, sign_in: SignIn) -> None:
    for seen in ("0", str(sent_record.version - 1), str(sent_record.version + 1), "-1", "9" * 30, "now"):
        said = {"reason": "Read and agreed.", "seen": seen, "token": f"d{seen}"[:32]}
        answer = sign_in(priya).post(f"/work/incident/{sent_record.pk}/approve/", said)
        assert answer.status_code in (409, 422), seen
    assert columns(sent_record)["state"] == sent_record.state


def test_a_decision_without_any_version_is_refused(sent_record: Incident, priya: User) -> None:
    with pytest.raises(Refused) as refused:
        engine.perform(sent_record, "approve", by=priya, evidence={"reason": "Read."})
    assert refused.value.kind is Refusal.STALE


def test_the_officer_who_sent_it_cannot_press_the_sergeants_button(
    sent_record: Incident, ellen: User, sign_in: SignIn
) -> None:
    said = {"reason": "I approve myself.", "seen": str(sent_record.version), "token": "e" * 32}
    assert sign_in(ellen).post(f"/work/incident/{sent_record.pk}/approve/", said).status_code == 403
    assert columns(sent_record)["state"] == sent_record.state


def test_the_token_of_a_colleagues_form_gives_nothing_of_theirs(
    hannah: Person, hannahs_incident: Incident, ellen: User, sam: User, sign_in: SignIn
) -> None:
    """A form's token is one person's: sent by somebody else it is a new form, and tells no address."""
    Once.objects.claim(by=ellen, key="f" * 32, answer=f"/work/incident/{hannahs_incident.pk}/")
    page = sign_in(sam)
    said = hidden(page.get("/incidents/new/").content.decode()) | {"token": "f" * 32}
    answer = page.post("/incidents/new/", said)
    assert answer.status_code == 422
    assert str(hannahs_incident.pk) not in answer.get("Location", "")


def test_nothing_is_done_by_an_address_that_is_only_opened(sent_record: Incident, priya: User, sign_in: SignIn) -> None:
    """A link in a mail, a picture's address: GET never acts, whatever method it claims to be."""
    browser = sign_in(priya)
    acts = Event.objects.count()
    path = f"/work/incident/{sent_record.pk}/approve/"
    browser.get(path, {"reason": "Read", "seen": sent_record.version, "_method": "POST"})
    browser.get(path, headers={"X-HTTP-Method-Override": "POST"})
    browser.head(path)
    assert Event.objects.count() == acts
    assert columns(sent_record)["state"] == sent_record.state


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_change_nothing(
    hannahs_case: Case, hannahs_incident: Incident, priya: User, sign_in: SignIn, method: str
) -> None:
    acts = Event.objects.count()
    browser = sign_in(priya)
    for path in (hannahs_case.get_absolute_url(), f"/work/incident/{hannahs_incident.pk}/sections/safe/"):
        answer = getattr(browser, method)(path, {} if method != "trace" else None)
        assert answer.status_code < 500
    assert Event.objects.count() == acts
