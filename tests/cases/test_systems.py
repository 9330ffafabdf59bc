"""Systems checked on a case: required of a suspect, recorded with what was searched, kept when wrong, asked where they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, CheckedSystem, Incident, SystemCheck, Task
from cases.panels.systems import matrix
from cases.services.systems import SYSTEMS, NotAnswered, Result, answers, owed_in
from people.models import Person
from reporting.paper.case_file import panels_on_paper
from tests.cases.recording import boxes, press, words
from tests.cast import involve
from workflow import engine
from workflow.models import Deadline, Refusal, Refused
from workflow.reactions import run_due

SignIn = Callable[[User | None], Client]
Check = Callable[..., SystemCheck]
REQUIRED = ["command-control", "domestic-abuse", "crime", "intelligence", "pnc", "pnd"]


@pytest.fixture
def daniel(daniel: Person) -> Person:
    """The worker has heard of him."""
    run_due()
    return daniel


def said(system: str, whom: Person | None, **more: Any) -> dict[str, Any]:
    terms = {"names": "Daniel Reeve\nDanny Reeve", "births": "30/01/1988"} if whom else {}
    now = timezone.now().isoformat()
    return {"system": system, "person": whom.pk if whom else "", "checked_at": now, "found": "nothing", **terms, **more}


@pytest.fixture
def checked(hannahs_case: Case, ellen: User) -> Check:
    def make(system: str, whom: Person | None, by: User = ellen, **more: Any) -> SystemCheck:
        made: SystemCheck = engine.perform(
            SystemCheck(case=hannahs_case), "record", by=by, evidence=said(system, whom, **more)
        )
        return made

    return make


def open_task(case: Case) -> Task | None:
    return Task.objects.filter(case=case, kind="check_systems", state="to_do").first()  # type: ignore[no-any-return]


def test_the_product_ships_the_systems_that_the_inspectorate_names_in_order(db: None) -> None:
    rows = CheckedSystem.objects.offered()
    assert [row.code for row in rows] == [*REQUIRED, "visor", "custody", "child-protection", "criminal-justice"]
    assert all(row.authority for row in rows)
    assert [row.code for row in rows if "suspect" in row.required_of] == REQUIRED


def test_once_a_suspect_is_named_what_other_systems_hold_is_owed_by_whoever_holds_the_case(
    daniel: Person, hannahs_case: Case, ellen: User
) -> None:
    task = open_task(hannahs_case)
    assert task is not None and task.owed_by == "holder"
    deadline = Deadline.objects.open().get(subject_type="cases.task", subject_id=task.pk)
    assert deadline.holder_id == ellen.pk and deadline.length == "hours:24"
    assert len(owed_in(hannahs_case)) == len(REQUIRED)
    run_due()
    assert Task.objects.filter(case=hannahs_case, kind="check_systems").count() == 1


def test_nobody_but_the_person_harmed_owes_nothing(hannahs_incident: Incident, hannahs_case: Case, ellen: User) -> None:
    involve(hannahs_incident, ellen, "victim", "Hannah Okoro")
    run_due()
    assert open_task(hannahs_case) is None and not owed_in(hannahs_case)


@pytest.mark.requirement("S3-203")
def test_the_matrix_says_by_whom_when_and_what_was_searched_and_flags_what_is_missing(
    daniel: Person, hannahs_case: Case, checked: Check, ines: User, ellen: User, sign_in: SignIn
) -> None:
    checked("pnc", daniel, found="something", result="Warning signal: violent.", reference="PNC 88/1234X")
    checked("pnd", daniel, by=ines, checked_by="Operator 12")
    page = words(sign_in(ellen).get(f"/cases/{hannahs_case.reference}/systems/"))
    assert "Incomplete 4 required checks still to be made" in page
    assert "Something found : Warning signal: violent." in page and "Reference PNC 88/1234X" in page
    assert "PC 2877 Marsh" in page and "Operator 12" in page
    assert "Nothing found" in page and "Searched: Daniel Reeve, Danny Reeve; 30/01/1988" in page
    for code in ("command-control", "domestic-abuse", "crime", "intelligence"):
        checked(code, daniel)
    page = words(sign_in(ellen).get(f"/cases/{hannahs_case.reference}/systems/"))
    assert "Complete Everything that is required was checked" in page


def test_the_last_required_check_ends_the_task_and_one_struck_out_raises_it_again(
    daniel: Person, hannahs_case: Case, checked: Check, ines: User, ellen: User
) -> None:
    made = [checked(code, daniel, by=ines) for code in REQUIRED[:-1]]
    assert open_task(hannahs_case) is not None
    made.append(checked(REQUIRED[-1], daniel, by=ines))
    assert open_task(hannahs_case) is None and not owed_in(hannahs_case)
    wrong = SystemCheck.objects.get(pk=made[0].pk)
    engine.perform(wrong, "strike", by=ellen, evidence={"reason": "That was another Daniel Reeve."}, seen=wrong.version)
    assert open_task(hannahs_case) is not None
    kept = SystemCheck.objects.get(pk=wrong.pk)
    assert kept.state == "struck" and kept.names == ["Daniel Reeve", "Danny Reeve"] and kept.struck_by == ellen
    again = checked(REQUIRED[0], daniel)
    assert open_task(hannahs_case) is None
    with pytest.raises(Refused) as refused:
        engine.perform(kept, "strike", by=ellen, evidence={"reason": "Struck a second time."}, seen=kept.version)
    assert refused.value.kind is Refusal.STATE and again.state == "recorded"


def test_what_was_struck_out_stands_on_the_page_with_why(
    daniel: Person, hannahs_case: Case, checked: Check, ellen: User, sign_in: SignIn
) -> None:
    check = checked("pnc", daniel)
    browser = sign_in(ellen)
    answer = press(browser, f"/work/system-check/{check.pk}/strike/", {"reason": "Searched under the wrong name."})
    assert answer.status_code == 302 and answer["Location"] == f"/cases/{hannahs_case.reference}/systems/"
    page = browser.get(answer["Location"])
    assert "Searched under the wrong name." in words(page) and "<s>" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"names": " \n "}, "Enter the names and spellings that were searched"),
        ({"births": ""}, "Enter the dates of birth that were searched, or tick that none is known"),
        ({"births": "31/02/1988"}, "Enter each date of birth like 30/01/1988"),
        ({"births": "30/01/2999"}, "Enter each date of birth like 30/01/1988"),
        ({"births_unknown": "on"}, "You give a date of birth, and say that none is known"),
        ({"found": ""}, "Say whether anything was found"),
        ({"found": "something"}, "Enter what it says"),
        ({"names": "Hannah Okoro"}, "These are names of somebody else in this case"),
        ({"names": "x" * 101}, "A name must be 100 characters or fewer"),
        ({"names": "\n".join(f"Name {n}" for n in range(31))}, "Enter 30 names or fewer"),
    ],
)
def test_a_page_that_says_too_little_comes_back_with_the_sentence_and_every_word(
    wrong: dict[str, str], sentence: str, daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    url = f"/cases/{hannahs_case.reference}/systems/pnc/{daniel.pk}/"
    typed = {
        "system": "pnc", "person": str(daniel.pk), "names": "Daniel Reeve", "births": "30/01/1988", "found": "nothing",
        "reference": "kept as typed", **boxes("checked_at", timezone.now()), **wrong,
    }  # fmt: skip
    answer = press(sign_in(ellen), url, typed)
    assert answer.status_code == 422 and sentence in words(answer)
    assert "kept as typed" in answer.content.decode()
    assert not SystemCheck.objects.filter(case=hannahs_case).exists()


def test_the_page_offers_the_names_and_birth_dates_that_the_case_knows(
    daniel: Person, hannah: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    his = browser.get(f"/cases/{hannahs_case.reference}/systems/pnc/{daniel.pk}/").content.decode()
    assert "Daniel Reeve</textarea>" in his and "30/01/1988</textarea>" in his
    hers = browser.get(f"/cases/{hannahs_case.reference}/systems/domestic-abuse/{hannah.pk}/").content.decode()
    assert "Hannah Okoro</textarea>" in hers and "04/05/1991</textarea>" in hers


def test_a_birth_date_may_be_a_year_alone_or_not_known_at_all(daniel: Person, checked: Check) -> None:
    assert checked("pnc", daniel, births="1988\n1/1988\n1988").births == ["1988", "1988-01"]
    assert checked("crime", daniel, births="", births_unknown=True).births_unknown


def test_an_address_alone_may_be_searched_and_the_database_keeps_no_nil_result_without_terms(
    hannahs_case: Case, ellen: User, checked: Check
) -> None:
    row = checked("command-control", None, places="14 Mill Lane")
    assert row.person_id is None and row.searched == "14 Mill Lane"
    system = CheckedSystem.objects.get(code="pnc")
    with pytest.raises(IntegrityError, match="nothing_of_what"), transaction.atomic():
        SystemCheck.objects.create(
            case=hannahs_case, system=system, checked_at=timezone.now(), found="nothing", recorded_by=ellen, names=["X"]
        )


def test_who_may_check_a_system_is_a_column_of_the_table(
    daniel: Person, hannahs_case: Case, checked: Check, ines: User, ellen: User, sign_in: SignIn
) -> None:
    with pytest.raises(Refused) as refused:
        checked("pnd", daniel)
    assert refused.value.kind is Refusal.ROLE and "PND" in refused.value.sentence
    assert checked("pnd", daniel, by=ines).system.code == "pnd"
    CheckedSystem.objects.filter(code="pnc").update(who=["intelligence_officer"])
    with pytest.raises(Refused):
        checked("pnc", daniel)


def test_the_case_is_there_for_whoever_may_open_it_alone(
    daniel: Person, hannahs_case: Case, victor: User, stranger: User, sam: User, sign_in: SignIn
) -> None:
    url = f"/cases/{hannahs_case.reference}/systems/"
    for path in (url, f"{url}pnc/", f"{url}pnc/{daniel.pk}/"):
        assert sign_in(victor).get(path).status_code == sign_in(stranger).get(path).status_code == 404
        assert sign_in(sam).get(path)["Location"].startswith(f"/cases/{hannahs_case.reference}/reason/")


def test_a_system_or_a_person_that_is_not_there_is_a_page_that_is_not_there(
    daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    browser, url = sign_in(ellen), f"/cases/{hannahs_case.reference}/systems/"
    stranger = Person.objects.create()
    CheckedSystem.objects.filter(code="visor").update(ended=True)
    for path in ("nothing/", "visor/", f"pnc/{stranger.pk}/", "pnc/999999999999/"):
        assert browser.get(f"{url}{path}").status_code == 404, path


@pytest.fixture
def pnc_answers() -> Iterator[Callable[[Any], None]]:
    """Declares an adapter of the Police National Computer for one test."""

    def declare(look: Any) -> None:
        answers("pnc", look)

    yield declare
    SYSTEMS.pop("pnc", None)


def typed_for(whom: Person) -> dict[str, str]:
    return {"person": str(whom.pk), "names": "Daniel Reeve\nDanny Reeve", "births": "30/01/1988", "ask": "1"}


@pytest.mark.requirement("S3-186")
def test_a_system_that_answers_is_asked_with_every_name_and_its_answer_is_kept(
    daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn, pnc_answers: Callable[[Any], None]
) -> None:
    heard: list[Any] = []

    def look(names: list[str], births: list[str]) -> Result:
        heard.append((names, births))
        return Result(found=True, words="Wanted on warrant.", reference="PNC 88/1234X")

    pnc_answers(look)
    url = f"/cases/{hannahs_case.reference}/systems/pnc/{daniel.pk}/"
    browser = sign_in(ellen)
    assert "Ask PNC now" in words(browser.get(url))
    assert press(browser, url, typed_for(daniel)).status_code == 302
    assert heard == [(["Daniel Reeve", "Danny Reeve"], ["1988-01-30"])]
    check = SystemCheck.objects.get(case=hannahs_case)
    assert check.by_adapter and check.result == "Wanted on warrant." and check.recorded_by == ellen
    assert check.names == ["Daniel Reeve", "Danny Reeve"] and check.births == ["1988-01-30"]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (NotAnswered("It is closed for maintenance."), "It is closed for maintenance."),
        (TimeoutError("no words of ours"), "It cannot be reached."),
    ],
)
@pytest.mark.requirement("S3-186")
def test_a_system_that_does_not_answer_says_so_and_a_person_types_it(
    fault: Exception, sentence: str, daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn,
    pnc_answers: Callable[[Any], None],
) -> None:  # fmt: skip
    def look(names: list[str], births: list[str]) -> Result:
        raise fault

    pnc_answers(look)
    url = f"/cases/{hannahs_case.reference}/systems/pnc/{daniel.pk}/"
    browser = sign_in(ellen)
    answer = press(browser, url, {**typed_for(daniel), "reference": "kept as typed"})
    said_now = words(answer)
    assert answer.status_code == 422 and sentence in said_now and "Look there yourself" in said_now
    assert "kept as typed" in answer.content.decode() and "no words of ours" not in said_now
    assert not SystemCheck.objects.filter(case=hannahs_case).exists()
    by_hand = {**typed_for(daniel), **boxes("checked_at", timezone.now()), "system": "pnc", "found": "nothing"}
    by_hand.pop("ask")
    assert press(browser, url, by_hand).status_code == 302
    assert not SystemCheck.objects.get(case=hannahs_case).by_adapter


def test_a_system_is_not_asked_without_names_nor_by_whoever_may_not(
    daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn, pnc_answers: Callable[[Any], None]
) -> None:
    def look(names: list[str], births: list[str]) -> Result:
        raise AssertionError("asked")

    pnc_answers(look)
    url = f"/cases/{hannahs_case.reference}/systems/pnc/{daniel.pk}/"
    answer = press(sign_in(ellen), url, {**typed_for(daniel), "names": ""})
    assert answer.status_code == 422 and "Enter the names and spellings that were searched" in words(answer)
    CheckedSystem.objects.filter(code="pnc").update(who=["intelligence_officer"])
    assert press(sign_in(ellen), url, typed_for(daniel)).status_code == 403


def test_what_an_adapter_answers_is_checked_as_what_a_person_types(
    daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn, pnc_answers: Callable[[Any], None]
) -> None:
    pnc_answers(lambda names, births: Result(found=True))
    answer = press(sign_in(ellen), f"/cases/{hannahs_case.reference}/systems/pnc/{daniel.pk}/", typed_for(daniel))
    assert answer.status_code == 422 and "cannot be kept as it is" in words(answer)
    assert not SystemCheck.objects.filter(case=hannahs_case).exists()
    with pytest.raises(LookupError):
        answers("pnc", lambda names, births: Result(found=False))


def test_no_adapter_is_shipped() -> None:
    assert SYSTEMS == {}


def test_the_case_file_prints_the_matrix_and_the_timeline_tells_the_check(
    daniel: Person, hannahs_case: Case, checked: Check, ellen: User, sign_in: SignIn
) -> None:
    checked("pnc", daniel)
    printed = {panel.name: rows for panel, rows in panels_on_paper(hannahs_case, ellen, timezone.now())}
    assert printed["systems"].owed == len(REQUIRED) - 1
    page = words(sign_in(ellen).get(f"/cases/{hannahs_case.reference}/?panel=systems"))
    assert "Another system was checked" in page and "5 required checks still to be made" in page


def test_the_matrix_asks_the_same_of_one_check_and_of_many(
    daniel: Person, hannahs_case: Case, checked: Check, ellen: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for _name, row in matrix(hannahs_case, ellen, timezone.now()).rows:
                _ = [(check.who, check.searched) for cell in row.cells for check in cell.checks]
        return len(queries)

    checked("pnc", daniel)
    few = asked()
    for _ in range(5):
        checked("pnc", daniel)
        checked("crime", daniel)
    assert asked() == few == 4


def test_a_force_loads_its_own_table_and_no_row_is_lost(tmp_path: Path, daniel: Person, checked: Check) -> None:
    kept = checked("custody", daniel)
    file = tmp_path / "systems.csv"
    head = "code,label,order,who,required_of,hint,authority\n"
    file.write_text(f"{head}pnc,PNC,1,officer,suspect victim,,Force order 7\nniche,Niche,2,every,,,Force order 7\n")
    call_command("load_systems", str(file), "--only")
    assert list(CheckedSystem.objects.offered().values_list("code", flat=True)) == ["pnc", "niche"]
    assert CheckedSystem.objects.get(code="pnc").required_of == ["suspect", "victim"]
    assert SystemCheck.objects.get(pk=kept.pk).system.ended
    for row in ("x,,1,every,,,a", "x,X,one,every,,,a", "x,X,1,wizard,,,a", "x,X,1,every,bystander,,a"):
        file.write_text(head + row + "\n")
        with pytest.raises(CommandError, match="Line 2"):
            call_command("load_systems", str(file))
    file.write_text("code,label\n")
    with pytest.raises(CommandError, match="lacks the columns"):
        call_command("load_systems", str(file))


def test_a_program_records_a_check_by_the_same_rules(
    daniel: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    body = {"case": hannahs_case.reference, **said("pnc", daniel)}
    send = {"content_type": "application/json", "headers": {"Idempotency-Key": "one-key-for-it"}}
    bad = browser.post("/api/v1/system-check/record/", {**body, "names": ""}, **send)
    assert bad.status_code == 422 and "Enter the names" in bad.content.decode()
    send["headers"] = {"Idempotency-Key": "another-key"}
    made = browser.post("/api/v1/system-check/record/", body, **send)
    assert made.status_code == 201, made.content
    assert SystemCheck.objects.get(case=hannahs_case).names == ["Daniel Reeve", "Danny Reeve"]
    assert Event.objects.filter(chain=hannahs_case.pk, name="system-check.record").count() == 1
