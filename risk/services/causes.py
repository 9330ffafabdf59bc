"""Which facts of a case owe a look at the risk, beyond the events of its course: asked by reactions, each once (B.2, B.7)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models.functions import Coalesce

from accounts.models import User
from cases.models import Case, Incident, Involvement, SetMarker
from cases.models.answers import AbuseSign
from cases.rule import here_or_in
from people.models import Address, Link, WarningMarker
from risk.further import HONOUR_MARKS
from risk.models import Assessment, Grade, Reassessment, RiskDecision, RiskThreshold
from risk.services.history import day_of, moment_of, months_before
from risk.services.honour import is_feared
from risk.services.reassessing import about_is, raise_reassessment, settle
from workflow.clock import LONDON

VICTIM = Involvement.Part.VICTIM
SPECIALIST_SIGNS = frozenset(
    {AbuseSign.STALKING, AbuseSign.HARASSMENT, AbuseSign.HONOUR, AbuseSign.FORCED_MARRIAGE, AbuseSign.FGM}
)
#: The flags that say the same of the case: set by hand, or by the screening of stalking.
SPECIALIST_FLAGS = HONOUR_MARKS | {"stalking"}
ARMED = frozenset({WarningMarker.Danger.WEAPONS, WarningMarker.Danger.FIREARMS})
INSUFFICIENT = (
    "Not yet. The grade is Standard on too much that is not known: that is the basis of no further action "
    "only when somebody has asked again, or graded it higher."
)


def of_incident(incident: Incident, at: datetime) -> None:
    """Another incident of a case that has a grade already: whatever the grade, it is looked at again."""
    if RiskDecision.objects.filter(case=incident.case_id, at__lt=incident.recorded_at).exists():
        owe(
            incident.case, "new_incident", f"incident:{incident.pk}:new", at, incident, "Another incident was reported."
        )


def of_number(incident: Incident, at: datetime) -> None:
    """S3-030: as many incidents in the period as the thresholds say force a look at standard and medium alike. Only those
    that are kept from nobody are counted: what is said is read by all who open the case.
    """
    limits = RiskThreshold.objects.in_force(day_of(at))
    months, least = limits["incident_months"], limits["review_incidents"]
    number = incidents_lately(incident, months)
    if number >= least:
        why = f"{number} incidents in {months} months; the rule is {least} or more."
        owe(incident.case, "repeats", f"incident:{incident.pk}:repeats", at, incident, why)


def incidents_lately(incident: Incident, months: int) -> int:
    """Incidents of whoever was harmed in this one, this one included, by the days on which they happened (R-50)."""
    harmed = incident.people(VICTIM).values("person")
    since = datetime.combine(months_before(day_of(moment_of(incident)), months), time.max, LONDON)
    plain = here_or_in(incident.case_id, Case.objects.kept_from_nobody())
    theirs = Involvement.objects.standing().filter(person__in=harmed, part=VICTIM).values("incident")
    rows = Incident.objects.standing().filter(plain, pk__in=theirs)
    lately = rows.annotate(moment=Coalesce("occurred_from", "reported_at"))
    return int(lately.filter(moment__gt=since, moment__lte=moment_of(incident)).count())


def of_grade(assessment: Assessment, at: datetime) -> None:
    """A grade was decided on answers: what it answers is done, and what the rules ask for after it is owed."""
    newest = RiskDecision.objects.filter(assessment=assessment).order_by("-at", "-pk").first()
    if newest is not None:
        settle(assessment.case, newest, assessment.incident_id, at)
        of_decision(newest, at)


def of_decision(decision: RiskDecision, at: datetime) -> None:
    """What the rules ask for after a row of the ledger, whichever step wrote it (R-12, R-13, R-19)."""
    assessment, high = decision.assessment, decision.to_grade == Grade.HIGH
    case, incident, key = assessment.case, assessment.incident, f"assessment:{assessment.pk}"
    if decision.is_insufficient and not owed_about("insufficient", incident):
        why = "Standard on too much that is not known: insufficient information."
        owe(case, "insufficient", f"{key}:insufficient:{decision.pk}", at, incident, why)
    if decision.kind == RiskDecision.Kind.LOWERED:
        return
    if assessment.was_refused and not owed_about("refused", assessment):  # answered, and graver now: offered once more
        occasion = f"{key}:refused:{'high' if high else 'other'}"
        owe(case, "refused", occasion, at, assessment, "The questions were refused.")
    if high or is_feared(assessment) or (wants_specialist(incident) and not owed_about("repeats", incident)):
        owe_secondary(assessment, decision, at)


def owed_about(trigger: str, record: Any) -> bool:
    """Whether that look is owed already: then its clock follows the grade. Index: reassessment_about."""
    return bool(Reassessment.objects.owed().filter(**about_is(record), trigger=trigger).exists())


def of_pattern(case: Case, at: datetime) -> None:
    """R-13: a sign that was ticked or a flag that was set after the grade asks for a specialist as one before it does."""
    newest = (
        RiskDecision.objects.filter(case=case).select_related("assessment__incident").order_by("-at", "-pk").first()
    )
    if newest is not None and points_to_specialist(newest.assessment.incident):
        owe_secondary(newest.assessment, newest, at)


def owe_secondary(assessment: Assessment, decision: RiskDecision, at: datetime) -> None:
    """Once for an assessment, whatever asks for it and how often; and once more where the grade has risen to high since a
    specialist answered. A rise that is the specialist's own answer asks nobody again.
    """
    high, occasion = decision.to_grade == Grade.HIGH, f"assessment:{assessment.pk}:secondary"
    before = list(Reassessment.objects.filter(**about_is(assessment), trigger="secondary"))
    if any(row.decision_id == decision.pk for row in before):
        return
    risen = high and decision.from_grade not in ("", Grade.HIGH)
    if risen and before and not any(row.state == Reassessment.State.OWED for row in before):
        occasion = f"{occasion}:{decision.pk}"
    owe(assessment.case, "secondary", occasion, at, assessment, why_specialist(assessment.incident, high))


def wants_specialist(incident: Incident) -> bool:
    """R-13: so-called honour, stalking, and whoever is harmed again. The sampling of the rest comes with the samples."""
    months = RiskThreshold.objects.in_force(day_of(incident.reported_at))["incident_months"]
    return points_to_specialist(incident) or incidents_lately(incident, months) > 1


def points_to_specialist(incident: Incident) -> bool:
    """So-called honour or stalking: a sign of the abuse, or a flag of the case. Index: set_marker_once."""
    flags = SetMarker.objects.standing().filter(
        case=incident.case_id, code__in=SPECIALIST_FLAGS, cleared_at__isnull=True
    )
    return bool(SPECIALIST_SIGNS & set(incident.abuse_signs)) or bool(flags.exists())


def why_specialist(incident: Incident, high: bool) -> str:
    if high:
        return "Graded high: a specialist assesses it again."
    return "A specialist assesses it again, because of what was reported or because it was reported again."


def of_refusal(assessment: Assessment, at: datetime) -> None:
    """R-19, R-20: whoever was not fit to be asked is asked at the time that was set."""
    if assessment.recheck_at is not None:
        key = f"assessment:{assessment.pk}:recheck:{assessment.recheck_at:%Y%m%dT%H%M}"
        why = "The time has come that was set for asking the questions."
        raise_reassessment(
            assessment.case,
            "recheck",
            key,
            User.objects.system(),
            at,
            assessment,
            from_at=assessment.recheck_at,
            why=why,
        )


def of_fact(fact: Any, at: datetime) -> None:
    """A fact about a person that is a trigger by itself, in the case that learned it."""
    trigger = trigger_of(fact)
    if trigger and RiskDecision.objects.filter(case=fact.case_id).exists():
        key = f"{fact._meta.model_name}:{fact.pk}:{trigger}"
        owe(fact.case, trigger, key, at, fact, f"Recorded: {fact.label.lower()}.")


def trigger_of(fact: Any) -> str:
    """Weapons of anybody; a new address of whoever was harmed; a partner of either. "" for every other fact."""
    if isinstance(fact, WarningMarker):
        return "weapons" if fact.danger in ARMED else ""
    if isinstance(fact, Address):
        harmed = Involvement.objects.standing().filter(case=fact.case_id, part=VICTIM, person=fact.person_id)
        return "moved" if fact.whose in ("", Address.Whose.OWN, Address.Whose.SHORT) and harmed.exists() else ""
    return "new_partner" if isinstance(fact, Link) and fact.tie == "partner" else ""


def owe(case: Case, trigger: str, occasion: str, at: datetime, about: Any, why: str) -> None:
    raise_reassessment(case, trigger, occasion, User.objects.system(), at, about, why=why)


def insufficient_now(case: Case) -> str:
    """R-12: insufficient information is the basis of no further action never. Index: risk_decision_of_case."""
    rows = RiskDecision.objects.filter(case=case.pk).order_by("-at", "-pk").values_list("is_insufficient", flat=True)
    return INSUFFICIENT if rows.first() else ""
