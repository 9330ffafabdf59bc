"""Intelligence by the words that stand in it: a kind of the one search, for those roles alone who may read it.

The original is searched for those who may read the original: for anybody else a hit would tell what is in it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Intelligence
from cases.models.intelligence import SANITISED, reads_original
from cases.services.narratives import LANGUAGE, query_of
from people.kinds import Asked, Hit, Hits, Piece, SearchKind, newest_of

NAME, EXCERPT = "intelligence", 240  # characters of the sanitised text in a row of the answer
TOLD = ("recorded_at", "plain", "sanitised", "source", "assessment", "handling", "case_id", "case__reference")


def matching(asked: Asked, user: User) -> Any:
    """The entries that have the words and that the person may read, of cases that stand open to them; None where nothing
    was asked. Indexes: intelligence_sanitised_words, intelligence_original_words.
    """
    query = query_of(asked)
    if query is None:
        return None
    rows = with_words(Intelligence.objects.visible_to(user))
    rows = rows.filter(case__in=Case.objects.open_to(user).order_by().values("pk"))
    in_sanitised = Q(sanitised_words=query)
    found = rows.filter(in_sanitised | Q(original_words=query) & reads_original(user))
    return found.annotate(plain=ExpressionWrapper(in_sanitised, output_field=BooleanField()))


def with_words(rows: Any) -> Any:
    """Those that stand, with the words of both their texts as the indexes hold them."""
    return rows.standing().exclude(state=Intelligence.State.STRUCK).annotate(
        sanitised_words=SearchVector("sanitised", config=LANGUAGE),
        original_words=SearchVector("original", config=LANGUAGE),
    )  # fmt: skip


def told_in(cases: Any, asked: Asked) -> list[Any]:
    """Of the entries of the cases of this condition those that have the words, in either text. For the tripwire alone."""
    query = query_of(asked)
    if query is None:
        return []
    return [with_words(Intelligence.objects.filter(cases)).filter(Q(sanitised_words=query) | Q(original_words=query))]


def rows(asked: Asked, user: User) -> list[Any]:
    found = matching(asked, user)
    return [] if found is None else [found]


def find(asked: Asked, user: User, after: str) -> Hits:
    """The newest first; what is shown of each is the sanitised text, whichever text it was found in. One statement."""
    found = matching(asked, user)
    if found is None:
        return Hits()
    told, on = newest_of({NAME: found}, TOLD, after)
    return Hits([_hit(row) for row in told], on)


def _hit(row: Any) -> Hit:
    _name, pk, at, plain, sanitised, source, assessment, handling, case, reference = row
    why = _("These words stand in it") if plain else _("These words stand in the original")
    title = f"{_('Intelligence')} {source} {assessment} {handling}, {reference}"
    pieces = [Piece(sanitised[:EXCERPT] or _("Not sanitised yet"))]
    return Hit(pk, title, reverse("intelligence", args=[pk]), why, at, case, reference, pieces=pieces)


def is_words(asked: Asked) -> bool:
    """Not shown unasked, as narratives are not."""
    return False


KIND = SearchKind(NAME, "Intelligence", 60, find, rows, is_words, who=SANITISED)
