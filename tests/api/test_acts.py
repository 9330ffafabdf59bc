"""Acting by the API: the engine's own verbs, once for each key, on the version that was seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accounts.models import User
from audit.models import Event
from cases.models import Case, Incident, UnsafeReport
from tests.api.conftest import REPORT, Caller, refused, url
from tests.cast import client_of
from tests.races.together import at_once
from workflow.models import Once

KEY = "one-key-for-one-act"


def test_a_record_is_begun_and_then_written_section_by_section(ellens: Caller, ellen: User) -> None:
    made = ellens.post("/api/v1/incident/begin/", REPORT)
    assert made.status_code == 201, made.content
    where = made["Location"]
    first = ellens.patch(f"{where}sections/place/", {"place": "Mill Lane"}, **{"If-Match": made["ETag"]})
    assert "safe" in refused(first, 409, "not-open")["detail"]  # the first section is first here too
    safe = ellens.patch(f"{where}sections/safe/", {"everyone_safe": "yes"}, **{"If-Match": made["ETag"]})
    assert safe.status_code == 200, safe.content
    place = ellens.patch(f"{where}sections/place/", {"place": "Mill Lane"}, **{"If-Match": safe["ETag"]})
    assert place.status_code == 200
    said = ellens.get(where).json()["sections"]
    assert said["place"]["said"] == {"place": "Mill Lane", "postcode": "", "place_kind": ""}
    assert said["safe"]["said"]["everyone_safe"] == "yes"


def test_a_record_is_begun_in_a_case_that_is_there(ellens: Caller, hannahs_case: Case, victor: User) -> None:
    made = ellens.post("/api/v1/incident/begin/", {**REPORT, "case": hannahs_case.reference})
    assert made.json()["case"] == hannahs_case.reference
    shut_out = Caller(client_of(victor)).post("/api/v1/incident/begin/", {**REPORT, "case": hannahs_case.reference})
    refused(shut_out, 404, "not-found")


def test_a_part_is_begun_in_its_record_and_nowhere_else(ellens: Caller, hannahs_incident: Incident) -> None:
    asked = {"asked_how": "face_to_face"}
    wanted = refused(ellens.post("/api/v1/assessment/begin/", asked), 422, "invalid")
    assert wanted["errors"][0]["field"] == "incident"
    made = ellens.post("/api/v1/assessment/begin/", {**asked, "incident": hannahs_incident.pk})
    assert made.status_code == 201, made.content
    again = ellens.post("/api/v1/assessment/begin/", {**asked, "incident": hannahs_incident.pk})
    assert "begun already" in refused(again, 422, "not-yet")["detail"]


def test_what_is_said_is_checked_by_the_form_and_named_field_by_field(ellens: Caller) -> None:
    said = refused(ellens.post("/api/v1/incident/begin/", {"channel": "smoke", "log_ref": 5}), 422, "invalid")
    assert {error["field"] for error in said["errors"]} == {"reported_at", "channel"}
    assert all(error["sentence"] for error in said["errors"])


@pytest.mark.parametrize(
    "extra", [{"state": "checked"}, {"case_id": 1}, {"version": 9}, {"recorded_by": 1}, {"x\ud800": 1}]
)
def test_what_a_form_does_not_ask_is_refused_and_nothing_is_kept(
    ellens: Caller, hannahs_incident: Incident, extra: dict[str, Any]
) -> None:
    refused(ellens.post("/api/v1/incident/begin/", json.dumps({**REPORT, **extra})), 422, "invalid")
    said = json.dumps({"everyone_safe": "yes", **extra})
    changed = ellens.patch(url(hannahs_incident, "sections/safe/"), said, **{"If-Match": "1"})
    refused(changed, 422, "invalid")
    fresh = Incident.objects.get(pk=hannahs_incident.pk)
    assert (fresh.state, fresh.version, fresh.everyone_safe) == ("recording", 1, "")


def test_a_step_that_is_no_step_or_not_of_this_role_or_state_is_refused(ellens: Caller, sent_record: Incident) -> None:
    seen = {"If-Match": f'"{sent_record.version}"'}
    refused(ellens.post(url(sent_record, "finish/"), {}, **seen), 404, "not-found")
    refused(ellens.post(url(sent_record, "approve/"), {"reason": "I checked it."}, **seen), 403, "refused")
    refused(ellens.post(url(sent_record, "submit/"), {}, **seen), 409, "not-open")
    assert Incident.objects.get(pk=sent_record.pk).state == "submitted"


def test_a_sergeant_decides_on_the_version_seen_and_on_no_older_one(sent_record: Incident, priya: User) -> None:
    hers = Caller(client_of(priya))
    verdict = {"reason": "Read and agreed."}
    refused(hers.post(url(sent_record, "approve/"), verdict), 428, "version-needed")
    refused(hers.post(url(sent_record, "approve/"), verdict, **{"If-Match": "the newest"}), 400, "malformed")
    stale = {"If-Match": f'"{sent_record.version - 1}"'}
    refused(hers.post(url(sent_record, "approve/"), verdict, **stale), 409, "stale")
    done = hers.post(url(sent_record, "approve/"), verdict, **{"If-Match": f'"{sent_record.version}"'})
    assert done.status_code == 200 and done.json()["state"]["code"] == "checked"


def test_a_safety_act_needs_no_version(ellens: Caller, sent_record: Incident) -> None:
    assert ellens.post(url(sent_record, "unsafe/"), {"what": "He has come back."}).status_code == 200
    assert UnsafeReport.objects.filter(case=sent_record.case).count() == 1


def test_two_people_who_change_one_field_are_shown_mine_theirs_and_the_original(
    ellens: Caller, hannahs_incident: Incident, tom: User
) -> None:
    path, toms = url(hannahs_incident, "sections/report/"), Caller(client_of(tom))
    ellens.patch(url(hannahs_incident, "sections/safe/"), {"everyone_safe": "yes"}, **{"If-Match": "1"})
    assert toms.patch(path, {"log_ref": "0400"}, **{"If-Match": "2"}).status_code == 200
    said = refused(ellens.patch(path, {"log_ref": "0500"}, **{"If-Match": "2"}), 409, "stale")
    [clash] = said["clashes"]
    assert (clash["field"], clash["mine"], clash["theirs"], clash["original"]) == ("log_ref", "0500", "0400", "0388")
    other = ellens.patch(path, {"channel": "101"}, **{"If-Match": "2"})  # another field was nobody's
    assert other.status_code == 200, other.content
    assert ellens.patch(path, {"log_ref": "0500"}, **{"If-Match": other["ETag"]}).status_code == 200
    refused(ellens.patch(path, {"log_ref": "1"}), 428, "version-needed")


def test_a_row_is_changed_and_struck_out(ellens: Caller, hannahs_incident: Incident, hannah: Any) -> None:
    row = hannahs_incident.people("victim").get()
    ellens.patch(url(hannahs_incident, "sections/safe/"), {"everyone_safe": "yes"}, **{"If-Match": "1"})
    path = url(hannahs_incident, f"rows/victim/{row.pk}/")
    done = ellens.patch(path, {"own_words": "He pushed me."}, **{"If-Match": f'"{row.version}"'})
    assert done.status_code == 200, done.content
    told = ellens.get(url(hannahs_incident)).json()["rows"]["victim"]
    assert told[0]["said"]["own_words"] == "He pushed me."
    gone = ellens.post(f"{path}strike/", {"reason": "Recorded twice by mistake."}, **{"If-Match": done["ETag"]})
    assert gone.status_code == 200 and ellens.get(url(hannahs_incident)).json()["rows"]["victim"] == []
    refused(ellens.patch(path, {"own_words": "x"}, **{"If-Match": "1"}), 404, "not-found")


def test_the_same_key_and_words_get_the_same_answer_and_make_one_thing(ellens: Caller) -> None:
    first = ellens.post("/api/v1/incident/begin/", REPORT, key=KEY)
    again = ellens.post("/api/v1/incident/begin/", REPORT, key=KEY)
    assert (again.status_code, again.json(), again["Location"]) == (201, first.json(), first["Location"])
    assert again["Idempotent-Replayed"] == "true" and Incident.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(ellens: Caller) -> None:
    ellens.post("/api/v1/incident/begin/", REPORT, key=KEY)
    refused(ellens.post("/api/v1/incident/begin/", {**REPORT, "log_ref": "9"}, key=KEY), 422, "key-reused")
    assert Incident.objects.count() == 1


def test_a_key_is_needed_and_one_that_was_refused_may_be_used_again(ellens: Caller, tom: User) -> None:
    refused(ellens.post("/api/v1/incident/begin/", REPORT, key="short"), 400, "key-needed")
    refused(ellens.post("/api/v1/incident/begin/", {}, key=KEY), 422, "invalid")
    assert ellens.post("/api/v1/incident/begin/", REPORT, key=KEY).status_code == 201
    assert Caller(client_of(tom)).post("/api/v1/incident/begin/", REPORT, key=KEY).status_code == 201  # his own key
    assert Once.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_with_one_key_one_makes_the_record(ellen: User) -> None:
    callers = [Caller(client_of(ellen)) for _ in range(2)]
    answers = at_once(
        *(lambda caller=caller: caller.post("/api/v1/incident/begin/", REPORT, key=KEY) for caller in callers)
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() and Incident.objects.count() == 1
    assert Event.objects.filter(name="incident.begin").count() == 1
