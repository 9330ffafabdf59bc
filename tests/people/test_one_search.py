"""The one search: every kind from one box, why each matched, filters, search before create, and what bad input gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident
from cases.services import restrict
from people.models import Person, Telephone
from tests.cast import text_of
from tests.people.population import known, learned
from workflow import engine
from workflow.models import ReferenceEntry

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def counts_in(answer: Any) -> dict[str, int]:
    """{value of a filter: its count}."""
    return {option.value: option.count for group in answer.context["answer"].filters for option in group.options}


@pytest.fixture
def told(hannahs_incident: Incident, ellen: User) -> Incident:
    """Hannah's incident with its account, and what must not be searched for."""
    said = {
        "account": "He kicked the blue door until the hinge gave way, then threw a kettle.",
        "everyone_safe": "yes", "made_safe": "She sleeps at the Larkfield hostel.",
    }  # fmt: skip
    record: Incident = engine.amend(hannahs_incident, said, by=ellen, seen=hannahs_incident.version)
    way = {"means": ["call"], "call": "07700 900461", "code_word": "periwinkle", "never_use": "Letters"}
    engine.perform(record.case, "safe-contact", by=ellen, evidence=way)
    return record


@pytest.mark.parametrize("typed", ["07700 900 862", "900862", "+44 7700 900862", "00447700900862", "(07700) 900-862"])
def test_a_number_or_a_piece_of_it_finds_whose_it_is(gareth: Person, ellen: User, sign_in: SignIn, typed: str) -> None:
    said = text_of(sign_in(ellen).post("/search/", {"q": typed}))
    assert "Telephones and numbers <span" in said
    assert f'href="/people/{gareth.pk}/">Gareth Pollitt' in said
    assert "Telephone: 07700 900 862" in said


@pytest.mark.parametrize("typed", ["14 tannery row", "tannery", "NG5 2AB", "ng52ab 14"])
def test_as_much_of_an_address_as_is_known_finds_the_place(
    gareth: Person, ellen: User, sign_in: SignIn, typed: str
) -> None:
    said = text_of(sign_in(ellen).post("/search/", {"where": typed}))
    assert "14 Tannery Row, NG5 2AB</a>" in said
    assert '<a class="govuk-link" href="/places/' in said


def test_words_of_an_account_find_it_and_show_them_where_it_may_be_read(
    told: Incident, ellen: User, sign_in: SignIn
) -> None:
    answer = sign_in(ellen).post("/search/", {"q": "kicked door", "what": ["narratives"]})
    said = text_of(answer)
    assert "<mark>kicked</mark>" in said and "<mark>door</mark>" in said
    assert f"Account of the incident, {told.case.reference}" in said


def test_an_account_that_wants_a_reason_first_shows_none_of_its_words(
    told: Incident, sam: User, sign_in: SignIn
) -> None:
    said = text_of(sign_in(sam).post("/search/", {"q": "kicked", "what": ["narratives"]}))
    assert "Words of it match. Say why you need it, and it opens" in said
    assert "hinge" not in said and "kettle" not in said


@pytest.mark.parametrize("word", ["periwinkle", "Larkfield"])
def test_the_code_word_and_where_she_was_taken_are_searched_by_nobody(
    told: Incident, ellen: User, sign_in: SignIn, word: str
) -> None:
    every = ["people", "addresses", "numbers", "references", "narratives"]
    answer = sign_in(ellen).post("/search/", {"q": word, "what": every})
    assert answer.status_code == 200
    assert not any(section.page.hits for section in answer.context["answer"].sections)
    assert counts_in(answer)["narratives"] == 0


def test_a_log_reference_finds_its_record(told: Incident, ellen: User, sign_in: SignIn) -> None:
    said = text_of(sign_in(ellen).post("/search/", {"q": "0388"}))
    assert f'href="/work/incident/{told.pk}/">Log reference of an incident 0388' in said


def test_every_kind_is_counted_beside_its_box_and_shown_when_it_is_ticked(
    gareth: Person, told: Incident, ellen: User, sign_in: SignIn
) -> None:
    client = sign_in(ellen)
    first = client.post("/search/", {"q": "gareth pollitt"})
    assert counts_in(first)["people"] >= 1
    assert [section.kind.name for section in first.context["answer"].sections] == []
    ticked = client.post("/search/", {"q": "kettle", "what": ["people", "narratives"]})
    assert counts_in(ticked)["narratives"] == 1
    assert "checked" in text_of(ticked).split('value="narratives"')[1].split(">")[0]


def test_nobody_of_that_name_but_an_account_is_shown_unasked(told: Incident, ellen: User, sign_in: SignIn) -> None:
    said = text_of(sign_in(ellen).post("/search/", {"q": "kettle"}))
    assert "<mark>kettle</mark>" in said


def test_people_are_narrowed_by_part_by_warning_and_by_how_near(
    hannah: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Knives"})
    known(hannahs_case, ellen, "Hanna", "Okora", date(1990, 1, 1))
    client, asked = sign_in(ellen), {"q": "hannah okoro", "born": "4 5 1991"}
    every = client.post("/search/", asked)
    assert every.context["found"].total == 2
    counts = counts_in(every)
    assert (counts["victim"], counts["suspect"], counts["exact"]) == (1, 0, 1)
    for narrowed in ({"role": "victim"}, {"near": "exact"}, {"force": "warning"}):
        answer = client.post("/search/", asked | narrowed)
        assert [match.person_id for match in answer.context["found"].matches] == [hannah.pk], narrowed
        assert counts_in(answer) == counts, "a count says what a box would leave of everybody found"
    assert client.post("/search/", asked | {"role": "suspect"}).context["found"].total == 0
    assert client.post("/search/", asked | {"role": "nonsense", "what": "nonsense"}).context["found"].total == 2


def test_a_row_says_part_grade_and_what_to_know_before_knocking(
    sent_record: Incident, hannah: Person, ellen: User, sign_in: SignIn
) -> None:
    engine.perform(sent_record.case, "warn", by=ellen, evidence={"what": "Knives in the kitchen"})
    said = text_of(sign_in(ellen).post("/search/", {"q": "hannah okoro"}))
    for words in (
        "Person harmed in 1 case", "MEDIUM", "Warning: Knives in the kitchen", "Safe contact: read the card first",
        "Why it matched: 1 way", "<dt>Name</dt>",
    ):  # fmt: skip
        assert words in said, words


def test_why_somebody_looks_is_said_once_and_kept_with_each_search(
    gareth: Person, ellen: User, sign_in: SignIn
) -> None:
    reason = ReferenceEntry.objects.filter(of="opening").order_by("order").first()
    assert reason is not None
    client = sign_in(ellen)
    client.post("/search/", {"q": "gareth pollitt", "because": reason.code, "more": "log 0412 of today"})
    said = text_of(client.post("/search/", {"q": "07700900862"}))
    assert f"{reason.label}, log 0412 of today" in said
    kept = Access.objects.filter(kind="search", by=ellen).values_list("what", "reason_code", "reason", "terms")
    assert [row[1:3] for row in kept] == [(reason.code, "log 0412 of today")] * 2
    assert {row[3] for row in kept} == {"gareth pollitt", "07700900862"}
    shown = Access.objects.filter(kind="search", by=ellen, what="people.person", hits__contains=[gareth.pk])
    assert shown.count() == 2, "whom a number showed is on record as whom a name showed"


def test_the_nearest_not_yet_opened_is_named_before_somebody_new_is_recorded(
    gareth: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    client = sign_in(ellen)
    asked = {"q": "gareth pollitt", "born": "11 4 1988"}
    assert "You have opened none of the nearest" in text_of(client.post("/search/", asked))
    client.get(f"/people/{gareth.pk}/")
    said = text_of(client.post("/search/", asked))
    assert "You have opened all of the nearest" in said
    assert 'action="/people/new/"' in said


def test_what_was_typed_goes_with_somebody_new(hannahs_incident: Incident, ellen: User, sign_in: SignIn) -> None:
    client = sign_in(ellen)
    asked = {"q": "Gary Newman", "born": "11 4 1988"}
    assert "In which record?" in text_of(client.post("/people/new/", asked))
    chosen = asked | {"incident": str(hannahs_incident.pk), "part": "witness"}
    answer = client.post("/people/new/", chosen)
    assert (answer.status_code, answer["Location"]) == (302, f"/incidents/{hannahs_incident.pk}/people/witness/")
    assert "Newman" not in answer["Location"]


def test_a_record_of_somebody_else_is_not_offered_for_somebody_new(
    hannahs_incident: Incident, tom: User, sign_in: SignIn
) -> None:
    client = sign_in(tom)
    asked = {"q": "Gary Newman"}
    assert "You are writing no record now" in text_of(client.post("/people/new/", asked))
    answer = client.post("/people/new/", asked | {"incident": str(hannahs_incident.pk), "part": "witness"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("born", "people"),
    [("11 4 1988", 1), ("11/04/1988", 1), ("11 April 1988", 1), ("11th apr 1988", 1), ("11041988", 1), ("1988", 1),
     ("April 1988", 1), ("1988-04-11", 1)],
)  # fmt: skip
def test_a_birth_date_is_taken_as_people_say_it(
    gareth: Person, ellen: User, sign_in: SignIn, born: str, people: int
) -> None:
    answer = sign_in(ellen).post("/search/", {"q": "gareth pollitt", "born": born, "near": "exact"})
    assert answer.context["found"].total == people


@pytest.mark.parametrize("born", ["11 4 1988 3", "yesterday", "999", "11 13 1988", "-4", "11 4", "٣ ٤ ١٩٨٨", "1" * 500])
def test_a_birth_date_that_is_none_gets_a_sentence(gareth: Person, ellen: User, sign_in: SignIn, born: str) -> None:
    answer = sign_in(ellen).post("/search/", {"q": "gareth pollitt", "born": born})
    assert answer.status_code == 422
    assert text_of(answer).count("The birth date must") >= 2


EVERY = {"what": ["people", "addresses", "numbers", "references", "narratives"]}


@pytest.mark.parametrize(
    "typed",
    ["%", "_", "*", "%%%%", "a%b_c*", "\\", "' OR 1=1 --", "&|!():*<->", "\"unclosed", "😀", "😀😀😀 🚓", "محمد علي",
     "Ольга Петрова", "李小龙", "ß", "ﬁ", "i", "0", "00", "((((", "DA-", "DA-9999-999999", "1/2/3", "a" * 200,
     "- - - -", "or or or", "the of and", "7" * 200, "x y z", "@", "@@@@", "NG", "12 34", "!!!!!!!!"],
)  # fmt: skip
def test_whatever_is_typed_gets_an_answer_or_a_sentence(
    gareth: Person, ellen: User, sign_in: SignIn, typed: str
) -> None:
    client = sign_in(ellen)
    for box in ("q", "where"):
        answer = client.post("/search/", {box: typed, **EVERY})
        assert answer.status_code in (200, 422), (box, typed)


@pytest.mark.parametrize("typed", ["x" * 2_000, "Smith " * 400, "Smith\x00", "\x00", "\ue000"])
def test_what_is_too_long_or_cannot_be_seen_gets_a_sentence(ellen: User, sign_in: SignIn, typed: str) -> None:
    answer = sign_in(ellen).post("/search/", {"q": typed, **EVERY})
    assert answer.status_code == 422
    assert "The name or reference" in text_of(answer)


@pytest.mark.parametrize("after", ["", "x", "incident-", "incident-1.x", "incident-" + "9" * 40, "%", "nobody-7"])
def test_a_place_to_go_on_from_that_is_none_begins_again(
    told: Incident, ellen: User, sign_in: SignIn, after: str
) -> None:
    asked = {"q": "kettle", "what": ["narratives"], "after_narratives": after}
    assert "<mark>kettle</mark>" in text_of(sign_in(ellen).post("/search/", asked))


def test_each_kind_goes_on_from_the_last_shown_and_shows_none_twice(
    hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    person = Person.objects.create()
    for n in range(23):
        learned(Telephone, hannahs_case, person, ellen, number=f"01632 960 {n:03d}")
    client, after, seen = sign_in(ellen), "", []
    for _ in range(4):
        answer = client.post("/search/", {"q": "01632960", "what": ["numbers"], "after_numbers": after})
        (section,) = answer.context["answer"].sections
        seen += [hit.key for hit in section.page.hits]
        after = section.page.after
        if not after:
            break
    assert section.count == 23
    assert len(seen) == len(set(seen)) == 23


def test_a_restricted_record_is_a_neutral_stub_for_who_may_open_it_in_an_emergency_and_nothing_for_others(
    sent_record: Incident,
    hannah: Person,
    ikande: User,
    tom: User,
    victor: User,
    sam: User,
    priya: User,
    sign_in: SignIn,
) -> None:
    case = Case.objects.get(pk=sent_record.case_id)
    case.holdings.all().delete()
    restrict(case=case, by=priya)
    said = text_of(sign_in(ikande).post("/search/", {"q": "hannah okoro"}))
    assert "One more record may match" in said
    assert case.reference not in said and f"/people/{hannah.pk}/" not in said
    assert "may match" not in text_of(sign_in(ikande).post("/search/", {"q": "zbigniew quillfeather"}))
    for other in (tom, sam, victor):
        told_of = text_of(sign_in(other).post("/search/", {"q": "hannah okoro"}))
        assert "may match" not in told_of and "may not open" not in told_of


def test_a_sergeant_who_is_shut_out_or_bears_the_name_sees_no_stub(
    sent_record: Incident, hannah: Person, ikande: User, priya: User, sign_in: SignIn
) -> None:
    case = Case.objects.get(pk=sent_record.case_id)
    case.holdings.all().delete()
    restrict(case=case, by=priya)
    User.objects.filter(pk=ikande.pk).update(last_name="Okoro")
    assert "may match" not in text_of(sign_in(User.objects.get(pk=ikande.pk)).post("/search/", {"q": "hannah okoro"}))


@pytest.mark.requirement("S3-187")
def test_one_box_finds_by_name_alias_birth_address_telephone_and_reference_within_sight_and_on_record(
    gareth: Person, told: Incident, hannahs_case: Case, ellen: User, victor: User, sign_in: SignIn
) -> None:
    mine, shut = sign_in(ellen), sign_in(victor)
    asked = [
        {"q": "garreth polit"}, {"q": "pollitt, gareth", "born": "4 11 1988"}, {"q": "07700 900862"},
        {"q": "14 Tannery Row"}, {"q": "0388"},
    ]  # fmt: skip
    for typed in asked:
        answer = mine.post("/search/", typed)
        found = answer.context["answer"]
        assert (found.people and found.people.total) or any(section.page.hits for section in found.sections), typed
        hidden = shut.post("/search/", typed).context["answer"]
        assert not (hidden.people and hidden.people.total), typed
        assert not any(section.page.hits or section.count for section in hidden.sections), typed
    reference = mine.post("/search/", {"q": hannahs_case.reference})
    assert reference["Location"] == f"/cases/{hannahs_case.reference}/"
    kept = Access.objects.filter(kind="search", by=ellen)
    assert kept.exclude(hits=[]).count() >= len(asked)


def test_the_page_costs_the_same_for_few_answers_and_for_many(
    gareth: Person, hannahs_case: Case, ellen: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client, counted = sign_in(ellen), []
    asked = {"q": "Gareth Pollitt", "where": "tannery row", **EVERY}
    client.post("/search/", asked)
    for _ in range(2):
        with django_assert_max_num_queries(40) as queries:
            client.post("/search/", asked)
        counted.append(len(queries))
        for _ in range(30):
            known(hannahs_case, ellen, "Gareth", "Pollitt", address="14 Tannery Row", telephone="07700 900 999")
    assert counted[0] == counted[1], counted
