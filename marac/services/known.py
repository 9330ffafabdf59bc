"""What a referral says of itself before anybody types: taken from the investigation as it stands (D.3: no retyping)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import ActionTaken, Case, Incident, Involvement
from cases.models.definition_set import months_before
from cases.models.safe_contact import SafeContact
from cases.services.contact import in_force
from cases.services.repeat_events import Event, events_of
from marac.models import Forum, ForumTerms, Ground, Part, Referral
from marac.services.forums import terms_of
from marac.services.repeat import decide_for
from people.models import Description
from people.models.topic import RETURNED
from people.services import births_for
from risk.models import Grade, RiskDecision
from workflow.clock import LONDON
from workflow.templatetags.words import day

MOST_TOLD = 10  # earlier incidents told in the history; the count says how many there are
PARTS = {
    Involvement.Part.VICTIM: Part.VICTIM,
    Involvement.Part.SUSPECT: Part.SUSPECT,
    Involvement.Part.CHILD: Part.CHILD,
}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of the investigation, in the part they have there, as it was said last."""

    person: int
    part: str
    row: Involvement


def named_in(case: Case) -> list[Named]:
    """The person harmed, suspects and children of a case, each once in a part; children not yet born are left out."""
    rows = Involvement.objects.standing().filter(case=case, part__in=PARTS, unborn=False).select_related("incident")
    newest = {(row.person_id, row.part): row for row in rows.order_by("incident__reported_at", "pk")}
    found = [Named(person, PARTS[Involvement.Part(part)], row) for (person, part), row in newest.items()]
    return sorted(found, key=lambda one: (list(Part.values).index(one.part), one.row.pk))


def ids_of(named: Iterable[Named], part: str) -> set[int]:
    return {one.person for one in named if one.part == part}


def newest_decision(case: Case) -> RiskDecision | None:
    """The grade that stands. Index: risk_decision_of_case."""
    rows = RiskDecision.objects.filter(case=case).select_related("assessment")
    return rows.order_by("-at", "-pk").first()


def fill(referral: Referral, case: Case, forum: Forum, at: datetime) -> None:
    """Set the columns that the investigation can say at the moment (UTC): nothing here is a decision, all may be changed."""
    terms, named, decision = terms_of(forum, at), named_in(case), newest_decision(case)
    events = events_between(named, case, terms, at)
    if decision is not None:
        referral.assessment, referral.score = decision.assessment, decision.ric_yes
        if decision.to_grade == Grade.HIGH:
            referral.judgement = decision.rationale
    referral.incidents = len(events)
    referral.grounds = grounds_of(referral, named, decision, terms, at)
    for name, words in {**told_of(case), **told_of_her(case, named)}.items():
        setattr(referral, name, words)
    count_by(referral, named, at)


def events_between(named: list[Named], case: Case, terms: ForumTerms, at: datetime) -> list[Event]:
    """Incidents of these people by each other in the months of the forum's rule. Of cases that are kept from somebody only
    this one counts: a referral goes to many agencies.
    """
    harmed, suspects = ids_of(named, Part.VICTIM), ids_of(named, Part.SUSPECT)
    since = months_before(at.astimezone(LONDON).date(), terms.escalation_months)
    found = events_of(harmed, User.objects.system()) if harmed else {}
    theirs = {
        one.incident: one for rows in found.values() for one in rows if one.suspects & suspects and one.on >= since
    }
    open_ones = set(
        Case.objects.kept_from_nobody()
        .filter(pk__in={one.case for one in theirs.values()})
        .values_list("pk", flat=True)
    )
    return [one for one in theirs.values() if one.case == case.pk or one.case in open_ones]


def grounds_of(
    referral: Referral, named: list[Named], decision: RiskDecision | None, terms: ForumTerms, at: datetime
) -> list[str]:
    """The grounds that the facts show (D.2): pre-ticked, and a person decides."""
    harmed, suspects = ids_of(named, Part.VICTIM), ids_of(named, Part.SUSPECT)
    shown = {
        Ground.VISIBLE: referral.score is not None and referral.score >= terms.visible_score,
        Ground.ESCALATION: (referral.incidents or 0) >= terms.escalation_incidents,
        Ground.REPEAT: decide_for(harmed, suspects, referral, terms, at).is_repeat,
    }
    is_high = decision is not None and decision.to_grade == Grade.HIGH
    above = decision is not None and decision.expected not in ("", Grade.HIGH)
    shown[Ground.JUDGEMENT] = is_high and (above or not any(shown.values()))
    return [str(ground) for ground in Ground if shown[ground]]


def told_of(case: Case) -> dict[str, str]:
    """The newest incident, those before it, and what was done (R-31)."""
    rows = list(Incident.objects.standing().filter(case=case).order_by("-reported_at", "-pk")[: MOST_TOLD + 1])
    if not rows:
        return {}
    done = ActionTaken.objects.standing().filter(incident__in=rows).exclude(kind="none").order_by("pk")
    acts = dict.fromkeys(f"{act.get_kind_display()}{f': {act.what}' if act.what else ''}" for act in done)
    earlier = [f"{day(row.occurred_from or row.reported_at)}: {short(row.account)}" for row in rows[1:]]
    return {
        "latest": f"{day(rows[0].occurred_from or rows[0].reported_at)}: {rows[0].account}"[:6000]
        if rows[0].account
        else "",
        "history": "\n".join(earlier)[:6000],
        "done_already": "\n".join(acts)[:4000],
    }


def short(account: str) -> str:
    words = " ".join(account.split())
    return words if len(words) <= 300 else f"{words[:300].rsplit(' ', 1)[0]} …"


def told_of_her(case: Case, named: list[Named]) -> dict[str, str]:
    """What she fears and wishes, and how she is reached; never the code word."""
    her = next((one.row for one in named if one.part == Part.VICTIM), None)
    plan = in_force(case)
    found = {"safe_contact": contact_words(plan) if plan else ""}
    if her is not None:
        found |= {"afraid_of": her.fears, "wishes": her.wants}
    return found


def contact_words(plan: SafeContact) -> str:
    """The ways in the order to be tried, the times, what is never used: the words of the plan."""
    if plan.nothing_known:
        return _("No safe way is known. %(why)s") % {"why": plan.unknown_why}
    lines = [f"{label}: {where}" for label, where in plan.ways if where]
    lines += [_("When: %(times)s") % {"times": plan.times}] if plan.times else []
    lines += [_("Who may answer: %(who)s") % {"who": plan.may_answer}] if plan.may_answer else []
    lines += [_("Never: %(never)s") % {"never": plan.never}] if plan.never else []
    return "\n".join(lines)[:2000]


def count_by(referral: Referral, named: list[Named], at: datetime) -> None:
    """What the return counts and is known for certain (D.9): ages, and whether she is a man. What is private stays hers."""
    harmed, suspects = ids_of(named, Part.VICTIM), ids_of(named, Part.SUSPECT)
    births = births_for(harmed | suspects, User.objects.system())
    ages = {person: birth.age_at(at) for person, birth in births.items()}
    referral.age = next((ages[person] for person in harmed if person in ages), None)
    referral.youngest_suspect = min((ages[person] for person in suspects if person in ages), default=None)
    said: Any = Description.objects.standing().filter(person__in=harmed, topic="gender").newest_first()
    gender = RETURNED.get(said.values_list("answer", flat=True).first() or "")
    referral.male = {"M": "yes", "F": "no"}.get(gender or "", "")
