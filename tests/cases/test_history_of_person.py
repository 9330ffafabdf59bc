"""The person page tells one life: in force first, every partner, both roles, the risk on one line, each from its case."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Access
from cases.models import Case, Incident, Involvement, SafetyWarning, ShutOut
from cases.services import name_person
from cases.services.lives import others_of
from cases.services.pair import pair_of
from cases.services.sight import sight_of
from cases.services.story import has_part, tell
from people.models import Description, Person, PersonName
from tests.cases.lives import (
    a_case,
    gareth,
    it_happened,
    kerry,
    leanne,
    life,
    many,
    nothing_append_only,
    with_kerry,
    with_leanne,
)  # fmt: skip
from tests.cast import shut_out, text_of
from tests.people.population import learned

pytestmark = pytest.mark.django_db
__all__ = ["gareth", "kerry", "leanne", "life", "with_kerry", "with_leanne"]
SignIn = Callable[[User | None], Client]


def page_of(client: Client, person: Person, rest: str = "") -> str:
    answer = client.get(f"/people/{person.pk}/{rest}")
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


@pytest.mark.requirement("S3-188")
def test_one_narrative_across_partners_in_both_roles_newest_first(life: Person, ellen: User, sign_in: SignIn) -> None:
    said = page_of(sign_in(ellen), life, "narrative/")
    places = [
        said.index(words) for words in ("Hands to the neck", "Rang her eleven", "face was scratched", "knife shown")
    ]
    assert places == sorted(places)
    assert said.index("Leanne Ashdown") < said.index("Kerry Dunmore")
    assert "partner, boyfriend or girlfriend, living apart" in said
    assert "They were the victim:</strong> <strong>" in said
    assert "Suspect in 2 · <strong>victim in 1</strong>" in said
    assert "suspect in 3, victim in 1" in said  # the head: roles you may see
    assert "Children there: Mia Ashdown" in said
    assert "Assault" in said or "bodily harm" in said.lower()


@pytest.mark.requirement("S3-189")
def test_the_risk_stands_on_one_line_with_its_tool_and_its_author(life: Person, ellen: User, sign_in: SignIn) -> None:
    said = page_of(sign_in(ellen), life)
    posed = said.index("Risk they were said to pose")
    assert posed < said.index("Risk they faced")
    assert "<svg" in said and 'role="img" aria-labelledby="risk-suspect"' in said
    table = said[said.index("<caption", posed) :]
    assert "DASH" in table and "PC 2877 Ellen Marsh" in table
    assert "High since" in said


def test_a_page_speaks_of_her_and_of_him(
    life: Person, kerry: Person, with_kerry: Case, ellen: User, sign_in: SignIn
) -> None:
    learned(Description, with_kerry, life, ellen, topic="gender", answer="M")
    learned(Description, with_kerry, kerry, ellen, topic="gender", answer="F")
    client = sign_in(ellen)
    said, hers = page_of(client, life), page_of(client, kerry)
    assert "Risk he was said to pose" in said and "He was the victim:" in said and "New in his life" in said
    assert "Risk she faced" in hers and "Risk she was said to pose" in hers


def test_who_is_new_in_his_life_stands_beside(life: Person, ellen: User, sign_in: SignIn) -> None:
    said = page_of(sign_in(ellen), life)
    new = said[said.index('id="new"') :]
    assert "Leanne Ashdown" in new and "Mia Ashdown" in new and "child, aged" in new
    assert "Kerry Dunmore" not in new


def test_what_is_in_force_comes_first(life: Person, with_leanne: Case, ellen: User, sign_in: SignIn) -> None:
    SafetyWarning.objects.create(case=with_leanne, recorded_by=ellen, what="Keeps knives in the hall.")
    said = page_of(sign_in(ellen), life)
    assert said.index("Keeps knives in the hall.") < said.index("What is known, and how")
    assert "Safety warning" in said


def test_what_is_in_force_and_since_when_are_two_sentences(
    life: Person, with_leanne: Case, ellen: User, sign_in: SignIn
) -> None:
    SafetyWarning.objects.create(case=with_leanne, recorded_by=ellen, what="A dog in the yard")
    assert "A dog in the yard. Since" in page_of(sign_in(ellen), life)


def test_a_restricted_case_is_neither_told_nor_counted(
    life: Person, with_leanne: Case, leanne: Person, tom: User, sign_in: SignIn
) -> None:
    Case.objects.filter(pk=with_leanne.pk).update(restricted=True)
    for tab in ("", "narrative/", "with/", "addresses/"):
        said = page_of(sign_in(tom), life, tab)
        for secret in ("Leanne", "Hands to the neck", "Mia Ashdown", with_leanne.reference, "suspect in 3"):
            assert secret not in said, (tab, secret)
    assert "Narrative (3)" in page_of(sign_in(tom), life)
    assert "ask professional standards" in page_of(sign_in(tom), life)  # the least that must be known
    assert sign_in(tom).get(f"/people/{leanne.pk}/").status_code == 404
    assert sign_in(tom).get(f"/people/{life.pk}/with/{leanne.pk}/").status_code == 404


def test_whoever_is_shut_out_of_a_case_hears_nothing_of_it(
    life: Person, with_leanne: Case, victor: User, priya: User, sign_in: SignIn
) -> None:
    shut_out(with_leanne, victor, priya)
    for tab in ("", "narrative/", "with/"):
        said = page_of(sign_in(victor), life, tab)
        assert "Leanne" not in said and with_leanne.reference not in said
        assert "professional standards" not in said


def test_for_a_stranger_there_is_no_such_person(life: Person, stranger: User, sign_in: SignIn) -> None:
    for tab in ("", "narrative/", "with/", "addresses/", "systems/"):
        assert sign_in(stranger).get(f"/people/{life.pk}/{tab}").status_code == 404


def test_the_next_beat_and_professional_standards_say_why_before_they_are_told(
    life: Person, with_leanne: Case, sam: User, dana: User, sign_in: SignIn
) -> None:
    for reader in (sam, dana):
        client = sign_in(reader)
        said = page_of(client, life, "narrative/")
        assert "Hands to the neck" not in said and "Leanne" not in said
        assert f"/cases/{with_leanne.reference}/reason/?next=" in said
        assert "suspect in 3, victim in 1" in said  # as a search says it: in which part, in which case
        audit.looked(by=reader, kind=Access.Kind.REASON, what="cases.case", folder=with_leanne, reason="At her door")
        said = page_of(client, life, "narrative/")
        assert "Hands to the neck" in said and "knife" not in said
        assert "Narrative (1)" in said


def test_the_look_names_the_cases_that_were_told(life: Person, with_leanne: Case, ellen: User, sign_in: SignIn) -> None:
    page_of(sign_in(ellen), life, "narrative/")
    looked = Access.objects.filter(what=f"people.person:{life.pk}", by=ellen).latest("pk")
    assert with_leanne.pk in looked.hits and len(looked.hits) == 3


def test_as_it_was_known_on_a_past_day(life: Person, with_leanne: Case, ellen: User, sign_in: SignIn) -> None:
    client, then = sign_in(ellen), timezone.localtime(timezone.now() - timedelta(days=800))
    PersonName.objects.filter(person=life).update(recorded_at=then - timedelta(days=300))
    asked = f"?on_day={then.day}&on_month={then.month}&on_year={then.year}"
    said = page_of(client, life, f"narrative/{asked}")
    assert "As it was known at the end of" in said
    assert "Rang her eleven" in said and "Hands to the neck" not in said
    assert "Narrative (3)" in said


def test_a_record_says_then_what_it_said_then(life: Person, with_kerry: Case, ellen: User, sign_in: SignIn) -> None:
    """What was put right later stands as it stood: by the history that the database keeps of every row."""
    incident = Incident.objects.get(account="Rang her eleven times.")
    events = Incident._meta.get_field("events").related_model
    with nothing_append_only():
        events.objects.filter(pgh_obj=incident.pk).update(pgh_created_at=incident.recorded_at)
    Incident.objects.filter(pk=incident.pk).update(account="Rang her ninety times.")
    then = timezone.localtime(timezone.now() - timedelta(days=5))
    asked = f"?on_day={then.day}&on_month={then.month}&on_year={then.year}"
    client = sign_in(ellen)
    assert "ninety times" in page_of(client, life, "narrative/")
    past = page_of(client, life, f"narrative/{asked}")
    assert "eleven times" in past and "ninety" not in past


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("on_day=31&on_month=2&on_year=2024", "The day must be a real date"),
        ("on_day=1&on_month=1&on_year=2999", "The day must be"),
        ("on_day=1", "The day must include"),
        ("on_day=x&on_month=%00&on_year=%F0%9F%98%80", "The day must"),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_a_sentence(
    life: Person, ellen: User, sign_in: SignIn, asked: str, sentence: str
) -> None:
    answer = sign_in(ellen).get(f"/people/{life.pk}/?{asked}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Hands to the neck" in answer.content.decode()  # the page of now stands beneath


@pytest.mark.parametrize("after", ["x", "0", "-1", "9" * 30, "%00", "999999"])
def test_a_place_that_is_none_begins_again(life: Person, ellen: User, sign_in: SignIn, after: str) -> None:
    assert "Hands to the neck" in page_of(sign_in(ellen), life, f"narrative/?after={after}")


def test_a_long_life_is_read_a_page_at_a_time_and_nothing_twice(
    life: Person, kerry: Person, with_kerry: Case, ellen: User, sign_in: SignIn
) -> None:
    many(with_kerry, ellen, kerry, life, 30)
    client = sign_in(ellen)
    first = client.get(f"/people/{life.pk}/narrative/")
    url = first.context["beneath"][0].rows.earlier_url
    second = client.get(url)
    shown = [
        [line.event.incident.pk for _, lines, _ in answer.context["beneath"][0].rows.chapters for line in lines]
        for answer in (first, second)
    ]
    assert (len(shown[0]), len(shown[1])) == (25, 9)
    assert not set(shown[0]) & set(shown[1])
    assert second.context["beneath"][0].rows.earlier_url == ""
    assert "Newer events stand on an earlier page." in second.content.decode()


@pytest.mark.parametrize("tab", ["", "narrative/", "with/", "addresses/"])
def test_the_page_costs_the_same_for_one_incident_and_for_thirty(
    gareth: Person, kerry: Person, with_kerry: Case, ellen: User, sign_in: SignIn, tab: str
) -> None:
    start = 1 if tab else 8  # whom a flag of the summary names is one statement more, once there is any flag
    many(with_kerry, ellen, kerry, gareth, start)
    client, counted = sign_in(ellen), []
    page_of(client, gareth, tab)
    for more in (0, 29):
        many(with_kerry, ellen, kerry, gareth, more, since=60)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, gareth, tab)
        counted.append([query["sql"][:3000] for query in asked.captured_queries])
    assert len(counted[0]) == len(counted[1]), [
        sql for sql in counted[1] if sql[:200] not in {one[:200] for one in counted[0]}
    ]
    assert len(counted[0]) <= 45


def test_a_struck_out_part_is_told_no_longer(life: Person, ellen: User, sign_in: SignIn) -> None:
    row = Involvement.objects.get(person=life, incident__account="Hands to the neck.")
    Involvement.objects.filter(pk=row.pk).update(struck_out_at=timezone.now())
    assert "Hands to the neck" not in page_of(sign_in(ellen), life, "narrative/")


def test_no_address_of_a_tab_holds_a_name(life: Person, ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).get(f"/people/{life.pk}/")
    urls = [url for _, url, _ in answer.context["tabs"]]
    assert urls[:3] == [f"/people/{life.pk}/", f"/people/{life.pk}/narrative/", f"/people/{life.pk}/with/"]
    assert not any("pollitt" in url.lower() for url in urls)


def test_who_looked_is_a_tab_for_those_who_audit(life: Person, dana: User, ellen: User, sign_in: SignIn) -> None:
    assert f"/audit/?person={life.pk}" in page_of(sign_in(dana), life)
    assert "/audit/" not in page_of(sign_in(ellen), life)


@pytest.mark.parametrize("seed", range(4))
def test_every_reader_is_told_exactly_what_stands_open_to_them(
    gareth: Person, kerry: Person, nr3: Unit, sr1: Unit, ellen: User, tom: User, priya: User, sam: User, victor: User,
    dana: User, stranger: User, seed: int,
) -> None:  # fmt: skip
    """Over generated cases, restrictions, grants, shut-outs and reasons: rows, counts and who it was with."""
    chosen, readers = random.Random(seed), (ellen, tom, priya, sam, victor, dana, stranger)
    for number in range(8):
        case = a_case(chosen.choice((nr3, sr1)), 300)
        it_happened(case, ellen, *chosen.sample((gareth, kerry), 2), days_ago=100 + number)
        for reader in readers:
            odds = chosen.random()
            if odds < 0.15:
                ShutOut.objects.create(case=case, recorded_by=priya, person=reader, reason="Related to a party.")
            elif odds < 0.3:
                name_person(case=case, person=reader)
            elif odds < 0.5:
                audit.looked(by=reader, kind=Access.Kind.REASON, what="cases.case", folder=case, reason="Next door")
        Case.objects.filter(pk=case.pk).update(restricted=chosen.random() < 0.3)
    for reader in readers:
        sight = sight_of(reader, gareth.pk)
        expected = set(Incident.objects.filter(case__in=Case.objects.open_to(reader)).values_list("pk", flat=True))
        seen = set(
            Case.objects.visible_to(reader).filter(pk__in=Incident.objects.values("case")).values_list("pk", flat=True)
        )
        assert {row.incident.pk for row in tell(sight, has_part(gareth.pk), reader).rows} == expected
        assert {*sight.open, *sight.shut} == seen
        pair = pair_of(gareth.pk, kerry.pk, sight_of(reader, gareth.pk, kerry.pk), reader)
        assert (pair.events, {row.event.incident.pk for row in pair.rows}) == (len(expected), expected)
        assert sum(other.suspect_in + other.victim_in for other in others_of(gareth.pk, sight)) == len(expected)
