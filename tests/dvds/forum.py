"""A consideration before a forum and afterwards, by the ordinary steps: what the tests of forum and telling begin from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from cases.models import CheckedSystem, SystemCheck, UnsafeReport
from dvds.models import Application, Categorised, FinalReport, Party, Telling, Trace
from marac.models import Forum, Meeting
from risk.models import SafetyPlan
from tests.api.conftest import Caller
from tests.cast import client_of, take
from tests.dvds.cast_of_disclosures import consideration
from tests.marac.made import forum_of
from tests.marac.room import meeting_of, sitting

WHY = "His former partner was strangled by him in 2021 and in 2023."
WORDS = "He was convicted in 2023 of an assault on a former partner, by the throat."
LIBRARY = "The library in Mill Lane"


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


def ago(**length: float) -> str:
    return local(timezone.now() - timedelta(**length))


def forum(hal: User) -> Forum:
    found = Forum.objects.filter(name="Easterby MARAC").first()
    return found or forum_of(hal)


def plan(application: Application, by: User) -> SafetyPlan:
    """A safety plan of the case that somebody has approved."""
    harmed = Party.objects.get(application=application, part="at_risk").person
    made: SafetyPlan = SafetyPlan.objects.create(
        case=application.case, person=harmed, state="in_force", recorded_by=by, wishes="To be left alone.", agreed="yes"
    )
    return made


def trace(application: Application, by: User, **said: Any) -> Trace:
    """A conviction for violence that PNC holds, unspent unless something else is said."""
    subject = Party.objects.get(application=application, part="subject").person
    check = SystemCheck.objects.create(
        case=application.case, system=CheckedSystem.objects.order_by("pk")[0], person=subject, names=["Karl Field"],
        births=["1988-01-30"], checked_at=timezone.now() - timedelta(hours=5), found="something", result="One conviction.",
        recorded_by=by, state="recorded",
    )  # fmt: skip
    columns = {
        "sort": "conviction",
        "words": WORDS,
        "spent": "unspent",
        "violent": True,
        "happened_on": date(2023, 5, 2),
        **said,
    }
    made: Trace = Trace.objects.create(
        case=application.case, application=application, check_made=check, recorded_by=by, **columns
    )
    return made


def referred(unit: Unit, by: User, *, category: str = "concern", with_plan: bool = True, **said: Any) -> Application:
    """With the forum, categorised and signed; a safety plan in force unless it is to lack."""
    application = consideration(unit, by, "referred", **{"days_ago": 6, **said})
    made = plan(application, by) if with_plan else None
    Categorised.objects.create(
        case=application.case, application=application, category=category, reasons=WHY, representations="dispensed",
        representations_because="To ask him would tell him of her.", recipient="Rosa Field", wording=WORDS, recorded_by=by,
        safety_plan=made or plan(consideration(unit, by), by),
    )  # fmt: skip
    return application


def before(application: Application, hal: User, chair: User, by: User, *, opened: bool = True) -> Meeting:
    """Put on the agenda of a meeting that this chair chairs, and the meeting opened."""
    meeting = meeting_of(forum(hal), hal, chair=chair)
    take(application, "put-before", by, meeting=meeting.pk)
    return sitting(meeting, hal) if opened else meeting


def answers(*no: str) -> dict[str, str]:
    """All six tests, yes but for those named."""
    said = {f"{test}_answer": "no" if test in no else "yes" for test in ("t1", "t2", "t3", "t4", "t5", "t6")}
    return said | {f"{test}_reason": f"{WHY} So much for {test}." for test in ("t1", "t2", "t3", "t4", "t5", "t6")}


SAT: dict[str, Any] = {
    "police_how": "present", "police_who": "DI Farrar", "probation_how": "written", "probation_view": "He is on licence.",
    "idva_how": "present", "idva_who": "Tess Arkwright", "children_how": "present", "children_who": "Moira Teague",
}  # fmt: skip


def sat() -> dict[str, Any]:
    return {**SAT, "decided_at": local(timezone.now())}


def telling_said(*traces: Trace, **said: Any) -> dict[str, Any]:
    """What the forum says where it is told to the person at risk."""
    return {
        "words": WORDS, "rests_on": [row.pk for row in traces], "recipients": ["at_risk"],
        "at_risk_why": "She lives with the danger and can keep it.", "how": "By DC Holt at the library, an adviser with her.",
        "representations": "dispensed", "representations_because": "To ask him would tell him of her.", "reasons": WHY,
        "subject_informed": "no", "management": "Integrated offender management takes him on.", **sat(), **said,
    }  # fmt: skip


def not_telling_said(**said: Any) -> dict[str, Any]:
    return {
        "category": "no_concern", "reasons": "Nothing is held of him anywhere.", "representations": "dispensed",
        "representations_because": "There is nothing to put to him.", "searched_again": "on",
        "management": "Considered, and not needed.", **sat(), **said,
    }  # fmt: skip


def to_be_told(application: Application, hal: User, chair: User, by: User, **said: Any) -> Telling:
    """Decided: to be told to the person at risk. Returns her line."""
    row = trace(application, by)
    before(application, hal, chair, by)
    take(application, "answer-tests", chair, **answers())
    take(application, "decide-tell", chair, **telling_said(row, **said))
    return Telling.objects.filter(application=application, state="planned").order_by("pk")[0]


def told_nothing(application: Application, hal: User, chair: User, by: User, **said: Any) -> Application:
    """Decided: nothing is told."""
    before(application, hal, chair, by)
    take(application, "answer-tests", chair, **answers("t1", "t2", "t3"))
    found: Application = take(application, "decide-not-tell", chair, **not_telling_said(**said))
    return found


VISIT: dict[str, Any] = {"place": LIBRARY, "by_whom": "DC Holt and Tess Arkwright"}


def visit(**said: Any) -> dict[str, Any]:
    return {**VISIT, "at": local(timezone.now()), **said}


def told_said(**said: Any) -> dict[str, Any]:
    """D5, whole."""
    return visit(**{
        "to_chosen": "yes", "identity": "Her passport.", "text": f"{WORDS} That was all.", "spent_checked": "on",
        "advised": ["safety", "confidential", "law"], "signature": "Signed by R. Field and P. Holt; cabinet 4.",
        "response": "She wept, and wants to stay with her sister.", "plan_gone_through": "on", "nothing_left": "yes",
        "pack": "spoken", "follow_up": "Tess Arkwright on Monday.", **said,
    })  # fmt: skip


NOTHING: dict[str, Any] = {
    "words_said": "on", "no_absence": "on", "again": "on", "subject_not_told": "yes", "pack": "taken",
    "support": "Easterby advisers, 01632 960200",
}  # fmt: skip


def managed(**said: Any) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    return {
        "routes": ["iom"],
        "reasons": "He goes from partner to partner.",
        "owner_words": "IOM Northgate",
        "review_on": day,
        **said,
    }


CONCLUDED: dict[str, Any] = {"support": "Easterby advisers, 01632 960200", "helpline": "yes", "pack": "spoken"}


def reported(application: Application, by: User) -> FinalReport:
    """The final report submitted."""
    report = FinalReport.objects.get(application=application)
    made: FinalReport = take(report, "submit", by, reference="INT-2026-0388", submitted_at=local(timezone.now()))
    return made


def unsafe(application: Application, by: User) -> UnsafeReport:
    take(application, "unsafe", by, what="He stands outside her door with a hammer.")
    return UnsafeReport.objects.get(case=application.case)


def by_api(user: User, record: Any, step: str, said: dict[str, Any]) -> Any:
    """The same step as another system would ask for it, on the version that stands."""
    name = {"Application": "consideration", "Telling": "telling"}[type(record).__name__]
    caller = Caller(client_of(user))
    return caller.post(f"/api/v1/{name}/{record.pk}/{step}/", said, **{"If-Match": f'"{fresh(record).version}"'})
