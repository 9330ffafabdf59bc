"""Naming a colleague in what one writes: "@2877, see the second account". They get a notice, if they may see the case.

What is kept of it in the record of acts is the number that was typed. Whether somebody is told is asked of the folder,
as everything is. Who may not see it is not told, and the writer learns only that, in the words used for a number that
nobody has: a shut-out must not be found out by trying names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from workflow import flags
from workflow.models import folder_model

NAMED = re.compile(r"(?<![\w.@])@([A-Za-z0-9]{2,12})\b(?!\.\w)")  # not the second half of a mail address
MOST = 10  # of one text: whoever means everybody should ring
KEY = "@"  # where an event keeps the numbers


def named_in(texts: Iterable[Any]) -> list[str]:
    """The collar numbers named in what was written, in order, each once."""
    found = [number for text in texts if isinstance(text, str) for number in NAMED.findall(text)]
    return list(dict.fromkeys(found))[:MOST]


def noted(texts: Iterable[Any], differences: Iterable[list[Any]] = ()) -> dict[str, list[Any]]:
    """What an event keeps: the numbers named in the texts, and those newly named where a text was changed."""
    changed = list(differences)
    before = set(named_in(old for old, new in changed))
    named = named_in([*texts, *(new for old, new in changed)])
    first = [number for number in named if number not in before]
    return {KEY: [None, first]} if first else {}


def told(numbers: Iterable[str], folder: Any, by: User, at: datetime) -> dict[str, User | None]:
    """Of each number, whoever is told of it at the moment (UTC): they work here and may see the folder; else nobody."""
    wanted = [number for number in numbers if number != by.collar_number]
    if not wanted or folder is None or not flags.is_on(flags.MENTIONS, folder.unit, at):
        return {}
    people: dict[str, list[User]] = {number: [] for number in wanted}
    for person in User.objects.filter(collar_number__in=wanted, is_active=True, is_system=False):
        people[person.collar_number].append(person)
    return {number: _who_hears(found, folder) for number, found in people.items()}


def _who_hears(found: list[User], folder: Any) -> User | None:
    """Nobody where the number is nobody's, or two people's: a notice to the wrong one would say that there is a case."""
    if len(found) != 1 or not folder_model().objects.visible_to(found[0]).filter(pk=folder.pk).exists():
        return None
    return found[0]


def tell_writer(request: HttpRequest, record: Any) -> None:
    """Say on the next page who is told, and who is not."""
    user: Any = request.user
    typed = [value for name in request.POST for value in request.POST.getlist(name)]
    heard = told(named_in(typed), record.folder, user, timezone.now())
    if yes := [person.short_title() for person in heard.values() if person]:
        messages.info(request, _("%(people)s will get a notice.") % {"people": ", ".join(yes)})
    if no := [f"@{number}" for number, person in heard.items() if not person]:
        words = _("Nobody is told of %(numbers)s. Check the number, or tell them yourself.")
        messages.warning(request, words % {"numbers": ", ".join(no)})
