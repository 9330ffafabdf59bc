"""What the forum and the telling show: on the agenda of a meeting, on the case, and beside their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, show
from dvds.models import (
    Application,
    Conclusion,
    FinalReport,
    ForumDecision,
    Management,
    NothingToTell,
    Part,
    Party,
    Ratification,
    SatAtForum,
    Telling,
    Wording,
)
from dvds.models.at_forum import now_day
from dvds.services.before_forum import KIND, items_of
from dvds.services.concluding import not_done
from dvds.services.deciding import last_decision, police_view
from dvds.steps.roles import UNIT
from marac.items import Kind, always, item
from marac.models import AgendaItem
from people.services import names_for
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context
from workflow.templatetags.words import full_day

DISCLOSURE = frozenset({Case.Kind.DISCLOSURE.value})


# --- on the agenda


def headings(records: Sequence[Any], user: User) -> dict[int, str]:
    """{id: who is at risk, and the reference} of those whose case the reader may open. Two queries."""
    seen = set(
        Case.objects.visible_to(user).filter(pk__in=[row.case_id for row in records]).values_list("pk", flat=True)
    )
    mine = [row for row in records if row.case_id in seen]
    parties = Party.objects.standing().filter(application__in=[row.pk for row in mine], part=Part.AT_RISK)
    person_of = dict(parties.order_by("-pk").values_list("application", "person"))
    names = names_for(sorted(set(person_of.values())), user)
    return {row.pk: ", ".join(filter(None, (names.get(person_of.get(row.pk, 0)), row.case.reference))) for row in mine}


def minuted(record: Any) -> str:
    """What its minutes say to whoever may open the case; never the words."""
    decision = last_decision(record)
    return f"{decision.get_decision_display()}." if decision else ""


item(
    Kind(
        KIND, "For the forum to decide", Application._meta.label, always(AgendaItem.Part.OTHER), headings,
        lambda record: str(record.get_absolute_url()), related=("case__unit",), minuted=minuted,
    )
)  # fmt: skip


# --- on the case


@dataclass(frozen=True, slots=True)
class Decided:
    decision: ForumDecision
    sat: list[SatAtForum]


@dataclass(frozen=True, slots=True)
class AtForum:
    meetings: list[AgendaItem]
    police: Any
    decisions: list[Decided]
    ratifications: list[Ratification]


def at_forum(case: Case, user: User, at: datetime) -> AtForum | None:
    """The meeting, each decision with who sat and who disagreed; the tests stand on the page of the consideration."""
    application = application_of(case)
    if application is None:
        return None
    decisions = list(
        ForumDecision.objects.as_at(at).filter(application=application).select_related("chair").order_by("-pk")
    )
    seats: dict[int, list[SatAtForum]] = {}
    for row in SatAtForum.objects.as_at(at).filter(decision__in=decisions).order_by("pk"):
        seats.setdefault(row.decision_id, []).append(row)
    meetings, waits = list(items_of(application)[:5]), list(application.ratifications.standing().order_by("pk"))
    if not (decisions or meetings or waits):
        return None
    return AtForum(
        meetings, police_view(application), [Decided(row, seats.get(row.pk, [])) for row in decisions], waits
    )


@dataclass(frozen=True, slots=True)
class ToldLines:
    tellings: list[Telling]
    nothing: list[NothingToTell]


def told_lines(case: Case, user: User, at: datetime) -> ToldLines | None:
    """Who is told, and what became of it; never the words, which stand on a page of their own. Two queries."""
    tellings = list(Telling.objects.as_at(at).filter(case=case).defer("text", "signature").order_by("pk"))
    nothing = list(NothingToTell.objects.as_at(at).filter(case=case).order_by("pk"))
    return ToldLines(tellings, nothing) if tellings or nothing else None


@dataclass(frozen=True, slots=True)
class Ending:
    managements: list[Management]
    conclusion: Conclusion | None
    report: FinalReport | None
    lacks: list[str]


def ending(case: Case, user: User, at: datetime) -> Ending | None:
    """How it ends: the subject’s management, what was given, the final report, and what is still lacking."""
    application = application_of(case)
    if application is None or not (application.ended_at or application.state == Application.State.CONCLUDING):
        return None
    managements = list(Management.objects.as_at(at).filter(case=case).select_related("owner").order_by("-pk"))
    lacks = not_done(application) if application.state == Application.State.CONCLUDING else []
    of = {"application": application}
    return Ending(managements, Conclusion.objects.filter(**of).first(), FinalReport.objects.filter(**of).first(), lacks)


def application_of(case: Case) -> Application | None:
    found: Application | None = Application.objects.filter(case=case).first()
    return found


show(
    Panel("at-forum", "The forum", at_forum, "dvds/panels/at_forum.html", kinds=DISCLOSURE, order=40),
    Panel("tellings", "Telling", told_lines, "dvds/panels/tellings.html", kinds=DISCLOSURE, order=42),
    Panel("ending", "How it ends", ending, "dvds/panels/ending.html", kinds=DISCLOSURE, order=44),
)
navigate(Entry("Final reports", "final-reports", 32, UNIT, menu="team"))


# --- beside the steps: what is said aloud stands above the form


@step_context("telling.tell")
def words_to_say(request: HttpRequest, telling: Telling) -> dict[str, Any]:
    """What the forum approved, how it is told, and the words round it."""
    decision, words = telling.decision, Wording.objects.said_on(Wording.Code.TELL, now_day()).words
    if decision is None:
        return {}
    said = [
        f"{_('The words that the forum approved:')} {decision.words}",
        f"{_('How it is told:')} {decision.how}",
        f"{_('Said with it:')} {words}",
    ]
    return {"consequences": said, "consequences_title": _("What is said, and no more")}


@step_context("consideration.inform")
def always_the_same(request: HttpRequest, application: Application) -> dict[str, Any]:
    words = Wording.objects.said_on(Wording.Code.NOTHING, now_day()).words
    return {
        "consequences": [words],
        "consequences_title": _("Say these words, whatever the reason is that nothing is told"),
    }


@step_context("consideration.tell-in-danger")
def round_the_words(request: HttpRequest, application: Application) -> dict[str, Any]:
    words = Wording.objects.said_on(Wording.Code.TELL, now_day()).words
    return {"consequences": [words], "consequences_title": _("Said with what you tell")}


@step_context("consideration.answer-tests")
@step_context("consideration.decide-tell")
@step_context("consideration.decide-not-tell")
def what_was_proposed(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What the police propose, which the forum may overturn (S707)."""
    view = police_view(application)
    if view is None:
        return {}
    said = [f"{view.get_category_display()}. {view.reasons}"]
    said += [f"{_('Whom:')} {view.recipient}"] if view.recipient else []
    said += [f"{_('Words:')} {view.wording}"] if view.wording else []
    title = _("What the police proposed on %(day)s; the forum decides") % {"day": full_day(view.recorded_at)}
    return {"consequences": said, "consequences_title": title}
