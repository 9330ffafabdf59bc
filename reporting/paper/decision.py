"""The decision record of one consideration on paper, for the police alone: what was known, asked, decided and done, with who and
when (H18). It is watermarked on each page; nothing of it is sent to, left with or handed to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.template.loader import render_to_string

from accounts.models import User
from cases.models import LoggedDecision, SystemCheck
from dvds.models import (
    AgencyAsked,
    Application,
    Categorised,
    Chosen,
    Conclusion,
    ContactAttempt,
    Conversion,
    Death,
    Delay,
    Exceptional,
    FaceToFace,
    FinalReport,
    ForceTransfer,
    ForumDecision,
    FullAssessment,
    Management,
    NothingToTell,
    NoTrace,
    Ratification,
    SatAtForum,
    StaffTold,
    Telling,
    TestAnswer,
    Trace,
    Triage,
    Unavailable,
    Withdrawal,
)
from people.services import names_for
from workflow.templatetags.words import full_day, legal

if TYPE_CHECKING:
    from reporting.models import Document

#: What is not printed of a row: whose it is, or what the line says already.
SILENT = frozenset(
    {"id", "case", "application", "version", "recorded_at", "recorded_by", "struck_out_at", "payload", "signature"}
)


@dataclass(slots=True)
class Row:
    """One row of the record: what it is, what stands in it (label, words), who wrote it and when."""

    title: str
    said: list[tuple[str, str]]
    by: str
    at: Any


@dataclass(slots=True)
class Part:
    heading: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of row: beneath which heading, and by which column it hangs on the consideration."""

    heading: str
    model: type[Model]
    by: str = "application"


SOURCES: tuple[Source, ...] = (
    Source("Contact", ContactAttempt),
    Source("Traces", Trace),
    Source("Nothing found: what was searched, and who agreed", NoTrace),
    Source("Systems that could not be asked", Unavailable),
    Source("The risk as it was judged", Triage),
    Source("The meeting", FaceToFace),
    Source("Agencies asked", AgencyAsked),
    Source("The full assessment", FullAssessment),
    Source("Concern or no concern, as the police saw it", Categorised),
    Source("The tests", TestAnswer),
    Source("The forum", ForumDecision),
    Source("Who took part", SatAtForum, "decision__application"),
    Source("What the words rest on", Chosen, "decision__application"),
    Source("Ratified afterwards", Ratification),
    Source("What was told, to whom", Telling),
    Source("That nothing was to be told", NothingToTell),
    Source("Withdrawn", Withdrawal),
    Source("Went on without a request", Conversion),
    Source("Deaths", Death),
    Source("Transfers between forces", ForceTransfer),
    Source("Told that the subject is staff", StaffTold),
    Source("Why it is late", Delay),
    Source("Exceptional circumstances", Exceptional),
    Source("The subject’s management", Management),
    Source("The end", Conclusion),
    Source("The final report", FinalReport),
)


def written_decision(document: Document) -> str | None:
    """As it stands now; None where its asker may see it no longer, or the case holds no consideration."""
    rows = Application.objects.visible_to(document.asked_by).select_related("case__unit")
    application = rows.filter(case=document.case_id).first()
    if application is None:
        return None
    document.shows, document.drawn_from = [], []
    user = document.asked_by
    context = {
        "application": application, "document": document, "as_at": document.as_at, "parties": parties(application, user),
        "own": said_of(application), "parts": parts(application, user), "checks": checks(application, user),
        "log": LoggedDecision.objects.visible_to(user).filter(case=application.case).order_by("decided_at", "pk"),
    }  # fmt: skip
    return render_to_string("reporting/decision.html", context)


def parties(application: Application, user: User) -> list[tuple[str, str, str]]:
    """(part, name, connection) of each, applicant first."""
    rows = list(application.parties.standing().order_by("part", "pk"))
    names = names_for({row.person_id for row in rows}, user)
    return [(row.get_part_display(), names[row.person_id], row.connection) for row in rows]


def checks(application: Application, user: User) -> list[Row]:
    """Each look in a system, with every name and date that was searched."""
    rows = SystemCheck.objects.visible_to(user).filter(case=application.case_id, struck_out_at__isnull=True)
    looks = rows.select_related("system", "recorded_by").order_by("pk")
    return [Row(str(look.system), said_of(look), look.recorded_by.title(), look.recorded_at) for look in looks]


def parts(application: Application, user: User) -> list[Part]:
    """Every kind of row that there is, in the order of the way. One query for each kind."""
    found = []
    for source in SOURCES:
        rows: Any = source.model._default_manager
        asked = rows.visible_to(user).filter(**{source.by: application}, struck_out_at__isnull=True)
        part = Part(source.heading, [as_row(row) for row in asked.select_related("recorded_by").order_by("pk")])
        if part.rows:
            found.append(part)
    return found


def as_row(row: Any) -> Row:
    return Row(str(row)[:1].upper() + str(row)[1:], said_of(row), row.recorded_by.title(), row.recorded_at)


def said_of(row: Any) -> list[tuple[str, str]]:
    """(label, words) of every column that says something."""
    found = []
    for column in row._meta.concrete_fields:
        if column.name in SILENT or (column.is_relation and column.related_model is not User):
            continue
        words = words_of(row, column)
        if words:
            found.append((str(column.verbose_name)[:1].upper() + str(column.verbose_name)[1:], words))
    return found


def words_of(row: Any, column: Any) -> str:
    """One column in words: choices by their labels, people by title, moments as they stand in law."""
    value = getattr(row, column.name)
    if value in (None, "", [], False):
        return ""
    if column.name == "state":
        return str(row.get_state_display())
    if column.is_relation:
        return str(value.title())
    base = getattr(column, "base_field", None)
    if base is not None:
        labels = dict(base.flatchoices)
        return ", ".join(str(labels.get(one, one)) for one in value)
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    return said_plainly(value)


def said_plainly(value: Any) -> str:
    if value is True:
        return "Yes"
    if hasattr(value, "hour"):
        return legal(value)
    return full_day(value) if hasattr(value, "year") else str(value)
