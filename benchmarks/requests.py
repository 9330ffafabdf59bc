"""The requests of each operation, each record once; made from the rows that were seeded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

from accounts.models import User
from benchmarks.force import PASSWORD
from benchmarks.seeding import Seeded
from risk.forms import answer_name, words_name
from risk.models import Answer, Assessment
from supervision.allocation import MOST
from supervision.queues import TEAM
from workflow.models import Deadline

Request = tuple[str, str, dict[str, Any] | None]  # method, path, fields
_TOKENS = count(1)


def page(path: str) -> Callable[[Seeded], Iterator[Request]]:
    """The same page over and over. `{case}` and others are fields of what was seeded."""

    def asks(seeded: Seeded) -> Iterator[Request]:
        filled = path.format(
            case=seeded.case, judged=seeded.judged, plan=seeded.plan, dash=seeded.to_answer[0], forum=seeded.forum,
            meeting=seeded.meeting, item=seeded.item, consideration=seeded.consideration,
        )  # fmt: skip
        while True:
            yield "GET", filled, None

    return asks


def next_page(seeded: Seeded) -> Iterator[Request]:
    """A page of what is not due yet, from the middle of everything that is open."""
    rows = TEAM.rows(User.objects.get(username=seeded.head)).order_by("due_at", "pk")
    due_at, pk = rows.values_list("due_at", "pk")[rows.count() // 2]
    after = urlencode({"group": "later", "after": f"{due_at.isoformat()}~{pk}"})
    while True:
        yield "GET", f"/team/?{after}", None


def writing(seeded: Seeded) -> Iterator[Request]:
    said = {"place": "11 Sample Street", "postcode": "NR7 9ZZ", "place_kind": "other_home"}
    for pk in seeded.to_write:
        yield "POST", f"/work/incident/{pk}/sections/place/", {**said, **_hidden(seeded.versions[pk])}


def answering(seeded: Seeded) -> Iterator[Request]:
    """The page of questions saved as a browser sends it, all of it, with one answer changed."""
    for pk, said, seen in _dashes(seeded.to_answer):
        yield "POST", f"/dash/{pk}/", {**said, "do": "save", words_name(3): "Asked once more.", **_hidden(seen)}


def finishing(seeded: Seeded) -> Iterator[Request]:
    """A DASH that is whole, sent: everything is looked at, and it leads on to the sending of its record."""
    for pk, said, seen in _dashes(seeded.to_finish):
        yield "POST", f"/dash/{pk}/", {**said, "do": "send", **_hidden(seen)}


def _dashes(pks: list[int]) -> Iterator[tuple[int, dict[str, str], int]]:
    """Each with the boxes of its page as they stand, and its version; all are copies of one, so one is read."""
    first = Assessment.objects.get(pk=pks[0])
    decision = first.decisions.order_by("-at", "-pk").first()
    said = {"reasons": first.reasons, "grade": decision.to_grade if decision else ""}
    for answer in Answer.objects.filter(assessment=first):
        said |= {answer_name(answer.number): answer.value, words_name(answer.number): answer.text}
    for pk in pks:
        yield pk, dict(said), first.version


def sending(seeded: Seeded) -> Iterator[Request]:
    for pk in seeded.to_send:
        yield "POST", f"/work/incident/{pk}/submit/", {"note": "", **_hidden(seeded.versions[pk])}


def approving(seeded: Seeded) -> Iterator[Request]:
    said = {"decision": "incident-approve", "incident-approve-reason": "Read with the log. Agreed."}
    for pk in seeded.to_approve:
        yield "POST", f"/work/incident/{pk}/decide/record/", {**said, **_hidden(seeded.versions[pk])}


def checking(seeded: Seeded) -> Iterator[Request]:
    """The page of a decision with its quality check and its place in the queue: of the one record nobody decides."""
    owed = Deadline.objects.open().get(case__reference=seeded.case, policy="dash-checked")
    path = f"/work/incident/{owed.subject_id}/decide/record/?queue=team&item={owed.pk}&wanted=dash-checked"
    while True:
        yield "GET", path, None


def allocating(seeded: Seeded) -> Iterator[Request]:
    """As many cases as one press takes given to the measured officer, with a reason, each by the ordinary verb."""
    sergeant, officer = (User.objects.get(username=name) for name in (seeded.sergeant, seeded.officer))
    first = TEAM.rows(sergeant).order_by("case_id", "pk").distinct("case_id")
    picked = [str(pk) for pk in first.values_list("pk", flat=True)[:MOST]]
    said = {
        "act": "allocate",
        "part": "investigation",
        "person": officer.collar_number,
        "reason": "Shared out at briefing.",
    }
    while True:
        yield "POST", "/team/several/", {**said, "pick": picked, "token": f"benchmark-{next(_TOKENS)}"}


def signing_in(seeded: Seeded) -> Iterator[Request]:
    while True:
        yield "POST", "/sign-in/", {"login": seeded.officer, "password": PASSWORD}


def _hidden(version: int) -> dict[str, str]:
    return {"seen": str(version), "token": f"benchmark-{next(_TOKENS)}"}
