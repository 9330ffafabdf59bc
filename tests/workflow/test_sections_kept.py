"""Sections: kept as they are typed, never overwriting what somebody else saved, and offered again after the lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts import sessions
from accounts.models import User
from audit.models import Event
from cases.models import Incident
from tests.cases.recording import add_person, hidden, press, safe, save, section, words
from workflow.models import Draft


@pytest.fixture
def incident(hannahs_incident: Incident, sign_in: Callable[[User], Client], ellen: User) -> Incident:
    safe(sign_in(ellen), hannahs_incident)
    hannahs_incident.refresh_from_db()
    return hannahs_incident


@pytest.fixture
def hers(ellen: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ellen)


@pytest.fixture
def his(tom: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(tom)


def test_what_is_typed_is_kept_raw_without_audit_or_version(hers: Client, incident: Incident) -> None:
    acts = Event.objects.count()
    page = hers.get(section(incident, "happened")).content.decode()
    kept = hers.post(
        "/kept/",
        {**hidden(page), "kept_path": section(incident, "happened"), "occurred_from_time": "25:99", "account": "Dan"},
    )
    assert kept.status_code == 200
    assert words(kept).startswith("Saved ")
    incident.refresh_from_db()
    assert (Event.objects.count(), incident.account) == (acts, "")
    again = hers.get(section(incident, "happened"))
    assert 'value="25:99"' in again.content.decode()
    assert "Kept as typed, problems included." in words(again)
    assert "2 problems" in words(hers.get(f"/work/incident/{incident.pk}/"))


def test_a_draft_is_its_authors_alone(hers: Client, his: Client, incident: Incident) -> None:
    hers.post("/kept/", {"kept_path": section(incident, "place"), "place": "77 Canal Row"})
    assert "77 Canal Row" not in his.get(section(incident, "place")).content.decode()


def test_saving_goes_on_to_the_next_section_or_back_to_the_list(hers: Client, incident: Incident) -> None:
    assert save(hers, incident, "place", place="14 Mill Lane")["Location"] == section(incident, "happened")
    assert save(hers, incident, "place", place="14 Mill Lane", back="1")["Location"] == f"/work/incident/{incident.pk}/"
    assert not Draft.objects.exists()


def test_two_people_saving_different_fields_both_succeed(hers: Client, his: Client, incident: Incident) -> None:
    page = his.get(section(incident, "place")).content.decode()
    save(hers, incident, "place", place="14 Mill Lane")
    answer = his.post(section(incident, "place"), {**hidden(page), "postcode": "NR3 4QX"})
    assert answer.status_code == 302
    incident.refresh_from_db()
    assert (incident.place, incident.postcode) == ("14 Mill Lane", "NR3 4QX")


def clashing(hers: Client, his: Client, incident: Incident) -> Any:
    """She saves 14 Mill Lane where it was 1 Mill Lane, then he sends 4 Mill Lane over the version both had seen."""
    save(hers, incident, "place", place="1 Mill Lane")
    page = his.get(section(incident, "place")).content.decode()
    save(hers, incident, "place", place="14 Mill Lane", place_kind="street")
    return his.post(section(incident, "place"), {**hidden(page), "place": "4 Mill Lane", "postcode": "NR3 4QX"})


def test_a_stale_save_is_409_with_mine_theirs_and_the_original(hers: Client, his: Client, incident: Incident) -> None:
    answer = clashing(hers, his, incident)
    assert answer.status_code == 409
    page = words(answer)
    assert "PC 2877 Marsh saved at" in page
    assert "Yours 4 Mill Lane Theirs 14 Mill Lane As it was 1 Mill Lane" in page
    incident.refresh_from_db()
    assert (incident.place, incident.postcode) == ("14 Mill Lane", "")


@pytest.mark.parametrize(
    ("choice", "place"), [("mine", "4 Mill Lane"), ("theirs", "14 Mill Lane"), ("original", "1 Mill Lane")]
)
def test_the_choice_is_saved_with_everything_else_that_was_typed(
    hers: Client, his: Client, incident: Incident, choice: str, place: str
) -> None:
    page = clashing(hers, his, incident).content.decode()
    said = {**hidden(page), "place": "4 Mill Lane", "postcode": "NR3 4QX", "choose-place": choice}
    assert 'name="postcode" hidden>\nNR3 4QX' in page
    assert his.post(section(incident, "place"), said).status_code == 302
    incident.refresh_from_db()
    assert (incident.place, incident.postcode, incident.place_kind) == (place, "NR3 4QX", "street")
    assert not Draft.objects.exists()


def test_a_draft_typed_over_an_older_version_never_overwrites_a_newer_one(
    hers: Client, his: Client, incident: Incident
) -> None:
    page = his.get(section(incident, "place")).content.decode()
    his.post("/kept/", {**hidden(page), "kept_path": section(incident, "place"), "place": "4 Mill Lane"})
    save(hers, incident, "place", place="14 Mill Lane")
    assert press(his, section(incident, "place"), {"place": "4 Mill Lane"}).status_code == 409


def test_a_refused_save_keeps_the_version_that_was_seen(hers: Client, his: Client, incident: Incident) -> None:
    page = his.get(section(incident, "place")).content.decode()
    save(hers, incident, "place", place="14 Mill Lane")
    refused = his.post(section(incident, "place"), {**hidden(page), "place": "4 Mill Lane", "postcode": "NR"})
    assert refused.status_code == 422
    mended = {**hidden(refused.content.decode()), "place": "4 Mill Lane", "postcode": "NR3 4QX"}
    assert his.post(section(incident, "place"), mended).status_code == 409


def test_a_stale_row_is_409_too_and_resolved_by_choice(hers: Client, his: Client, incident: Incident) -> None:
    add_person(hers, incident, "witness", forename="Mo", surname="Aziz")
    url = f"/work/incident/{incident.pk}/rows/witness/{incident.people('witness').get().pk}/"
    page = his.get(url).content.decode()
    press(hers, url, {"own_words": "Heard shouting."})
    answer = his.post(url, {**hidden(page), "own_words": "Heard a plate break."})
    assert answer.status_code == 409
    assert "Yours Heard a plate break. Theirs Heard shouting." in words(answer)
    said = {**hidden(answer.content.decode()), "own_words": "Heard a plate break.", "choose-own_words": "mine"}
    assert his.post(url, said).status_code == 302
    assert incident.people("witness").get().own_words == "Heard a plate break."


def test_pressing_save_twice_is_one_act(hers: Client, incident: Incident) -> None:
    page = hers.get(section(incident, "place")).content.decode()
    acts = Event.objects.count()
    for _ in range(2):
        assert hers.post(section(incident, "place"), {**hidden(page), "place": "14 Mill Lane"}).status_code == 302
    assert Event.objects.count() == acts + 1


def test_what_a_locked_session_was_sending_is_offered_after_the_password(
    hers: Client, incident: Incident, ellen: User
) -> None:
    ellen.set_password("northgate-lamps-14")
    ellen.save(update_fields=["password"])
    hers.force_login(ellen, backend="django.contrib.auth.backends.ModelBackend")
    page = hers.get(section(incident, "happened")).content.decode()
    session = hers.session
    session[sessions.LOCKED] = True
    session.save()
    sent = hers.post(
        section(incident, "happened"), {**hidden(page), "account": "He pushed past her and held her neck."}
    )
    assert sent.status_code == 302
    assert sent["Location"].startswith("/unlock/?next=")
    incident.refresh_from_db()
    assert incident.account == ""
    opened = hers.post("/unlock/", {"password": "northgate-lamps-14", "next": section(incident, "happened")})
    assert opened["Location"] == section(incident, "happened")
    again = hers.get(opened["Location"])
    assert "He pushed past her and held her neck." in again.content.decode()
    assert (
        press(hers, section(incident, "happened"), {"account": "He pushed past her and held her neck."}).status_code
        == 302
    )


def test_autosave_in_a_locked_session_keeps_the_typing_and_says_so(hers: Client, incident: Incident) -> None:
    session = hers.session
    session[sessions.LOCKED] = session[sessions.STARTED] = session[sessions.SEEN] = incident.recorded_at.isoformat()
    session.save()
    answer = hers.post(
        "/kept/", {"kept_path": section(incident, "place"), "place": "14 Mill Lane"}, headers={"X-Autosave": "1"}
    )
    assert (answer.status_code, answer.content) == (423, b"Locked. What you typed is kept.")
    assert Draft.objects.get().data["place"] == ["14 Mill Lane"]


def test_a_section_that_may_not_be_changed_is_read(incident: Incident, hers: Client, priya: User, sign_in: Any) -> None:
    save(hers, incident, "place", place="14 Mill Lane", place_kind="street")
    Incident.objects.filter(pk=incident.pk).update(state=Incident.State.SUBMITTED)
    page = words(sign_in(priya).get(section(incident, "place")))
    assert "Address or place 14 Mill Lane" in page
    assert "What kind of place is it? Street or another open place" in page
    answer = hers.post(section(incident, "place"), {"place": "4 Mill Lane", "seen": "2"})
    assert answer.status_code == 409
    assert "it cannot be changed" in words(answer)


def test_a_stranger_and_somebody_shut_out_find_nothing(
    incident: Incident, hannahs_case: Any, stranger: User, victor: User, nobody: Client, sign_in: Any
) -> None:
    for user in (stranger, victor):
        assert sign_in(user).get(section(incident, "place")).status_code == 404
    assert nobody.get(section(incident, "place"))["Location"].startswith("/sign-in/")
