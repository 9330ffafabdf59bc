"""Who is new in whose life is said by what somebody wrote down too, before anything has happened between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Case
from people.models import Link, PartialDay, Person
from people.models.span import span_columns
from tests.cases.lives import a_case, gareth, kerry, leanne, life, with_kerry, with_leanne
from tests.cases.test_history_of_person import page_of
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
__all__ = ["gareth", "kerry", "leanne", "life", "with_kerry", "with_leanne"]
SignIn = Callable[[User | None], Client]


@pytest.fixture
def newest(nr3: Unit) -> Case:
    """A case that learned who lives with whom; nobody was harmed in it."""
    return a_case(nr3, 20)


def test_who_is_said_to_be_his_partner_is_new_in_his_life_before_anything_happened(
    life: Person, newest: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    """Whom Clare's Law is for: a link with a date, or written down lately, and no incident yet."""
    ruby, ada = known(newest, ellen, "Ruby", "Farrow"), known(newest, ellen, "Ada", "Farrow")
    lately = timezone.localdate() - timedelta(days=60)
    since = span_columns(PartialDay(lately.year, lately.month))
    learned(Link, newest, life, ellen, other=ruby, tie="partner", **since)
    learned(Link, newest, ada, ellen, other=life, tie="lives_with")
    said = page_of(sign_in(ellen), life)
    new = said[said.index('id="new"') :]
    assert "<strong>Ruby Farrow</strong>, partner" in new and f"since {lately:%B %Y}" in new
    assert "<strong>Ada Farrow</strong>, lives in the same home" in new
    assert newest.pk in Access.objects.filter(what=f"people.person:{life.pk}", by=ellen).latest("pk").hits
    Case.objects.filter(pk=newest.pk).update(restricted=True)
    assert "Ruby" not in page_of(sign_in(tom), life)


def test_neither_who_left_nor_family_written_down_late_nor_whom_he_has_long_known_is_new(
    life: Person, kerry: Person, newest: Case, ellen: User, sign_in: SignIn
) -> None:
    maud, iris, nora = (known(newest, ellen, name, "Farrow") for name in ("Maud", "Iris", "Nora"))
    learned(Link, newest, maud, ellen, other=life, tie="parent")
    learned(Link, newest, life, ellen, other=iris, tie="former")
    learned(Link, newest, life, ellen, other=nora, tie="partner", **span_columns(PartialDay(2015)))
    learned(Link, newest, life, ellen, other=kerry, tie="partner")
    said = page_of(sign_in(ellen), life)
    new = said[said.index('id="new"') :]
    new = new[: new.index("</section>")]
    assert not any(name in new for name in ("Maud", "Iris", "Nora", "Kerry")) and "Leanne" in new
