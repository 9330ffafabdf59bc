"""Breaking the glass: a restricted case opens in an emergency, for hours, and everybody who must know is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access, Event
from cases.models import AccessConcern, Case, NamedGrant
from cases.services.watch import hear_looks
from cases.steps.concern import OPENS_FOR
from people.models import Person, PersonName
from people.services import learn
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import person, shut_out
from tests.factories import begun
from workflow import engine
from workflow.models import Deadline, Refused

SignIn = Callable[[User | None], Client]
SAID = {"code": "danger", "words": "Officers are outside and she does not answer.", "cannot_prove": "on"}


@pytest.fixture
def secret(hannahs_case: Case, priya: User) -> Case:
    """Hannah's case, restricted: Ellen and Priya are named on it."""
    engine.perform(hannahs_case, "restrict", by=priya, evidence={"reason": "The suspect works with us."})
    hannahs_case.refresh_from_db()
    return hannahs_case


def break_in(client: Client, case: Case, **said: str) -> Any:
    return client.post("/emergency/", {**SAID, "reference": case.reference, **said})


def test_an_inspector_opens_it_at_once_and_only_for_hours(secret: Case, ruth: User, sign_in: SignIn) -> None:
    client = sign_in(ruth)
    assert client.get(secret.get_absolute_url()).status_code == 404
    answer = break_in(client, secret)
    assert answer.status_code == 302 and answer["Location"] == secret.get_absolute_url()
    assert client.get(secret.get_absolute_url()).status_code == 200
    until = NamedGrant.objects.get(content_object=secret, user=ruth).until
    assert until is not None and until - timezone.now() <= OPENS_FOR
    NamedGrant.objects.filter(user=ruth).update(until=timezone.now())
    assert client.get(secret.get_absolute_url()).status_code == 404


def test_it_is_an_audited_step_and_stands_with_its_reason_where_the_case_says_who_looked(
    secret: Case, ruth: User, sign_in: SignIn
) -> None:
    break_in(sign_in(ruth), secret)
    assert Event.objects.get(name="concern.emergency").by == ruth
    looked = Access.objects.get(chain=secret.pk, kind=Access.Kind.REASON)
    assert (looked.by, looked.reason_code, looked.reason) == (ruth, "emergency_danger", SAID["words"])


def test_who_cannot_prove_who_they_are_gets_in_and_is_marked(
    secret: Case, ruth: User, sign_in: SignIn, settings: Any
) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    client = sign_in(ruth)
    asked = break_in(client, secret, cannot_prove="")
    assert asked.status_code == 422 and "tick that you cannot now" in asked.content.decode()
    assert "/sign-in/again/" in asked.content.decode()
    assert break_in(client, secret).status_code == 302
    assert AccessConcern.objects.get().proved is False


@pytest.mark.parametrize("missing", ["code", "words", "reference"])
def test_a_reason_in_words_and_a_code_are_asked_for(secret: Case, ruth: User, sign_in: SignIn, missing: str) -> None:
    answer = break_in(sign_in(ruth), secret, **{missing: ""})
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert not AccessConcern.objects.exists()


def test_an_officer_is_sent_to_a_sergeant(secret: Case, sam: User, sign_in: SignIn) -> None:
    answer = break_in(sign_in(sam), secret)
    assert answer.status_code == 403 and "Ring them now" in answer.content.decode()
    assert not NamedGrant.objects.filter(user=sam).exists()


def test_the_holder_and_professional_standards_hear_at_once(
    secret: Case, ruth: User, ellen: User, dana: User, sign_in: SignIn
) -> None:
    break_in(sign_in(ruth), secret)
    sweep(timezone.now())
    told = {(notice.person.last_name, notice.deadline.policy) for notice in Notice.objects.select_related("person")}
    assert {("Marsh", "emergency-known"), ("Nair", "emergency-known"), ("Whitlock", "access-looked-into")} <= told
    assert all("Hannah" not in notice.text for notice in Notice.objects.all())


def test_professional_standards_find_it_say_what_they_found_and_the_clock_stops(
    secret: Case, ruth: User, dana: User, sign_in: SignIn
) -> None:
    break_in(sign_in(ruth), secret)
    concern, client = AccessConcern.objects.get(), sign_in(dana)
    page = client.get("/audit/accesses/").content.decode()
    assert "Ruth Calder" in page and secret.reference in page and f"/work/concern/{concern.pk}/review/" in page
    found = {"verdict": "justified", "reason": "Spoke to the control room.", "seen": str(concern.version)}
    assert client.get(f"/work/concern/{concern.pk}/review/").status_code == 200
    assert client.post(f"/work/concern/{concern.pk}/review/", found).status_code == 302
    concern.refresh_from_db()
    assert (concern.state, concern.verdict) == ("reviewed", "justified")
    assert not Deadline.objects.open().filter(policy__in=["access-looked-into", "emergency-known"]).exists()


def test_professional_standards_may_end_it_before_its_time(
    secret: Case, ruth: User, dana: User, sign_in: SignIn
) -> None:
    client = sign_in(ruth)
    break_in(client, secret)
    engine.perform(AccessConcern.objects.get(), "end", by=dana, evidence={"reason": "It is over, they have left."})
    assert client.get(secret.get_absolute_url()).status_code == 404


def test_who_holds_the_case_says_that_they_know_and_who_broke_in_cannot(
    secret: Case, ruth: User, ellen: User, sign_in: SignIn
) -> None:
    break_in(sign_in(ruth), secret)
    with pytest.raises(Refused):
        engine.perform(secret, "know", by=ruth, evidence={"reason": "It was me."})
    engine.perform(secret, "know", by=ellen, evidence={"reason": "She rang me first."})
    concern = AccessConcern.objects.get()
    assert (concern.known_by, concern.known_words) == (ellen, "She rang me first.")


def test_who_is_shut_out_is_refused_like_a_case_that_never_was_and_professional_standards_hear(
    secret: Case, ruth: User, priya: User, dana: User, sign_in: SignIn
) -> None:
    shut_out(secret, ruth, priya)
    client = sign_in(ruth)
    answer, never = break_in(client, secret), break_in(client, secret, reference="DA-2019-000001")
    assert answer.status_code == never.status_code == 422
    assert (
        answer.content.decode().count("No restricted case opens")
        == never.content.decode().count("No restricted case opens")
        > 0
    )
    assert not NamedGrant.objects.filter(user=ruth).exists()
    assert Access.objects.filter(kind=Access.Kind.DENIED, by=ruth, chain=secret.pk).exists()
    concern = AccessConcern.objects.get()
    assert (concern.kind, concern.person, concern.recorded_by.username) == ("refused", ruth, "system")
    sweep(timezone.now())
    assert Notice.objects.filter(person=dana, deadline__policy="access-looked-into").exists()


def test_from_the_page_of_somebody_known_elsewhere_the_marker_leads_to_it(
    hannahs_case: Case, hannah: Person, priya: User, sign_in: SignIn, ikande: User, nr4: Unit
) -> None:
    other = person("PC", "3001", "Lena Voss", ("officer", nr4))
    incident = begun(other, log_ref="0777")
    learn(PersonName(person=hannah, forename="Hannah", surname="Okoro", kind="legal"), beneath=incident, by=other)
    engine.perform(hannahs_case, "restrict", by=priya, evidence={"reason": "The suspect works with us."})
    client = sign_in(ikande)
    page = client.get(f"/people/{hannah.pk}/").content.decode()
    assert "Restricted: ask professional standards." in page and f"/emergency/people/{hannah.pk}/" in page
    answer = client.post(f"/emergency/people/{hannah.pk}/", SAID)
    assert answer.status_code == 302
    assert Case.objects.visible_to(ikande).filter(pk=hannahs_case.pk).exists()


def test_professional_standards_do_not_look_into_themselves(secret: Case, dana: User, force: Unit) -> None:
    other = person("DC", "0908", "Ray Quill", ("professional_standards", force))
    about = {"concerning": secret, "unit": secret.unit, "recorded_by": dana}
    AccessConcern.objects.create(kind="searched", person=dana, state="waiting", **about)
    assert not AccessConcern.objects.visible_to(dana).exists()
    assert AccessConcern.objects.visible_to(other).exists()


def test_a_search_for_a_tripwired_name_tells_professional_standards_and_nothing_to_whoever_searched(
    secret: Case, hannah: Person, sam: User, sign_in: SignIn
) -> None:
    client = sign_in(sam)
    for _ in range(3):
        answer = client.post("/search/", {"q": "Hannah Okoro"})
    nothing = client.post("/search/", {"q": "Zbigniew Quillfeather"})
    assert "Nobody found" in answer.content.decode() and "Nobody found" in nothing.content.decode()
    assert secret.reference not in answer.content.decode()
    assert not AccessConcern.objects.exists(), "the search itself does no more than one that hits nothing"
    hear_looks(timezone.now())
    concern = AccessConcern.objects.get()
    assert (concern.kind, concern.person, concern.concerning) == ("searched", sam, secret)
    assert Access.objects.filter(what="tripwire", chain=secret.pk, by=sam).count() == 3


def test_a_case_asked_for_by_its_reference_and_not_shown_is_written_down_whether_it_is_there_or_not(
    hannahs_case: Case, victor: User, sign_in: SignIn
) -> None:
    client = sign_in(victor)
    for reference in (hannahs_case.reference, "DA-2019-000001"):
        assert client.get(f"/cases/{reference}/").status_code == 404
        assert client.get(f"/cases/{reference}/reason/").status_code == 404
    rows = Access.objects.filter(kind=Access.Kind.DENIED, by=victor).values_list("chain", "terms")
    assert sorted(rows, key=str) == sorted(
        [(hannahs_case.pk, hannahs_case.reference)] * 2 + [(None, "DA-2019-000001")] * 2, key=str
    )


def test_an_opening_lasts_four_hours_and_no_longer(secret: Case, ruth: User, sign_in: SignIn) -> None:
    break_in(sign_in(ruth), secret)
    later = timezone.now() + OPENS_FOR + timedelta(minutes=1)
    grant = NamedGrant.objects.get(content_object=secret, user=ruth)
    assert grant.until is not None and grant.until < later
