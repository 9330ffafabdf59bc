"""Initial checks of a consideration: PNC, PND, local intelligence, ViSOR where PNC shows a marker; no trace is a decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cases.models import SystemCheck, Task
from dvds.models import Application, NoTrace, Trace, Unavailable
from dvds.models.alternatives import alternatives
from dvds.services.checks import checks_lacking, looked_up
from people.models import Birth, Person, PersonName
from tests.cast import take
from tests.dvds import judged
from tests.dvds.judged import agreed, all_looked, look, trace, whom
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db


def refused(subject: Any, step: str, by: User, **said: Any) -> Refused:
    with pytest.raises(Refused) as found:
        take(subject, step, by, **said)
    return found.value


def errors(refusal: Refused) -> dict[str, list[str]]:
    assert refusal.kind is Refusal.FORM
    return {name: [str(word) for word in words] for name, words in refusal.errors.errors.items()}


@pytest.mark.requirement("S3-231")
def test_the_checks_are_done_only_when_each_system_of_the_least_has_said_something(
    in_checks: Application, perry: User, wren: User
) -> None:
    done = {"whole": True}
    sentence = refused(in_checks, "finish-checks", perry, **done).sentence
    assert "PNC, Karl Field: not looked yet" in sentence and "PND" in sentence and "Local intelligence" in sentence
    assert "ViSOR" not in sentence
    pnc = look(in_checks, perry, "pnc", visor_marker="yes")
    for code in ("pnd", "intelligence"):
        agreed(look(in_checks, perry, code), wren)
    sentence = refused(in_checks, "finish-checks", perry, **done).sentence
    assert "PNC, Karl Field: a second person confirms that there is no trace" in sentence
    agreed(pnc, wren)
    assert checks_lacking(judged.fresh(in_checks), perry) == ["ViSOR, Karl Field: not looked yet"]
    found = look(in_checks, perry, "visor", found="something", result="Registered since 2019.")
    assert checks_lacking(judged.fresh(in_checks), perry) == ["ViSOR, Karl Field: say what each trace is"]
    trace(in_checks, perry, found)
    assert take(in_checks, "finish-checks", perry, **done).state == "checked"


def test_pnc_of_the_subject_says_whether_it_shows_a_marker(in_checks: Application, perry: User) -> None:
    said = {"system": "pnc", "person": whom(in_checks), "names": "Karl Field", "births": "30/01/1988", "found": "nothing",
            "checked_at": timezone.now().isoformat(), "not_tried_because": "Searched elsewhere."}  # fmt: skip
    assert errors(refused(in_checks, "look", perry, **said)) == {
        "visor_marker": ["Say whether PNC shows a ViSOR marker"]
    }


@pytest.mark.requirement("S3-238")
def test_without_a_request_the_same_is_asked_of_the_subject_and_of_the_person_at_risk(
    heard_of: Application, perry: User, wren: User
) -> None:
    lacking = checks_lacking(heard_of, perry)
    assert len(lacking) == 6 and sum("Rosa Field" in sentence for sentence in lacking) == 3
    all_looked(heard_of, perry, wren, "subject", "at_risk")
    assert not checks_lacking(judged.fresh(heard_of), perry)
    said = {**judged.JUDGED, "source_grade": "2", "information_grade": "B", "reach_how": ""}
    graded = take(heard_of, "triage", perry, **said)
    assert (graded.state, graded.source_grade, graded.information_grade) == ("triaged", "2", "B")


def test_a_system_that_could_not_be_asked_is_no_result_and_is_tried_again(
    in_checks: Application, perry: User, wren: User
) -> None:
    now = timezone.now()
    said = {
        "system": "pnd",
        "person": whom(in_checks),
        "tried_at": now.isoformat(),
        "why": "It is down for maintenance.",
    }
    early = {**said, "retry_at": (now - timedelta(hours=1)).isoformat()}
    assert "retry_at" in errors(refused(in_checks, "not-available", perry, **early))
    assert "why" in errors(refused(in_checks, "not-available", perry, **{**early, "why": ""}))
    take(in_checks, "not-available", perry, **said, retry_at=(now + timedelta(hours=2)).isoformat())
    lacking = checks_lacking(judged.fresh(in_checks), perry)
    assert any(sentence.startswith("PND, Karl Field: could not be asked: try again at") for sentence in lacking)
    task = Task.objects.get(case=in_checks.case, kind="system_again")
    assert (task.owed_by, task.state) == ("disclosure_officer", "to_do")
    agreed(look(in_checks, perry, "pnd"), wren)
    assert Task.objects.get(pk=task.pk).state == "done"
    with pytest.raises(IntegrityError), transaction.atomic():
        row = Unavailable.objects.get()
        row.retry_at = row.at
        row.save(update_fields=["retry_at"])


def test_no_trace_lists_everything_searched_and_a_second_person_confirms_it(
    in_checks: Application, perry: User, wren: User
) -> None:
    made = look(in_checks, perry, "pnd", names="Karl Field\nCarl Field")
    row = NoTrace.objects.get(check_made=made)
    assert row.tried == ["Karl Field", "Carl Field", "1988-01-30"] and row.state == "proposed"
    assert "You looked" in refused(row, "agree", perry, read=True).sentence
    assert "read" in errors(refused(row, "agree", wren))
    done = agreed(made, wren)
    assert (done.state, done.agreed_by) == ("agreed", wren)
    with pytest.raises(IntegrityError), transaction.atomic():
        done.agreed_by = perry
        done.save(update_fields=["agreed_by"])


def test_a_no_trace_that_is_returned_is_searched_again(in_checks: Application, perry: User, wren: User) -> None:
    made = look(in_checks, perry, "pnd")
    take(NoTrace.objects.get(check_made=made), "return", wren, reason="Search for Karel too.")
    assert "PND, Karl Field: “nothing found” is not put to a second person" in checks_lacking(in_checks, perry)
    agreed(look(in_checks, perry, "pnd", names="Karl Field\nKarel Field"), wren)
    assert not any(sentence.startswith("PND") for sentence in checks_lacking(in_checks, perry))


def test_a_nil_answer_that_was_recorded_as_an_ordinary_check_still_needs_the_second_person(
    in_checks: Application, perry: User, wren: User
) -> None:
    said = {"system": "pnd", "person": whom(in_checks), "names": "Karl Field", "births": "30/01/1988", "found": "nothing",
            "checked_at": timezone.now().isoformat()}  # fmt: skip
    made = take(SystemCheck(case=in_checks.case), "record", perry, **said)
    assert "PND, Karl Field: “nothing found” is not put to a second person" in checks_lacking(in_checks, perry)
    blank = NoTrace(case=in_checks.case, application=in_checks, check_made=made)
    assert take(blank, "propose", perry, not_tried_because="None is his.").state == "proposed"
    agreed(made, wren)
    assert not any(sentence.startswith("PND") for sentence in checks_lacking(in_checks, perry))


def alias(person: int, application: Application, by: User, forename: str, surname: str, kind: str = "alias") -> None:
    PersonName.objects.create(
        case=application.case, person_id=person, forename=forename, surname=surname, kind=kind, recorded_by=by
    )


def test_our_own_records_propose_other_names_spellings_and_birth_dates(in_checks: Application, perry: User) -> None:
    karl = whom(in_checks)
    alias(karl, in_checks, perry, "Karl", "Brandt")
    Birth.objects.create(case=in_checks.case, person_id=karl, born_on=date(1988, 4, 11), recorded_by=perry)
    twin = Person.objects.create()
    PersonName.objects.create(case=in_checks.case, person=twin, forename="Carl", surname="Feild", recorded_by=perry)
    Birth.objects.create(case=in_checks.case, person=twin, born_on=date(1988, 4, 11), recorded_by=perry)
    known = alternatives(karl, perry)
    assert {"Karl Field", "Karl Brandt"} <= set(known.names)
    assert {"1988-01-30", "1988-04-11", "1988-11-04"} <= set(known.births)
    left = known.besides(["karl  FIELD", "1988-01-30"])
    assert "Karl Field" not in left.names and "Karl Brandt" in left.names


def test_nobody_is_proposed_from_a_case_that_the_person_may_not_see(
    in_checks: Application, perry: User, disclosure_unit: Any, hannahs_case: Any, ellen: User
) -> None:
    karl = whom(in_checks)
    hannahs_case.restricted = True
    hannahs_case.save(update_fields=["restricted"])
    PersonName.objects.create(
        case=hannahs_case, person_id=karl, forename="Kaspar", surname="Field", kind="alias", recorded_by=ellen
    )
    assert "Kaspar Field" not in alternatives(karl, perry).names


def test_what_our_records_propose_is_searched_too_or_left_for_a_reason(in_checks: Application, perry: User) -> None:
    alias(whom(in_checks), in_checks, perry, "Karl", "Brandt")
    said = {"system": "pnd", "person": whom(in_checks), "names": "Karl Field", "births": "30/01/1988", "found": "nothing",
            "checked_at": timezone.now().isoformat()}  # fmt: skip
    words = errors(refused(in_checks, "look", perry, **said))["not_tried_because"][0]
    assert words.startswith("Our own records also know: Karl Brandt")
    look(in_checks, perry, "pnd", names="Karl Field\nKarl Brandt", not_tried_because="")
    assert NoTrace.objects.get().not_tried == []
    look(in_checks, perry, "intelligence", not_tried_because="That was his stepfather’s name.")
    left = NoTrace.objects.order_by("-pk")[0]
    assert left.not_tried == ["Karl Brandt"] and left.not_tried_because == "That was his stepfather’s name."
    with pytest.raises(IntegrityError), transaction.atomic():
        left.not_tried_because = ""
        left.save(update_fields=["not_tried_because"])


@pytest.mark.requirement("S3-218", "S3-239")
def test_each_thing_found_is_judged_by_itself(in_checks: Application, perry: User) -> None:
    found = look(in_checks, perry, "pnc", found="something", result="Two convictions, one note.")
    given = {"check_made": found.pk, "words": "Assault on a former partner.", "violent": True}
    answer = errors(refused(in_checks, "add-trace", perry, **given, sort="conviction", spent="no"))
    assert answer == {"spent": ["A conviction is spent or unspent: say which"]}
    trace(in_checks, perry, found, sort="conviction", spent="spent", words="Harassment, 2009")
    trace(in_checks, perry, found, sort="conviction", spent="unspent", spent_on=str(date(2099, 1, 1)))
    answer = errors(refused(in_checks, "add-trace", perry, **given, sort="intelligence", spent="no"))
    assert set(answer) == {"source", "assessment", "handling"}
    trace(
        in_checks,
        perry,
        found,
        sort="intelligence",
        spent="no",
        source="1",
        assessment="B",
        handling="P",
        may_be_told="Yes: recent",
    )
    rows = list(Trace.objects.filter(application=in_checks).order_by("pk"))
    assert [(row.sort, row.spent) for row in rows] == [
        ("conviction", "spent"),
        ("conviction", "unspent"),
        ("intelligence", "no"),
    ]
    assert rows[2].source == "1" and rows[2].may_be_told == "Yes: recent" and rows[1].violent
    with pytest.raises(IntegrityError), transaction.atomic():
        rows[0].spent = "no"
        rows[0].save(update_fields=["spent"])
    take(in_checks, "strike-trace", perry, trace=rows[0].pk, reason="It is of his brother.")
    assert Trace.objects.standing().filter(application=in_checks).count() == 2


def test_the_matrix_takes_as_many_queries_for_many_looks_as_for_one(
    in_checks: Application, perry: User, wren: User, django_assert_max_num_queries: Any
) -> None:
    all_looked(in_checks, perry, wren)
    with django_assert_max_num_queries(8):
        found = looked_up(in_checks, perry)
    assert [row.part for row in found] == ["Subject", "Applicant, Person at risk"]
    for _ in range(4):
        look(in_checks, perry, "custody", found="something", result="Held once.")
    with django_assert_max_num_queries(8):
        looked_up(in_checks, perry)


def test_whoever_has_no_part_in_it_learns_nothing(in_checks: Application, ellen: User, priya: User) -> None:
    for user in (ellen, priya):
        assert refused(in_checks, "look", user).kind is Refusal.HIDDEN
