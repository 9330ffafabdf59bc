"""What was told, by the words that stand in it: accounts of incidents, what callers said, people's own words.

Not searched: safe contact (the code word above all), what makes somebody safe and where they were taken, what they want
and fear, what a child saw, reasons and reviews. They are read on the record, by whoever opens it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db.models import BooleanField, Case, Exists, F, Func, OuterRef, Q, Subquery, TextField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Call, Incident, Involvement
from cases.models import Case as Folder
from people.kinds import Asked, Fresh, Hit, Hits, Piece, SearchKind, Watch, newest_of
from people.models import SavedSearch
from people.services.watching import answered_by, fresh_of

NAME, LANGUAGE = "narratives", "english"
#: Round what was asked for, within a snippet: characters that no form lets in.
FROM, TO, BETWEEN = "\ue000", "\ue001", " … "
#: {table: (its column, what a page calls it)}. Indexes: incident_account_words, call_said_words, involvement_own_words.
SOURCES: dict[str, tuple[Any, str, str]] = {
    "incident": (Incident, "account", N_("Account of the incident")),
    "call": (Call, "said", N_("What the caller said")),
    "words": (Involvement, "own_words", N_("In their own words")),
}


def query_of(asked: Asked) -> SearchQuery | None:
    """The words that are looked for, as people type them: "quoted words", or, -without. None where there is none."""
    said = asked.q.replace("\0", "")
    return SearchQuery(said, config=LANGUAGE, search_type="websearch") if re.search(r"[^\W\d_]{2}", said) else None


def sources(asked: Asked, user: User) -> dict[str, Any]:
    return told_in(Q(case__in=Folder.objects.read_by(user).order_by().values("pk")), asked)


def told_in(cases: Any, asked: Asked) -> dict[str, Any]:
    """{table: those of its rows, of the cases of this condition, in which the words stand}."""
    query = query_of(asked)
    if query is None:
        return {}
    found = {}
    for name, (model, column, _label) in SOURCES.items():
        told = model.objects.standing().filter(cases).annotate(told=SearchVector(column, config=LANGUAGE))
        found[name] = told.filter(told=query)
    return found


def rows(asked: Asked, user: User) -> list[Any]:
    return list(sources(asked, user).values())


def find(asked: Asked, user: User, after: str) -> Hits:
    """The newest first. The words round what was found are read only where the case stands open. One statement."""
    query: Any = query_of(asked)  # None has no sources
    asked_of = {}
    for name, found in sources(asked, user).items():
        column = SOURCES[name][1]
        open_now = Exists(Folder.objects.open_to(user).filter(pk=OuterRef("case_id")))
        snippet = SearchHeadline(
            column, query, config=LANGUAGE, start_sel=FROM, stop_sel=TO, fragment_delimiter=BETWEEN, max_fragments=2,
            max_words=24, min_words=12,
        )  # fmt: skip
        read = Case(When(opened=True, then=snippet), default=Value(""), output_field=TextField())
        of = F("pk") if name != "words" else F("incident_id")
        asked_of[name] = found.annotate(opened=open_now, read=read, of=of)
    told, on = newest_of(asked_of, ("recorded_at", "opened", "read", "of", "case_id", "case__reference"), after)
    return Hits([hit_of(row) for row in told], on)


def hit_of(row: Any) -> Hit:
    name, pk, at, opened, read, of, case, reference = row
    table = "call" if name == "call" else "incident"
    label = _(SOURCES[name][2])
    why = _("These words stand in it") if opened else _("Words of it match. Say why you need it, and it opens")
    url = reverse("record", args=[table, of])
    return Hit(pk, f"{label}, {reference}", url, why, at, case, reference, pieces=pieces_of(read), closed=not opened)


def pieces_of(read: str) -> list[Piece]:
    """The snippet cut where what was asked for begins and ends; it is shown as words, whatever stands in it."""
    found = []
    for part in read.split(FROM):
        marked, ended, rest = part.partition(TO)
        found += [Piece(marked, marked=True), Piece(rest)] if ended else [Piece(part)]
    return [piece for piece in found if piece.words]


def fresh(table: str, after: int, limit: int) -> list[Fresh]:
    """What was told since, that holds the words of a saved search.

    What is being written is looked at again while it is among the newest: an account comes after its record.
    """
    model, column, _label = SOURCES[table]
    asked = Func(Value(LANGUAGE), F("q"), template="websearch_to_tsquery(%(expressions)s)", arg_joiner="::regconfig, ")
    # a question of its own, so that the words of a record are parted once and not for each search
    row = model._base_manager.filter(pk=OuterRef(OuterRef("pk")))
    told = Subquery(row.annotate(told=SearchVector(column, config=LANGUAGE)).values("told"))
    holds = Func(told, asked, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())
    searches = SavedSearch.objects.alias(holds=holds).filter(holds=True)
    return fresh_of(model, answered_by(searches, NAME, f"{NAME}.{table}"), after, limit)


def watches() -> list[Watch]:
    return [Watch(f"{NAME}.{table}", SOURCES[table][0], partial(fresh, table)) for table in SOURCES]


def is_words(asked: Asked) -> bool:
    """Not shown unasked: what somebody types first is a name, and names stand in every account."""
    return False


KIND = SearchKind(NAME, "Narratives", 50, find, rows, is_words, watches=watches)
