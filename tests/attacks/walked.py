"""Everything that somebody can be shown: every address of the program at everything there is, the API, searches, papers.

The addresses are read off the URLconf and filled with the numbers of whatever stands in the database. An address that
takes a number which this file cannot fill fails: say of what it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pypdf
from django.apps import apps
from django.test import Client

from accounts.models import User
from cases.models import Case
from reporting import services as papers
from reporting.models import Document
from tests.cast import client_of
from tests.doors.addresses import address_of, routes
from tests.doors.test_every_url import tried
from workflow.api.schema import document
from workflow.declare import NEW, WORKFLOWS
from workflow.models import Refused

#: Of what the number in an address is, by how the address begins: the longest beginning that fits.
NUMBERS = {
    "accounts.User": ("administration/people/", "administration/training/"), "accounts.Unit": ("administration/units/",),
    "cases.Incident": ("incidents/", "dash/begin/"), "cases.Call": ("calls/", "briefs/call/"), "cases.Attachment": ("files/",),
    "cases.Intelligence": ("intelligence/",), "risk.Assessment": ("dash/",), "risk.SafetyPlan": ("safety-plans/",),
    "people.Person": ("people/", "emergency/people/"), "people.Place": ("places/",),
    "people.Duplicate": ("people/pairs/",), "people.SavedSearch": ("search/saved/",),
    "marac.Forum": ("marac/forums/",), "marac.Referral": ("marac/referrals/",), "marac.Meeting": ("marac/meetings/",),
    "marac.AgendaItem": ("marac/items/",), "marac.Hearing": ("marac/hearings/",), "marac.Pack": ("marac/packs/",),
    "marac.MinutesCopy": ("marac/minutes/",), "marac.ForumAction": ("marac/actions/",),
    "marac.EmergencyCall": ("marac/emergencies/",), "marac.SelfAssessment": ("marac/self-assessments/",),
    "safeguarding.Agency": ("agencies/",), "safeguarding.Establishment": ("schools/",), "safeguarding.Service": ("services/",),
    "safeguarding.Encompass": ("encompass/",), "safeguarding.EncompassLetter": ("encompass/letters/",),
    "safeguarding.ReferralReceived": ("agency/referrals/",), "supervision.Notice": ("notices/",),
    "workflow.Deadline": ("deadlines/",), "reporting.Document": ("documents/",), "reporting.Export": ("exports/",),
    "supervision.PostingChange": ("administration/postings/",), "supervision.HolidayChange": ("administration/holidays/",),
    "risk.InstrumentVersion": ("administration/instruments/",),
    "accounts.SystemAccount": ("systems/",), "marac.SteeringPaper": ("marac/steering-papers/",),
    "dvds.Intake": ("requests/",), "cases.Case": ("requests/new/",), "dvds.Application": ("requests/taken/",),
    "dvds.Telling": ("considerations/tellings/",), "dvds.FinalReport": ("considerations/reports/",),
    "cases.SystemCheck": ("considerations/",),
    "reporting.OutsideImport": ("outside/imports/",), "reporting.ContextNote": ("figures/notes/",),
    "reporting.Snapshot": ("packs/",), "reporting.Survey": ("surveys/",), "reporting.FeedbackFinding": ("feedback/findings/",),
    "reporting.Questionnaire": ("feedback/questionnaires/",), "reporting.PartnerFeedback": ("feedback/partners/",),
    "reporting.Consultation": ("feedback/consultations/",), "reporting.OutcomeReview": ("feedback/reviews/",),
}  # fmt: skip
#: The words in an address that are no numbers and no case.
WORDS: dict[str, tuple[str, ...]] = {
    "code": ("pnc", "m01", "d1", "no-dash"),
    "quarter": ("2026-04-01",), "part": ("victim",), "name": ("missed",), "queue": ("team",),
    "handle": ("0" * 32,), "about": ("person", "case", "place"), "step": ("ask",), "kind": ("person", "csv", "arrest", "crime"),
    "pattern": ("places",), "group": ("more",),
}  # fmt: skip
MOST = 8  # of one kind: the tests make fewer of what matters
FEW = 2  # of what is looked at for a second number
HUBS = {"person": "people.Person", "case": "cases.Case", "place": "people.Place", "call": "cases.Call"}
TAKES = re.compile(r"<(?:(int|slug|path|str|uuid):)?(\w+)>")


def numbers(model: str, most: int = MOST) -> list[str]:
    manager: Any = apps.get_model(model)._default_manager
    return [str(pk) for pk in manager.order_by("-pk").values_list("pk", flat=True)[:most]]


def of_route(route: str) -> str:
    fits = [(len(start), model) for model, starts in NUMBERS.items() for start in starts if route.startswith(start)]
    assert fits, f"{route} takes a number: say in NUMBERS of what it is."
    return max(fits)[1]


def filled(route: str) -> Iterator[str]:
    """The route with everything that there is to fill it with."""
    asked = TAKES.findall(route)
    choices: list[list[str]] = []
    for place, (kind, name) in enumerate(asked):
        if name == "reference":
            choices.append(list(Case.objects.order_by("-pk").values_list("reference", flat=True)[:MOST]))
        elif kind == "int":
            model = {"person": "people.Person", "other": "people.Person", "action": "marac.ForumAction"}.get(name, "")
            choices.append(numbers(model or of_route(route), FEW if place else MOST))
        else:
            choices.append(list(WORDS[name]))
    for chosen in product(*choices):
        path = route
        for one in chosen:
            path = TAKES.sub(one, path, count=1)
        yield f"/{path}"


def pages() -> Iterator[str]:
    """Every address that answers to a look, but those of the engine, which `records` gives."""
    for route in routes():
        address = address_of(route)
        if (
            address is None
            or "GET" not in address.methods
            or route.startswith(("work/", "briefs/", "sign-", "lock", "unlock"))
        ):
            continue
        yield from filled(route) if TAKES.search(route) else [f"/{route}"]
    for about, model in HUBS.items():
        yield from (f"/briefs/{about}/{pk}/" for pk in numbers(model))
    for reference in Case.objects.filter(kind="conference").values_list("reference", flat=True):
        panels = (
            "agencies-know",
            "forum-actions",
            "marac-referral",
            "told-agencies",
            "forum-decided",
            "looks",
            "intelligence",
        )
        yield from (f"/cases/{reference}/?panel={panel}" for panel in panels)
    for meeting, item in apps.get_model("marac", "AgendaItem").objects.values_list("meeting", "pk"):
        yield f"/marac/meetings/{meeting}/room/?item={item}"
        yield f"/marac/meetings/{meeting}/room/fresh/?item={item}"


def ids_of(model: Any) -> list[str]:
    """The records of conferences; those of investigations are walked by other attacks."""
    rows = model._default_manager.order_by("-pk")
    if model is Case:
        rows = rows.filter(kind="conference")
    elif hasattr(model, "case_id"):
        rows = rows.filter(case__kind="conference")
    return [str(pk) for pk in rows.values_list("pk", flat=True)[:MOST]]


def records() -> Iterator[str]:
    """The pages of these records: itself, sections, rows, steps. What belongs to no case is shown on pages of its own, which
    `pages` gives.
    """
    for table in (one for one in WORKFLOWS.values() if hasattr(one.model, "case_id")):
        later = [step.name for step in table.steps if step.source is not NEW]
        rest = ["", *(f"sections/{one.name}/" for one in table.sections), *(f"{step}/" for step in later)]
        for pk in ids_of(table.model):
            base = f"/work/{table.name}/{pk}/"
            yield from (base + end for end in rest)
            for kind in table.all_rows():
                yield f"{base}rows/{kind.name}/"
                for row in ids_of(kind.model):
                    yield from (f"{base}rows/{kind.name}/{row}/{end}" for end in ("", "strike/"))


def of_api() -> Iterator[str]:
    """Whatever the API answers to a look: lists and records of every table."""
    for path, methods in document()["paths"].items():
        table = WORKFLOWS.get(path.split("/")[3]) if path.startswith("/api/v1/") else None
        if "get" not in methods or table is None:
            continue
        ids = ids_of(table.model)
        if table.model is Case:
            ids = list(Case.objects.order_by("-pk").values_list("reference", flat=True)[:MOST])
        yield from (path.replace("{record}", pk) for pk in ids) if "{record}" in path else [path]


Answer = tuple[str, str]  # what was asked, everything that came back


def looked(browser: Client, path: str) -> Answer:
    answer = tried("get", browser, path)
    assert answer.status_code < 500 or path == "/readyz", (path, answer.content[-2000:])
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = of_pdf(body) if body[:4] == b"%PDF" else body.decode(errors="replace")
    asked = path.partition("?")[0]  # the address that was asked for is said again, by the page of what is not there too
    return path, f"{text} {answer.headers}".replace(asked, "")


def of_pdf(body: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())


def searched(browser: Client, terms: list[str]) -> Iterator[Answer]:
    """What a search says. The terms are beginnings of the words that are looked out for: a page says a term again."""
    kinds = ["people", "addresses", "numbers", "references", "narratives", "intelligence"]
    for term in terms:
        yield f"search for {term}", browser.post("/search/", {"q": term, "what": kinds}).content.decode()


def printed(user: User) -> Iterator[Answer]:
    """The papers that the program makes for them: every case file, every pack; the bytes as they are handed out."""
    for pack in apps.get_model("marac", "Pack").objects.visible_to(user).select_related("case"):
        yield from paper(f"pack {pack.pk}", lambda pack=pack: papers.ask_for_document(
            case=pack.case, by=user, kind=Document.Kind.PACK, pack=pack)[0])  # fmt: skip
    for case in Case.objects.visible_to(user):
        yield from paper(f"file of {case.reference}", lambda case=case: papers.ask_for_document(case=case, by=user)[0])


def paper(name: str, ask: Callable[[], Document]) -> Iterator[Answer]:
    try:
        asked = ask()
    except Refused:
        return
    if papers.make(asked.pk):
        made = Document.objects.select_related("content").get(pk=asked.pk)
        yield name, of_pdf(bytes(made.content.pdf))


def everything_shown(user: User, terms: list[str]) -> Iterator[Answer]:
    """Every answer that this person can get by looking."""
    browser = client_of(user)
    for path in (*pages(), *records(), *of_api()):
        yield looked(browser, path)
    yield from searched(browser, terms)
    yield from printed(user)
    for text in user.notices.values_list("text", flat=True):
        yield "a notice", text
