"""With a hidden case and without it, a reader gets the same answer to the letter, and the database the same questions.

Byte for byte but for what is new in every answer (the token of a form, the nonce of a script); the statements in their
order, without the values in them. What tells by taking longer would show as a statement more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Posting, Unit, User
from cases.models import ShutOut
from people.models import Duplicate, SavedSearch
from people.services import watching
from people.services.weighing import suggest
from tests.attacks.planted import Planted, World, force_of, number_of, word
from tests.attacks.planting import plant
from tests.cast import client_of
from workflow import reactions

pytestmark = pytest.mark.django_db
NEW_EACH_TIME = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}'
)
SAVEPOINT = re.compile(r'"?s\d+_x\d+"?')
VALUE = re.compile(r"'(?:[^']|'')*'(?:::\w+(?:\[\])?)?|\b\d+(?:\.\d+)?\b")
ALL = ["people", "addresses", "numbers", "references", "narratives", "intelligence"]
NOBODY, NOWHERE = 87_654_321, "DA-2026-999999"
SAID_OF_IT = ("street", "account", "log", "identifier", "plate", "handle", "sanitised", "forename")
Answers = dict[str, tuple[str, list[str]]]  # by what was asked: what it says, and the shape of each statement


def letters(answer: Any, *typed: str) -> str:
    text = NEW_EACH_TIME.sub("", answer.content.decode())
    for said in typed:
        text = text.replace(said, "")
    return f"{answer.status_code} {answer.headers.get('Location', '')} {text}"


def shape(sql: str) -> str:
    """The statement without what is asked of it; a list of values is as long as it may be."""
    plain = VALUE.sub("?", SAVEPOINT.sub("savepoint", sql))
    head, values, rest = plain.partition(" VALUES (")  # nothing is a value too
    return re.sub(r"\?(?:, ?\?)+", "?", head + values + rest.replace("NULL", "?"))


def answered(client: Client, url: str, said: dict[str, Any], *typed: str) -> tuple[str, list[str]]:
    with CaptureQueriesContext(connection) as statements:
        answer = client.post(url, said) if said else client.get(url)
    return letters(answer, *typed), [shape(one["sql"]) for one in statements]


def asked(world: World, client: Client) -> Answers:
    """Every page of the two and of what is known, and searches for what only the third case knows."""
    man, woman, place = world.man.pk, world.woman.pk, world.place.pk if world.place else 0
    terms = ["14 tannery row ng5 2ab", number_of(2), "garret polit", "gaz", *(word(2, kind) for kind in SAID_OF_IT)]
    gets = [f"/people/{man}/{tab}" for tab in ("", "narrative/", "addresses/", "systems/", "with/")]
    gets += [f"/people/{woman}/with/{man}/", f"/places/{place}/", f"/briefs/person/{man}/", f"/briefs/place/{place}/"]
    gets += ["/search/saved/", "/notices/", "/team/same-person/", "/repeat-victims/", "/links/", "/links/places/3/"]
    gets += ["/links/data-quality/", "/", "/team/", "/board/", "/definitions/", f"/people/{man}/same-as/"]
    gets += [f"/people/pairs/{pair}/" for pair in Duplicate.objects.order_by("pk").values_list("pk", flat=True)[:2]]
    gets += [f"/search/saved/{saved}/" for saved in SavedSearch.objects.values_list("pk", flat=True)]
    gets += [f"/{of}{one.case.reference}/" for one in world.cases[:2] for of in ("cases/", "api/v1/case/")]
    gets += [f"/briefs/incident/{one.incident.pk}/" for one in world.cases[:2]]
    for url in gets:
        client.get(url)  # what only a first look does is done
    found = {f"search for {q}": answered(client, "/search/", {"q": q, "what": ALL}) for q in terms}
    return found | {url: answered(client, url, {}) for url in gets}


def hidden_and_nobody(one: Planted) -> Iterator[tuple[str, str]]:
    """The addresses of what is hidden, each with the same address of what there is not."""
    for pattern, pk in (
        ("/people/{}/", one.own.pk), ("/people/{}/narrative/", one.own.pk), ("/people/{}/same-as/", one.own.pk),
        ("/places/{}/", one.home.pk), ("/briefs/person/{}/", one.own.pk), ("/briefs/place/{}/", one.home.pk),
        ("/briefs/incident/{}/", one.incident.pk), ("/briefs/call/{}/", one.call.pk),
        ("/work/incident/{}/", one.incident.pk), ("/work/call/{}/", one.call.pk),
        ("/api/v1/incident/{}/", one.incident.pk), ("/intelligence/{}/", one.intelligence.pk),
        ("/api/v1/intelligence/{}/", one.intelligence.pk), ("/emergency/people/{}/", one.own.pk),
    ):  # fmt: skip
        yield pattern.format(pk), pattern.format(NOBODY)
    for pattern in ("/cases/{}/", "/cases/{}/reason/", "/cases/{}/systems/", "/cases/{}/looks/", "/api/v1/case/{}/"):
        yield pattern.format(one.case.reference), pattern.format(NOWHERE)


# --- who reads, and what is hidden from them -------------------------------------------------------------------------------


def of_force(thin: bool, units: list[Unit], by: User) -> World:
    """Two cases of the team that everybody who works there sees; a pair of people to be judged between them."""
    found = force_of(units, by, {})
    for _ in range(2):
        plant(found, "investigation", 0, thin=thin)
    cases = {one.twin.pk: one.case.pk for one in found.cases}
    suggest(cases, by=by, reason="The neighbour says so.", unit=units[0])
    return found


def a_case_that_shuts_them_out(world: World, user: User) -> Planted:
    one = plant(world, "investigation", 0)
    ShutOut.objects.create(case=one.case, person=user, reason="Related.", recorded_by=world.by)
    return one


def a_restricted_case(world: World, user: User) -> Planted:
    return plant(world, "investigation", 0, restricted=True)


def reader(world: World, role: str, unit: Unit) -> User:
    """Whoever has the role, over the team too; they watch for the man, and were told of what there is."""
    who = next(told.user for told in world.staff if told.role == role)
    Posting.objects.create(user=who, role=role, unit=unit, from_at=timezone.now() - timedelta(days=1))
    SavedSearch.objects.create(
        owner=who, name="him", why="x", q="gareth pollitt", forename="gareth", surname="pollitt", kinds=["people"]
    )
    for _ in range(2):
        heard()
    return who


def heard() -> None:
    watching.sweep(timezone.now())
    reactions.run_due(timezone.now())


Hide = Callable[[World, User], Planted]
#: Restricted is told of to those who would work it, by the marker and by nothing else: they are not asked here.
HIDDEN: list[tuple[str, Hide, bool]] = [
    ("officer", a_case_that_shuts_them_out, True), ("sergeant", a_case_that_shuts_them_out, False),
    ("intelligence_officer", a_case_that_shuts_them_out, True), ("analyst", a_restricted_case, True),
]  # fmt: skip


@pytest.mark.requirement("S3-187")
@pytest.mark.parametrize(("role", "hide", "thin"), HIDDEN, ids=[f"{row[0]} {row[1].__name__}" for row in HIDDEN])
def test_answers_and_questions_are_as_if_the_hidden_case_were_not(
    role: str, hide: Hide, thin: bool, nr3: Unit, sr1: Unit, force: Unit, ellen: User
) -> None:
    world = of_force(thin, [nr3, sr1, force], ellen)
    who = reader(world, role, nr3)
    client, moment = client_of(who), timezone.now() + timedelta(minutes=5)
    with time_machine.travel(moment, tick=False):
        before = asked(world, client)
    one = hide(world, who)
    cases = {world.cases[0].twin.pk: world.cases[0].case.pk, one.twin.pk: one.case.pk}
    suggest(cases, by=ellen, reason="The neighbour says so.", unit=nr3, score=120)
    heard()
    with time_machine.travel(moment, tick=False):
        after = asked(world, client)
    different = [name for name in before if before[name][0] != after[name][0]]
    assert not different, "another answer"
    slower = [name for name in before if before[name][1] != after[name][1]]
    assert not slower, "other statements"
    with time_machine.travel(moment, tick=False):
        for there, nowhere in hidden_and_nobody(one):
            found = [answered(client, url, {}, url, one.case.reference, NOWHERE) for url in (there, nowhere)]
            assert found[0] == found[1], there
