"""A consideration is taken down section by section and sent to be checked: what must be said, and what must not wait (A1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Task, UnsafeReport
from dvds.forms.sections import HowHeard
from dvds.models import Application, Party, PublicRequest
from dvds.services.asked import take_in
from dvds.services.parties import name_party
from people.models import Person
from tests.cast import client_of, take, text_of
from tests.dvds.door import fresh, information, request, taken, whole
from workflow import engine
from workflow.declare import all_missing
from workflow.models import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ellen: User, rafi: User, perry: User) -> Application:
    """Taken up by the control room, nothing said yet but what Ellen heard."""
    return taken(request(ellen), rafi)


def refusal_of(application: Application, by: User, step: str = "forward") -> str:
    with pytest.raises(Refused) as refused:
        take(application, step, by)
    return refused.value.sentence


@pytest.mark.requirement("S3-227")
def test_the_control_room_completes_it_and_sees_it_no_longer_once_it_is_sent_on(
    asked: Application, rafi: User, perry: User
) -> None:
    assert asked.case.holder_of("investigation") == rafi.pk

    done = take(whole(asked, rafi), "forward", rafi)

    assert done.state == Application.State.CHECKS
    assert not Case.objects.visible_to(rafi).filter(pk=done.case_id).exists()
    assert Case.objects.worked_by(perry).filter(pk=done.case_id).exists()
    assert asked.case.holder_of("investigation") is None  # it waits for the unit


def test_sending_it_on_by_page_leads_back_to_what_waits(asked: Application, rafi: User) -> None:
    ready = whole(asked, rafi)

    answer = client_of(rafi).post(f"/work/consideration/{ready.pk}/forward/", {"note": "", "seen": ready.version})

    assert (answer.status_code, answer["Location"]) == (302, "/requests/")


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"means": ["call"], "call": "07700 900123", "when": "Mornings"}, "in what place"),
        ({"means": ["in_person"], "meet_at": "The library"}, "at what times"),
        ({"never_means": ["letters"], "when": "Mornings"}, "by what means, in what place"),
    ],
)
def test_missing_place_means_or_timing_of_safe_contact_is_refused_by_name(
    asked: Application, rafi: User, said: dict[str, Any], missing: str
) -> None:
    ready = whole(asked, rafi, safe=False)
    assert "by what means, in what place, at what times" in refusal_of(ready, rafi)

    take(ready, "safe-contact", rafi, **said)

    assert f"Safe contact does not say yet: {missing}." in refusal_of(fresh(ready), rafi)


def test_that_no_safe_way_is_known_is_an_answer_and_the_checks_do_not_wait_for_one(
    asked: Application, rafi: User
) -> None:
    ready = whole(asked, rafi, safe=False)
    take(ready, "safe-contact", rafi, means=["none"], unknown_why="He has her telephone; her sister will ring us.")

    assert take(fresh(ready), "forward", rafi).state == Application.State.CHECKS
    assert Task.objects.filter(case=ready.case, kind="safe_contact").exists()


def test_a_missing_birth_date_or_address_does_not_block_and_one_name_is_enough(asked: Application, rafi: User) -> None:
    ready = whole(asked, rafi)

    assert not all_missing(ready)
    assert Party.objects.filter(application=ready).count() == 3  # applicant and at risk are one person, in two parts
    assert Party.objects.filter(application=ready).values("person").distinct().count() == 2


@pytest.mark.requirement("S3-228")
def test_an_unanswered_danger_refuses_and_yes_is_held_until_it_is_answered_and_acted_on(
    asked: Application, rafi: User
) -> None:
    ready = whole(asked, rafi, danger="")
    assert "Say whether somebody is in danger now" in all_missing(ready)
    refusal_of(ready, rafi)

    page = client_of(rafi).post(
        f"/work/consideration/{ready.pk}/sections/danger/",
        {"danger": "yes", "danger_words": "A car is on its way.", "crime_alleged": "no", "seen": ready.version},
    )
    assert page.status_code == 302

    assert UnsafeReport.objects.get(case=ready.case).what == "A car is on its way."
    assert "said to be unsafe now" in refusal_of(fresh(ready), rafi)
    take(fresh(ready), "safe", rafi, answer="Officers are with her at her mother’s.")
    assert "what made them safer" in refusal_of(fresh(ready), rafi)
    take(fresh(ready), "safeguard", rafi, what="Taken to her mother’s.", done_at=timezone.localtime().isoformat())
    assert take(fresh(ready), "forward", rafi).state == Application.State.CHECKS


def test_the_first_contact_may_be_put_earlier_and_never_later(asked: Application, perry: User) -> None:
    first = asked.first_contact_at
    later = HowHeard(data={"first_contact_at": (first + timedelta(minutes=30)).isoformat()}, instance=fresh(asked))
    earlier = HowHeard(data={"first_contact_at": (first - timedelta(hours=3)).isoformat()}, instance=fresh(asked))

    assert not later.is_valid() and "later than what stands here" in str(later.errors)
    assert "first_contact_at" not in earlier.errors


@pytest.mark.requirement("S0-015")
def test_a_request_from_the_public_page_points_to_the_record_of_the_child_sex_offender_scheme(
    perry: User, disclosure_unit: Unit
) -> None:
    posted = PublicRequest.objects.create(
        key=uuid4(), danger="none", asks_as="parent", subject="Karl Field, about 35", why="He hurt a child before.",
    )  # fmt: skip
    waits = take_in(posted.pk, at=timezone.now())
    assert waits is not None
    application = taken(waits, perry)
    said = {"child_scheme": "yes", "child_scheme_reference": "CS/2026/0117"}
    engine.amend(fresh(application), said, by=perry, seen=fresh(application).version)

    page = text_of(client_of(perry).get(application.get_absolute_url()))
    assert "Child sex offender scheme" in page and "CS/2026/0117" in page
    with pytest.raises(IntegrityError, match="application_child_scheme_referenced"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(child_scheme="no")


@pytest.mark.requirement("S3-239")
def test_a_right_to_know_asks_no_applicant_and_no_safe_contact_but_a_grading(ines: User, perry: User) -> None:
    heard = taken(information(ines), perry)
    lacks = all_missing(fresh(heard))
    assert "Grade the source" in lacks and "Name the applicant" not in lacks
    assert not any("Safe contact" in sentence for sentence in lacks)

    ready = whole(heard, perry)

    assert take(ready, "forward", perry).state == Application.State.CHECKS
    page = text_of(client_of(perry).get(f"/work/consideration/{ready.pk}/sections/support/"))
    assert "national helpline" not in page


def test_support_and_the_helpline_are_asked_of_every_request(asked: Application, rafi: User) -> None:
    ready = whole(asked, rafi, support_given="", support_words="")

    assert "Say whether support and the helpline were given" in all_missing(ready)
    refusal_of(ready, rafi)


def test_a_third_party_must_say_whether_she_knows_and_a_child_is_named(asked: Application, rafi: User) -> None:
    ready = whole(asked, rafi, asks_as="friend", children_affected="yes")

    lacks = all_missing(ready)

    assert "Say whether the person at risk knows of the request" in lacks
    assert "Name each child who may be affected" in lacks


def test_whoever_takes_a_call_takes_it_down_at_once(rafi: User, perry: User) -> None:
    said = {"route": "ask", "channel": "phone", "first_contact_at": timezone.now().isoformat()}

    opened = engine.perform(Application(), "open", by=rafi, evidence=said)

    assert opened.case.kind == Case.Kind.DISCLOSURE and opened.state == Application.State.OPENED
    assert Case.objects.visible_to(rafi).filter(pk=opened.case_id).exists()
    with pytest.raises(Refused):
        engine.perform(Application(), "open", by=rafi, evidence={**said, "route": "know"})  # from where?


def test_officers_partners_and_the_control_room_beside_see_nothing_of_it(
    asked: Application, ellen: User, bea: User, hal: User, tess: User, stranger: User
) -> None:
    for somebody in (ellen, bea, hal, tess, stranger):
        assert not Application.objects.visible_to(somebody).exists()
        assert client_of(somebody).get(f"/work/consideration/{asked.pk}/").status_code == 404


def test_what_is_known_of_its_people_belongs_to_it_alone(
    hannah: Person, hannahs_case: Case, asked: Application, ellen: User, perry: User
) -> None:
    name_party(fresh(asked), "subject", perry, person=hannah.pk)
    page = text_of(client_of(ellen).get(f"/people/{hannah.pk}/"))

    assert asked.case.reference not in page


def test_somebody_known_is_named_once_in_a_part(asked: Application, hannah: Person, ellen: User, perry: User) -> None:
    first = name_party(fresh(asked), "at_risk", perry, person=hannah.pk)

    assert name_party(fresh(asked), "at_risk", perry, person=hannah.pk).pk == first.pk


def test_nobody_names_somebody_whom_they_may_not_see(
    asked: Application, disclosure_unit: Unit, rafi: User, hannah: Person, hannahs_case: Case
) -> None:
    with pytest.raises(Refused):
        name_party(fresh(asked), "subject", rafi, person=999_999_999)


def test_naming_by_page_looks_first(asked: Application, rafi: User) -> None:
    client = client_of(rafi)
    path = f"/requests/taken/{asked.pk}/people/party/"
    said = {"part": "subject", "forename": "Karl", "surname": "Field"}

    looked = client.post(path, said)
    assert looked.status_code == 200 and "Nobody like that is known to you" in text_of(looked)
    named = client.post(path, {**said, "new": "1"})

    assert named["Location"] == f"/work/consideration/{asked.pk}/sections/people/"
    assert "Karl Field" in text_of(client.get(named["Location"]))


def test_its_page_says_that_nothing_is_written_to_anybody(asked: Application, rafi: User) -> None:
    page = text_of(client_of(rafi).get(f"/work/consideration/{asked.pk}/"))

    assert "Right to ask" in page and "Nothing is sent to" in page
