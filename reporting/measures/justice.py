"""WHAT BECAME OF IT: arrests, outcomes, charges, how long they took."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from cases.models.answers.arrest import NoArrest, Release
from cases.models.arrest import ArrestDecision
from cases.models.marker import SetMarker
from cases.models.outcome import CODES
from reporting.measures.declare import Basis, Counted, Measure, Outside, Part, declare
from reporting.measures.facts import (
    ARRESTS,
    CHARGES,
    CRIMES,
    DEALT_WITH,
    NOT_ARRESTED,
    OUTCOMES,
    RELEASED,
    REPORTED,
    REPORTS,
    TO_ARREST,
    TO_CHARGE,
    TO_CHARGE_AT_ALL,
    TO_CONTACT,
    TO_OUTCOME,
    VERDICTS,
    K,
    course,
)
from reporting.measures.volumes import WHERE, WHO
from reporting.models.outside import OutsideKind
from reporting.outside.table import (
    ACTION_PLAN,
    CHARGED,
    COMPLETED,
    CONVICTED,
    EVIDENCE_LED,
    EVIDENCE_LED_CONVICTED,
    GUILTY_PLEA,
    NO_ACTION,
    OUT_OF_COURT,
    REFERRED,
)

NEVER_MIXED = "What the CPS counts and what our own record holds stand side by side and are never mixed: they count by other days and other rules."
DECISIONS = (K.CHARGE, K.NO_ACTION, K.OUT_OF_COURT)
BY = (*WHERE, *WHO, "offence", "supervisor")
ALIKE = ("division", "team", *WHO)  # what an arrest and a crime can both be broken down by
FORMAL, WITHOUT_COURT = ("2", "2A", "3", "3A", "6", "8"), ("22",)


def positive(said: Iterable[str]) -> tuple[str, ...]:
    """The outcomes that the force calls positive (003:134), in the order of the codes. Raises ImproperlyConfigured."""
    codes = [code.strip().upper() for code in said]
    strange = sorted(set(codes) - CODES.keys())
    if not codes or strange:
        raise ImproperlyConfigured(
            f"POSITIVE_OUTCOMES: name outcomes by their codes, such as 1,1A,3. {' '.join(strange)}"
        )
    return tuple(code for code in CODES if code in codes)


#: Printed with the figure.
POSITIVE = positive(settings.POSITIVE_OUTCOMES)


def arrested(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Crimes whose report led to an arrest of whoever is said to have done it."""
    taken = ArrestDecision.objects.standing().taken().filter(incident=OuterRef("incident"))
    return rows.filter(Exists(taken.filter(Q(suspect=OuterRef("suspect")) | Q(suspect__isnull=True))))


def coded(label: str, *codes: str) -> Counted:
    return OUTCOMES.only(label, code__in=codes)


def at_large(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Crimes with a named suspect who was neither arrested nor attended, and no outcome: somebody is still to be found."""
    seen = ArrestDecision.objects.standing().filter(incident=OuterRef("incident"), suspect=OuterRef("suspect"))
    spoken = seen.filter(Q(arrested="yes") | Q(arrested_at__isnull=False) | Q(attended="yes"))
    return rows.filter(suspect__isnull=False, code__isnull=True).exclude(Exists(spoken))


def by_cps(label: str, *figures: str) -> Outside:
    """What was brought in of the CPS and the courts (`reporting.outside`)."""
    return Outside(label, OutsideKind.PROSECUTION, figures)


def people_of(label: str, *kinds: str) -> Counted:
    """People in the course of whose case this happened, each once; who is not named counts by the event."""
    who = Coalesce("suspect__person_id", -F("pk"))
    return Counted(
        label, lambda: course(*kinds), "at", "by the moment of the event", incident="suspect__incident", once=who
    )


def longer(days: int) -> Counted:
    since = Now() - timedelta(days=days)
    return OUTSTANDING.only(f"for longer than {days} days", recorded_at__lt=since)


def by_police(rows: QuerySet[Any]) -> QuerySet[Any]:
    marked = SetMarker.objects.standing().filter(case=OuterRef("case"), code="police_suspect", cleared_at__isnull=True)
    return rows.filter(Exists(marked))


OUTSTANDING = OUTCOMES.those("crimes whose suspect is still to be found", at_large)
OF_POLICE = OUTCOMES.those("crimes whose suspect is police or staff", by_police)
NAMED = CRIMES.only("crimes with a named suspect", suspect__isnull=False)
DECIDED = OUTCOMES.only("crimes with an outcome", code__isnull=False)


def of_reports(counted: Counted, label: str) -> Counted:
    """The same crimes, in the window by the moment of their report: so that one cohort is followed from it on (M18)."""
    return replace(counted, label=label, at="incident__reported_at", at_words=REPORTED)


NO_SUPPORT = ("no", "withdrew")
UNSUPPORTED_CHARGED = coded("charged or summonsed", "1", "1A").only("charged without support", support__in=NO_SUPPORT)
FOLLOWED = of_reports(CRIMES, "crimes of these reports")
FOLLOWED_NAMED = FOLLOWED.only("with a named suspect", suspect__isnull=False)
FOLLOWED_ARRESTED = FOLLOWED_NAMED.those("with an arrest", arrested)
FOLLOWED_CHARGED = of_reports(coded("charged or summonsed", "1", "1A"), "charged or summonsed")

declare(
    Measure(
        "M06", "Arrest rate", "Arrests for domestic abuse offences in the window, for every 100 domestic abuse crimes recorded in it.",
        "Arrests", "S3-024, S3-064; ONS [S ONS25]", parts=(Part("rate", "Arrests", ARRESTS, CRIMES),), by=ALIKE, pair="M07", good="more",
        mind="Arrests are counted, not people: somebody arrested twice counts twice, and the rate may pass 100. The arrests need not belong to the crimes. Voluntary interviews are left out.",
    ),
    Measure(
        "M06b", "Crimes with an arrest", "Crimes recorded in the window whose named suspect has been arrested, for every 100 crimes with a named suspect and for every 100 crimes.",
        "Arrests", "C.2: for the force itself; not the arrest rate", Basis.COHORT,
        (Part("named", "Of crimes with a named suspect", NAMED.those("with an arrest", arrested), NAMED), Part("all", "Of all crimes", CRIMES.those("with an arrest", arrested), CRIMES)),
        by=BY, pair="M07", good="more",
    ),
    Measure(
        "M07", "Decisions not to arrest judged right", "Decisions not to arrest that a supervisor found adequate, for every 100 that a supervisor looked at.",
        "Arrests", "S2-031; A.7", Basis.COHORT,
        (Part("adequate", "Found adequate", VERDICTS.only("found adequate", verdict="adequate"), VERDICTS), Part("decisions", "Decisions not to arrest", NOT_ARRESTED)),
        by=("division", "team", "officer", "risk"), pair="why-not-arrested", good="more", mind="Every decision not to arrest is looked at, so this is a census; those not looked at yet are not in it.",
    ),
    Measure(
        "why-not-arrested", "Why nobody was arrested", "Decisions of the window not to arrest, by the reasons that were given, for every 100; one decision may have several.",
        "Arrests", "S2-031; A.7", Basis.COHORT,
        tuple(Part(code.value.lower(), f"{code.value}: {code.label}", NOT_ARRESTED.only(f"with reason {code.value}", codes__contains=[code.value]), NOT_ARRESTED) for code in NoArrest),
        by=("division", "team", "shift", "officer", "risk", "supervisor"), pair="M07", mind="Read it by team and by time of day: where a reason stands out, ask what is behind it.",
    ),
    Measure(
        "M08", "Charge or summons rate", "Crimes recorded in the window whose outcome by now is a charge or summons, for every 100 recorded.",
        "Outcomes", "S3-034, S3-162; outcomes 1 and 1A", Basis.COHORT, (Part("charged", "Charged or summonsed", coded("charged or summonsed", "1", "1A"), OUTCOMES),),
        by=BY, pair="M13", good="more", mind="Crimes of late months have had less time: their rate will rise.",
    ),
    Measure(
        "M09", "Outcomes", "What became of the crimes recorded in the window: each outcome for every 100 crimes, with and without those that have none yet.",
        "Outcomes", "S3-065; Home Office outcomes framework", Basis.COHORT,
        (Part("all", "Of all crimes", DECIDED, OUTCOMES, spread=("outcome",)), Part("decided", "Of crimes with an outcome", DECIDED, DECIDED, spread=("outcome",)), Part("period", "Dealt with in the window", DEALT_WITH)),
        by=("outcome", *BY),
    ),
    Measure(
        "M10", "Evidential difficulties", "Crimes recorded in the window whose outcome is 14, 15 or 16, for every 100 with an outcome.",
        "Outcomes", "C.2; 14 and 16: the victim does not support", Basis.COHORT,
        (
            Part("no-support", "14 and 16 together", coded("outcome 14 or 16", "14", "16"), DECIDED),
            Part("14", "14: nobody named, no support", coded("outcome 14", "14"), DECIDED), Part("15", "15: named, supports", coded("outcome 15", "15"), DECIDED),
            Part("16", "16: named, no support", coded("outcome 16", "16"), DECIDED),
        ), by=BY, good="less",
    ),
    Measure(
        "M11", "Positive outcome rate", "Crimes recorded in the window with a positive outcome (" + ", ".join(POSITIVE) + "), for every 100 recorded.",
        "Outcomes", "S3-063; 003:134: each force says what it counts", Basis.COHORT, (Part("positive", "Positive outcomes", coded("positive outcomes", *POSITIVE), OUTCOMES),),
        by=BY, pair="M10", good="more",
    ),
    Measure(
        "M12", "Dealt with out of court", "Crimes recorded in the window with a caution, penalty notice or community resolution, for every 100 with an outcome; diversion apart.",
        "Outcomes", "C.2; outcomes 2, 3, 6 and 8; 22 apart", Basis.COHORT,
        (Part("out-of-court", "Out of court", coded("dealt with out of court", *FORMAL), DECIDED), Part("community", "Community resolution", coded("community resolution", "8"), DECIDED), Part("diverted", "Diverted", coded("diverted", *WITHOUT_COURT), DECIDED)),
        by=BY,
    ),
    Measure(
        "M13", "Evidence-led charges", "Crimes recorded in the window and charged although the victim does not support it, for every 100 charged, and for every 100 that were decided and that the victim did not support.",
        "Outcomes", "S3-035", Basis.COHORT,
        (
            Part("charged", "Of those charged", UNSUPPORTED_CHARGED, coded("charged or summonsed", "1", "1A")),
            Part("attempted", "Of those the victim did not support", UNSUPPORTED_CHARGED, DECIDED.only("decided, and not supported by the victim", support__in=NO_SUPPORT)),
        ), by=BY, pair="M13-court", good="more",
    ),
    Measure(
        "M13-court", "Evidence-led prosecutions", "Prosecutions completed in which the victim did not support it, for every 100 completed; and of them those that ended in a conviction.",
        "Prosecution", "S3-035",
        parts=(
            Part("completed", "Of prosecutions", by_cps("evidence-led prosecutions completed", EVIDENCE_LED), by_cps("defendants whose prosecution was completed", COMPLETED)),
            Part("convicted", "Convicted", by_cps("convicted in an evidence-led prosecution", EVIDENCE_LED_CONVICTED), by_cps("evidence-led prosecutions completed", EVIDENCE_LED)),
        ), by=("division",), pair="M16", good="more", mind="Counted by the CPS alone.",
    ),
    Measure(
        "M14", "CPS charging rate", "Suspects charged, for every 100 on whom a legal decision was made: charged, no further action, or a disposal out of court recommended.",
        "Prosecution", "S3-066; ONS glossary [S ONS23]",
        parts=(
            Part("cps", "Charged, as the CPS counts", by_cps("suspects charged", CHARGED), by_cps("suspects decided on", CHARGED, NO_ACTION, OUT_OF_COURT)),
            Part("own", "Charged, by our own record", people_of("people charged", K.CHARGE), people_of("people charged, not proceeded against or dealt with out of court", *DECISIONS)),
            Part("cps-no-action", "No further action, as the CPS counts", by_cps("suspects against whom no further action is taken", NO_ACTION)),
            Part("own-no-action", "No further action, by our own record", people_of("people against whom no further action is taken", K.NO_ACTION)),
        ), by=("division",), good="more", beside=("own", "cps"), mind=NEVER_MIXED,
    ),
    Measure(
        "M15", "Referred to the CPS", "Suspects referred to the prosecutor for a charge, and files sent back with an action plan for every 100 referred.",
        "Prosecution", "S1-020; C.2",
        parts=(Part("referred", "Referred", by_cps("suspects referred for charge", REFERRED)), Part("sent-back", "Sent back with an action plan", by_cps("files sent back", ACTION_PLAN), by_cps("suspects referred for charge", REFERRED))),
        by=("division",), pair="M14", mind="Counted by the CPS alone: a referral is no event of our own record.",
    ),
    Measure(
        "M16", "Conviction rate", "Defendants convicted after a guilty plea, after a trial or in absence, for every 100 domestic abuse prosecutions completed.",
        "Prosecution", "S3-034, S3-066; ONS glossary [S ONS23]",
        parts=(
            Part("convicted", "Convicted", by_cps("defendants convicted", CONVICTED), by_cps("defendants whose prosecution was completed", COMPLETED)),
            Part("completed", "Prosecutions completed", by_cps("defendants whose prosecution was completed", COMPLETED)),
            Part("verdicts", "Verdicts in our own record", people_of("people with a verdict", K.VERDICT)),
        ), by=("division",), good="more", beside=("verdicts", "completed"), mind=f"{NEVER_MIXED} What a verdict was is no event of our own record, so no conviction is counted from it.",
    ),
    Measure(
        "M17", "Guilty pleas", "Defendants convicted after a guilty plea, for every 100 convicted, and for every 100 prosecutions completed.", "Prosecution", "S2-019; C.2",
        parts=(
            Part("convictions", "Of convictions", by_cps("convicted after a guilty plea", GUILTY_PLEA), by_cps("defendants convicted", CONVICTED)),
            Part("prosecutions", "Of prosecutions", by_cps("convicted after a guilty plea", GUILTY_PLEA), by_cps("defendants whose prosecution was completed", COMPLETED)),
        ), by=("division",), good="more", pair="M16", mind="Counted by the CPS alone: a plea is no event of our own record.",
    ),
    Measure(
        "M18", "From report to court", "Of the reports of the window: those that were recorded as a crime; and of these crimes those with a named suspect, with an arrest, and charged, for every 100 crimes.",
        "Outcomes", "S3-165, S2-019; C.2: one cohort, linked crime by crime", Basis.COHORT,
        (
            Part("charged", "Charged or summonsed", FOLLOWED_CHARGED, FOLLOWED), Part("arrested", "Arrested", FOLLOWED_ARRESTED, FOLLOWED),
            Part("named", "Suspect named", FOLLOWED_NAMED, FOLLOWED), Part("crimes", "Recorded as a crime", FOLLOWED), Part("reports", "Reported", REPORTS),
        ), by=(*WHERE, *WHO, "supervisor"), mind="What the CPS and the courts decided comes from outside as totals and is not linked crime by crime; those stages say so.",
    ),
    Measure(
        "M19", "How long it takes", "Days from report to arrest and to charge, from arrest to charge, from recording to outcome, and from a referral to an adviser to the first contact: half, the mean, nine in ten, and how many have not come to it.",
        "Outcomes", "S3-162", Basis.COHORT, took=(TO_ARREST, TO_CHARGE_AT_ALL, TO_CHARGE, TO_OUTCOME, TO_CONTACT), by=("division", "team", "risk"), good="less", pair="M07",
    ),
    Measure("charges", "Charges", "Charges in the window.", "Outcomes", "S3-162", parts=(Part("charges", "Charges", CHARGES),), by=ALIKE),
    Measure(
        "M40", "Suspects still to be found", "Crimes recorded in the window with a named suspect who was not arrested and did not attend, without an outcome; of them those for more than 7 and 28 days.",
        "Arrests", "C.2; S2-019", Basis.AS_AT,
        (Part("all", "Still to be found", OUTSTANDING, NAMED), Part("7-days", "For more than 7 days", longer(7)), Part("28-days", "For more than 28 days", longer(28))), by=("division", "team", "officer", "risk"), good="less",
    ),
    Measure(
        "M37", "Bail or release under investigation", "Released on bail with conditions, for every 100 released on bail or under investigation after an arrest for domestic abuse.",
        "Arrests", "000:75", Basis.COHORT,
        (
            Part("conditions", "Bail with conditions", RELEASED.only("released on bail with conditions", release=Release.BAIL_CONDITIONS), RELEASED),
            Part("investigation", "Under investigation", RELEASED.only("released under investigation", release=Release.INVESTIGATION), RELEASED),
        ), by=(*ALIKE, "officer"), good="more",
    ),
    Measure(
        "M46", "Suspects in the police", "Crimes recorded in the window whose suspect is police or staff, and all crimes: with an arrest, and charged, for every 100 of each.",
        "Outcomes", "S3-138; C.2", Basis.COHORT,
        (
            Part("police", "Police or staff: charged", OF_POLICE.only("charged or summonsed", code__in=("1", "1A")), OF_POLICE),
            Part("all", "All: charged", coded("charged or summonsed", "1", "1A"), OUTCOMES),
            Part("police-arrested", "Police or staff: with an arrest", OF_POLICE.those("with an arrest", arrested), OF_POLICE),
            Part("all-arrested", "All: with an arrest", OUTCOMES.those("with an arrest", arrested), OUTCOMES),
        ), of_force=True, private=True, mind="Set beside all crimes, those of the police among them: beside the others alone, small numbers could be worked out by taking one from the other.",
    ),
)  # fmt: skip
