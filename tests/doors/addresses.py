"""EVERY ADDRESS of the product, and how it is filled. An address of the URLconf that is not in this table fails the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.urls import URLPattern, URLResolver, get_resolver

from tests.doors.conftest import World
from workflow.declare import NEW, WORKFLOWS, Workflow


class Door(Enum):
    """Who gets in."""

    ANYBODY = "answers without sign-in, and says nothing"
    SIGN_IN = "the sign-in itself: a page for whoever is outside, nothing of anybody's work"
    SHUT = "not here, for anybody"
    STAFF = "reference data: for administrators"
    OWN = "whoever is signed in; it shows what is theirs"
    CASE = "whoever may open the case: the next beat says why first; for others there is no such page"
    PERSON = "whoever may open a case that knows of the person; what wants a reason is left out until it is given"
    NOTICE = "the person told, and nobody else"


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the table."""

    door: Door
    filled: Callable[[World], list[str]]
    methods: str = "GET POST"  # what it takes; anything else is 405


def just(*paths: str) -> Callable[[World], list[str]]:
    return lambda world: list(paths)


def record(world: World, table: Workflow) -> str:
    """The address of a record of a workflow."""
    ids = {"incident": world.incident.pk, "assessment": world.dash.pk, "case": world.case.pk}
    return f"/work/{table.name}/{ids[table.name]}/"


def of_cases(make: Callable[[Workflow], list[str]]) -> Callable[[World], list[str]]:
    """The addresses beneath each record of the workflows of cases; the settings of clocks have lines of their own."""

    def filled(world: World) -> list[str]:
        tables = [table for table in WORKFLOWS.values() if table.name != "setting"]
        return [record(world, table) + rest for table in tables for rest in make(table)]

    return filled


def rows(ending: str) -> Callable[[World], list[str]]:
    """The addresses of one row of each kind of the incident being recorded."""

    def filled(world: World) -> list[str]:
        kinds = WORKFLOWS["incident"].all_rows()
        return [
            f"/work/incident/{world.incident.pk}/rows/{kind.name}/{world.rows[kind.name].pk}/{ending}" for kind in kinds
        ]

    return filled


def begun(ending: Callable[[World], str]) -> Callable[[World], list[str]]:
    """The addresses at which a record is begun: a part has a page of its own, and a setting no case."""

    def filled(world: World) -> list[str]:
        tables = [table for table in WORKFLOWS.values() if not table.part_of]
        tables = [table for table in tables if not ending(world) or hasattr(table.model, "case_id")]
        found = [(table, step) for table in tables for step in table.steps if step.source is NEW]
        return [f"/work/{table.name}/new/{step.name}/{ending(world)}" for table, step in found]

    return filled


def people(world: World) -> str:
    return f"/incidents/{world.incident.pk}/people/"


MFA = "sign-in/second-factor/"
ADMIN = "reference-data/"
# fmt: off
TABLE: dict[str, Address] = {
    # --- probes ---
    "livez": Address(Door.ANYBODY, just("/livez"), "GET"),
    "readyz": Address(Door.ANYBODY, just("/readyz"), "GET"),
    # --- sign-in and the lock ---
    "sign-in/": Address(Door.SIGN_IN, just("/sign-in/")),
    "sign-out/": Address(Door.SIGN_IN, just("/sign-out/")),
    "sign-in/again/": Address(Door.SIGN_IN, just("/sign-in/again/")),
    "sign-in/inactive/": Address(Door.SIGN_IN, just("/sign-in/inactive/")),
    "sign-in/password/": Address(Door.SIGN_IN, just("/sign-in/password/")),
    "sign-in/password/set/": Address(Door.SHUT, just("/sign-in/password/set/")),
    "sign-in/password/forgotten/": Address(Door.SHUT, just("/sign-in/password/forgotten/")),
    "sign-in/new/": Address(Door.SHUT, just("/sign-in/new/")),
    "sign-in/email/": Address(Door.SHUT, just("/sign-in/email/")),
    "sign-in/email/sent/": Address(Door.SHUT, just("/sign-in/email/sent/")),
    **{f"{MFA}{end}": Address(Door.SIGN_IN, just(f"/{MFA}{end}")) for end in (
        "", "authenticate/", "reauthenticate/", "totp/activate/", "totp/deactivate/", "recovery-codes/",
        "recovery-codes/generate/", "recovery-codes/download/",
    )},
    "lock/": Address(Door.OWN, just("/lock/"), "POST"),
    "unlock/": Address(Door.OWN, just("/unlock/")),
    # --- own work ---
    "": Address(Door.OWN, just("/", "/?group=due-soon", "/?after=1"), "GET"),
    "team/": Address(Door.OWN, just("/team/", "/team/?holder=x"), "GET"),
    "notices/": Address(Door.OWN, just("/notices/"), "GET"),
    "notices/read/": Address(Door.OWN, just("/notices/read/"), "POST"),
    "notices/<int:pk>/": Address(Door.NOTICE, lambda w: [f"/notices/{w.notice.pk}/"], "GET"),
    "clocks/": Address(Door.OWN, just("/clocks/"), "GET"),
    "when-would-it-be-due/": Address(Door.OWN, just("/when-would-it-be-due/"), "GET"),
    "search/": Address(Door.OWN, just("/search/")),
    "kept/": Address(Door.OWN, just("/kept/"), "POST"),
    "incidents/new/": Address(Door.OWN, just("/incidents/new/")),
    "work/<slug:workflow>/new/<slug:step>/": Address(Door.OWN, begun(lambda w: "")),
    # --- a case and its records ---
    "cases/<slug:reference>/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/"]),
    "cases/<slug:reference>/reason/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/reason/"]),
    "cases/<slug:reference>/code-word/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/code-word/"]),
    "cases/<slug:reference>/case-file/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/case-file/"]),
    "incidents/<int:incident>/people/<slug:part>/": Address(Door.CASE, lambda w: [f"{people(w)}{part}/" for part in w.rows]),
    "incidents/<int:incident>/people/<int:row>/still-true/": Address(Door.CASE, lambda w: [f"{people(w)}{w.rows['suspect'].pk}/still-true/"]),
    "incidents/<int:incident>/people/<int:row>/facts/<slug:kind>/": Address(Door.CASE, lambda w: [f"{people(w)}{w.rows['victim'].pk}/facts/{kind}/" for kind in ("address", "telephone")]),
    "dash/<int:pk>/": Address(Door.CASE, lambda w: [f"/dash/{w.dash.pk}/"]),
    "dash/begin/<int:incident>/": Address(Door.CASE, lambda w: [f"/dash/begin/{w.incident.pk}/"]),
    "deadlines/<int:pk>/": Address(Door.CASE, lambda w: [f"/deadlines/{w.deadline.pk}/"]),
    "documents/<int:pk>/": Address(Door.CASE, lambda w: [f"/documents/{w.document.pk}/"], "GET"),
    "documents/<int:pk>/progress/": Address(Door.CASE, lambda w: [f"/documents/{w.document.pk}/progress/"], "GET"),
    "documents/<int:pk>/file/": Address(Door.CASE, lambda w: [f"/documents/{w.document.pk}/file/"], "GET"),
    "people/<int:pk>/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/"], "GET"),
    "work/<slug:workflow>/new/<slug:step>/in/<int:folder>/": Address(Door.CASE, begun(lambda w: f"in/{w.case.pk}/")),
    "work/<slug:workflow>/<int:pk>/": Address(Door.CASE, of_cases(lambda t: [""])),
    "work/<slug:workflow>/<int:pk>/sections/<slug:section>/": Address(Door.CASE, of_cases(lambda t: [f"sections/{s.name}/" for s in t.sections])),
    "work/<slug:workflow>/<int:pk>/rows/<slug:kind>/": Address(Door.CASE, of_cases(lambda t: [f"rows/{k.name}/" for k in t.all_rows()])),
    "work/<slug:workflow>/<int:pk>/rows/<slug:kind>/<int:row>/": Address(Door.CASE, rows("")),
    "work/<slug:workflow>/<int:pk>/rows/<slug:kind>/<int:row>/strike/": Address(Door.CASE, rows("strike/")),
    "work/<slug:workflow>/<int:pk>/decide/<slug:of>/": Address(Door.CASE, lambda w: [f"/work/incident/{w.sent.pk}/decide/record/"]),
    "work/<slug:workflow>/<int:pk>/<slug:step>/": Address(Door.CASE, of_cases(lambda t: [f"{s.name}/" for s in t.steps])),
    # --- reference data ---
    **{f"{ADMIN}{end}": Address(Door.STAFF, just(f"/{ADMIN}{end}")) for end in ("", "password_change/", "password_change/done/", "autocomplete/", "jsi18n/")},
    f"{ADMIN}login/": Address(Door.SIGN_IN, just(f"/{ADMIN}login/")),
    f"{ADMIN}logout/": Address(Door.SIGN_IN, just(f"/{ADMIN}logout/")),
    f"{ADMIN}r/<path:content_type_id>/<path:object_id>/": Address(Door.STAFF, just(f"/{ADMIN}r/1/1/")),
    f"{ADMIN}(?P<url>.*)$": Address(Door.STAFF, just(f"/{ADMIN}nothing/")),
}
# fmt: on


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The whole route of every pattern of the URLconf, named or not."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from routes(found, route)


def address_of(route: str) -> Address | None:
    """The line of the table; the pages that the administration makes for each registered model are one line for all."""
    if route in TABLE:
        return TABLE[route]
    if route.startswith(ADMIN):
        path = "/" + route.replace("<path:object_id>", "1").partition("^(")[0]
        return Address(Door.STAFF, just(path))
    return None
