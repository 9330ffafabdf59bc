"""THE ONE ANSWER to which investigations meet the threshold of a forum and were not referred (S2-037). It must be none.

Met: the grade is High; the count is visibly high; the same two came to notice as often as asks for MARAC; or there is
further abuse within the months of an earlier referral (R-30). Answered: by a referral sent since, or by an agreed reason
for that very grade. Nothing is kept: a newer grade, a report or a referral that is withdrawn changes the answer.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _

from cases.models import Case, Incident, Involvement
from cases.models.definition_set import DefinitionSet, months_before
from cases.services.repeat import ASKS_FOR_MARAC
from marac.models import ForumTerms, NotReferred, Part, Referral, ReferredPerson
from marac.models.referral import BEFORE
from marac.services.forums import working_forums
from risk.models import Grade, RiskDecision
from workflow.clock import LONDON

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
#: With the forum: whatever happens meanwhile is told there.
WITH_FORUM = (Referral.State.SUBMITTED, Referral.State.ACCEPTED, Referral.State.LISTED)
HAPPENED = Coalesce("incident__occurred_from", "incident__reported_at")


def unreferred(cases: Any, at: datetime) -> Any:
    """Those of the queryset of cases that are open, over the threshold at the moment (UTC), and neither referred nor excused
    since; each with `by_grade`, `by_count`, `by_pair`, `by_repeat`, `since`. Oldest case first.

    Indexes: case_of_unit, risk_decision_of_case, referral_of_investigation, not_referred_of_case, involvement_of_person,
    referred_person_of_person.
    """
    rows = cases.filter(kind=Case.Kind.INVESTIGATION, state=Case.State.OPEN)
    rows = answered(graded(rows), at)
    rows = rows.annotate(
        by_grade=high() & ~excused_grade(), by_count=counted_high(at) & ~excused_grade(),
        by_pair=Q(Exists(pairs(at))) & unanswered(), by_repeat=Q(Exists(repeats())),
    ).alias(with_forum=Exists(of_case(WITH_FORUM)))  # fmt: skip
    met = Q(by_grade=True) | Q(by_count=True) | Q(by_pair=True) | Q(by_repeat=True)
    return rows.filter(met, with_forum=False).order_by("pk")


def graded(rows: Any) -> Any:
    """With the decision that stands, and when the assessment that it is of was begun."""
    newest = RiskDecision.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    of_it = {
        "decision": "pk",
        "grade": "to_grade",
        "count": "ric_yes",
        "since": "at",
        "assessed_at": "assessment__recorded_at",
    }
    return rows.annotate(**{name: Subquery(newest.values(column)[:1]) for name, column in of_it.items()})


def answered(rows: Any, at: datetime) -> Any:
    """With when it was last referred, when and for which decision it was last excused, and when it was last reported."""
    sent = of_case(sent_states()).order_by("-submitted_at").values("submitted_at")[:1]
    agreed = NotReferred.objects.standing().filter(case=OuterRef("pk"), state=NotReferred.State.AGREED).order_by("-pk")
    told = Incident.objects.standing().filter(case=OuterRef("pk")).exclude(da_confirmed="no").order_by("-reported_at")
    return rows.annotate(
        sent_at=Subquery(sent), excused_at=Subquery(agreed.values("recorded_at")[:1]),
        excused_decision=Subquery(agreed.values("seen_decision")[:1]), told_at=Subquery(told.values("reported_at")[:1]),
    )  # fmt: skip


def sent_states() -> list[str]:
    return [state for state in Referral.State.values if state not in (*BEFORE, Referral.State.WITHDRAWN)]


def of_case(states: Any) -> Any:
    return Referral.objects.standing().filter(investigation=OuterRef("pk"), state__in=states)


def high() -> Q:
    """Graded High, and the assessment is not one that was referred."""
    return Q(grade=Grade.HIGH) & unsent()


def counted_high(at: datetime) -> Q:
    """As many yes answers as make risk visibly high by the lowest of the forums' rules in force."""
    score = lowest_score(at)
    return Q(count__gte=score) & unsent() if score is not None else Q(pk__in=[])


def lowest_score(at: datetime) -> int | None:
    on = at.astimezone(LONDON).date()
    newest = ForumTerms.objects.filter(forum=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from", "-pk")
    scores = (
        working_forums().annotate(score=Subquery(newest.values("visible_score")[:1])).values_list("score", flat=True)
    )
    return min((score for score in scores if score is not None), default=None)


def unsent() -> Q:
    return Q(sent_at__isnull=True) | Q(sent_at__lt=F("assessed_at"))


def excused_grade() -> Q:
    """For that decision only: a newer one is asked about anew."""
    return Q(excused_decision__isnull=False) & Q(excused_decision=F("decision"))


def unanswered() -> Q:
    """Neither referred nor excused since the newest report; where neither ever was, nothing was answered."""
    unsent_since = Q(sent_at__isnull=True) | Q(sent_at__lt=F("told_at"))
    return unsent_since & (Q(excused_at__isnull=True) | Q(excused_at__lt=F("told_at")))


def harmed_in(incident: str) -> Any:
    """The person harmed in the incident of an outer row; a record has one."""
    rows = Involvement.objects.standing().filter(incident=OuterRef(incident), part=VICTIM)
    return Subquery(rows.order_by().values("person")[:1])


def suspects_here() -> Any:
    """Who is suspected in the outer case, each with whom they are said to harm and when it happened."""
    rows = Involvement.objects.standing().filter(
        case=OuterRef("pk"), part=SUSPECT, incident__struck_out_at__isnull=True
    )
    rows = rows.exclude(incident__da_confirmed="no").order_by()
    happened_on = TruncDate(HAPPENED, tzinfo=LONDON)
    return rows.annotate(harmed=harmed_in("incident"), happened_at=HAPPENED, happened_on=happened_on)


def pairs(at: datetime) -> Any:
    """Two people of the outer case who came to notice as often, within the months of the force's definition, as asks for
    MARAC (D.2 c). Where no definition is in force nobody is.
    """
    definition = DefinitionSet.objects.in_force(at.astimezone(LONDON).date()).get("repeat_pair")
    if definition is None:
        return Involvement.objects.none()
    since = datetime.combine(
        months_before(at.astimezone(LONDON).date(), definition.months), time.min, LONDON
    ).astimezone(UTC)
    theirs = Involvement.objects.standing().filter(
        part=SUSPECT, person=OuterRef("person"), incident__struck_out_at__isnull=True
    )
    theirs = theirs.exclude(incident__da_confirmed="no").annotate(whom=harmed_in("incident"), happened_at=HAPPENED)
    theirs = theirs.filter(whom=OuterRef("harmed"), happened_at__gte=since, happened_at__lte=at)
    often = theirs.order_by().values("person").annotate(often=Count("pk")).values("often")
    return suspects_here().annotate(often=Subquery(often)).filter(often__gte=ASKS_FOR_MARAC)


def repeats() -> Any:
    """Abuse in the outer case after an earlier referral of the same two and within its months, and neither referred nor
    excused since it was reported. The months are those for which files are flagged (R-30).
    """
    earlier = ReferredPerson.objects.standing().filter(part=Part.SUSPECT, person=OuterRef("person")).order_by()
    earlier = earlier.filter(referral__in=Referral.objects.counted().order_by().values("pk"))
    earlier = earlier.filter(
        referral__submitted_at__lt=OuterRef("happened_at"),
        referral__flag_until__gte=OuterRef("happened_on"),
        referral__people__part=Part.VICTIM, referral__people__person=OuterRef("harmed"),
        referral__people__struck_out_at__isnull=True,
    )  # fmt: skip
    rows = suspects_here().filter(Exists(earlier))
    reported = F("incident__reported_at")
    later = Referral.objects.standing().filter(investigation=OuterRef("case_id"), state__in=sent_states())
    agreed = NotReferred.objects.standing().filter(case=OuterRef("case_id"), state=NotReferred.State.AGREED)
    rows = rows.annotate(reported=reported)
    return rows.exclude(Exists(later.filter(submitted_at__gte=OuterRef("reported")))).exclude(
        Exists(agreed.filter(recorded_at__gte=OuterRef("reported")))
    )


def over_threshold(case: Case, at: datetime) -> Any:
    """The case with what it meets, where it is over the threshold and nobody has referred it; None where it is not."""
    return unreferred(Case.objects.filter(pk=case.pk), at).first()


def why_met(row: Any) -> list[str]:
    """What an unreferred case meets, in words."""
    said = (
        (row.by_grade, _("Graded High")), (row.by_count, _("%(count)s yes answers of the 24") % {"count": row.count}),
        (row.by_pair, _("The same two again and again within the year")),
        (row.by_repeat, _("Further abuse after an earlier referral")),
    )  # fmt: skip
    return [words for holds, words in said if holds]
