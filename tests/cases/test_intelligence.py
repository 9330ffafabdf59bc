"""Intelligence: who reads which text, the clocks and the bureau, tasking back, and where none of it may stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, Intelligence, IntelligenceAbout, Task
from cases.models.intelligence import HELD
from cases.panels.intelligence import on_person
from cases.services.intelligence import find
from people.kinds import Asked, counts_of, kinds_for
from people.models import Person
from people.services.reading import Reading
from reporting.paper import case_file
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cases.recording import boxes, press, words
from tests.cast import shut_out
from workflow import engine
from workflow.models import Deadline, Refusal, Refused

SignIn = Callable[[User | None], Client]
Record = Callable[..., Intelligence]
ORIGINAL = "His brother Kestrel told me at the snooker hall that he keeps a pistol under the bath."
SANITISED = "He is said to have access to a firearm at home."
PROVENANCE = "Kestrel Reeve, at work"


def said(**more: Any) -> dict[str, Any]:
    return {
        "known_at": (timezone.now() - timedelta(hours=2)).isoformat(), "person": "", "original": ORIGINAL,
        "provenance": "public", "provenance_words": PROVENANCE, "source": "2", "assessment": "B", "handling": "P",
        "sanitised": SANITISED, **more,
    }  # fmt: skip


@pytest.fixture
def recorded(hannahs_case: Case, ellen: User) -> Record:
    def make(by: User = ellen, **more: Any) -> Intelligence:
        made: Intelligence = engine.perform(Intelligence(case=hannahs_case), "record", by=by, evidence=said(**more))
        return made

    return make


def step(entry: Intelligence, name: str, by: User, **evidence: Any) -> Intelligence:
    now = Intelligence.objects.get(pk=entry.pk)
    done: Intelligence = engine.perform(now, name, by=by, evidence=evidence, seen=now.version)
    return done


def taken_in(entry: Intelligence, by: User, bureau: User) -> Intelligence:
    step(entry, "send", by)
    return step(entry, "accept", bureau, bureau_ref="IR-2026-0042")


def owed(entry: Intelligence, policy: str) -> Deadline | None:
    return Deadline.objects.open().filter(subject_id=entry.pk, policy=policy).first()  # type: ignore[no-any-return]


@pytest.mark.requirement("S3-190")
def test_who_reads_which_text_is_one_rule(
    recorded: Record,
    daniel: Person,
    hannahs_case: Case,
    ellen: User,
    priya: User,
    ines: User,
    tom: User,
    sign_in: SignIn,
) -> None:
    entry = recorded(person=str(daniel.pk))
    own, bureau, sergeant = (words(sign_in(who).get(f"/intelligence/{entry.pk}/")) for who in (ellen, ines, priya))
    for page in (own, bureau):
        assert ORIGINAL in page and PROVENANCE in page and SANITISED in page
    assert SANITISED in sergeant and "Kestrel" not in sergeant and "2: Untested" in sergeant
    assert sign_in(tom).get(f"/intelligence/{entry.pk}/").status_code == 404
    case, persons = f"/cases/{hannahs_case.reference}/?panel=intelligence", f"/people/{daniel.pk}/"
    for url in (case, persons):
        page = words(sign_in(tom).get(url))
        assert HELD in page and "firearm" not in page and "Kestrel" not in page, url
        page = words(sign_in(priya).get(url))
        assert SANITISED in page and "Kestrel" not in page, url
    assert "Held: ask the intelligence bureau" in words(sign_in(tom).get(f"/cases/{hannahs_case.reference}/"))


def test_a_case_without_any_says_nothing_of_it(hannah: Person, hannahs_case: Case, tom: User, sign_in: SignIn) -> None:
    assert "ask the intelligence bureau" not in words(sign_in(tom).get(f"/cases/{hannahs_case.reference}/"))


def test_whoever_holds_the_case_reads_the_sanitised_text_of_what_another_wrote(
    recorded: Record, tom: User, ellen: User, sign_in: SignIn
) -> None:
    entry = recorded(by=tom)
    page = words(sign_in(ellen).get(f"/intelligence/{entry.pk}/"))
    assert SANITISED in page and "Kestrel" not in page


def test_a_reader_who_is_shut_out_of_the_case_reads_nothing_of_it(
    recorded: Record, hannahs_case: Case, daniel: Person, priya: User, ines: User, sign_in: SignIn
) -> None:
    entry = recorded(person=str(daniel.pk))
    assert sign_in(ines).get(f"/intelligence/{entry.pk}/").status_code == 200
    shut_out(hannahs_case, ines, priya)
    assert sign_in(ines).get(f"/intelligence/{entry.pk}/").status_code == 404
    assert not Intelligence.objects.visible_to(ines).exists()
    assert on_person(Reading(daniel, ines, timezone.now())) is None
    assert find(Asked("firearm"), ines, "").hits == []


def test_a_reader_of_another_team_is_only_told_that_it_is_held_once_the_door_is_open(
    recorded: Record, hannahs_case: Case, daniel: Person, sam: User, sign_in: SignIn
) -> None:
    entry = recorded(person=str(daniel.pk))
    browser = sign_in(sam)
    page = words(browser.get(f"/people/{daniel.pk}/"))
    assert HELD in page and "firearm" not in page
    assert browser.get(f"/intelligence/{entry.pk}/").status_code == 404


def test_the_original_stands_in_no_record_of_acts_no_history_no_paper_and_no_answer_to_a_program(
    recorded: Record, daniel: Person, hannahs_case: Case, ellen: User, ines: User, priya: User, sign_in: SignIn
) -> None:
    entry = taken_in(recorded(person=str(daniel.pk)), ellen, ines)
    kept = json.dumps(list(Event.objects.filter(chain=hannahs_case.pk).values_list("changes", flat=True)), default=str)
    assert "Kestrel" not in kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(e)::text, ' ') FROM cases_intelligenceevent e")
        assert "Kestrel" not in cursor.fetchone()[0]
    for who in (ellen, ines, priya):
        paper = case_file.read_case(hannahs_case, who, timezone.now())
        document = type("D", (), {"pk": 1, "asked_by": who, "as_at": paper.as_at})()
        printed = case_file.written(paper, document)
        assert "Kestrel" not in printed and SANITISED in printed
        answer = sign_in(who).get(f"/api/v1/intelligence/{entry.pk}/")
        assert answer.status_code == 200 and "Kestrel" not in answer.content.decode()
        assert "Kestrel" not in words(sign_in(who).get(f"/cases/{hannahs_case.reference}/"))


def test_what_is_shared_on_conditions_is_not_printed_and_shows_them(
    recorded: Record, hannahs_case: Case, priya: User, tom: User, sign_in: SignIn
) -> None:
    entry = recorded(handling="C", conditions="Tell no partner agency.")
    assert "Tell no partner agency." in words(sign_in(priya).get(f"/intelligence/{entry.pk}/"))
    printed = {panel.name: rows for panel, rows in case_file.panels_on_paper(hannahs_case, priya, timezone.now())}
    assert printed["intelligence"].printed == []
    for_tom = {panel.name: rows for panel, rows in case_file.panels_on_paper(hannahs_case, tom, timezone.now())}
    assert for_tom["intelligence"].printed == [] and for_tom["intelligence"].entries == []


def test_it_is_with_the_bureau_within_a_day_of_being_learned_and_the_sergeant_hears_when_it_is_not(
    recorded: Record, ellen: User, priya: User, ruth: User
) -> None:
    entry = recorded()
    deadline = owed(entry, "intelligence-sent")
    assert deadline is not None and deadline.due_at == entry.known_at + timedelta(hours=24)
    assert deadline.holder_id == ellen.pk
    for hours, who in ((21, ellen), (25, priya), (49, ruth)):
        sweep(entry.known_at + timedelta(hours=hours))
        assert Notice.objects.filter(deadline=deadline, person=who).exists(), who
    assert "firearm" not in " ".join(Notice.objects.values_list("text", flat=True))
    step(entry, "send", ellen)
    assert owed(entry, "intelligence-sent") is None


def test_the_bureau_has_a_queue_of_what_was_sent_and_takes_it_in_or_sends_it_back(
    recorded: Record, hannahs_case: Case, ellen: User, ines: User, priya: User, sign_in: SignIn
) -> None:
    entry = recorded(sanitised="")
    bureau = sign_in(ines)
    assert hannahs_case.reference not in words(bureau.get("/bureau/"))
    assert press(sign_in(ellen), f"/work/intelligence/{entry.pk}/send/", {"note": ""}).status_code == 302
    page = bureau.get("/bureau/")
    assert hannahs_case.reference in words(page) and f"/work/intelligence/{entry.pk}/accept/" in page.content.decode()
    assert sign_in(priya).get("/bureau/").status_code == 403
    refused = press(bureau, f"/work/intelligence/{entry.pk}/return/", {"reason": "Say when he said it."})
    assert refused.status_code == 302
    back = owed(entry, "intelligence-sent")
    assert back is not None and back.started_at > entry.known_at
    assert "Say when he said it." in words(sign_in(ellen).get(f"/intelligence/{entry.pk}/"))
    step(entry, "send", ellen)
    with pytest.raises(Refused, match="write what may be read of it first"):
        step(entry, "accept", ines, bureau_ref="IR-1")
    graded = {"sanitised": SANITISED, "source": "1", "assessment": "C", "handling": "P"}
    step(entry, "sanitise", ines, **graded)
    done = step(entry, "accept", ines, bureau_ref="IR-2026-0042")
    assert done.state == "accepted" and done.grade == "1 C P" and done.original == ORIGINAL
    assert owed(entry, "intelligence-taken-in") is None
    assert hannahs_case.reference not in words(bureau.get("/bureau/"))


def test_the_bureau_sees_what_is_due_for_review(recorded: Record, ellen: User, ines: User, sign_in: SignIn) -> None:
    entry = taken_in(recorded(), ellen, ines)
    assert "Nothing is due for review" in words(sign_in(ines).get("/bureau/"))
    assert entry.review_on == timezone.localdate() + timedelta(days=365)
    Intelligence.objects.filter(pk=entry.pk).update(review_on=timezone.localdate())
    assert "IR-2026-0042" in words(sign_in(ines).get("/bureau/"))
    later = timezone.localdate() + timedelta(days=90)
    step(entry, "review", ines, review_on=later.isoformat(), reason="Still true: seen again last week.")
    assert "Nothing is due for review" in words(sign_in(ines).get("/bureau/"))


def test_the_bureau_tasks_whoever_holds_the_case_by_a_date_and_reads_the_answer(
    recorded: Record, hannahs_case: Case, ellen: User, ines: User, sign_in: SignIn
) -> None:
    entry = taken_in(recorded(), ellen, ines)
    asked = {"what": "Ask her whether she has seen a weapon at home.", "soon": "bureau_three"}
    step(entry, "task", ines, **asked)
    task = Task.objects.get(case=hannahs_case, kind="bureau_three")
    deadline = Deadline.objects.open().get(subject_type="cases.task", subject_id=task.pk)
    assert deadline.holder_id == ellen.pk and deadline.due_at - deadline.started_at == timedelta(hours=72)
    with pytest.raises(Refused, match="has not answered the last task"):
        step(entry, "task", ines, **asked)
    engine.perform(task, "done", by=ellen, evidence={"outcome": "She has seen one twice."}, seen=task.version)
    assert "She has seen one twice." in words(sign_in(ines).get(f"/intelligence/{entry.pk}/"))
    step(entry, "task", ines, **asked)


def test_only_the_writer_the_supervisor_and_the_bureau_send_it_and_no_officer_takes_it_in(
    recorded: Record, hannahs_case: Case, tom: User, ellen: User, priya: User, ines: User
) -> None:
    entry = recorded(by=tom)
    with pytest.raises(Refused) as refused:  # she holds the case and reads it, and did not write it
        step(entry, "send", ellen)
    assert refused.value.kind is Refusal.GUARD
    step(entry, "send", priya)
    for who in (tom, priya, ellen):
        with pytest.raises(Refused) as refused:
            step(entry, "accept", who, bureau_ref="IR-1")
        assert refused.value.kind is Refusal.ROLE
    with pytest.raises(Refused):  # she may not read it whole
        step(entry, "strike", priya, reason="I think it is wrong.")


def test_what_is_struck_out_is_kept_and_counts_for_nothing(
    recorded: Record, hannahs_case: Case, ellen: User, priya: User, tom: User, sign_in: SignIn
) -> None:
    entry = recorded()
    struck = step(entry, "strike", ellen, reason="It was said of another man.")
    assert struck.state == "struck" and struck.original == ORIGINAL and owed(entry, "intelligence-sent") is None
    assert "It was said of another man." in words(sign_in(priya).get(f"/intelligence/{entry.pk}/"))
    assert HELD not in words(sign_in(tom).get(f"/cases/{hannahs_case.reference}/?panel=intelligence"))
    assert find(Asked("firearm"), priya, "").hits == []


def test_it_may_be_about_several_people_and_stands_on_the_page_of_each(
    recorded: Record, hannah: Person, daniel: Person, ellen: User, priya: User
) -> None:
    entry = recorded(person=str(daniel.pk))
    for _ in range(2):
        step(entry, "also", ellen, person=str(hannah.pk))
    assert IntelligenceAbout.objects.filter(intelligence=entry).count() == 1
    for someone in (hannah, daniel):
        shown = on_person(Reading(someone, priya, timezone.now()))
        assert shown is not None and [row.pk for row in shown.entries] == [entry.pk] and not shown.held


def test_the_one_search_finds_it_for_its_readers_alone(
    recorded: Record, hannahs_case: Case, ellen: User, priya: User, ines: User, tom: User, sam: User
) -> None:
    recorded()
    hit = find(Asked("firearm"), priya, "").hits
    assert [row.title for row in hit] == [f"Intelligence 2 B P, {hannahs_case.reference}"]
    assert find(Asked("snooker"), priya, "").hits == [] and find(Asked("pistol"), tom, "").hits == []
    (own,) = find(Asked("snooker"), ines, "").hits
    assert "original" in own.why and "snooker" not in " ".join(piece.words for piece in own.pieces)
    assert find(Asked("firearm"), tom, "").hits == find(Asked("firearm"), sam, "").hits == []
    kinds = [kind for kind in kinds_for(frozenset({"sergeant"})) if kind.name == "intelligence"]
    assert counts_of(kinds, Asked("firearm"), priya) == {"intelligence": 1}
    assert counts_of(kinds, Asked("snooker"), priya) == {"intelligence": 0}
    assert not [kind for kind in kinds_for(frozenset({"officer"})) if kind.name == "intelligence"]


@pytest.mark.parametrize("typed", ["", "a", "%%", "_", "💥", "قتل", "x" * 2000, "\0", "' OR 1=1 --", '"unclosed'])
def test_whatever_is_searched_for_there_is_an_answer(typed: str, recorded: Record, priya: User, ines: User) -> None:
    recorded()
    assert find(Asked(typed), priya, "").hits == [] and find(Asked(typed), ines, "").hits == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"original": "short"}, "What was learned must be 10 characters or more"),
        ({"sanitised": ORIGINAL.upper()}, "This is the original, word for word"),
        ({"handling": "C"}, "Enter the conditions"),
        ({"source": ""}, "Grade the source from 1 to 3"),
        ({"assessment": "F"}, "The assessment must be one of the answers shown"),
        ({"postcode": "nowhere"}, "Enter a postcode, like NR3 4QX"),
        (
            {"review_on_day": "1", "review_on_month": "1", "review_on_year": "2020"},
            "The day of review must be after today",
        ),
        ({"review_on_day": "1", "review_on_month": "1", "review_on_year": "2099"}, "must be within six years"),
        ({"person": "999999999"}, "must be one of the answers shown"),
    ],
)
def test_a_page_that_says_too_little_comes_back_with_the_sentence_and_every_word(
    wrong: dict[str, str], sentence: str, hannah: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    typed = {key: value for key, value in said().items() if key != "known_at"}
    typed |= {"place": "kept as typed", **boxes("known_at", timezone.now() - timedelta(hours=1)), **wrong}
    answer = press(sign_in(ellen), f"/work/intelligence/new/record/in/{hannahs_case.pk}/", typed)
    assert answer.status_code == 422 and sentence in words(answer), words(answer)
    assert "kept as typed" in answer.content.decode()
    assert not Intelligence.objects.exists()


def test_the_database_keeps_none_without_its_conditions_or_taken_in_unsanitised(recorded: Record) -> None:
    entry = recorded()
    for wrong in ({"handling": "C"}, {"state": "accepted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Intelligence.objects.filter(pk=entry.pk).update(**wrong)


def test_a_program_with_a_role_records_it_and_reads_no_word_of_it(
    hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    body = {"case": hannahs_case.reference, **said()}
    send = {"content_type": "application/json", "headers": {"Idempotency-Key": "one-key-for-it"}}
    made = sign_in(ellen).post("/api/v1/intelligence/record/", body, **send)
    assert made.status_code == 201 and "firearm" not in made.content.decode(), made.content
    entry = Intelligence.objects.get()
    assert sign_in(tom).get(f"/api/v1/intelligence/{entry.pk}/").status_code == 404


def test_the_panel_asks_the_same_of_one_entry_and_of_many(
    recorded: Record, daniel: Person, hannahs_case: Case, priya: User, sign_in: SignIn
) -> None:
    browser, url = sign_in(priya), f"/cases/{hannahs_case.reference}/?panel=intelligence"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    recorded(person=str(daniel.pk))
    asked()
    few = asked()
    for _ in range(4):
        recorded(person=str(daniel.pk))
    assert asked() <= few + 1
