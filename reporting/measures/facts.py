"""WHAT IS COUNTED: the facts that measures are made of, each with its moment and the way to its unit, case and report."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db.models import Case as Either
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import Course, Training
from cases.models import Call, Case, Crime, Holding, Incident, Involvement
from cases.models.answers.arrest import Release
from cases.models.arrest import ArrestDecision, ArrestVerdict
from cases.models.course import CourseEvent
from cases.models.outcome import Outcome
from dvds.models import Application
from marac.figures import HEARD as HEARD_TO_AN_END
from marac.models import Hearing, Referral
from marac.services.counting import HELD
from reporting.measures.declare import Counted, Took
from reporting.models import PartnerAnswer, Survey, SurveyAnswer
from reporting.models.feedback import VALID
from risk.models import Assessment, QualityCheck, RiskDecision, SafetyPlan
from safeguarding.models import Encompass, OnwardReferral
from workflow.clock import LONDON
from workflow.models import Deadline

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
K = CourseEvent.Kind
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RECORDED, REPORTED = "by the moment it was recorded", "by the moment of the report"
#: Whoever two hubs were found to be is one person.
PERSON = Coalesce("person__kept_as_id", "person_id")

LET_GO = (Release.BAIL_CONDITIONS, Release.BAIL, Release.INVESTIGATION)
#: How much work a case is beside a standard one, by its grade now [R]: the force confirms it; printed with the figure.
WEIGHTS = {"high": 3, "medium": 2}

#: Of a report. Index: crime_of_incident.
A_CRIME_STANDS = Exists(Crime.objects.live().filter(incident=OuterRef("pk")))


def reports() -> QuerySet[Incident]:
    """Every standing report that was not found to be no domestic abuse. Index: incident_by_report."""
    rows: QuerySet[Incident] = Incident.objects.standing().exclude(da_confirmed="no")
    return rows


def no_crimes() -> QuerySet[Incident]:
    """Reports of which no crime stands: one that became a crime later is counted as the crime alone. Index: crime_of_incident."""
    return reports().exclude(A_CRIME_STANDS)


def of_reports(part: str) -> QuerySet[Involvement]:
    """Those who took such a part in a report."""
    rows = Involvement.objects.standing().filter(part=part, incident__struck_out_at__isnull=True)
    return rows.exclude(incident__da_confirmed="no")


def course(*kinds: str) -> QuerySet[CourseEvent]:
    return CourseEvent.objects.filter(struck_out_at__isnull=True, kind__in=kinds)


def outcomes() -> QuerySet[Crime]:
    """Crimes that are counted, with the code of the outcome in force and its moment; the latest that was settled wins."""
    latest = Outcome.objects.settled().filter(crime=OuterRef("pk")).order_by("-settled_at", "-pk")
    columns = {"code": "code", "support": "support", "dealt_at": "settled_at"}
    found = {name: Subquery(latest.values(column)[:1]) for name, column in columns.items()}
    return Crime.objects.counted().annotate(**found)


def no_arrests() -> QuerySet[ArrestDecision]:
    return ArrestDecision.objects.standing().filter(arrested="no")


def verdicts() -> QuerySet[ArrestVerdict]:
    return ArrestVerdict.objects.standing().filter(decision__struck_out_at__isnull=True)


def first_grades() -> QuerySet[RiskDecision]:
    """The first grade of each assessment, with the grade of the case now. Index: risk_decision_of_case."""
    ledger = RiskDecision.objects.filter(case=OuterRef("case")).order_by("-at", "-pk")
    return RiskDecision.objects.filter(kind=RiskDecision.Kind.INITIAL).annotate(
        now=Subquery(ledger.values("to_grade")[:1])
    )


def open_cases() -> QuerySet[Case]:
    """Open investigations with the grade of the case now."""
    ledger = RiskDecision.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    rows = Case.objects.filter(kind=Case.Kind.INVESTIGATION, state=Case.State.OPEN)
    return rows.annotate(grade=Subquery(ledger.values("to_grade")[:1]))


def with_plan(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with a safety plan in force."""
    return rows.filter(Exists(SafetyPlan.objects.in_force().filter(case=OuterRef("pk"))))


def to_advisers() -> QuerySet[OnwardReferral]:
    """Referrals that were sent to an independent adviser. Index: onward_referral_of_agency."""
    rows: QuerySet[OnwardReferral] = OnwardReferral.objects.standing().filter(kind="idva", sent_at__isnull=False)
    return rows


def heard() -> QuerySet[Hearing]:
    """What a forum heard to an end, as its return counts it (marac.services.counting)."""
    rows: QuerySet[Hearing] = Hearing.objects.standing().filter(
        outcome__in=HEARD_TO_AN_END, item__meeting__state__in=HELD
    )
    return rows


def let_go() -> QuerySet[ArrestDecision]:
    """Arrests after which somebody left custody on bail or under investigation."""
    return ArrestDecision.objects.standing().taken().filter(release__in=LET_GO)


def by_whom() -> QuerySet[Assessment]:
    """Standing assessments with who completed them and on which London day they were asked (R-02)."""
    rows: QuerySet[Assessment] = Assessment.objects.standing().filter(state=Assessment.State.STANDING)
    return rows.annotate(who=Coalesce("reasons_by", "recorded_by"), on=TruncDate("asked_at", tzinfo=LONDON))


def trained(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Those by somebody whose DASH training counted on the day. Index: training_of_person."""
    passed = Training.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("on")), course=Course.DASH,
        state=Training.State.RECORDED, person=OuterRef("who"), passed_on__lte=OuterRef("on"),
    )  # fmt: skip
    return rows.filter(Exists(passed))


def held() -> QuerySet[Holding]:
    """The open investigations that somebody holds now, with the grade of the case and its weight. Index: holding_of_person."""
    ledger = RiskDecision.objects.filter(case=OuterRef("case")).order_by("-at", "-pk")
    rows = Holding.objects.filter(
        part=Holding.Part.INVESTIGATION, to_at__isnull=True, case__state=Case.State.OPEN,
        case__kind=Case.Kind.INVESTIGATION,
    )  # fmt: skip
    rows = rows.annotate(grade=Subquery(ledger.values("to_grade")[:1]))
    weights = [When(grade=grade, then=Value(weight)) for grade, weight in WEIGHTS.items()]
    return rows.annotate(weighs=Either(*weights, default=Value(1), output_field=IntegerField()))


def nobodys(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases of which nobody holds the investigation."""
    of_it = Holding.objects.filter(case=OuterRef("pk"), part=Holding.Part.INVESTIGATION, to_at__isnull=True)
    return rows.exclude(Exists(of_it))


def answers() -> QuerySet[SurveyAnswer]:
    """The valid answers to the scored question of each stage (`reporting.feedback.scores`). Index: survey_answered."""
    return SurveyAnswer.objects.standing().filter(
        question__scored=True, value__in=VALID, survey__state=Survey.State.ANSWERED
    )


def could_answer() -> QuerySet[Survey]:
    """Those drawn who were, or could have been, asked: answered, declined, not reached. Index: survey_by_stage."""
    asked = (Survey.State.ANSWERED, Survey.State.DECLINED, Survey.State.NOT_REACHED)
    return Survey.objects.standing().filter(state__in=asked)


def partners_answers() -> QuerySet[PartnerAnswer]:
    return PartnerAnswer.objects.filter(question__scored=True, value__in=VALID)


def owed() -> QuerySet[Deadline]:
    """Every deadline that fell due, but those that were no longer owed."""
    return Deadline.objects.filter(dropped_because="")


# fmt: off
REPORTS     = Counted("reports of domestic abuse", reports, "reported_at", REPORTED, incident="pk", officer="recorded_by_id")
NO_CRIMES   = Counted("domestic abuse incidents not recorded as crime", no_crimes, "reported_at", REPORTED, incident="pk", officer="recorded_by_id")
CRIMES      = Counted("domestic abuse crimes recorded", lambda: Crime.objects.counted(), "recorded_at", RECORDED, incident="incident", officer="recorded_by_id", own={"offence": F("offence__group")})
CANCELLED   = Counted("crimes transferred or cancelled", lambda: Crime.objects.cancelled(), "recorded_at", RECORDED, incident="incident", officer="recorded_by_id", own={"offence": F("offence__group"), "reason": F("cancel_code")})
OUTCOMES    = Counted("domestic abuse crimes recorded", outcomes, "recorded_at", RECORDED, incident="incident", officer="recorded_by_id", own={"offence": F("offence__group"), "outcome": F("code")})
DEALT_WITH  = replace(OUTCOMES, label="crimes with an outcome in the window", at="dealt_at", at_words="by the moment the outcome was settled")
VICTIMS     = Counted("people harmed", lambda: of_reports(VICTIM), "incident__reported_at", REPORTED, incident="incident", officer="incident__recorded_by_id", once=PERSON)
SUSPECTS    = Counted("suspects", lambda: of_reports(SUSPECT), "incident__reported_at", REPORTED, incident="incident", once=PERSON)
ARRESTS     = Counted("arrests for domestic abuse offences", lambda: course(K.ARREST), "at", "by the moment of the arrest", incident="suspect__incident", own={})
CHARGES     = Counted("charges", lambda: course(K.CHARGE), "at", "by the moment of the charge", incident="suspect__incident")
NOT_ARRESTED = Counted("decisions not to arrest", no_arrests, "decided_at", "by the moment of the decision", incident="incident", officer="recorded_by_id", own={})
VERDICTS    = Counted("decisions not to arrest that were looked at", verdicts, "recorded_at", "by the moment a supervisor looked", incident="decision__incident", officer="officer_id")
FIRST_GRADES = Counted("first grades", first_grades, "at", "by the moment of the grade", incident="assessment__incident", officer="decided_by_id", own={"grade": F("to_grade"), "grade_now": F("now")})
ASSESSED    = Counted("DASH assessments", lambda: Assessment.objects.standing().filter(state=Assessment.State.STANDING), "asked_at", "by the moment they were asked", incident="incident", officer="recorded_by_id")
CHECKS      = Counted("quality checks", lambda: QualityCheck.objects.standing(), "recorded_at", "by the moment of the check", unit="unit", officer="officer_id")
PASSED      = replace(CHECKS, label="rows that passed", weight=F("passed"))
LOOKED_AT   = replace(CHECKS, label="rows that were looked at", weight=F("passed") + F("advised") + F("returned"))
CALLS       = Counted("calls about domestic abuse", lambda: Call.objects.standing(), "received_at", "by the moment the call was received", own={"response": F("grade")})
REFERRED    = Counted("referrals to MARAC", lambda: Referral.objects.standing().filter(submitted_at__isnull=False), "submitted_at", "by the moment they were sent", case="investigation", unit="forum__unit", own={"source": Coalesce(F("agency__unit__name"), Value(""))})
HEARD       = Counted("cases heard at MARAC", heard, "item__meeting__starts_at", "by the moment the meeting began", case="referral__investigation", unit="item__meeting__forum__unit", once=F("referral"))
CONSIDERED  = Counted("considerations of disclosure", lambda: Application.objects.standing(), "first_contact_at", "by the moment of first contact", own={"route": F("origin_route"), "result": F("outcome")})
SCHOOLS     = Counted("notices owed to schools", lambda: Encompass.objects.standing().filter(not_sent_because=""), "grounds_at", "by the moment the police knew", incident="incident")
OPEN_CASES  = Counted("open cases", open_cases, "opened_at", "by the moment the case was opened", unit="unit", case="pk")
TO_ADVISERS = Counted("referrals to an independent adviser", to_advisers, "sent_at", "by the moment they were sent")
HELD_NOW    = Counted("open cases that somebody holds", held, "", "now", officer="person_id")
HOLDERS     = replace(HELD_NOW, label="officers who hold one", once=F("person"))
WEIGHED     = replace(HELD_NOW, label="of weight of the open cases that somebody holds", weight=F("weighs"))
OPEN_NOW    = replace(OPEN_CASES, at="", at_words="now")
RELEASED    = Counted("released on bail or under investigation", let_go, "arrested_at", "by the moment of the arrest", incident="incident", officer="recorded_by_id")
COMPLETED   = Counted("assessments", by_whom, "asked_at", "by the moment they were asked", incident="incident", officer="who")
ANSWERS     = Counted("valid answers", answers, "survey__asked_at", "by the moment they were given", own={"stage": F("survey__stage"), "risk_then": F("survey__grade")})
ASKED       = Counted("people drawn who could be asked", could_answer, "recorded_at", "by the moment they were drawn", own={"stage": F("stage"), "risk_then": F("grade")})
PARTNERS_SAY = Counted("valid answers of partners", partners_answers, "feedback__recorded_at", "by the moment they were given", unit="feedback__unit", case="")
OWED        = Counted("clocks that fell due", owed, "due_at", "by the moment they fell due", unit="unit")
# fmt: on

#: Days from a report or an arrest to what followed it.
TO_CHARGE = Took("from arrest to charge", ARRESTS, Subquery(
    course(K.CHARGE).filter(case=OuterRef("case"), suspect=OuterRef("suspect"), at__gte=OuterRef("at")).order_by("at").values("at")[:1]
))  # fmt: skip
TO_ARREST = Took("from report to arrest", REPORTS, Subquery(
    course(K.ARREST).filter(case=OuterRef("case"), suspect__incident=OuterRef("pk")).order_by("at").values("at")[:1]
))  # fmt: skip
TO_CHARGE_AT_ALL = Took("from report to charge", REPORTS, Subquery(
    course(K.CHARGE).filter(case=OuterRef("case"), suspect__incident=OuterRef("pk")).order_by("at").values("at")[:1]
))  # fmt: skip
TO_DASH = Took("from report to the DASH", REPORTS, Subquery(
    Assessment.objects.standing().filter(incident=OuterRef("pk"), state=Assessment.State.STANDING).order_by("asked_at").values("asked_at")[:1]
))  # fmt: skip
TO_OUTCOME = Took("from recording to outcome", OUTCOMES, F("dealt_at"))
#: S3-037: how long until an adviser has spoken to whoever was harmed.
TO_CONTACT = Took("from referral to first contact by an adviser", TO_ADVISERS, F("contact_at"))
TO_TELLING = Took("from first contact to telling", CONSIDERED, F("told_at"))
TO_END = Took("from first contact to its end", CONSIDERED, F("ended_at"))
