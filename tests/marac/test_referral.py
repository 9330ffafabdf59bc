"""A referral is drafted from the investigation, nothing retyped; sent once it lacks nothing; accepted, returned or withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, CourseEvent, LinkedCase, NamedGrant, Task
from marac.models import Forum, Ground, Part, Referral, ReferralReturned
from people.models import Address, Birth, Managed, PersonName, Telephone
from people.services import learn
from safeguarding.models import Agency
from supervision.sentences import ask_how_managed
from tests.cast import client_of, take, text_of
from tests.marac import refer
from tests.marac.followed import done, taken_on
from tests.marac.test_forums import easterby
from workflow.declare import all_missing
from workflow.models import Deadline, Refusal, Refused
from workflow.reactions import run_due


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


@pytest.fixture
def case(ellen: User) -> Case:
    return refer.high(ellen)


def test_the_draft_says_what_the_investigation_says_and_nothing_is_typed_again(
    forum: Forum, case: Case, ellen: User
) -> None:
    draft = refer.drafted(case, ellen, forum)
    assert (draft.state, draft.investigation, draft.case.kind) == ("drafted", case, Case.Kind.CONFERENCE)
    assert draft.case.unit == forum.unit and draft.origin == case.unit
    assert "both hands" in draft.latest and "That he comes back tonight" in draft.afraid_of
    assert "07700 900461" in draft.safe_contact and "Letters" in draft.safe_contact
    assert draft.score == 3 and draft.incidents == 1 and draft.grounds == [Ground.JUDGEMENT]
    assert {row.part for row in draft.people.all()} == {Part.VICTIM, Part.SUSPECT}
    assert LinkedCase.objects.filter(case=case, other=draft.case, kind="conference").exists()
    assert not [line for line in all_missing(draft) if "Name" in line]


def test_the_conference_learns_names_and_her_own_home_and_never_where_she_hides(
    forum: Forum, case: Case, ellen: User
) -> None:
    incident = refer.incident_in(case)
    her = incident.people("victim").get().person
    for said in ({"line": "Flat 3, 14 Mill Lane", "whose": "own"}, {"line": "The refuge", "whose": "short"}):
        learn(Address(person=her, **said), beneath=incident, by=ellen)
    learn(Telephone(person=her, number="07700 900461"), beneath=incident, by=ellen)
    draft = refer.drafted(case, ellen, forum)
    assert [str(row) for row in PersonName.objects.filter(case=draft.case).order_by("pk")] == [
        "Hannah Okoro",
        "Daniel Reeve",
    ]
    assert [row.line for row in Address.objects.filter(case=draft.case)] == ["Flat 3, 14 Mill Lane"]
    assert Telephone.objects.filter(case=draft.case).count() == 1


def test_one_referral_of_a_case_is_open_at_a_time(forum: Forum, case: Case, ellen: User) -> None:
    draft = refer.drafted(case, ellen, forum)
    with pytest.raises(Refused, match="open already"):
        refer.drafted(case, ellen, forum)
    take(draft, "withdraw", ellen, reason="Begun on the wrong case by mistake, she is safe.")
    assert refer.drafted(case, ellen, forum).state == "drafted"


def test_it_is_sent_only_whole_and_what_is_missing_is_listed(forum: Forum, case: Case, ellen: User) -> None:
    draft = refer.drafted(case, ellen, forum)
    with pytest.raises(Refused, match="still missing"):
        take(draft, "submit", ellen, note="")
    assert "Choose the lawful basis" in all_missing(refer.fresh(draft))
    sent = refer.whole(draft, ellen)
    assert all_missing(sent) == []
    done = take(sent, "submit", ellen, note="")
    assert done.state == "submitted" and done.submitted_by == ellen and done.flag_until
    days = (done.flag_until - timezone.localdate()).days
    assert 365 <= days <= 366


def test_without_consent_it_is_sent_with_the_reason_and_never_without(forum: Forum, case: Case, ellen: User) -> None:
    draft = refer.whole(refer.drafted(case, ellen, forum), ellen, consent="not_asked", no_consent_because="")
    assert all_missing(draft) == ["Say why it is shared without consent"]


def test_once_it_is_sent_the_officer_changes_nothing_and_the_coordinator_accepts(
    forum: Forum, case: Case, ellen: User, hal: User
) -> None:
    done = refer.sent(case, ellen, forum)
    with pytest.raises(Refused) as refusal:
        take(done, "accept", ellen, note="")
    assert refusal.value.kind is Refusal.ROLE
    accepted = take(done, "accept", hal, note="")
    assert accepted.state == "accepted" and accepted.accepted_at


def test_it_comes_back_with_the_list_of_what_it_lacks_and_goes_again(
    forum: Forum, case: Case, ellen: User, hal: User
) -> None:
    done = refer.sent(case, ellen, forum)
    first = done.submitted_at
    back = take(
        done, "return", hal, lacks=["children", "contact"], words="Where do the children sleep, and who answers?"
    )
    assert "Nothing is said of the children" in back.returned_because and "who answers" in back.returned_because
    assert ReferralReturned.objects.get().lacks == ["children", "contact"]
    again = take(refer.whole(back, ellen, history="Both sleep at her sister's."), "submit", ellen, note="")
    assert again.state == "submitted" and again.submitted_at == first


def test_a_child_who_is_harmed_goes_the_right_way_and_is_told_where(
    forum: Forum, ellen: User, social_care: Agency
) -> None:
    case = refer.high(ellen)
    incident = refer.incident_in(case)
    her = incident.people("victim").get().person
    born = timezone.localdate() - timedelta(days=15 * 365)
    learn(Birth(person=her, born_on=born), beneath=incident, by=ellen)
    with pytest.raises(Refused) as refusal:
        refer.drafted(case, ellen, forum)
    assert (
        "children’s social care" in refusal.value.sentence and "Easterby children’s services" in refusal.value.sentence
    )


def test_on_a_restricted_case_coordinator_and_chair_are_named_when_it_is_sent(
    forum: Forum, case: Case, ellen: User, hal: User, inez: User, priya: User
) -> None:
    take(case, "restrict", priya, reason="She works for this force.")
    draft = refer.whole(refer.drafted(case, priya, forum), priya)
    assert draft.case.restricted and not Case.objects.visible_to(hal).filter(pk=draft.case.pk).exists()
    done = take(draft, "submit", priya, note="")
    assert set(NamedGrant.objects.filter(content_object=done.case).values_list("user__last_name", flat=True)) >= {
        "Winter",
        "Farrar",
    }
    assert Case.objects.visible_to(hal).filter(pk=done.case.pk).exists()


def test_who_is_shut_out_of_the_investigation_is_shut_out_of_the_conference(
    forum: Forum, case: Case, ellen: User, priya: User, victor: User
) -> None:
    take(case, "shut-out", priya, person=victor.collar_number, reason="Related to a party.")
    draft = refer.drafted(case, ellen, forum)
    assert not Case.objects.visible_to(victor).filter(pk=draft.case.pk).exists()
    assert not Referral.objects.visible_to(victor).exists()


@pytest.mark.requirement("S2-007")
@pytest.mark.rule("R-40")
def test_mappa_management_goes_along_and_the_person_shows_both_with_days_and_contact(
    forum: Forum, case: Case, ellen: User
) -> None:
    incident = refer.incident_in(case)
    him = incident.people("suspect").get().person
    on = timezone.localdate() + timedelta(days=9)
    fact = Managed(person=him, category="2", level="2", contact="DC Hallam, extension 4410", next_on=on)
    learn(fact, beneath=incident, by=ellen)
    draft = refer.drafted(case, ellen, forum)
    assert draft.people.get(part="suspect").mappa == "Category 2, level 2"
    assert draft.people.get(part="suspect").connection
    done = take(refer.whole(draft, ellen), "submit", ellen, note="")
    page = text_of(client_of(ellen).get(f"/people/{him.pk}/"))
    assert "Category 2, level 2" in page and "DC Hallam, extension 4410" in page and "next meeting" in page
    assert done.case.reference in page and "Flagged until" in page and "PC Marsh, extension 4410" in page


@pytest.mark.rule("R-31")
def test_nobody_waits_for_the_meeting_and_what_was_done_before_it_stands_on_the_page(
    forum: Forum, case: Case, ellen: User, hal: User, housing: Agency, cleo: User
) -> None:
    said = "He is on bail not to go near her."
    accepted = take(refer.sent(case, ellen, forum, done_already=said), "accept", hal, note="")
    action = taken_on(accepted, housing, hal, at_once="yes", owner=cleo.username)
    assert action.meeting is None and Deadline.objects.open().filter(policy="forum-action-done").exists()
    page = text_of(client_of(hal).get(f"{accepted.case.get_absolute_url()}?panel=marac-referral"))
    assert said in page
    assert "A management move is put to the panel." in text_of(client_of(cleo).get("/agency/actions/"))
    assert done(action, cleo).state == "done" and refer.fresh(accepted).state == "accepted"


@pytest.mark.rule("R-40")
def test_a_sentence_asks_once_whether_mappa_applies_and_a_charge_does_not(case: Case, ellen: User) -> None:
    on = timezone.localdate().isoformat()
    take(CourseEvent(case=case), "record", ellen, kind="charge", on=on, clock="", words="Section 47.")
    run_due()
    assert not Task.objects.filter(kind="managed").exists()
    sentence = take(
        CourseEvent(case=case), "record", ellen, kind="sentence", on=on, clock="", words="18 months, suspended."
    )
    run_due()
    task = Task.objects.get(kind="managed")
    assert (task.owed_by, task.about_id) == ("da_specialist", sentence.pk) and "controlling or coercive" in task.why
    ask_how_managed(sentence_event(sentence))
    assert Task.objects.filter(kind="managed").count() == 1


def sentence_event(sentence: CourseEvent) -> Event:
    found: Event = Event.objects.get(name="course.record", subject_id=sentence.pk)
    return found
