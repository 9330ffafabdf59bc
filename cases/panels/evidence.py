"""Evidence, files and safety devices as they stand on the case, beside a decision, in the section and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from accounts.roles import COMMAND, SUPERVISORS
from cases.models import Attachment, Case, Device, Exhibit, Incident
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, tell
from cases.services.evidence import (
    SourceLine,
    StandardLine,
    beyond_statement,
    held_of,
    sources_of,
    standard_of,
)
from cases.steps.evidence import KEEPS
from people.services import names_for
from workflow.pages import Entry, navigate
from workflow.pages.decisions import Review, review
from workflow.pages.records import step_context

MOST = 200  # of each list: more than any case has; the page of files goes on
LEADS = SUPERVISORS | COMMAND
File = Attachment.State


@dataclass(frozen=True, slots=True)
class Shown:
    """What the case holds besides the records: the index, the files, what was handed over. The newest first."""

    exhibits: list[Exhibit]
    files: list[Attachment]
    devices: list[tuple[Device, str]]
    may_add: bool

    @property
    def files_by_kind(self) -> list[tuple[str, int]]:
        """How many files stand of each kind."""
        standing = [row.get_kind_display() for row in self.files if row.state in (File.KEPT, File.WAITING)]
        return [(label, standing.count(label)) for label in dict.fromkeys(standing)]


def evidence(case: Case, user: User, at: datetime) -> Shown | None:
    """Nothing where there is nothing and nothing may be added. Asked only when the box is opened, or on paper."""
    exhibits, files, devices = (
        list(
            kind.objects.visible_to(user)
            .as_at(at)
            .filter(case=case)
            .select_related("recorded_by")
            .order_by("-pk")[:MOST]
        )
        for kind in (Exhibit, Attachment, Device)
    )
    names = names_for({row.person_id for row in devices}, user)
    may_add = bool(user.roles_over(case.unit) & KEEPS)
    shown = Shown(exhibits, files, [(row, names[row.person_id]) for row in devices], may_add)
    return shown if exhibits or files or devices or may_add else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The two tables as whoever checks the record reads them."""

    incident: Incident
    sources: list[SourceLine]
    standard: list[StandardLine]
    footage: list[Any]
    beyond: int
    files: int

    @property
    def missing(self) -> list[StandardLine]:
        return [line for line in self.standard if line.missing]

    @property
    def by_record(self) -> list[SourceLine]:
        """What the record answers by itself."""
        return [line for line in self.sources if line.by_record]


def weighed(incident: Incident, user: User, since: datetime | None = None) -> Weighed:
    held = held_of(incident, user)
    lines = sources_of(held)
    return Weighed(incident, lines, standard_of(held), held.footage, beyond_statement(lines), held.files)


@step_context("incident.section.evidence")
def section(request: HttpRequest, incident: Any) -> dict[str, Any]:
    user: Any = request.user
    return {"weighed": weighed(incident, user)}


show(
    Panel(
        "evidence", "Evidence and files", evidence, "cases/panels/evidence.html", "cases/panels/evidence_paper.html",
        order=70, side=True,
    )
)  # fmt: skip
tell(
    Words("file.keep", lambda case: Attachment.objects.filter(case=case), "recorded_at", "words"),
    Words("file.hold", lambda case: Attachment.objects.filter(case=case), "recorded_at", "words"),
    Words("exhibit.list", lambda case: Exhibit.objects.filter(case=case), "recorded_at", "reference"),
    Words("device.issue", lambda case: Device.objects.filter(case=case), "recorded_at", "serial", happened="issued_at"),
    Words(
        "incident.watch-video", lambda case: Incident.objects.filter(case=case), "bwv_watched_at", "bwv_watched_words"
    ),
)
review(Review("incident", 25, "cases/review_evidence.html", weighed))
navigate(Entry("Body-worn video", "body-worn-video", 40, LEADS, menu="team"))
