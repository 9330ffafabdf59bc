"""Saved searches: keep one, end one, and find out whom to tell when there is a new answer.

Nothing is searched again for each of them. The sweep goes once through the rows recorded since it last came by, table by
table, and asks of each which saved searches it answers: those whose owner may open its case now, and was not told. What a
history import brought is old and no news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from audit import services as audit
from people.kinds import KINDS, PEOPLE, Asked, Fresh, Watch
from people.models import Birth, PersonName, SavedHit, SavedSearch, SearchWatch
from people.models.saved import MOST, as_text
from people.services.likeness import DIFFERENT, name_likeness, words_in
from people.services.nearness import birth_likeness
from workflow import reactions
from workflow.models import Refusal, Refused, folder_model

BATCH = 500
#: A row may become visible after one with a higher id: so many are looked at again, and told once (`SavedHit`).
AGAIN = 200
#: Nor is a row passed that is younger: one with a lower id may still be on its way, beside an import that draws thousands.
SETTLED = timedelta(minutes=2)
FOUND, KEPT, ENDED = "saved-search.found", "saved-search.keep", "saved-search.end"
NEVER = N_("No alert can come for what you look for, so it is not saved. Search again yourself.")
TOO_MANY = "You keep %(most)s searches already. End one that you no longer need."


@transaction.atomic
def save(
    *, owner: User, name: str, why: str, asked: Asked, kinds: Collection[str], shown: Iterable[int]
) -> SavedSearch:
    """Keep a search. `shown`: the people it finds now, who are no news. Raises Refused where too many are kept, and
    where none of the kinds could ever have news of it.
    """
    if not tells_of(asked, owner) & set(kinds):
        raise Refused(Refusal.GUARD, NEVER)
    if SavedSearch.objects.kept_by(owner).count() >= MOST:
        raise Refused(Refusal.GUARD, TOO_MANY % {"most": MOST})
    sought = asked.sought
    kept = SavedSearch.objects.create(
        owner=owner, name=name, why=why, q=asked.q, forename=sought.forename, surname=sought.surname,
        born=as_text(asked.born), place=asked.where, kinds=sorted(kinds),
    )  # fmt: skip
    known = {(PEOPLE, person) for person in shown} | found_already(kept)
    SavedHit.objects.bulk_create(SavedHit(search=kept, kind=kind, key=key) for kind, key in sorted(known))
    said = {"name": [None, name], "terms": [None, str(asked)], "why": [None, why], "kinds": [None, sorted(kinds)]}
    write_down(KEPT, kept, owner, kept.saved_at, said, "collection")
    return kept


def found_already(kept: SavedSearch) -> set[tuple[str, int]]:
    """(kind, key) of what the sweep would tell of the rows it looks at again: it was there when the search was saved."""
    swept = dict(SearchWatch.objects.values_list("kind", "upto"))
    return {
        (watch.name, row.key)
        for watch in watched() if watch.name.partition(".")[0] in kept.kinds
        for row in watch.fresh(swept.get(watch.name, newest_row(watch.model)) - AGAIN, BATCH + AGAIN)
        if kept.pk in row.searches
    }  # fmt: skip


def tells_of(asked: Asked, user: User) -> set[str]:
    """The kinds of which somebody who saves this can ever be told: who have news, of what could be one."""
    names = {kind.name for kind in KINDS.values() if kind.watches() and kind.rows(asked, user)}
    return names | ({PEOPLE} if asked.sought.named else set())


def likely(asked: Asked) -> set[str]:
    """What somebody means who ticked nothing: people where they could be, and what the words look like."""
    names = {kind.name for kind in KINDS.values() if kind.likely(asked)}
    return names | ({PEOPLE} if not names or (asked.sought.answerable and not asked.is_number) else set())


@transaction.atomic
def end(*, search: SavedSearch, by: User, at: datetime) -> None:
    """No longer kept: its owner is told of nothing more. The row stays, for whoever audits."""
    if SavedSearch.objects.filter(pk=search.pk, ended_at__isnull=True).update(ended_at=at):
        write_down(ENDED, search, by, at, {}, "alteration")


def write_down(name: str, subject: Any, by: User, at: datetime, changes: dict[str, Any], operation: str) -> Any:
    return audit.record(
        name=name, operation=operation, subject=subject, folder=None, by=by, at=at, changes=changes
    )  # fmt: skip


def answered_by(searches: Any, kind: str, watch: str, key: str = "pk") -> Any:
    """Those of the searches that may be told of the row that is asked about: kept, of this kind, by somebody else than
    whoever recorded it, who may open its case now, and was not told before. `watch`, `key`: the name and the column by
    which it is told once.
    """
    case = folder_model().objects.filter(pk=OuterRef(OuterRef("case_id")))
    tells_who = kind == PEOPLE
    seen = case.visible_to_each(OuterRef("owner_id")) if tells_who else case.read_by_each(OuterRef("owner_id"))
    told = SavedHit.objects.filter(search=OuterRef("pk"), kind=watch, key=OuterRef(OuterRef(key)))
    searches = searches.live().filter(kinds__contains=[kind]).exclude(owner=OuterRef("recorded_by_id"))
    return searches.filter(Q(Exists(seen)), ~Q(Exists(told))).order_by().values("pk")


_OLD: list[Callable[[], Q]] = []


def never_news(condition: Callable[[], Q]) -> None:
    """Say which rows, of whatever table that belongs to cases, nobody is told of."""
    _OLD[:] = [condition]


def since(rows: Any, after: int) -> Any:
    """Those of the rows after that id that are news, in order."""
    rows = rows.filter(pk__gt=after, struck_out_at__isnull=True).order_by("pk")
    return rows.filter(~_OLD[0]()) if _OLD else rows


def fresh_of(model: Any, searches: Any, after: int, limit: int, key: str = "pk") -> list[Fresh]:
    """The rows after that id in order, each with the searches that it answers. One statement."""
    rows = since(model.objects, after).annotate(told=ArraySubquery(searches))
    return [Fresh(pk, found, list(told)) for pk, found, told in rows.values_list("pk", key, "told")[:limit]]


def fresh_like(
    kind: str, watch: str, rows: Any, columns: tuple[str, ...], typed: Callable[[Asked], Any],
    holds: Callable[..., bool], after: int, limit: int,
) -> list[Fresh]:  # fmt: skip
    """The same, where a few columns tell: `typed` is what the search itself makes of what was asked, nothing where it can
    be none; `holds` says whether the columns of a row answer that. Three statements, the last only where one does.
    """
    found = list(since(rows, after).values_list("pk", *columns)[:limit])
    kept = SavedSearch.objects.live().filter(kinds__contains=[kind]) if found else []
    asked = {search.pk: part for search in kept if (part := typed(asked_in(search)))}
    like = {pk: {search for search, part in asked.items() if holds(part, *said)} for pk, *said in found}
    wanted = {search for searches in like.values() for search in searches}
    told: dict[int, list[int]] = {}
    if wanted:
        searches = answered_by(SavedSearch.objects.filter(pk__in=wanted), kind, watch)
        answering = rows.filter(pk__in=[pk for pk in like if like[pk]]).annotate(told=ArraySubquery(searches))
        told = dict(answering.values_list("pk", "told"))
    return [Fresh(pk, pk, [search for search in told.get(pk, ()) if search in like[pk]]) for pk in like]


def asked_in(search: SavedSearch) -> Asked:
    return Asked(search.q, search.partial_day, search.place)


def newest_row(model: Any, by: datetime | None = None) -> int:
    """The id of the newest row; with `by`, of the newest recorded by then."""
    rows = model._base_manager.filter(recorded_at__lte=by) if by else model._base_manager
    return int(rows.aggregate(last=Max("pk"))["last"] or 0)


def fresh_people(after: int, limit: int) -> list[Fresh]:
    """Names recorded since that sound like, or hold, the names that are looked for; then compared as the search does."""
    like = Q(surname_sounds__overlap=OuterRef("sounds")) | Q(surname="", forename_sounds__overlap=OuterRef("sounds"))
    searches = answered_by(SavedSearch.objects.filter(like), PEOPLE, PEOPLE, "person_id")
    return really_like(fresh_of(PersonName, searches, after, limit, "person_id"))


def really_like(found: list[Fresh]) -> list[Fresh]:
    """Without the searches of which the name, or a birth date that its case knows, says that it is somebody else.

    Three statements, or none where nothing was found.
    """
    wanted = {search for row in found for search in row.searches}
    if not wanted:
        return found
    searches = {search.pk: search for search in SavedSearch.objects.filter(pk__in=wanted)}
    names = PersonName.objects.in_bulk([row.pk for row in found if row.searches])
    births = defaultdict(list)
    for birth in Birth.objects.standing().filter(person__in={name.person_id for name in names.values()}):
        births[birth.person_id, birth.case_id].append(birth)
    return [
        Fresh(row.pk, row.key, [pk for pk in row.searches if is_like(searches[pk], names[row.pk], births)])
        for row in found
    ]


def is_like(search: SavedSearch, name: PersonName, births: dict[Any, list[Birth]]) -> bool:
    asked, recorded = (
        words_in(one.forename_plain, one.surname_plain, one.sounds, (one.forename, one.surname))
        for one in (search, name)
    )
    if any(part.far >= DIFFERENT for part in name_likeness(asked, recorded, placed=False)):
        return False
    born, known = search.partial_day, births.get((name.person_id, name.case_id), [])
    return born is None or not known or birth_likeness(born, known).far < DIFFERENT


def watched() -> list[Watch]:
    return [Watch(PEOPLE, PersonName, fresh_people), *(watch for kind in KINDS.values() for watch in kind.watches())]


def sweep(now: datetime) -> int:
    """Go through what was recorded since; returns how many saved searches have a new answer. The moment is UTC.

    For each table at most a dozen statements, however many searches are kept and however many rows are new.
    """
    return sum(sweep_table(table, now) for table in watched())


@transaction.atomic
def sweep_table(table: Watch, now: datetime) -> int:
    """From where it stopped; the first time it only notes where the rows end. Another sweep at work is left to it."""
    watch = SearchWatch.objects.select_for_update(skip_locked=True).filter(kind=table.name).first()
    if watch is None:
        SearchWatch.objects.get_or_create(kind=table.name, defaults={"upto": newest_row(table.model), "swept_at": now})
        return 0
    upto = newest_row(table.model, now - SETTLED)  # asked first: whatever is not news up to here is passed at once
    rows = table.fresh(watch.upto - AGAIN, BATCH + AGAIN)
    told = tell(watch, rows, now)
    if len(rows) == BATCH + AGAIN:
        upto = min(upto, rows[-1].pk)
    if upto > watch.upto:
        watch.upto, watch.swept_at = upto, now
        watch.save(update_fields=["upto", "swept_at"])
    return told


def tell(watch: SearchWatch, rows: list[Fresh], now: datetime) -> int:
    """One act of the program for all that was found: it names searches, never whom or what they found."""
    hits = {(search, row.key) for row in rows for search in row.searches}
    if not hits:
        return 0
    SavedHit.objects.bulk_create(
        (SavedHit(search_id=search, kind=watch.kind, key=key, found_at=now) for search, key in sorted(hits)),
        ignore_conflicts=True, batch_size=5_000,
    )  # fmt: skip
    searches = sorted({search for search, _ in hits})
    SavedSearch.objects.filter(pk__in=searches).update(new_at=now)
    event = write_down(FOUND, watch, User.objects.system(), now, {"searches": [None, searches]}, "consultation")
    reactions.queue(event, watch)
    return len(searches)
