"""A crime that is told of is recorded beside the consideration, and its time limits run on (I3)."""

from __future__ import annotations

import pytest

from accounts.models import Unit, User
from cases.models import Case, Incident, Task
from dvds.models import Application
from tests.cast import client_of, person, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.door import request, taken
from workflow import engine
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.django_db


def owed(application: Application) -> list[Task]:
    return list(Task.objects.filter(case=application.case, kind="crime_alleged", state=Task.State.TO_DO))


def test_a_crime_without_a_number_is_a_task_until_it_has_one(in_checks: Application, perry: User) -> None:
    take(in_checks, "crime", perry, what="He held her by the throat in May.")
    take(in_checks, "crime", perry, what="And he took her telephone.")
    assert len(owed(in_checks)) == 1

    done = take(in_checks, "crime", perry, what="Recorded by the desk.", number="NP/2026/11873")

    assert (done.crime_alleged, done.crime_reference) == ("yes", "NP/2026/11873")
    assert not owed(in_checks)


def test_it_is_linked_to_an_investigation_which_does_not_learn_of_it(
    in_checks: Application, hannahs_case: Case, ellen: User, perry: User
) -> None:
    done = take(in_checks, "crime", perry, what="Recorded by Ellen.", reference=hannahs_case.reference)

    assert done.investigation == hannahs_case and done.crime_reference == hannahs_case.reference
    assert in_checks.case.reference not in text_of(client_of(ellen).get(hannahs_case.get_absolute_url()))
    with pytest.raises(Refused):
        take(in_checks, "crime", perry, what="Recorded by nobody.", reference="DA-2026-999999")


def test_it_changes_neither_the_state_nor_the_start_and_nothing_waits_for_it(
    in_checks: Application, perry: User
) -> None:
    before = (in_checks.state, in_checks.first_contact_at, in_checks.profile)

    done = take(in_checks, "crime", perry, what="He held her by the throat in May.")

    assert (done.state, done.first_contact_at, done.profile) == before
    offers = {offer.step.name: offer.refusal for offer in engine.available(done, perry)}
    assert "crime" not in offers["finish-checks"] and offers["contact"] == ""


def test_said_in_its_section_it_is_owed_too(opened: Application, perry: User) -> None:
    said = {"danger": "none", "crime_alleged": "yes", "crime_reference": "", "seen": opened.version}

    answer = client_of(perry).post(f"/work/consideration/{opened.pk}/sections/danger/", said)

    assert answer.status_code == 302 and len(owed(opened)) == 1
    now = Application.objects.get(pk=opened.pk)
    client_of(perry).post(
        f"/work/consideration/{opened.pk}/sections/danger/",
        {**said, "crime_reference": "NP/2026/11873", "seen": now.version},
    )
    assert not owed(opened)


# --- recorded at once, from the page

SAYS = "He held Rosa Field by the throat at her home in May."


@pytest.mark.requirement("S3-221")
@pytest.mark.parametrize("state", ["checks", "meeting", "referred", "to_tell", "concluding"])
def test_a_crime_told_of_at_any_stage_is_recorded_as_an_incident_from_the_page_and_the_scheme_goes_on(
    state: str, disclosure_unit: Unit, perry: User
) -> None:
    application = consideration(disclosure_unit, perry, state)
    said = {"what": "Rosa told us at the meeting.", "record": "on", "account": SAYS, "seen": application.version}
    page = f"/work/consideration/{application.pk}/crime/"
    assert "begin the record of an incident now" in text_of(client_of(perry).get(page))

    assert client_of(perry).post(page, said).status_code == 302

    now = Application.objects.get(pk=application.pk)
    incident = Incident.objects.get()
    assert (incident.account, incident.state) == (SAYS, "recording")
    assert now.investigation == incident.case != now.case and now.crime_reference == incident.case.reference
    assert (now.state, now.crime_alleged, now.first_contact_at) == (state, "yes", application.first_contact_at)
    assert not owed(now) and Task.objects.get(case=incident.case, kind="other").state == "to_do"
    running = Deadline.objects.open().filter(case=incident.case).values_list("policy", flat=True)
    assert {"record-sent", "crime-recorded"} <= set(running), "it is investigated under the ordinary limits"
    assert incident.case.reference in text_of(client_of(perry).get(now.get_absolute_url()))


def test_whoever_may_record_an_incident_holds_it_themselves(ellen: User, rafi: User, perry: User) -> None:
    application = taken(request(ellen), rafi)
    done = take(application, "crime", rafi, what="She said so on the telephone.", record=True, account=SAYS)
    assert done.investigation.holder_of("investigation") == rafi.pk
    assert not Task.objects.filter(case=done.investigation, kind="other").exists()


def test_the_incident_tells_nothing_of_where_it_was_told(
    in_checks: Application, perry: User, abuse_unit: Unit, force: Unit
) -> None:
    reader = person("DI", "7301", "Greta Moss", ("inspector", force))
    done = take(in_checks, "crime", perry, what="Told by Rosa at the meeting.", record=True, account=SAYS)
    case = done.investigation
    pages = [
        case.get_absolute_url(),
        f"{case.get_absolute_url()}?panel=timeline",
        f"/work/incident/{Incident.objects.get().pk}/",
    ]
    for page in pages:
        answer = client_of(reader).get(page, follow=True)
        assert answer.status_code == 200
        for word in (in_checks.case.reference, "Clare", "at the meeting", "consideration", "Holt"):
            assert word not in text_of(answer), (page, word)


@pytest.mark.parametrize(
    ("gap", "field"), [({"account": ""}, "account"), ({"number": "NP/2026/11873"}, "record"), ({"account": "Short."}, "account")]
)  # fmt: skip
def test_it_is_recorded_once_and_with_words(
    gap: dict[str, str], field: str, in_checks: Application, perry: User
) -> None:
    said = {"what": "Told by Rosa at the meeting.", "record": True, "account": SAYS, **gap}
    with pytest.raises(Refused) as refused:
        take(in_checks, "crime", perry, **said)
    assert field in refused.value.errors.errors and not Incident.objects.exists()
