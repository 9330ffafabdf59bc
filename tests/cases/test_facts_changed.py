"""What was decided, asked or done once, when the facts beneath it change: neither for ever open nor asked for twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import ArrestDecision, Crime, Incident, Task
from cases.steps.arrest import arrest_lacks, wish_alone
from cases.steps.children import link_child_abuse
from cases.steps.crime import crime_lacks, to_the_offence
from tests import factories
from tests.cases.crimes import no_crime
from tests.cases.recording import EVIDENCE, press, save, section
from tests.cases.standing import due
from tests.cast import client_of, involve
from workflow import engine
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.django_db
WHY = "What became of the neighbour at number 10, and who looked at the canal path?"
NOTE = "First report, slight harm, she asked for it twice and her adviser agrees with her."
RETURNED = "A supervisor returned this reason: mend it"


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def take(decision: ArrestDecision, by: User, moment: Any) -> ArrestDecision:
    said: dict[str, Any] = {
        "arrested_at": timezone.localtime(moment).isoformat(),
        "place": "Canal path",
        "offences": "Assault",
    }
    said |= {"necessity": ["protect"], "camera_on": "yes"}
    done: ArrestDecision = engine.perform(decision, "take", by=by, evidence=said, seen=decision.version)
    return done


# --- a later arrest -------------------------------------------------------------------------------------------------------


def test_once_the_suspect_is_arrested_after_all_nobody_owes_a_verdict_on_why_not(ellen: User, priya: User) -> None:
    decision = factories.sent(ellen, arrested=False).arrest_decisions.get()
    assert len(due("no-arrest-checked")) == 1
    take(decision, ellen, timezone.now())
    assert due("no-arrest-checked") == []
    assert Deadline.objects.get(policy="no-arrest-checked").dropped_because == "Arrested"


@pytest.mark.parametrize("known", [True, False])
def test_a_later_arrest_before_it_happened_or_before_the_report_of_it_is_refused(
    known: bool, ellen: User, nr3: Any
) -> None:
    decision = factories.complete(ellen, arrested=False).arrest_decisions.get()
    if not known:
        Incident.objects.filter(pk=decision.incident_id).update(occurred_from=None)
    incident = fresh(decision.incident)
    began = incident.occurred_from or incident.reported_at
    with pytest.raises(Refused) as refused:
        take(decision, ellen, began - timedelta(minutes=1))
    assert "must be after it happened" in str(refused.value.errors.errors["arrested_at"])
    assert take(decision, ellen, began + timedelta(minutes=1)).taken


# --- a reason that came back ----------------------------------------------------------------------------------------------


def test_a_returned_reason_is_mended_before_the_record_is_sent_again(ellen: User, priya: User) -> None:
    incident = factories.sent(ellen, arrested=False)
    decision = incident.arrest_decisions.get()
    decision = engine.perform(decision, "return", by=priya, evidence={"reason": WHY}, seen=decision.version)
    assert arrest_lacks(fresh(incident)) == [RETURNED]
    with pytest.raises(Refused, match="still missing"):
        engine.perform(incident, "submit", by=ellen, evidence={"note": ""}, seen=fresh(incident).version)
    mended = "Neighbour at 10 saw him leave at 21:40; canal path searched by NR31 until 23:00."
    engine.amend(decision, {"why": mended}, beneath=incident, by=ellen, seen=decision.version)
    assert arrest_lacks(fresh(incident)) == []


def test_the_wish_alone_about_a_suspect_who_was_struck_out_brings_nothing_back(ellen: User, priya: User) -> None:
    incident = factories.complete(ellen)
    wrong = involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    factories.decided(incident, ellen, arrested=False, suspect=wrong, codes=["N12"], why="x" * 40)
    assert wish_alone(fresh(incident))
    engine.strike_out(wrong, beneath=incident, by=ellen, seen=wrong.version, reason="He was a passer-by.")
    assert not wish_alone(fresh(incident))


def test_another_day_of_attendance_asks_anew_whether_they_attended(ellen: User, nr3: Any) -> None:
    incident = factories.complete(ellen, arrested=False)
    decision, day = incident.arrest_decisions.get(), timezone.localdate() + timedelta(days=3)
    typed = {"arrested": "no", "codes": ["N6"], "why": "She is seen by appointment; his solicitor brings him in."}
    browser = client_of(ellen)

    def say(attends: Any) -> None:
        boxes = {f"attends_on_{part}": str(getattr(attends, part)) for part in ("day", "month", "year")}
        assert press(browser, section(incident, "arrest"), {**typed, **boxes}).status_code == 302

    say(day)
    decision = fresh(decision)
    said = {"attended": "no", "attended_words": "Did not come; his solicitor was rung."}
    engine.perform(decision, "attended", by=ellen, evidence=said, seen=decision.version)
    assert due("attendance-said") == []
    say(day)
    assert fresh(decision).attended == "no", "the same day says the same"
    say(day + timedelta(days=4))
    assert (fresh(decision).attended, fresh(decision).attended_words) == ("", "")
    assert [timezone.localdate(moment) for moment in due("attendance-said")] == [day + timedelta(days=5)]


# --- crime ----------------------------------------------------------------------------------------------------------------


def test_no_crime_beside_an_offence_is_not_sent_for_it_would_count_twice(
    complete_record: Incident, ellen: User
) -> None:
    now = no_crime(complete_record, ellen)
    assert crime_lacks(now) == []
    crime = factories.crime(now, ellen)
    assert crime_lacks(fresh(now)) == ["An offence is recorded: take it out, or answer Yes"]
    assert to_the_offence(fresh(now)) == "", "nobody is led to add one more"
    engine.strike_out(crime, beneath=now, by=ellen, seen=crime.version, reason="Added by mistake.")
    assert crime_lacks(fresh(now)) == []


def ask(crime: Crime, by: User, step: str, code: str) -> Crime:
    said = {"code": code, "support": "yes", "rationale": NOTE, "told": "yes", "appropriate": NOTE}
    said |= {"first_offence": "yes", "low_level": "yes", "victim_agrees": "yes"} if step == "ask-caution" else {}
    asked: Crime = engine.perform(crime, step, by=by, evidence=said, seen=crime.version)
    return asked


def authorise(crime: Crime, by: User) -> Crime:
    now, said = fresh(crime), {"reason": "Right in these circumstances."}
    done: Crime = engine.perform(now, "authorise-outcome", by=by, evidence=said, seen=now.version)
    return done


def test_an_outcome_whose_suspect_is_no_longer_named_is_not_authorised(
    sent_record: Incident, ellen: User, ruth: User
) -> None:
    crime = ask(Crime.objects.get(incident=sent_record), ellen, "ask-outcome", "8")
    Crime.objects.filter(pk=crime.pk).update(suspect=None)
    with pytest.raises(Refused, match="Outcome 8 needs a named suspect"):
        authorise(crime, ruth)
    assert fresh(crime).state == Crime.State.OUTCOME_ASKED


def test_a_caution_is_not_authorised_once_coercive_control_is_said_of_the_incident(
    sent_record: Incident, ellen: User, ruth: User
) -> None:
    Incident.objects.filter(pk=sent_record.pk).update(abuse_types=["physical"])
    crime = ask(Crime.objects.get(incident=sent_record), ellen, "ask-caution", "3")
    Incident.objects.filter(pk=sent_record.pk).update(abuse_types=["physical", "controlling"])
    with pytest.raises(Refused, match="there is controlling or coercive behaviour"):
        authorise(crime, ruth)


def test_two_crimes_of_one_incident_are_a_first_offence_still(complete_record: Incident, ellen: User) -> None:
    factories.crime(complete_record, ellen, "common-assault")
    engine.perform(complete_record, "submit", by=ellen, evidence={"note": ""}, seen=complete_record.version)
    Incident.objects.filter(pk=complete_record.pk).update(abuse_types=["physical"])
    crime = ask(Crime.objects.filter(incident=complete_record).earliest("pk"), ellen, "ask-caution", "3")
    assert crime.outcomes.get().unmet == ""


# --- tasks ----------------------------------------------------------------------------------------------------------------


def test_photographs_that_were_taken_again_are_not_asked_for_once_more(ellen: User, nr3: Any) -> None:
    incident, browser = factories.complete(ellen), client_of(ellen)
    hurt = {**EVIDENCE, "injured": "yes", "injuries_what": "A bruise on the left arm.", "injuries_photographed": "yes"}
    save(browser, incident, "evidence", **hurt)
    task = Task.objects.get(kind="injuries_again")
    engine.perform(task, "done", by=ellen, evidence={"outcome": "Photographed, ML/4."}, seen=task.version)
    save(browser, incident, "evidence", **hurt, injuries_seen="yes")
    assert Task.objects.get(kind="injuries_again").state == Task.State.DONE


def test_a_child_who_was_linked_to_child_abuse_once_is_not_linked_again(ellen: User, nr3: Any) -> None:
    child = involve(factories.begun(ellen), ellen, "child", "Eli Okoro", injuries="yes")
    link_child_abuse(child, ellen, timezone.now())
    task = Task.objects.get(kind="child_abuse")
    Task.objects.filter(pk=task.pk).update(state=Task.State.NOT_NEEDED)
    link_child_abuse(child, ellen, timezone.now())
    assert Task.objects.get(kind="child_abuse").state == Task.State.NOT_NEEDED


# --- taken back -----------------------------------------------------------------------------------------------------------


def test_a_record_that_was_taken_back_is_owed_again(sent_record: Incident, ellen: User) -> None:
    now = fresh(sent_record)
    engine.perform(now, "withdraw", by=ellen, evidence={"reason": "A name was misspelt."}, seen=now.version)
    [owed] = due("returned-mended")
    assert owed > timezone.now() + timedelta(hours=11)
    now = fresh(sent_record)
    engine.perform(now, "submit", by=ellen, evidence={"note": ""}, seen=now.version)
    assert due("returned-mended") == []
