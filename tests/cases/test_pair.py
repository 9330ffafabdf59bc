"""Two people: everything between them either way, what was done to keep somebody safe beside it, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Access
from cases.models import Case, LinkedCase, Safeguarding
from cases.services.pair import DONE, NOT_DONE, NOT_RECORDED, pair_of
from cases.services.sight import sight_of
from people.models import Person, PersonName
from tests.cases.lives import a_case, acted, it_happened, many
from tests.cases.recording import words as text_of
from tests.cast import shut_out
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def his_case(nr3: Unit) -> Case:
    return a_case(nr3, 1300)


@pytest.fixture
def her_case(nr3: Unit) -> Case:
    """The counter-allegation: a case of its own."""
    return a_case(nr3, 1000)


@pytest.fixture
def gareth(his_case: Case, her_case: Case, ellen: User) -> Person:
    found = known(his_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))
    learned(PersonName, her_case, found, ellen, forename="Gareth", surname="Pollitt")
    return found


@pytest.fixture
def kerry(his_case: Case, her_case: Case, ellen: User) -> Person:
    found = known(his_case, ellen, "Kerry", "Dunmore", date(1990, 6, 2))
    learned(PersonName, her_case, found, ellen, forename="Kerry", surname="Dunmore")
    return found


@pytest.fixture
def both(gareth: Person, kerry: Person, his_case: Case, her_case: Case, ellen: User) -> tuple[Person, Person]:
    it_happened(
        his_case, ellen, kerry, gareth, 1200, "Kitchen knife shown.", offence="actual-bodily-harm", grade="high"
    )
    it_happened(her_case, ellen, gareth, kerry, 1000, "His face was scratched.", grade="standard")
    latest = it_happened(his_case, ellen, kerry, gareth, 980, "Rang her eleven times.", grade="medium")
    acted(latest, ellen, "idva")
    acted(latest, ellen, "accommodation", answer="declined")
    return gareth, kerry


def url_of(one: Person, other: Person, rest: str = "") -> str:
    return f"/people/{one.pk}/with/{other.pk}/{rest}"


def page_of(client: Client, both: tuple[Person, Person], rest: str = "") -> str:
    answer = client.get(url_of(*both, rest))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_each_event_says_in_words_who_is_said_to_have_harmed_whom(
    both: tuple[Person, Person], ellen: User, sign_in: SignIn
) -> None:
    said = page_of(sign_in(ellen), both)
    assert said.count("<strong>Gareth Pollitt</strong> said to harm <strong>Kerry Dunmore</strong>") == 2
    assert said.count("<strong>Kerry Dunmore</strong> said to harm <strong>Gareth Pollitt</strong>") == 1
    assert said.index("Rang her eleven") < said.index("face was scratched") < said.index("knife shown")
    assert "3 events, newest first." in said and "1 one way, 2 the other." in said
    assert "victim in 2, suspect in 1 of these" in said and "victim in 1, suspect in 2 of these" in said
    assert "Former partner who lived apart" in said and "born 2 June 1990" in said


def test_it_is_the_same_from_the_other_side(both: tuple[Person, Person], ellen: User, sign_in: SignIn) -> None:
    said = page_of(sign_in(ellen), (both[1], both[0]))
    assert said.count("<strong>Gareth Pollitt</strong> said to harm <strong>Kerry Dunmore</strong>") == 2
    assert "2 one way, 1 the other." in said


def test_beside_each_event_stands_what_was_done_what_was_not_and_what_nobody_recorded(
    both: tuple[Person, Person], his_case: Case, ellen: User
) -> None:
    Safeguarding.objects.create(
        case=his_case, recorded_by=ellen, what="Alarm fitted.", done_at=timezone.now() - timedelta(days=1190)
    )
    one, other = (person.pk for person in both)
    rows = pair_of(one, other, sight_of(ellen, one, other), ellen).rows
    latest, scratched, knife = ([(step.state, step.words) for step in row.steps] for row in rows)
    assert (DONE, "Independent adviser (IDVA)") in latest
    assert (NOT_DONE, "Emergency accommodation, declined") in latest
    assert (NOT_RECORDED, "Safe contact") in latest
    assert (NOT_RECORDED, "What was done to keep them safe") in scratched
    assert (DONE, "Alarm fitted.") in knife  # beside the event it came after, not beside the newest of the case


def test_a_long_silence_is_said_and_said_to_be_no_sign_of_safety(
    both: tuple[Person, Person], ellen: User, sign_in: SignIn
) -> None:
    said = page_of(sign_in(ellen), both)
    assert "200 days in which nothing was recorded that you may see. Silence does not mean" in said
    assert "20 days in which" not in said.replace("200 days in which", "")
    assert "Silence" not in page_of(sign_in(ellen), both, "?harmed=one")  # what is left out broke it


@pytest.mark.parametrize(
    ("asked", "told", "left_out"),
    [
        ("?harmed=one", "face was scratched", "Rang her eleven"),
        ("?harmed=other", "Rang her eleven", "face was scratched"),
    ],
)
def test_one_direction_alone(
    both: tuple[Person, Person], ellen: User, sign_in: SignIn, asked: str, told: str, left_out: str
) -> None:
    said = page_of(sign_in(ellen), both, asked)
    assert told in said and left_out not in said
    assert "3 events, newest first." in said  # the counts stay those of everything


@pytest.mark.parametrize("asked", ["?harmed=x", "?harmed=%00", "?after=zz", "?after=999999", f"?after={'9' * 40}"])
def test_what_is_no_direction_and_no_place_shows_everything(
    both: tuple[Person, Person], ellen: User, sign_in: SignIn, asked: str
) -> None:
    assert "3 events, newest first." in page_of(sign_in(ellen), both, asked)


def test_a_counter_allegation_whose_case_is_restricted_is_told_by_nothing(
    both: tuple[Person, Person], his_case: Case, her_case: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    for case, other in ((his_case, her_case), (her_case, his_case)):
        LinkedCase.objects.create(case=case, other=other, kind="counter", recorded_by=ellen)
    assert "beside a counter-allegation" in page_of(sign_in(tom), both)
    Case.objects.filter(pk=her_case.pk).update(restricted=True)
    said = page_of(sign_in(tom), both)
    for secret in ("scratched", her_case.reference, "counter-allegation", "3 events", "suspect in 1"):
        assert secret not in said.replace("ask professional standards", "")
    assert "2 events, newest first." in said and "0 one way, 2 the other." in said
    assert "220 days" in said


def test_of_a_case_one_is_shut_out_of_there_is_no_word(
    both: tuple[Person, Person], her_case: Case, victor: User, priya: User, sign_in: SignIn
) -> None:
    shut_out(her_case, victor, priya)
    said = page_of(sign_in(victor), both)
    assert "scratched" not in said and her_case.reference not in said and "2 events" in said


def test_strangers_and_people_who_are_nobody_find_no_page(
    both: tuple[Person, Person], stranger: User, ellen: User, sign_in: SignIn
) -> None:
    one, other = both
    assert sign_in(stranger).get(url_of(one, other)).status_code == 404
    client = sign_in(ellen)
    assert client.get(url_of(one, one)).status_code == 404
    assert client.get(f"/people/{one.pk}/with/999999/").status_code == 404
    assert client.get(f"/people/{'9' * 18}/with/{other.pk}/").status_code == 404


def test_the_next_beat_and_professional_standards_are_asked_why_first(
    both: tuple[Person, Person], his_case: Case, sam: User, dana: User, sign_in: SignIn
) -> None:
    for reader in (sam, dana):
        client = sign_in(reader)
        said = page_of(client, both)
        assert "Rang her eleven" not in said and "told once you have said why" in said
        assert f"/cases/{his_case.reference}/reason/?next=" in said
        audit.looked(by=reader, kind=Access.Kind.REASON, what="cases.case", folder=his_case, reason="At her door")
        said = page_of(client, both)
        assert "Rang her eleven" in said and "scratched" not in said and "2 events" in said


def test_flags_are_said_each_way_and_of_each_alone_with_what_made_them(
    both: tuple[Person, Person], his_case: Case, ellen: User, sign_in: SignIn
) -> None:
    """Of what lies three years back there is none; two reports of this year make the two a repeat pair, one way."""
    assert "Repeat and vulnerable" not in page_of(sign_in(ellen), both)
    gareth, kerry = both
    many(his_case, ellen, kerry, gareth, 2)
    page: Any = sign_in(ellen).get(url_of(*both))
    told = {(of.by, of.name): [one.flag.code for one in of.rows] for of in page.context["flags"]}
    assert told == {
        ("Gareth Pollitt", "Kerry Dunmore"): ["repeat_pair"],
        ("", "Kerry Dunmore"): ["repeat_victim"],
        ("", "Gareth Pollitt"): ["repeat_suspect"],
    }
    said = text_of(page)
    assert "Gareth Pollitt said to harm Kerry Dunmore Repeat pair 2 incidents in 12 months" in said
    assert "2 happened earlier." in said and f'href="/cases/{his_case.reference}/"' in page.content.decode()


def test_flags_are_made_of_the_cases_that_the_page_tells_of_and_of_no_other(
    both: tuple[Person, Person], his_case: Case, nr3: Unit, ellen: User, tom: User, sam: User, priya: User,
    sign_in: SignIn,
) -> None:  # fmt: skip
    """One report of this year stands open to Tom; he is shut out of the case of the other."""
    gareth, kerry = both
    many(his_case, ellen, kerry, gareth, 1)
    other = a_case(nr3, 100)
    it_happened(other, ellen, kerry, gareth, 50)
    assert "Repeat pair" in page_of(sign_in(tom), both)
    assert "Repeat" not in page_of(sign_in(sam), both), "the next beat is asked why first"
    shut_out(other, tom, priya)
    assert "Repeat" not in page_of(sign_in(tom), both)


def test_two_people_with_nothing_between_them(
    both: tuple[Person, Person], his_case: Case, ellen: User, sign_in: SignIn
) -> None:
    else_one = known(his_case, ellen, "Donna", "Leigh")
    assert "Nothing is recorded between them that you may see." in page_of(sign_in(ellen), (both[0], else_one))


def test_the_look_is_a_look_at_each_of_the_two(
    both: tuple[Person, Person], his_case: Case, ellen: User, sign_in: SignIn
) -> None:
    page_of(sign_in(ellen), both)
    for person in both:
        assert his_case.pk in Access.objects.get(what=f"people.person:{person.pk}", by=ellen).hits


def test_as_it_was_known_before_the_last_of_it(both: tuple[Person, Person], ellen: User, sign_in: SignIn) -> None:
    then = timezone.localtime(timezone.now() - timedelta(days=990))
    asked = f"?on_day={then.day}&on_month={then.month}&on_year={then.year}"
    said = page_of(sign_in(ellen), both, asked)
    assert "2 events, newest first." in said and "Rang her eleven" not in said
    assert "Do not act on it." in said
    assert sign_in(ellen).get(url_of(*both, "?on_day=40&on_month=1&on_year=2020")).status_code == 422


def test_a_long_history_comes_a_page_at_a_time(
    both: tuple[Person, Person], his_case: Case, ellen: User, sign_in: SignIn
) -> None:
    many(his_case, ellen, both[1], both[0], 30)
    client = sign_in(ellen)
    first: Any = client.get(url_of(*both))
    second: Any = client.get(url_of(*both, first.context["earlier"]))
    shown = [[row.event.incident.pk for row in answer.context["pair"].rows] for answer in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (25, 8)
    assert not set(shown[0]) & set(shown[1])
    assert "33 events" in second.content.decode()


def test_the_page_costs_the_same_for_one_event_and_for_thirty(
    gareth: Person, kerry: Person, his_case: Case, ellen: User, sign_in: SignIn
) -> None:
    many(his_case, ellen, kerry, gareth, 1)
    client, counted = sign_in(ellen), []
    page_of(client, (gareth, kerry))
    for more in (0, 29):
        many(his_case, ellen, kerry, gareth, more, since=60)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, (gareth, kerry))
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert counted[0] <= 40
