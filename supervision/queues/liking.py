"""How somebody likes to see a queue: read in one statement, kept for that person alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_noop as N_

from accounts.models import Posting, User
from supervision.keys import keys_with
from supervision.models import Keyboard, QueueView
from supervision.queues.filters import Filters, query_string


@dataclass(frozen=True, slots=True)
class Column:
    """What a row may show beside the case, what is wanted and when it is due. `shipped`: shown to whoever chose nothing."""

    code: str
    label: str
    shipped: bool


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("why",    N_("Why it is wanted"), True),
    Column("holder", N_("Holder"),           True),
    Column("unit",   N_("Team"),             False),
    Column("since",  N_("Waiting since"),    False),
)
# fmt: on
SHIPPED = frozenset(column.code for column in COLUMNS if column.shipped)
ROLES_HELD = "roles_held"  # of a request: where the navigation of the page finds them, asked already
CASE = "case"  # always shown, so that a choice of nothing more is still a choice


@dataclass(frozen=True, slots=True)
class Liking:
    """One person's view of one queue. `keys` is empty while they are off; `roles` are those they hold anywhere now."""

    filters: Filters
    columns: frozenset[str]
    compact: bool
    keys: Mapping[str, str]
    roles: frozenset[str]

    @property
    def ticked(self) -> list[tuple[Column, bool]]:
        return [(column, column.code in self.columns) for column in COLUMNS]


def filters_in(words: str) -> Filters:
    """The ticks of a query string; codes that are no longer known are not heard."""
    return Filters.read(QueryDict(words))


def liking_of(user: User, queue: str) -> Liking:
    """One statement, with the roles that the navigation of the page asks. Index: queue_view_of_person."""
    view = QueueView.objects.filter(person=OuterRef("pk"), queue=queue)
    columns: dict[str, Any] = {name: Subquery(view.values(name)[:1]) for name in ("filters", "columns", "compact")}
    held = Posting.objects.current().filter(user=OuterRef("pk")).order_by()
    columns["roles"] = ArraySubquery(held.values("role"))
    row = User.objects.filter(pk=user.pk).values(**columns, on=F("keyboard__on"), keys=F("keyboard__keys")).get()
    chosen = SHIPPED if row["columns"] is None else frozenset(row["columns"])
    keys = keys_with(row["keys"] or {}) if row["on"] else {}
    return Liking(
        filters_in(row["filters"] or ""), chosen | {CASE}, bool(row["compact"]), keys, frozenset(row["roles"])
    )


def keep_filters(user: User, queue: str, filters: Filters) -> None:
    """They stay until they are cleared."""
    said = query_string(filters.pairs())[:2000]
    QueueView.objects.update_or_create(person=user, queue=queue, defaults={"filters": said})


def keep_columns(user: User, queue: str, columns: Iterable[str], *, compact: bool) -> None:
    known = [column.code for column in COLUMNS if column.code in set(columns)]
    QueueView.objects.update_or_create(person=user, queue=queue, defaults={"columns": known, "compact": compact})


def keep_keys(user: User, keys: Mapping[str, str], *, on: bool) -> None:
    """Only what differs from what is shipped, so that a better default reaches whoever changed nothing."""
    shipped = keys_with({})
    changed = {code: key for code, key in keys.items() if shipped.get(code) != key}
    Keyboard.objects.update_or_create(person=user, defaults={"on": on, "keys": changed})


def keyboard_of(user: User) -> tuple[bool, dict[str, str]]:
    """Whether the keys are on, and the key of every act. One statement."""
    row = Keyboard.objects.filter(person=user).first()
    return (row.on, keys_with(row.keys)) if row else (False, keys_with({}))
