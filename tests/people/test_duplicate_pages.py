"""The pages on which a pair is suggested, compared, merged and made two again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from people.models import DuplicateSign, Telephone
from supervision.queues.declared import DUPLICATES
from tests.cast import shut_out, text_of
from tests.people.merging import SURE, merged, parted, suggested, twice
from tests.people.population import learned

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def test_a_supervisor_sees_both_side_by_side_and_the_counts_before_the_button(
    hannahs_case: Case, second: Case, ellen: User, priya: User, sign_in: SignIn
) -> None:
    both = twice(hannahs_case, second, ellen)
    pair = suggested(hannahs_case, second, both, ellen)
    client = sign_in(priya)
    said = text_of(client.get(f"/people/pairs/{pair.pk}/"))
    for words in (
        "Day and month swapped",
        "Nearly agrees",
        "What a merge would change",
        hannahs_case.reference,
        second.reference,
    ):
        assert words in said
    step = f"/work/duplicate/{pair.pk}/merge/"
    assert "What is counted" in client.get(step).content.decode()
    answer = client.post(step, {**SURE, "seen": pair.version, "token": "m" * 32})
    assert (answer.status_code, answer["Location"]) == (302, f"/people/pairs/{pair.pk}/")
    after = client.get(f"/people/pairs/{pair.pk}/").content.decode()
    assert "If they are made two again" in after
    assert client.post(step, {**SURE, "seen": pair.version, "token": "n" * 32}).status_code == 409


def test_the_page_that_undoes_asks_what_nobody_can_tell(
    hannahs_case: Case, second: Case, nr3: Unit, ellen: User, priya: User, sign_in: SignIn
) -> None:
    both = twice(hannahs_case, second, ellen)
    pair = merged(suggested(hannahs_case, second, both, ellen), priya)
    new = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    fact = learned(Telephone, new, both[0], ellen, number="07700 900333")
    client, step = sign_in(priya), f"/work/duplicate/{pair.pk}/undo/"
    page = client.get(step).content.decode()
    code = f"people.telephone.person:{fact.pk}"
    assert f'value="{code}"' in page and "Goes back to number" in page
    answer = client.post(step, {"reason": "no", "goes": [code], "seen": pair.version, "token": "o" * 32})
    assert answer.status_code == 422 and f'value="{code}" checked' in text_of(answer)
    client.post(step, {"reason": "His brother, after all.", "goes": [code], "seen": pair.version, "token": "p" * 32})
    fact.refresh_from_db()
    assert fact.person_id == both[1].pk


def test_an_address_that_somebody_kept_leads_to_the_record_that_has_the_facts(
    hannahs_case: Case, second: Case, ellen: User, priya: User, victor: User, ruth: User, tom: User, sign_in: SignIn
) -> None:
    kept, gone = twice(hannahs_case, second, ellen)
    pair = merged(suggested(hannahs_case, second, (kept, gone), ellen), priya)
    answer = sign_in(ellen).get(f"/people/{gone.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{kept.pk}/")
    shut_out(second, tom, ruth)
    assert sign_in(tom).get(f"/people/{kept.pk}/").status_code == 200
    assert sign_in(tom).get(f"/people/{gone.pk}/").status_code == 404, "he may not know that there was another"
    parted(pair, priya)
    assert sign_in(ellen).get(f"/people/{gone.pk}/").status_code == 200


def test_an_officer_says_that_two_may_be_one_and_a_supervisor_finds_it(
    hannahs_case: Case, second: Case, ellen: User, priya: User, sign_in: SignIn
) -> None:
    kept, gone = twice(hannahs_case, second, ellen)
    url = f"/people/{kept.pk}/same-as/"
    client = sign_in(ellen)
    assert f'value="{gone.pk}"' in client.get(url).content.decode()
    why = "He told me that it is him."
    assert client.post(url, {"reason": why}).status_code == 422
    assert client.post(url, {"other": gone.pk, "reason": ""}).status_code == 422
    assert client.post(url, {"other": kept.pk, "reason": why}).status_code == 422
    assert client.post(url, {"other": 987654, "reason": why}).status_code == 404
    found = client.post(url, {"name": "garreth polit", "find": "1", "reason": why})
    assert found.status_code == 200 and why in found.content.decode()
    answer = client.post(url, {"other": gone.pk, "reason": why, "token": "q" * 32})
    assert answer.status_code == 302
    assert DUPLICATES.rows(priya).get().recorded_by == ellen
    assert DuplicateSign.objects.count() == 1
    assert sign_in(priya).get(answer["Location"]).status_code == 200


def test_a_pair_that_one_may_not_see_is_a_page_that_never_was(
    hannahs_case: Case, second: Case, ellen: User, victor: User, stranger: User, sign_in: SignIn
) -> None:
    pair = suggested(hannahs_case, second, twice(hannahs_case, second, ellen), ellen)
    for who in (victor, stranger):
        for url in (f"/people/pairs/{pair.pk}/", f"/work/duplicate/{pair.pk}/merge/"):
            assert sign_in(who).get(url).status_code == 404
    assert sign_in(ellen).get("/people/pairs/999999/").status_code == 404
    assert sign_in(ellen).get("/team/same-person/").status_code == 403


def test_the_navigation_says_of_one_page_that_one_is_there(priya: User, sign_in: SignIn) -> None:
    page = sign_in(priya).get("/team/same-person/")
    entries = page.context["frame"]["navigation"]
    links = [link for entry in entries for link in getattr(entry, "links", [entry])]
    assert [link.url for link in links if link.is_here] == ["/team/same-person/"]
