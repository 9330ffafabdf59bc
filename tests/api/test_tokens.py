"""Other systems: let in by two people, with a token that is shown once, ends, and never decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import SystemAccount, Token, Unit, User
from accounts.models.token import digest_of
from audit.models import Access, Event
from cases.models import Case, Incident
from supervision.escalation.roster import roster_of
from supervision.steps.system_account import SYSTEM_ACCOUNT, TOKEN
from tests import factories
from tests.api.conftest import REPORT, Caller, bearer, issued, refused, url
from tests.cast import client_of
from workflow import engine
from workflow.models import Refusal, Refused

BEGIN = "/api/v1/incident/begin/"


def test_a_system_records_in_its_own_name_and_says_for_whom(system: Caller, account: SystemAccount) -> None:
    made = system.post(BEGIN, REPORT)
    assert made.status_code == 201, made.content
    assert Event.objects.get(name="incident.begin").by == account.user
    read = system.get(made["Location"], **{"X-On-Behalf-Of": "2877"})
    assert read.status_code == 200
    kept = Access.objects.filter(kind=Access.Kind.READ).latest("pk")
    assert (kept.by, kept.reason) == (account.user, "on behalf of 2877")


def test_acting_for_somebody_gives_none_of_their_rights(system: Caller, sent_record: Incident) -> None:
    seen = {"If-Match": f'"{sent_record.version}"', "X-On-Behalf-Of": "4471"}
    refused(system.post(url(sent_record, "approve/"), {"reason": "Read and agreed."}, **seen), 403, "not-by-token")
    refused(system.get(url(sent_record), **{"X-On-Behalf-Of": "a" * 41}), 400, "malformed")


def test_a_system_sees_what_its_roles_see_and_takes_the_steps_that_name_them(
    system: Caller, hannahs_case: Case, ikande: User, sr1: Unit
) -> None:
    assert system.get(url(hannahs_case)).status_code == 200
    refused(system.post(url(hannahs_case, "restrict/"), {"reason": "It wants to."}), 403, "refused")
    elsewhere = factories.begun(ikande)
    refused(system.get(url(elsewhere)), 403, "reason-needed")


def test_even_a_system_in_a_sergeants_role_decides_nothing(
    anna: User, otto: User, nr3: Unit, sent_record: Incident
) -> None:
    said = {"name": "Robot", "purpose": "Would decide.", "contact": "Nobody", "roles": ["sergeant"], "over": nr3.code}
    asked = engine.perform(SystemAccount(), "ask", by=anna, evidence=said)
    robot = engine.perform(asked, "approve", by=otto, evidence={"reason": "For the test of it."}, seen=1)
    seen = {"If-Match": f'"{sent_record.version}"'}
    for step in ("approve/", "return/"):
        answer = bearer(issued(robot, anna)).post(url(sent_record, step), {"reason": "It is agreed."}, **seen)
        refused(answer, 403, "not-by-token")
    assert Incident.objects.get(pk=sent_record.pk).state == "submitted"


def test_a_token_that_is_unknown_revoked_or_expired_opens_nothing_and_says_no_more(
    account: SystemAccount, anna: User, token: Token
) -> None:
    unknown = refused(Caller(Client(), Authorization="Bearer mdac_nothing").get("/api/v1/incident/"), 401, "signed-out")
    revoked = issued(account, anna, "other")
    engine.perform(revoked, "revoke", by=anna, evidence={"reason": "It was seen in a log."})
    assert refused(bearer(revoked).get("/api/v1/incident/"), 401, "signed-out") == unknown
    Token.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert refused(bearer(token).get("/api/v1/incident/"), 401, "signed-out") == unknown


def test_a_token_that_was_good_is_no_good_when_played_again_after_its_account_is_closed(
    system: Caller, account: SystemAccount, anna: User
) -> None:
    assert system.get("/api/v1/incident/").status_code == 200
    engine.perform(account, "close", by=anna, evidence={"reason": "The contract has ended."}, seen=account.version)
    refused(system.get("/api/v1/incident/"), 401, "signed-out")
    assert not User.objects.get(pk=account.user_id).is_active


def test_a_system_is_let_in_by_two_people(anna: User, nr3: Unit) -> None:
    said = {"name": "Robot", "purpose": "Reads.", "contact": "Team", "roles": ["officer"], "over": nr3.code}
    asked = engine.perform(SystemAccount(), "ask", by=anna, evidence=said)
    assert not asked.user.is_active and not asked.user.postings.exists()
    for step, subject in (("approve", asked), ("issue", Token(account=asked))):
        evidence = {"reason": "I agree with myself.", "name": "x", "until": timezone.localdate().isoformat()}
        with pytest.raises(Refused) as refusal:
            engine.perform(subject, step, by=anna, evidence=evidence, seen=asked.version)
        assert refusal.value.kind in (Refusal.GUARD, Refusal.STATE)


def test_no_system_may_hold_the_roles_that_change_who_may_do_what(anna: User, nr3: Unit) -> None:
    for role in ("administrator", "system"):
        said = {"name": "Robot", "purpose": "Would rule.", "contact": "Nobody", "roles": [role], "over": nr3.code}
        with pytest.raises(Refused) as refusal:
            engine.perform(SystemAccount(), "ask", by=anna, evidence=said)
        assert refusal.value.kind is Refusal.FORM


def test_nobody_signs_in_as_a_system_and_no_escalation_counts_it_as_told(account: SystemAccount, nr3: Unit) -> None:
    assert authenticate(username=account.user.username, password="") is None
    assert not account.user.has_usable_password()
    assert account.user_id not in roster_of(["officer"], [nr3.pk], [], timezone.now()).people()


def test_of_the_secret_only_a_digest_is_kept(token: Token) -> None:
    assert token.secret.startswith("mdac_") and len(token.secret) > 40
    row = Token.objects.get(pk=token.pk)
    assert (row.secret, row.digest) == ("", digest_of(token.secret))
    assert token.secret not in str(list(Event.objects.values())) and row.digest not in str(list(Event.objects.values()))


def test_a_token_ends_within_a_year_whatever_the_program_says(token: Token, account: SystemAccount, anna: User) -> None:
    late = {"name": "for ever", "until": (timezone.localdate() + timedelta(days=400)).isoformat()}
    with pytest.raises(Refused):
        engine.perform(Token(account=account), "issue", by=anna, evidence=late)
    with pytest.raises(IntegrityError), transaction.atomic():
        Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() + timedelta(days=400))


def test_the_hour_of_the_last_use_is_noted(system: Caller, token: Token) -> None:
    system.get("/api/v1/incident/")
    used = Token.objects.get(pk=token.pk).last_used_at
    assert used is not None and (used.minute, used.second) == (0, 0)


def test_steps_that_let_a_system_in_ask_for_proof() -> None:
    assert all(step.proof for step in (*SYSTEM_ACCOUNT.steps, *TOKEN.steps) if step.name in ("ask", "approve", "issue"))


def test_the_secret_is_shown_once_on_one_page(account: SystemAccount, anna: User) -> None:
    browser, page = client_of(anna), f"/systems/{account.pk}/tokens/new/"
    proved_long_ago = client_of(anna)
    session = proved_long_ago.session
    del session["account_authentication_methods"]
    session.save()
    assert proved_long_ago.get(page).status_code == 302  # asked to prove it first
    assert browser.get(page).status_code == 200
    day = timezone.localdate() + timedelta(days=30)
    form: dict[str, Any] = {
        "name": "live",
        "until_day": day.day,
        "until_month": day.month,
        "until_year": day.year,
        "token": "a",
    }
    shown = browser.post(page, form)
    assert shown.status_code == 200 and "mdac_" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    again = browser.post(page, form)
    assert "Shown already" in again.content.decode() and Token.objects.count() == 1
    listed = browser.get(account.get_absolute_url()).content.decode()
    assert "live" in listed and "mdac_" not in listed
    wrong = browser.post(page, {"name": "", "token": "b"})
    assert wrong.status_code == 422 and "error-summary" in wrong.content.decode()


def test_the_pages_of_other_systems_are_for_administrators(account: SystemAccount, ellen: User, anna: User) -> None:
    assert client_of(ellen).get("/systems/").status_code == 403
    for path in (
        f"/systems/{account.pk}/",
        f"/systems/{account.pk}/tokens/new/",
        f"/systems/{account.pk}/webhooks/new/",
    ):
        assert client_of(ellen).get(path).status_code == 404, path
    assert "Command and control" in client_of(anna).get("/systems/").content.decode()
    assert client_of(anna).get("/systems/999999/").status_code == 404


def test_administration_is_no_part_of_the_api(system: Caller, account: SystemAccount, anna: User) -> None:
    for caller in (system, Caller(client_of(anna))):
        for path in ("token/issue/", "system-account/ask/", "setting/propose/", "posting/ask/", "webhook/subscribe/"):
            refused(caller.post(f"/api/v1/{path}", {}), 404, "not-found")
