"""Make two hubs one, and two again. Both under the locks of every folder touched, then of both hubs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Func
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from audit import services as audit
from audit.models import Operation
from people.models import Link, Merge, MovedRow, Person, Unweighed
from people.services.hubs import Row, chain_of, living, point_at, rows_of
from workflow.models import Refusal, Refused, folder_model

ITSELF = N_("This is one record already. Choose the other record that may be the same person.")
HIDDEN = N_("You may not see both of them, so you cannot say that they are one.")
SIDE_BY_SIDE = N_(
    "They stand side by side in one record as two people, so they cannot be one. Correct that record first."
)
TIED = N_(
    "Somebody has recorded what the one is to the other, so they are two people: twins, for example. If that is wrong, take"
    " it out of the record that says so, or ask whoever made that record; then merge them."
)
#: Of what the person may not see, whatever it is: a record, a tie, a plan. No more than that.
TWO = N_(
    "What is recorded says that they are two people. If you are sure that it is wrong, ask the intelligence bureau."
)
ALREADY = N_(
    "One of them has been merged with somebody since. Go to the page of that person: it leads to the record that has the"
    " facts now, and that one is judged."
)
KEPT_APART = N_("Somebody has said that they must stay two. Read why, and lift that first if it is wrong.")
BUSY = N_("Somebody is writing about them at this moment. Nothing was changed. Try again.")
TRIES = 3

#: (kept, gone, who merges) -> the sentence that forbids it, or "". Declared by the apps whose records would be left
#: without sense.
Against = Callable[[int, int, User], str]
_AGAINST: list[Against] = []


def speaks_against(ask: Against) -> None:
    """Declare what forbids a merge, in the app's panels.py. It is asked of everything, seen by the person or not: what they
    may see is said as it is, of the rest `TWO` and nothing else.
    """
    _AGAINST.append(ask)


def why_not(pair: Any, by: User) -> str:
    """Why this person may not merge the two now; "" where they may."""
    hubs = pair.hubs
    if hubs[0] == hubs[1]:
        return ITSELF
    if pair.apart_at is not None:
        return KEPT_APART
    if Person.objects.filter(pk__in=hubs, kept_as__isnull=False).exists():
        return ALREADY
    if Person.objects.visible_to(by).filter(pk__in=hubs).count() != 2:
        return HIDDEN
    ties = Link.objects.standing().of(hubs[:1]).of(hubs[1:])
    if ties.exists():  # whoever may see it: it is said of two people
        return TIED if ties.visible_to(by).exists() else TWO
    return next((sentence for ask in _AGAINST if (sentence := ask(hubs[0], hubs[1], by))), "")


def merge(pair: Any, *, by: User, at: datetime, reason: str) -> Merge:
    """Everything that hangs on the younger hub hangs on the older one from now on. Raises Refused."""
    kept, gone = pair.hubs
    rows = taken_in_hand({kept, gone})
    if sentence := why_not(pair, by):  # asked before the locks, and again now that nothing moves
        raise Refused(Refusal.GUARD, sentence)
    moved = [row for row in rows if row.hub == gone]
    moved_to(moved, kept)
    Person.objects.filter(pk=gone).update(kept_as=kept)
    done = Merge.objects.create(duplicate=pair, kept_id=kept, gone_id=gone, by=by, at=at, reason=reason)
    MovedRow.objects.bulk_create(
        MovedRow(merge=done, table=row.key[0], column=row.key[1], row=row.pk, moved=row.hub == gone) for row in rows
    )
    weigh_again(kept, moved)
    write_down("duplicate.merge", pair, moved, by=by, at=at, reason=reason, people=[gone, kept])
    return done


@dataclass(slots=True)
class Parting:
    """Where each row goes when a merge is undone. `home` goes back, `stays` does not, and of `open` nobody can tell:
    learned since, by a case that knew both or neither.
    """

    merge: Merge
    kept: int
    home: list[Row] = field(default_factory=list)
    stays: list[Row] = field(default_factory=list)
    open: list[Row] = field(default_factory=list)


def open_merge(pair: Any) -> Merge | None:
    return Merge.objects.filter(duplicate=pair, undone_at__isnull=True).first()


def parting(merged: Merge, rows: list[Row] | None = None) -> Parting:
    """What an un-merge would do now: the rows that were moved go home, and what their cases alone have learned since."""
    chain = chain_of(merged.kept_id)
    found = Parting(merged, chain[-1])
    here = [row for row in (rows_of([found.kept]) if rows is None else rows) if row.hub == found.kept]
    seen = {(table, column, row): moved for table, column, row, moved in
            merged.rows.values_list("table", "column", "row", "moved")}  # fmt: skip
    others = came_by_others(merged, chain)
    then = {row: seen.get(row.key, False if row.key in others else None) for row in here}
    knew_gone = {row.case for row, moved in then.items() if moved}
    knew_kept = {row.case for row, moved in then.items() if moved is False}
    for row, moved in then.items():
        only_gone = row.case in knew_gone - knew_kept
        since_home, since_stays = moved is None and only_gone, moved is None and row.case in knew_kept - knew_gone
        lists = found.home if moved or since_home else found.stays if moved is False or since_stays else found.open
        lists.append(row)
    return found


def came_by_others(merged: Merge, chain: list[int]) -> set[tuple[str, str, int]]:
    """The rows that were on other hubs when those were merged here: none of them is of this gone hub. What a hub of the
    chain took along to the next may be, so it is left to its case.
    """
    rows = MovedRow.objects.filter(merge__undone_at__isnull=True, merge__kept__in=chain).exclude(merge=merged)
    rows = rows.exclude(merge__gone__in=chain, moved=True)
    return set(rows.values_list("table", "column", "row"))


def undo(pair: Any, *, by: User, at: datetime, reason: str, goes: Collection[str] = ()) -> Merge:
    """Two again: each moved row hangs where it hung, what was learned since goes with its case, and of what nobody can
    tell what this person said (`goes`, as `code_of` names rows). Raises Refused.
    """
    merged = open_merge(pair)
    if merged is None:
        raise Refused(Refusal.STATE, "They are two already.")
    kept = living(merged.kept_id)
    rows = taken_in_hand({kept, merged.gone_id})
    if living(merged.kept_id) != kept:  # merged with somebody else while we waited for the locks
        raise Refused(Refusal.STATE, BUSY)
    plan = parting(merged, rows)
    chosen = [row for row in plan.open if code_of(row) in set(goes)]
    home = plan.home + chosen
    moved_to(home, merged.gone_id)
    Person.objects.filter(pk=merged.gone_id).update(kept_as=None)
    left = {row.case for row in plan.stays + plan.open if row not in chosen}
    merged.undone_at, merged.undone_by, merged.undone_reason = at, by, reason
    merged.home = sorted({row.case for row in home} - left - {0})
    merged.parted_at = Func(function="clock_timestamp", output_field=DateTimeField())  # type: ignore[assignment]
    merged.save(update_fields=["undone_at", "undone_by", "undone_reason", "home", "parted_at"])
    write_down("duplicate.undo", pair, home, by=by, at=at, reason=reason, people=[plan.kept, merged.gone_id])
    return merged


def code_of(row: Row) -> str:
    """How a form names a row: people.birth.person:17."""
    table, column, pk = row.key
    return f"{table}.{column}:{pk}"


def taken_in_hand(hubs: Collection[int]) -> list[Row]:
    """Everything that hangs on the hubs, with every folder of it locked and then the hubs: as whoever writes in one of
    those folders locks them, so nobody waits for the other. Raises Refused where folders come faster than they are
    locked.
    """
    for _ in range(TRIES):
        here = transaction.savepoint()
        folders = {row.case for row in rows_of(hubs)} - {0}
        list(folder_model().objects.filter(pk__in=folders).order_by("pk").select_for_update(no_key=True))
        list(Person.objects.filter(pk__in=hubs).order_by("pk").select_for_update())
        rows = rows_of(hubs)
        if {row.case for row in rows} - {0} <= folders:
            transaction.savepoint_commit(here)
            return rows
        transaction.savepoint_rollback(here)  # lets go of the hubs, so that whoever has the new folder can go on
    raise Refused(Refusal.STATE, BUSY)


def moved_to(rows: list[Row], hub: int) -> None:
    """Point the rows at the hub. What the database forbids, two people in one record, is refused in words."""
    try:
        with transaction.atomic():
            point_at(rows, hub)
    except IntegrityError:
        raise Refused(Refusal.GUARD, TWO) from None


def weigh_again(hub: int, rows: list[Row]) -> None:
    """Whoever the gone hub may have been the same as, the kept one may be."""
    cases = sorted({row.case for row in rows} - {0})
    Unweighed.objects.bulk_create(Unweighed(person_number=hub, case_number=case) for case in cases)


def write_down(
    name: str, pair: Any, rows: list[Row], *, by: User, at: datetime, reason: str, people: list[int]
) -> None:
    """In the record of each folder of which a row was moved: from whom to whom, why, and which rows of that folder."""
    in_cases = sorted((row for row in rows if row.case), key=lambda row: row.case)
    touched = {case: list(group) for case, group in groupby(in_cases, key=lambda row: row.case)}
    for folder in folder_model().objects.filter(pk__in=touched).order_by("pk"):
        codes = [code_of(row) for row in touched[folder.pk]]
        audit.record(
            name=name, operation=Operation.COMBINATION, subject=pair, folder=folder, by=by, at=at,
            changes={"": [None, reason], "person": people, "rows": [None, codes]},
        )  # fmt: skip
