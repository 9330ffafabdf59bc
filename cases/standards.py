"""THE MINIMUM STANDARDS of a case, as far as the folder knows them (S1-017). Other apps add rows in a `standards.py` too.

[R] throughout: a force may ask for more. Every row is asked of all incidents at once, so a long case costs no more.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.forms.arrest import ArrestOrWhyNot
from cases.forms.evidence import Evidence
from cases.forms.harmed import HarmedPerson
from cases.models import ActionTaken, ArrestDecision, Attachment, Case, Crime, Incident, Involvement, Outcome
from cases.models.answers import Answer, Verdict, YesOrNo
from cases.models.answers.children import Spoken
from cases.models.answers.evidence import FileKind
from cases.models.standard import Standard, all_of, standard
from cases.services.contact import in_force
from cases.services.systems import owed_in
from cases.steps.children import lacks_of

__all__ = ["Standard", "standard"]

Found = dict[int | None, str]
Incidents = Sequence[Incident]
PART = Involvement.Part
S1_017 = "S1-017: each incident gets a thorough response"


def of(incidents: Incidents, part: str) -> Any:
    return Involvement.objects.standing().filter(incident__in=incidents, part=part).order_by("pk")


def first_of_each(said: Iterable[tuple[int, str]]) -> Found:
    """{incident: its first sentence}."""
    found: Found = {}
    for incident, sentence in said:
        found.setdefault(incident, sentence)
    return found


def not_checked(case: Case, incidents: Incidents) -> Found:
    return {
        one.pk: _("No supervisor has approved the record") for one in incidents if one.state != Incident.State.CHECKED
    }


def view_not_known(case: Case, incidents: Incidents) -> Found:
    """Nobody harmed is named, or what they want and fear is not said, nor why that could not be learned."""
    rows = list(of(incidents, PART.VICTIM))
    nobody = {one.pk for one in incidents} - {row.incident_id for row in rows}
    lacking = ((row.incident_id, _(words)) for row in rows for _name, words in HarmedPerson.missing(row))
    return dict.fromkeys(nobody, _("Nobody harmed is named")) | first_of_each(lacking)


def children_not_seen(case: Case, incidents: Incidents) -> Found:
    """Each child was seen, and heard or why not is said; somebody said whether there were any. Unborn children are not seen."""
    unsaid = {one.pk: _("Nobody said whether children were there") for one in incidents if not one.children_present}
    rows = [row for row in of(incidents, PART.CHILD) if not row.unborn]
    unseen = ((row.incident_id, _("A child was not seen by an officer")) for row in rows if unseen_and_unheard(row))
    lacking = ((row.incident_id, words) for row in rows for words in lacks_of(row)[:1])
    return unsaid | first_of_each([*unseen, *lacking])


def unseen_and_unheard(child: Any) -> bool:
    return bool(child.seen_by_officer != YesOrNo.YES and child.spoken_to not in {Spoken.ALONE, Spoken.WITH_OTHERS})


def systems_not_checked(case: Case, incidents: Incidents) -> Found:
    count = len(owed_in(case))
    words = ngettext("%(count)s check of another system is owed", "%(count)s checks of other systems are owed", count)
    return {None: words % {"count": count}} if count else {}


def evidence_not_said(case: Case, incidents: Incidents) -> Found:
    return first_of_each((one.pk, _(words)) for one in incidents for _name, words in Evidence.missing(one))


def no_statement(case: Case, incidents: Incidents) -> Found:
    """Of a crime, an account of the person harmed is on file: a statement, of the incident or of the case as a whole."""
    crimes = [one.pk for one in incidents if one.classed == "crime"]
    kept = (Attachment.State.KEPT, Attachment.State.WAITING)
    files = Attachment.objects.standing().filter(case=case, kind=FileKind.STATEMENT, state__in=kept)
    there = set(files.values_list("incident_id", flat=True)) if crimes else set()
    none = _("No statement is on file")
    return {} if None in there else {one: none for one in crimes if one not in there}


def nothing_done(case: Case, incidents: Incidents) -> Found:
    """Safety advice and positive action: something was done, or a supervisor endorsed that nothing was."""
    rows = ActionTaken.objects.standing().filter(incident__in=incidents).order_by()
    enough = Q(endorsed_at__isnull=False) | ~Q(kind="none")
    done = set(rows.filter(enough).values_list("incident_id", flat=True))
    return {one.pk: _("No positive action or safety advice is recorded") for one in incidents if one.pk not in done}


def no_safe_contact(case: Case, incidents: Incidents) -> Found:
    return (
        {None: _("Nobody said how the person harmed is reached safely")} if incidents and in_force(case) is None else {}
    )


def arrest_not_explained(case: Case, incidents: Incidents) -> Found:
    """Of each suspect: arrested, or why not, and a supervisor found the reason adequate. Not where no crime was recorded."""
    asked = [one for one in incidents if one.classed != "non_crime"]
    rows = ArrestDecision.objects.standing().filter(incident__in=asked).prefetch_related("verdicts").order_by("pk")
    decisions = list(rows)
    about = {row.suspect_id for row in decisions}
    unsaid = [
        (row.incident_id, _("Nobody said whether a suspect was arrested"))
        for row in of(asked, PART.SUSPECT) if row.pk not in about
    ]  # fmt: skip
    lacking = ((row.incident_id, sentence) for row in decisions if (sentence := why_not_enough(row)))
    return first_of_each([*unsaid, *lacking])


def why_not_enough(decision: Any) -> str:
    missing = ArrestOrWhyNot.missing(decision)
    if missing:
        return _(missing[0][1])
    newest = max(decision.verdicts.all(), key=lambda row: row.pk, default=None)
    if decision.taken or (newest is not None and newest.verdict == Verdict.ADEQUATE):
        return ""
    return _("No supervisor has found the reason for no arrest adequate")


def no_outcome(case: Case, incidents: Incidents) -> Found:
    """Every crime that stands has an outcome in force."""
    settled = Outcome.objects.settled().order_by().values("crime")
    rows = Crime.objects.live().filter(incident__in=incidents)
    return all_of(rows, ~Q(pk__in=settled), _("A crime has no outcome"))


def somebody_unsafe(case: Case, incidents: Incidents) -> Found:
    return {one.pk: _("Not everyone was said to be safe") for one in incidents if one.everyone_safe != Answer.YES}


# fmt: off
standard(
    Standard("checked",  "The record was checked by a supervisor",                     not_checked,          f"{S1_017} [R]"),
    Standard("safe",     "Everyone was made safe",                                     somebody_unsafe,      f"{S1_017}; A.8 [R]"),
    Standard("view",     "What the person harmed wants and fears is known",            view_not_known,       "S4-005 [R]"),
    Standard("children", "Children were seen and heard",                               children_not_seen,    f"{S1_017}; A.11 [R]"),
    Standard("advice",   "Safety advice and positive action",                          nothing_done,         "S4-004, S2-003 [R]"),
    Standard("contact",  "A safe way to make contact",                                 no_safe_contact,      "F22 [R]"),
    Standard("systems",  "Other systems were checked",                                 systems_not_checked,  "S3-203 [R]"),
    Standard("evidence", "The evidence was looked for",                                evidence_not_said,    "S3-022; A.9 [R]"),
    Standard("statement", "A statement of a crime is on file",                         no_statement,         "003:254 [R]"),
    Standard("arrest",   "An arrest, or a reason that a supervisor found adequate",    arrest_not_explained, "A.7; S3-100 [R]"),
    Standard("outcome",  "Every crime has an outcome",                                 no_outcome,           "A.5 [R]"),
)
# fmt: on
