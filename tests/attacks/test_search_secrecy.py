"""Whatever the cases, grants, cover, emergency openings and shut-outs: no page, file or paper tells what is hidden.

Every case has a word of each kind that stands nowhere else (`planted`). Each role asks everything; a word may come back
only where the rule, written out anew in the test, says so; and what must be found is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Case
from people.models import Duplicate, SavedSearch
from people.services import watching
from people.services.weighing import suggest
from reporting import services as papers
from reporting.models import Document
from supervision.models import Notice
from tests.attacks.planted import (
    ROLES,
    TIES,
    Level,
    Told,
    World,
    force_of,
    number_of,
    tied,
    word,
)
from tests.attacks.planting import plant
from tests.cast import client_of
from workflow import reactions
from workflow.models import Refused

pytestmark = pytest.mark.django_db
PLAIN = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True)
KINDS = ["people", "addresses", "numbers", "references", "narratives", "intelligence"]
PEOPLE = st.integers(0, len(ROLES) - 1)
#: A unit, from and until how many days from now: cover that is over, that runs, that is to come.
COVER = st.tuples(st.integers(0, 2), st.sampled_from((-9, 5)), st.sampled_from((None, -1, 9)))
DRAWN = st.fixed_dictionaries({
    "cases": st.lists(
        st.fixed_dictionaries({
            "kind": st.sampled_from(["investigation"] * 4 + Case.Kind.values), "unit": st.integers(0, 2),
            "restricted": st.booleans(), "ties": st.dictionaries(PEOPLE, st.sampled_from(TIES), min_size=6, max_size=16),
        }),
        min_size=3, max_size=5,
    ),
    "cover": st.dictionaries(PEOPLE, COVER.filter(lambda post: post[2] is None or post[2] > post[1]), max_size=9),
})  # fmt: skip


@pytest.fixture
def units(nr3: Unit, sr1: Unit, force: Unit) -> list[Unit]:
    return [nr3, sr1, force]


def made(drawn: dict[str, Any], units: list[Unit], by: User) -> World:
    """The force as it was drawn; everybody watches for the man, for the numbers and for what was told."""
    world = force_of(units, by, drawn["cover"])
    for told in world.staff:
        SavedSearch.objects.create(
            owner=told.user,
            name="him",
            why="x",
            q="gareth pollitt",
            forename="gareth",
            surname="pollitt",
            kinds=["people"],
        )
    watching.sweep(timezone.now())
    for said in drawn["cases"]:
        one = plant(world, said["kind"], said["unit"], restricted=said["restricted"])
        for number, tie in said["ties"].items():
            tied(one, world.staff[number], tie, by)
    for first, second in zip(world.cases, world.cases[1:], strict=False):
        cases = {first.twin.pk: first.case.pk, second.twin.pk: second.case.pk}
        suggest(cases, by=User.objects.system(), reason="The neighbour says so.", unit=first.case.unit)
    watching.sweep(timezone.now())
    reactions.run_due(timezone.now())
    return world


# --- every surface: what is asked, and what of it the page says again ------------------------------------------------------

Asked = tuple[str, str, Any, str]  # name, text, context, what was typed


def ask(client: Client, url: str, **said: Any) -> tuple[str, Any]:
    answer = client.post(url, said) if said else client.get(url)
    assert answer.status_code < 500, url
    text = answer.content.decode() if not answer.streaming else ""
    return text + answer.headers.get("Location", ""), answer


def searches(world: World, client: Client) -> Iterator[Asked]:
    """The one search: by the names that all share, and by the words of the newest case."""
    newest = world.cases[-1].number
    terms = ["gareth pollitt", "kerry dunmore", "14 tannery row ng5 2ab", number_of(newest)]
    terms += [word(newest, kind) for kind in ("surname", "street", "account", "sanitised", "log")]
    for q in terms:
        text, answer = ask(client, "/search/", q=q, what=KINDS)
        yield f"search for {q}", text, answer.context, q


def pages(world: World, client: Client, few: bool = False) -> Iterator[Asked]:
    """Pages of people, of two people, of places, briefs."""
    man, woman, place = world.man.pk, world.woman.pk, world.place.pk if world.place else 0
    urls = [f"/people/{man}/", f"/people/{woman}/with/{man}/", f"/places/{place}/", f"/briefs/person/{man}/"]
    if not few:
        urls += [f"/people/{man}/{tab}/" for tab in ("narrative", "with", "addresses", "systems")]
        urls += [
            f"/briefs/place/{place}/",
            "/search/saved/",
            "/team/same-person/",
            "/notices/",
            "/",
            "/team/",
            "/links/",
        ]
        urls += ["/links/data-quality/", "/links/places/3/", "/links/places/more/", "/repeat-victims/"]
        urls += ["/repeat-victims/plans/", "/board/", "/bureau/", "/audit/unusual/", f"/people/{man}/same-as/"]
        urls += [f"/search/saved/{saved}/" for saved in SavedSearch.objects.values_list("pk", flat=True)[:1]]
        urls += [f"/people/pairs/{pair}/" for pair in Duplicate.objects.values_list("pk", flat=True)]
        urls += [f"/emergency/people/{man}/", "/definitions/", "/links/file/", "/links/shared-suspects/2/"]
    for url in urls:
        text, answer = ask(client, url)
        yield url, text, answer.context, ""


def of_cases(world: World, client: Client) -> Iterator[Asked]:
    """What lies in each case, by its own address: page, records, briefs, people, place, and the API."""
    for one in world.cases:
        reference, case = one.case.reference, f"/cases/{one.case.reference}/"
        urls = [case, f"{case}?panel=systems", f"{case}?panel=intelligence", f"{case}systems/", f"{case}looks/"]
        urls += [f"/work/incident/{one.incident.pk}/", f"/work/call/{one.call.pk}/", f"/briefs/call/{one.call.pk}/"]
        urls += [f"/briefs/incident/{one.incident.pk}/", f"/people/{one.own.pk}/", f"/places/{one.home.pk}/"]
        urls += [f"/people/{one.own.pk}/with/{world.man.pk}/", f"/briefs/place/{one.home.pk}/"]
        urls += [f"/intelligence/{one.intelligence.pk}/", f"/api/v1/case/{reference}/"]
        urls += [f"/api/v1/incident/{one.incident.pk}/", f"/api/v1/call/{one.call.pk}/"]
        urls += [f"/api/v1/intelligence/{one.intelligence.pk}/"]
        for url in urls:
            text, answer = ask(client, url)
            yield url, text, answer.context, reference  # whoever asks by a reference has it already
    for table in ("case", "incident", "call", "intelligence", "task"):
        text, answer = ask(client, f"/api/v1/{table}/")
        yield f"the list of {table} of the API", text, answer.context, ""


def prints(world: World, who: Told) -> Iterator[Asked]:
    """The papers as the worker draws them, before they are laid out: nothing is on the page that is not in the text."""
    asked: list[tuple[str, Document | None]] = []
    for people in ((world.man.pk,), (world.woman.pk, world.man.pk)):
        try:
            asked.append((f"paper about {len(people)}", papers.ask_about(*people, by=who.user)[0]))
        except Refused:
            continue
    for one in world.seen(who, Level.OPEN):
        for kind in (Document.Kind.CASE_FILE, Document.Kind.BRIEF):
            asked.append(
                (f"{kind} of case {one.number}", papers.ask_for_document(case=one.case, by=who.user, kind=kind)[0])
            )
    for name, document in asked:
        yield name, (papers.read(document) if document else None) or "", None, ""


def everything(world: World, who: Told) -> Iterator[Asked]:
    client = client_of(who.user)
    yield from searches(world, client)
    yield from pages(world, client)
    yield from of_cases(world, client)
    yield from prints(world, who)


def holds_nothing_hidden(world: World, who: Told, asked: Iterator[Asked]) -> None:
    for name, text, _context, typed in asked:
        assert not world.leaks(text, who, typed, auditing=name.startswith("/audit/")), name


# --- and what must be there is there ---------------------------------------------------------------------------------------


def finds_what_is_theirs(world: World, who: Told) -> None:
    """As many as they may see and no fewer: a product that hides everything fails."""
    client, seen = client_of(who.user), world.seen(who)
    _text, answer = ask(client, "/search/", q="gareth pollitt", what=KINDS)
    found = answer.context["found"]
    mine = {world.man.pk, *(one.twin.pk for one in seen)} if seen else set()
    assert {match.person_id for match in found.matches} == mine, who.role
    assert found.total == len(mine), who.role
    text, answer = ask(client, f"/people/{world.man.pk}/")
    assert answer.status_code == (200 if seen else 404), who.role
    for one in world.cases:
        level = world.level(one, who)
        assert (word(one.number, "alias").lower() in text.lower()) == (level >= Level.KNOWN), (who.role, one.number)
        assert (word(one.number, "street").lower() in text.lower()) == (level >= Level.OPEN), (who.role, one.number)
        if level != Level.NOTHING:  # whoever would go to the door is warned, whatever is hidden
            assert (word(one.number, "danger") in text) == bool(seen and (level > Level.KNOWN or level == Level.WARNED))
    assert Notice.objects.filter(person=who.user, text__contains="search that you saved").exists() == bool(seen), (
        who.role
    )


@pytest.mark.requirement("S3-187")
@settings(PLAIN, max_examples=1)
@given(drawn=DRAWN)
def test_every_role_finds_what_is_theirs_and_nothing_hidden(
    drawn: dict[str, Any], units: list[Unit], ellen: User
) -> None:
    with transaction.atomic():
        world = made(drawn, units, ellen)
        for who in world.staff:
            finds_what_is_theirs(world, who)
            holds_nothing_hidden(world, who, pages(world, client_of(who.user), few=True))
        transaction.set_rollback(True)


@pytest.mark.long
@settings(PLAIN, max_examples=1)  # some minutes each: the plainest force, without cover, is the other test's
@given(drawn=DRAWN.filter(lambda drawn: len(drawn["cover"]) > 2))
def test_no_page_file_or_paper_tells_any_role_what_is_hidden(
    drawn: dict[str, Any], units: list[Unit], ellen: User
) -> None:
    with transaction.atomic():
        world = made(drawn, units, ellen)
        for who in world.staff:
            finds_what_is_theirs(world, who)
            holds_nothing_hidden(world, who, everything(world, who))
        transaction.set_rollback(True)
