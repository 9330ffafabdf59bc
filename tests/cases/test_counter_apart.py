"""Nothing of a counter-allegation stands in the other case: not on a page, in an answer of the API, or on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident, Involvement, ShutOut
from cases.panels import PANELS
from config.personal import TABLE, Kind
from people.models import Address, Fact
from people.services import learn
from reporting.models import Document
from reporting.paper import read_case, written
from risk.models import Assessment
from tests import factories
from tests.cases.recording import words
from tests.cast import involve, shut_out
from tests.reporting.conftest import case_file_of, words_of
from workflow import engine
from workflow.api.tables import served
from workflow.declare import WORKFLOWS
from workflow.models import Deadline, Draft

pytestmark = pytest.mark.django_db
HERS, HIS = "quincewood", "zelkovatree"  # what stands in every free text of the one case, and of the other
FACT = "sorbustree"  # and in every fact that his case has learned
LINK = re.compile(r'href="(/[^"#]*)')


def fill(case: Case, word: str, fact: str) -> int:
    """Put the word into every column of free text of the case, of whatever model: also of those made after this test."""
    filled = 0
    for label, columns in TABLE.items():
        model: Any = apps.get_model(label)
        if "case" not in {field.name for field in model._meta.concrete_fields}:
            continue
        known = issubclass(model, Fact)
        kinds = (Kind.WORDS, Kind.ADDRESS, Kind.TELEPHONE) if known else (Kind.WORDS,)
        for name in (name for name, kind in columns.items() if kind in kinds and is_free(model, name)):
            rows = model.objects.filter(case=case).exclude(**{name: ""})
            filled += rows.update(**{name: fact if known else word})
    return filled


@contextmanager
def nothing_append_only() -> Iterator[None]:
    """The texts of decisions are filled too, which outside a test nobody can change."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def is_free(model: Any, name: str) -> bool:
    """Words that somebody types; how it was reported is taken over, so its log is the same in both."""
    field = model._meta.get_field(name)
    wide = field.max_length is None or field.max_length >= len(HERS)
    return isinstance(field, CharField | TextField) and not field.choices and wide and name != "log_ref"


def told(incident: Incident, by: User) -> None:
    """Everything that a case can say of itself besides its record."""
    case, child = incident.case, incident.people("child").first()
    ways = {**factories.WAYS, "code_word": "tangerine", "changed_because": "She asked for a code word."}
    engine.perform(case, "safe-contact", by=by, evidence=ways)
    engine.perform(case, "warn", by=by, evidence={"what": "Large dog loose in the yard."})
    engine.perform(case, "unsafe", by=by, evidence={"what": "Seen outside the house again."})
    engine.perform(
        case, "safeguard", by=by, evidence={"what": "Locks were changed today.", "done_at": timezone.now().isoformat()}
    )
    if child is None:
        involve(incident, by, "child", "Mia Reeve", spoken_to="alone", own_words="She threw the plate")


@pytest.fixture
def hers(ellen: User) -> Incident:
    """Hannah's record, whole, with her word in every text."""
    incident = factories.complete(ellen)
    told(incident, ellen)
    return Incident.objects.select_related("case").get(pk=incident.pk)


@pytest.fixture
def his(hers: Incident, ellen: User) -> Incident:
    """Daniel's record, begun from hers, whole and assessed, with his word in every text."""
    done: Any = engine.perform(hers, "counter", by=ellen, evidence={}, seen=hers.version)
    second = factories.written(Incident.objects.get(pk=done.led_to.pk), ellen)
    factories.assessed(second, ellen)
    told(second, ellen)
    with nothing_append_only():
        assert fill(hers.case, HERS, HERS) > 8 and fill(second.case, HIS, FACT) > 8
    return Incident.objects.select_related("case").get(pk=second.pk)


def lifted(case: Case) -> None:
    """What followed from the case beside it was lifted here, and stands there: each is thought about by itself."""
    Case.objects.filter(pk=case.pk).update(restricted=False)
    ShutOut.objects.filter(case=case).update(lifted_at=timezone.now())


def own(case: Case) -> list[str]:
    """The addresses that belong to a case: its page, its records, their parts, its deadlines and papers."""
    found = [f"/cases/{case.reference}/"]
    for table in WORKFLOWS.values():
        if table.model is Case:
            found += [f"/work/{table.name}/{case.pk}/", f"/api/v1/{table.name}/{case.reference}/"]
        elif "case" in {field.name for field in table.model._meta.concrete_fields}:
            rows = table.model.objects.filter(case=case)
            found += [f"/{place}/{table.name}/{row.pk}/" for row in rows for place in ("work", "api/v1")]
    found += [f"/deadlines/{row.pk}/" for row in Deadline.objects.filter(case=case)]
    found += [f"/documents/{row.pk}/" for row in Document.objects.filter(case=case)]
    found += [f"/incidents/{row.pk}/" for row in Incident.objects.filter(case=case)]
    return found + [f"/dash/{row.pk}/" for row in Assessment.objects.filter(case=case)]


def case_people(case: Case) -> list[str]:
    rows = Involvement.objects.filter(case=case)
    return [f"/people/{person}/" for person in rows.values_list("person", flat=True).distinct()]


def begun_at(case: Case) -> list[str]:
    """Where the crawl of a case begins: what no link may lead to is asked for by its address."""
    found = (
        own(case)
        + [f"/cases/{case.reference}/?panel={name}" for name in PANELS]
        + ["/", "/team/", "/notices/", "/search/"]
    )
    for table in WORKFLOWS.values():
        for base in [path for path in own(case) if path.startswith(f"/work/{table.name}/")]:
            found += [f"{base}sections/{section.name}/" for section in table.sections]
            found += [f"{base}{step.name}/" for step in table.steps]
    return found + [f"/api/v1/{table.name}/" for table in served()]


def crawl(browser: Client, case: Case, but: Case) -> Iterator[tuple[str, str]]:
    """Every page and answer that can be reached from a case, each once; what belongs to the other case is left out."""
    people = case_people(case)
    ours, others = (*own(case), *people, "/files/"), tuple(own(but))
    waiting, seen = [*begun_at(case), *people], set()
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(others):
            continue
        seen.add(path)
        answer: Any = browser.get(path)
        if answer.status_code == 302:
            waiting += [answer["Location"]] if answer["Location"].startswith(ours) else []
            continue
        if getattr(answer, "streaming", False):
            continue
        page = answer.content.decode(errors="replace")
        yield path, page
        links = [link.replace("&amp;", "&") for link in LINK.findall(page)]
        waiting += [link for link in links if link.startswith(ours)]


def found_in(browser: Client, case: Case, but: Case, *sought: str) -> list[tuple[str, str]]:
    pages = dict(crawl(browser, case, but))
    assert len(pages) > 40, "the crawl reached nothing"
    return [(path, word) for path, page in pages.items() for word in sought if word in page.lower()]


@pytest.mark.long
@pytest.mark.parametrize("turned", [False, True], ids=["his from hers", "hers from his"])
def test_whoever_may_see_both_finds_nothing_of_one_in_the_other(
    hers: Incident, his: Incident, ellen: User, sign_in: Any, turned: bool
) -> None:
    case, but = (his.case, hers.case) if turned else (hers.case, his.case)
    browser: Client = sign_in(ellen)
    assert HERS in browser.get(f"/work/incident/{hers.pk}/sections/happened/").content.decode(), "nothing to find"
    # the page of a person lies in no case: it tells what each case tells this reader, each with its own reference
    found = found_in(browser, case, but, HERS if turned else HIS)
    assert [(path, word) for path, word in found if not path.startswith("/people/")] == []


@pytest.mark.long
def test_whoever_may_see_one_finds_not_even_what_the_other_has_learned(
    hers: Incident, his: Incident, priya: User, tom: User, sign_in: Any
) -> None:
    engine.perform(his.case, "restrict", by=priya, evidence={"reason": "He is an officer of this force."})
    browser: Client = sign_in(tom)
    known = found_in(browser, hers.case, his.case, HIS, FACT, his.case.reference.lower())
    people = case_people(his.case)
    assert [(path, word) for path, word in known if path not in people] == []
    for path in people:
        page = words(browser.get(path))
        assert page.count(HIS) == page.count(f"Safety warning: {HIS}"), "the safety card alone passes a restriction"
        assert FACT not in page and his.case.reference not in page


@pytest.mark.long
def test_whoever_is_shut_out_of_one_finds_nothing_of_it_at_all(
    hers: Incident, his: Incident, priya: User, victor: User, sign_in: Any
) -> None:
    shut_out(his.case, victor, priya)
    assert found_in(sign_in(victor), hers.case, his.case, HIS, FACT, his.case.reference.lower()) == []


@pytest.mark.parametrize("turned", [False, True])
def test_the_printed_file_of_one_says_nothing_of_the_other(
    hers: Incident, his: Incident, ellen: User, turned: bool
) -> None:
    case, other, word = (his.case, hers.case, HERS) if turned else (hers.case, his.case, HIS)
    document = Document(case=case, asked_by=ellen, as_at=timezone.now())
    paper = written(read_case(case, ellen, timezone.now()), document)
    assert (HIS if turned else HERS) in paper
    for secret in (word, FACT, other.reference, "counter-allegation", "They accuse each other"):
        assert turned and secret == FACT or secret.lower() not in paper.lower(), secret


@pytest.mark.long
def test_the_pdf_of_one_says_nothing_of_the_other(hers: Incident, his: Incident, ellen: User) -> None:
    said = " ".join(words_of(case_file_of(hers.case, ellen)))
    assert HERS in said and HIS not in said and FACT not in said and his.case.reference not in said


def test_the_head_of_each_case_names_the_other_and_nothing_more(
    hers: Incident, his: Incident, ellen: User, sign_in: Any
) -> None:
    browser: Client = sign_in(ellen)
    for case, other in ((hers.case, his.case), (his.case, hers.case)):
        page = words(browser.get(f"/cases/{case.reference}/"))
        assert f"Linked counter-allegation, {other.reference}" in page
        assert "They accuse each other" not in page.partition("Timeline")[2]


def test_of_a_restricted_one_only_that_is_said_and_to_the_shut_out_nothing(
    hers: Incident, his: Incident, priya: User, tom: User, victor: User, sign_in: Any
) -> None:
    engine.perform(his.case, "restrict", by=priya, evidence={"reason": "He is an officer of this force."})
    shut_out(his.case, victor, priya)
    lifted(hers.case)
    kept_out, none = (words(sign_in(user).get(f"/cases/{hers.case.reference}/")) for user in (tom, victor))
    assert "Linked Restricted: ask professional standards" in kept_out
    assert his.case.reference not in kept_out and "counter-allegation" not in kept_out
    assert "Linked counter" not in none and "Linked Restricted" not in none and his.case.reference not in none


def test_who_cannot_open_the_second_case_is_not_told_by_a_refusal_either(
    hers: Incident, his: Incident, priya: User, victor: User, sign_in: Any
) -> None:
    shut_out(his.case, victor, priya)
    lifted(hers.case)
    page = words(sign_in(victor).get(f"/work/incident/{hers.pk}/"))
    assert "Immediate safeguarding" in page
    assert "The second case has been begun" not in page


def test_looking_at_one_is_written_with_that_one_alone(hers: Incident, his: Incident, tom: User, sign_in: Any) -> None:
    before = Access.objects.filter(chain=hers.case_id).count()
    sign_in(tom).get(f"/cases/{his.case.reference}/")
    assert Access.objects.filter(chain=hers.case_id).count() == before
    assert Access.objects.filter(chain=his.case_id, by=tom).exists()


def test_a_half_written_page_of_one_is_offered_on_that_page_alone(
    hers: Incident, his: Incident, ellen: User, sign_in: Any
) -> None:
    Draft.objects.create(person=ellen, path=f"/work/incident/{his.pk}/sections/happened/", data={"account": [HIS]})
    assert HIS not in sign_in(ellen).get(f"/work/incident/{hers.pk}/sections/happened/").content.decode()


def test_what_the_first_learned_is_asked_again_with_its_source_and_only_of_whoever_may_open_it(
    hers: Incident, his: Incident, ellen: User, priya: User, tom: User, sign_in: Any
) -> None:
    """An address that her case has learned is offered to his, with where it comes from; never silently taken over."""
    harmed = hers.people("victim").get()
    learn(Address(person=harmed.person, line="9 Rowan Rise", postcode="NR3 4QX"), beneath=hers, by=ellen)
    page = f"/work/incident/{his.pk}/sections/suspects/"
    asked = words(sign_in(ellen).get(page))
    assert "Still true?" in asked and f"{hers.case.reference}: lives 9 Rowan Rise" in asked
    assert not Address.objects.filter(case=his.case, line="9 Rowan Rise").exists()
    engine.perform(hers.case, "restrict", by=priya, evidence={"reason": "She works for this force."})
    lifted(his.case)
    assert "Suspect" in words(sign_in(tom).get(page))
    assert "Rowan Rise" not in words(sign_in(tom).get(page))
