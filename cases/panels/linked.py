"""The least that a case shows of another beside it: that it is there, to those who may open it, and its reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from cases.models import Case, LinkedCase
from cases.visibility import INVESTIGATING, closed_to
from workflow.pages.records import step_context

RESTRICTED = gettext_noop("Restricted: ask professional standards")


@dataclass(frozen=True, slots=True)
class Link:
    """One case beside this one: "counter-allegation, DA-2026-000124", and where it opens; "" where it may not."""

    words: str
    url: str = ""


def links_said(user: User) -> Any:
    """Of the case of an outer question, what may be said of each case beside it; part of that one query.

    A case that the person may not open is not said at all; a restricted one only as that, without its reference.
    """
    rows = LinkedCase.objects.standing().filter(case=OuterRef("pk"))
    seen = Exists(Case.objects.visible_to(user).filter(pk=OuterRef("other")))
    closed = Exists(closed_to(user).filter(pk=OuterRef("other")))
    known = rows.annotate(seen=seen, closed=closed).filter(Q(seen=True) | Q(closed=True))
    reference = Choose(When(seen=True, then=F("other__reference")), default=Value(""), output_field=TextField())
    kind = Choose(When(seen=True, then=F("kind")), default=Value(""), output_field=TextField())
    return known.order_by("pk").values(said=JSONObject(kind=kind, reference=reference))


def links_of(case: Any, held: frozenset[str]) -> list[Link]:
    """What stands in the head of the case page; `case` was fetched with `links_said` as `links_known`."""
    found = []
    for row in getattr(case, "links_known", None) or []:
        if row["reference"]:
            words = f"{_(str(LinkedCase.Kind(row['kind']).label))}, {row['reference']}"
            found.append(Link(words, reverse("case", args=[row["reference"]])))
        elif held & INVESTIGATING:
            found.append(Link(_(RESTRICTED)))
    return found


@step_context("incident.counter")
def before_pressing(request: HttpRequest, record: Any) -> dict[str, Any]:
    """What the step will do, and that another officer should hear the other side."""
    return {
        "consequences": [
            _("begin a second case of its own, in which the suspect is the person harmed"),
            _("take over the people, the times and the place, so that nothing is typed twice"),
            _("take over no account, no words and no answer: each side is heard and assessed by itself"),
            _("show nothing of one case in the other but its reference, and that only to those who may open it"),
        ],
        "advice": _(
            "Another officer should take the second account where possible, and another sergeant check it. "
            "Look for who is afraid of whom, before you decide anything about arrest."
        ),
    }
