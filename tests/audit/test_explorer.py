"""The audit explorer: who did and saw what, for those who audit; itself written down; the same cost at any size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Access, Event
from audit.stream import ACT, LOOK, Place, newest
from cases.models import Case
from people.models import Person
from reporting.explorer.asked import Asked
from reporting.explorer.unusual import odd_in
from tests.cast import person, shut_out, text_of
from workflow import engine

SignIn = Callable[[User | None], Client]
ROWS = 100_000


def text(answer: Any) -> str:
    return text_of(answer)


def stream(asked: Asked) -> list[Any]:
    return [entry.row for entry in newest(asked.sides(), None, 500)[0]]


def test_acts_and_looks_stand_in_one_stream_newest_first(
    hannahs_case: Case, sam: User, noor: User, sign_in: SignIn
) -> None:
    audit.looked(by=sam, kind=Access.Kind.VIEW, what=f"cases.case:{hannahs_case.pk}", folder=hannahs_case)
    entries, _ = newest(Asked(case=hannahs_case.pk).sides(), None, 500)
    moments = [entry.place.at for entry in entries]
    assert {entry.place.letter for entry in entries} == {ACT, LOOK}
    assert moments == sorted(moments, reverse=True)
    page = text(sign_in(noor).get("/audit/", {"case": hannahs_case.pk}))
    assert "PC 5120 Sam Okafor" in page and hannahs_case.reference in page and "(case.shut-out)" in page


def test_who_asks_by_reference_and_number_gets_an_address_of_ids(
    hannahs_case: Case, sam: User, dana: User, sign_in: SignIn
) -> None:
    typed = {
        "officer": "5120",
        "reference": hannahs_case.reference.lower(),
        "kind": "view",
        "operation": "consultation",
    }
    answer = sign_in(dana).post("/audit/", typed)
    assert answer.status_code == 302
    assert answer["Location"] == f"/audit/?officer={sam.pk}&case={hannahs_case.pk}&operation=consultation&kind=view"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"officer": "nobody"}, "Nobody has worked here under that collar number"),
        ({"reference": "DA-2019-000001"}, "no case with that reference"),
        ({"person": "x"}, "The person must be a number"),
        ({"since_day": "31", "since_month": "2", "since_year": "2026"}, "real date"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(dana: User, sign_in: SignIn, typed: dict[str, str], sentence: str) -> None:
    answer = sign_in(dana).post("/audit/", typed)
    assert answer.status_code == 422 and sentence in text(answer)


@pytest.mark.parametrize("who", ["ellen", "priya", "ari", "stranger", "ruth"])
def test_it_is_for_auditors_and_professional_standards_alone(
    request: pytest.FixtureRequest, sign_in: SignIn, who: str
) -> None:
    client = sign_in(request.getfixturevalue(who))
    for path in ("/audit/", "/audit/unusual/", "/audit/accesses/", "/audit/export/"):
        assert client.get(path).status_code == 403, path
    assert client.get("/exports/1/").status_code == 404  # one record: nobody counts them by trying numbers


def test_what_is_unusual_and_what_is_to_be_looked_into_is_not_for_auditors(noor: User, sign_in: SignIn) -> None:
    client = sign_in(noor)
    assert [client.get(path).status_code for path in ("/audit/unusual/", "/audit/accesses/")] == [403, 403]


def test_its_own_use_is_written_down_with_the_question(hannahs_case: Case, noor: User, sign_in: SignIn) -> None:
    sign_in(noor).get("/audit/", {"case": hannahs_case.pk, "kind": "view"})
    kept = Access.objects.get(by=noor, what="audit.explorer")
    assert (kept.kind, kept.terms) == (Access.Kind.SEARCH, f"case {hannahs_case.pk}; kind view")


def test_nothing_of_what_was_seen_is_shown_and_no_name_of_anybody_recorded(
    hannahs_case: Case, hannah: Person, ellen: User, noor: User, sign_in: SignIn
) -> None:
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Knife kept by the front door."})
    sign_in(ellen).post("/search/", {"q": "Hannah Okoro"})
    sign_in(ellen).get(f"/people/{hannah.pk}/")
    page = text(sign_in(noor).get("/audit/"))
    assert "Safety warning added" in page and f"person {hannah.pk}" in page
    assert not [word for word in ("Knife", "Hannah", "Okoro", "Mill Lane") if word in page]


def test_what_was_searched_for_is_for_professional_standards(
    hannah: Person, ellen: User, dana: User, sign_in: SignIn
) -> None:
    sign_in(ellen).post("/search/", {"q": "Hannah Okoro"})
    assert "Searched for “Hannah Okoro”" in text(sign_in(dana).get("/audit/"))


def test_by_person_it_shows_who_opened_the_page_and_who_was_shown_them(
    hannah: Person, hannahs_case: Case, ellen: User, tom: User
) -> None:
    audit.looked(by=ellen, kind="view", what=f"people.person:{hannah.pk}", hits=[hannahs_case.pk])
    audit.looked(by=tom, kind="search", what="people.person", terms="x", hits=[hannah.pk, 999])
    audit.looked(by=tom, kind="view", what="people.person:999", hits=[hannah.pk])  # a case of that number
    assert [row.by for row in stream(Asked(person=hannah.pk))] == [tom, ellen]


def test_a_restricted_case_is_told_to_professional_standards_by_its_reference_and_to_an_auditor_not_at_all(
    hannahs_case: Case, priya: User, noor: User, dana: User, sign_in: SignIn
) -> None:
    engine.perform(hannahs_case, "restrict", by=priya, evidence={"reason": "The suspect works with us."})
    full, less = text(sign_in(dana).get("/audit/")), text(sign_in(noor).get("/audit/"))
    assert hannahs_case.reference in full and hannahs_case.reference not in less
    assert "A case of which you may not be told" in less
    assert "Nothing was done or seen" in text(sign_in(noor).get("/audit/", {"case": hannahs_case.pk}))
    assert f'href="{hannahs_case.get_absolute_url()}"' not in full  # told of, and not let in


def test_of_a_case_one_is_shut_out_of_one_is_told_nothing_whatever_one_audits(
    hannahs_case: Case, priya: User, dana: User, sign_in: SignIn
) -> None:
    shut_out(hannahs_case, dana, priya)
    assert hannahs_case.reference not in text(sign_in(dana).get("/audit/"))


def bulk(by: User, case: Case, many: int = ROWS) -> None:
    """Many consultations and acts at moments of their own, by bulk SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audit_access (kind, operation, by_id, at, chain, what, reason_code, reason, terms, hits, session)
               SELECT CASE n %% 50 WHEN 0 THEN 'search' ELSE 'view' END,
                      CASE n %% 997 WHEN 0 THEN 'disclosure' ELSE 'consultation' END,
                      %s, now() - n * interval '1 second', CASE n %% 50 WHEN 0 THEN NULL ELSE 1000000 + n %% 5000 END,
                      CASE n %% 50 WHEN 0 THEN 'people.person' ELSE 'cases.case' END, '', '', '',
                      CASE n %% 50 WHEN 0 THEN ARRAY[n::bigint, n + 1] ELSE ARRAY[]::bigint[] END, ''
               FROM generate_series(1, %s) n""",
            [by.pk, many],
        )
        cursor.execute(
            """INSERT INTO audit_event (chain, number, name, operation, subject_type, subject_id, by_id, at, recorded_at, changes,
                                        previous, digest)
               SELECT 1000000 + n %% 5000, 1 + n / 5000, 'case.warn', 'alteration', 'cases.case', 1, %s,
                      now() - n * interval '1 second', now() - n * interval '1 second', '{}', '', ''
               FROM generate_series(1, %s) n""",
            [by.pk, many],
        )
        cursor.execute("ANALYZE audit_access, audit_event")


QUESTIONS = {
    "everything": Asked(),
    "officer": Asked(officer=1),
    "case": Asked(case=1_000_042),
    "person": Asked(person=5000),
    "operation": Asked(operation="disclosure"),
    "kind": Asked(kind="search"),
    "days": Asked(since=timezone.localdate() - timedelta(days=2), until=timezone.localdate()),
}


def test_a_hundred_thousand_rows_cost_what_ten_do_and_each_question_has_its_index(
    hannahs_case: Case, sam: User, dana: User, sign_in: SignIn
) -> None:
    client = sign_in(dana)

    def cost() -> list[int]:
        counted = []
        for asked in QUESTIONS.values():
            with CaptureQueriesContext(connection) as seen:
                assert client.get("/audit/", asked.pairs()).status_code == 200
            counted.append(len(seen))
        return counted

    cost()
    few = cost()
    bulk(sam, hannahs_case)
    many = cost()
    assert max(many) <= 14 and sum(many) - sum(few) <= 2 * len(many)
    for name, asked in QUESTIONS.items():
        for _, rows in asked.sides():
            column = "recorded_at" if rows.model is Event else "at"
            plan = rows.order_by(f"-{column}", "-pk")[:51].explain()
            assert "Seq Scan on audit" not in plan, f"{name}: {plan}"


def test_page_after_page_shows_each_row_once(hannahs_case: Case, sam: User) -> None:
    bulk(sam, hannahs_case, 500)
    sides, place, seen = Asked(officer=sam.pk).sides(), None, []
    while True:
        entries, place = newest(sides, place, 37)
        seen += [entry.place for entry in entries]
        if place is None:
            break
        assert Place.read(str(place)) == place
    assert len(seen) == len(set(seen)) == 1000
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    "text", ["", "x", "2026-01-01~e~1", "2026-01-01T00:00:00+00:00~z~1", "a~e~1", "2026-01-01T00:00:00+00:00~e~-1"]
)
def test_a_place_that_is_none_begins_at_the_newest(text: str) -> None:
    assert Place.read(text) is None


def test_the_table_of_what_is_unusual_names_whom_it_should(
    hannahs_case: Case, hannah: Person, sam: User, tom: User, dana: User, sign_in: SignIn, nr3: Unit
) -> None:
    okoro = person("PC", "2999", "Chidi Okoro", ("officer", nr3))
    audit.looked(by=okoro, kind="search", what="people.person", terms="hannah okoro")
    audit.looked(by=okoro, kind="view", what="cases.case:1", folder=hannahs_case)
    audit.looked(by=sam, kind="reason", what="cases.case:1", folder=hannahs_case, reason_code="other")
    for _ in range(5):
        audit.looked(by=tom, kind="denied", what="cases.case", terms="DA-2019-000001")
        audit.looked(by=tom, kind="reason", what="cases.case:1", folder=hannahs_case, reason_code="not_given")
    now = timezone.now()
    found = {question.name: {odd.officer for odd in rows} for question, rows in odd_in(now - timedelta(hours=1), now)}
    assert found == {
        "own-name": {okoro.pk}, "same-surname": {okoro.pk}, "tripped": set(), "without-work": {sam.pk, tom.pk}, "many": set(),
        "same-address": set(), "off-shift": set(), "one-woman": set(), "no-opening": set(),
        "not-given": {tom.pk}, "refused": {tom.pk},
    }  # fmt: skip
    page = text(sign_in(dana).get("/audit/unusual/"))
    assert "PC 2999 Chidi Okoro" in page and hannahs_case.reference in page


def test_all_who_have_looked_are_for_whoever_supervises_and_the_others_see_how_many(
    hannahs_case: Case, hannah: Person, ellen: User, sam: User, priya: User, sign_in: SignIn
) -> None:
    audit.looked(by=sam, kind="view", what=f"people.person:{hannah.pk}", hits=[hannahs_case.pk])
    audit.looked(by=sam, kind="search", what="people.person", terms="x", hits=[hannah.pk])
    audit.looked(by=sam, kind="print", what="reporting.document:1", folder=hannahs_case)
    audit.looked(by=sam, kind="read", what="incident.incident:1", folder=hannahs_case)
    url = f"/cases/{hannahs_case.reference}/looks/"
    page = text(sign_in(priya).get(url))
    for words in (
        "read facts of this case on a person",
        "was shown somebody of this case by a search",
        "printed it",
        "another system",
    ):
        assert words in page, words
    assert "Sam Okafor" in page
    less = text(sign_in(ellen).get(url))
    assert "Sam Okafor" not in less and "1 person printed it" in less
