"""The board of the disclosure unit: what is open by stage, what is likely to be late, what depends on one person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from dvds.models import Route
from dvds.services.board import FLAGS, Filters, board_of, holders_on, leans
from dvds.services.limits import BY_CODE, STAGES
from dvds.services.pace import forecast
from dvds.steps.roles import UNIT
from workflow.clock import UnknownYear
from workflow.models import Holiday
from workflow.pages.door import address, for_roles, number

RISKS = {"high": N_("High"), "medium": N_("Medium"), "standard": N_("Standard"), "none": N_("Not judged yet")}
ROUTES = {Route.ASK.value: N_("Asked"), Route.KNOW.value: N_("Told")}


@never_cache
@require_safe
@for_roles(UNIT)
def board_page(request: HttpRequest) -> HttpResponse:
    """Every open consideration of one's work. `?stage=` one stage whole, `?from=` its next page. Written down as looked at."""
    user: Any = request.user
    now, calendar = timezone.now(), Holiday.objects.calendar()
    people = holders_on(user)
    filters = filters_of(request.GET, {str(person.pk) for person, _n in people})
    board = board_of(user, now, filters, calendar, number(request.GET.get("from")) if filters.stage else 0)
    try:
        ahead = forecast(user, now, calendar)
    except UnknownYear:  # no bank holidays are loaded: said on the page, and nothing is guessed
        ahead = None
    shown = [row.application.case_id for group in board.groups for row in group.rows]
    audit.looked(by=user, kind=Access.Kind.VIEW, what="dvds.board", hits=shown)
    context = {
        "now": now, "board": board, "forecast": ahead, "people": people, "filters": filters, "boxes": boxes_of(filters, people),
        "more": address({**filters.chosen, "from": board.more_from}) if board.more_from else "",
        "chosen": chosen_words(filters, people), "most": people[0] if leans(people, board.total) else None,
    }  # fmt: skip
    return render(request, "dvds/board.html", context)


def filters_of(said: QueryDict, people: set[str]) -> Filters:
    """What was chosen; a word that is not offered is not heard."""
    known = {
        "stage": set(BY_CODE), "route": set(ROUTES), "risk": set(RISKS), "flag": set(FLAGS), "holder": people | {"nobody"},
    }  # fmt: skip
    return Filters(**{name: value for name, words in known.items() if (value := said.get(name, "")) in words})


def boxes_of(filters: Filters, people: list[tuple[Any, int]]) -> list[dict[str, Any]]:
    """The filters as the page draws them: (value, words) each, everything first."""
    holders = [("nobody", _("Nobody")), *((str(person.pk), f"{person.short_title()} ({n})") for person, n in people)]
    offered = {
        "stage": (_("Stage"), _("Every stage"), [(stage.code, _(stage.label)) for stage in STAGES]),
        "route": (_("Route"), _("Asked and told"), [(code, _(words)) for code, words in ROUTES.items()]),
        "risk": (_("Risk"), _("Any"), [(code, _(words)) for code, words in RISKS.items()]),
        "holder": (_("Holder"), _("Anyone in the unit"), holders),
        "flag": (_("Flag"), _("Any"), [(code, _(words)) for code, words in FLAGS.items()]),
    }
    return [
        {"name": name, "label": label, "options": [("", every), *options], "chosen": getattr(filters, name)}
        for name, (label, every, options) in offered.items()
    ]


def chosen_words(filters: Filters, people: list[tuple[Any, int]]) -> list[str]:
    """What is chosen, in words: on a phone the filters are folded behind it."""
    return [
        str(words)
        for box in boxes_of(filters, people)
        for value, words in box["options"]
        if value and value == box["chosen"]
    ]
