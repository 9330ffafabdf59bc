"""Whether a referral is a repeat (R-30), and why, in one sentence that anybody can check with a calendar.

Months are calendar months in London. The rule itself is pure; what it asks is gathered beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Incident
from cases.models.answers.abuse import AbuseSign, AbuseType
from cases.models.definition_set import months_before
from cases.services.repeat_events import events_of
from marac.models import (
    ForumTerms,
    Hearing,
    Outcome,
    Part,
    Referral,
    ReferredPerson,
    RepeatAnchor,
    RepeatWords,
    Transfer,
)
from workflow.clock import LONDON
from workflow.templatetags.words import full_day

#: A case that was put off, or sent to an emergency meeting, was called and not heard.
NOT_HEARD = (Outcome.DEFERRED, Outcome.EMERGENCY)
#: What the older definition lists: violence or threats of it, stalking or harassment, sexual abuse (D.2).
LISTED_TYPES = frozenset({AbuseType.PHYSICAL, AbuseType.VIOLENT})
LISTED_SIGNS = frozenset(
    {
        AbuseSign.STRANGLED,
        AbuseSign.THREAT_TO_KILL,
        AbuseSign.STALKING,
        AbuseSign.HARASSMENT,
        AbuseSign.SEXUAL,
    }
)


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later; the last of its month where that month is shorter (29 Feb: 28 Feb)."""
    return months_before(day, -months)


def falls_within(anchor: date, event: date, months: int) -> bool:
    """R-30: further abuse on `event` is a repeat of what was referred or heard on `anchor`; its last day counts."""
    return anchor <= event <= months_after(anchor, months)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier referral of the same people. `at`: the moment its months run from (UTC; none: only the day is known)."""

    on: date
    at: datetime | None = None
    referral: Referral | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`of`: the earlier referral, where it is one of ours."""

    is_repeat: bool
    because: str
    of: Referral | None = None


def verdict(earlier: Iterable[Earlier], events: Iterable[datetime], months: int, anchor: str) -> Verdict:
    """R-30 over earlier referrals and the moments (UTC) of abuse; the newest earlier one that makes it a repeat counts."""
    known = sorted(earlier, key=lambda one: one.on, reverse=True)
    happened = sorted(events)
    for one in known:
        after = [event for event in happened if one.at is None or event > one.at]
        days = [event.astimezone(LONDON).date() for event in after]
        found = next((day for day in days if falls_within(one.on, day, months)), None)
        if found is not None:
            return Verdict(True, said(one.on, found, months, anchor), one.referral)
    if not known:
        return Verdict(False, _("No repeat: no earlier referral of these people is known."))
    return Verdict(False, said_no(known[0].on, months))


def said(anchor_on: date, event_on: date, months: int, anchor: str) -> str:
    words = (
        _(
            "Repeat: abuse by the same person on %(event)s. That is within %(months)s calendar months of when it was last"
            " heard, %(anchor)s: they end with %(ends)s."
        )
        if anchor == RepeatAnchor.HEARD
        else _(
            "Repeat: abuse by the same person on %(event)s. That is within %(months)s calendar months of the last"
            " referral, %(anchor)s: they end with %(ends)s."
        )
    )
    ends = full_day(months_after(anchor_on, months))
    told = {"event": full_day(event_on), "months": months, "anchor": full_day(anchor_on), "ends": ends}
    return words % told


def said_no(anchor_on: date, months: int) -> str:
    words = _(
        "No repeat: no further abuse by the same person is recorded within %(months)s calendar months of %(anchor)s."
        " They end with %(ends)s."
    )
    ends = full_day(months_after(anchor_on, months))
    return words % {"anchor": full_day(anchor_on), "ends": ends, "months": months}


# --- what the rule asks ---


def decide(referral: Referral, terms: ForumTerms, at: datetime) -> Verdict:
    """Whether this referral, sent at the moment (UTC), is a repeat under its forum's terms.

    Asked of everything recorded, whoever may see it: of what it finds only days are said. Merged people count as one.
    """
    parts = list(ReferredPerson.objects.standing().filter(referral=referral).values_list("person_id", "part"))
    harmed = {person for person, part in parts if part == Part.VICTIM}
    suspects = {person for person, part in parts if part == Part.SUSPECT}
    return decide_for(harmed, suspects, referral, terms, at)


def decide_for(harmed: set[int], suspects: set[int], referral: Referral, terms: ForumTerms, at: datetime) -> Verdict:
    """The same before the referral names anybody: of these people (ids)."""
    events = abuse_of(harmed, suspects, terms)
    if referral.investigation_id is None:
        events.append(at)  # what an agency tells of need not have been reported to the police
    earlier = earlier_of(referral, harmed, suspects, terms)
    return verdict(earlier, events, terms.repeat_months, terms.repeat_anchor)


def earlier_of(referral: Referral, harmed: set[int], suspects: set[int], terms: ForumTerms) -> list[Earlier]:
    """Earlier referrals of the same person harmed and at least one same suspect; and the day that another force's forum
    named. One that was handed on to this forum is this same matter, and no earlier one.

    Index: referred_person_of_person.
    """
    named = ReferredPerson.objects.standing().order_by()
    rows = Referral.objects.counted().exclude(pk=referral.pk)
    rows = rows.filter(pk__in=named.filter(person__in=harmed, part=Part.VICTIM).values("referral"))
    rows = rows.filter(pk__in=named.filter(person__in=suspects, part=Part.SUSPECT).values("referral"))
    rows = rows.exclude(pk__in=Transfer.objects.standing().filter(received=referral.pk or 0).values("referral"))
    if not terms.counts_transfers:
        rows = rows.filter(forum=referral.forum)
    if referral.submitted_at:
        rows = rows.filter(submitted_at__lt=referral.submitted_at)
    found = [anchored(one, terms) for one in rows.order_by("-submitted_at")]
    if terms.counts_transfers:
        came = Transfer.objects.standing().filter(
            referral=referral.pk or 0, way=Transfer.Way.IN, heard_there_on__isnull=False
        )
        found += [Earlier(day) for day in came.values_list("heard_there_on", flat=True)]
    return found


def anchored(one: Referral, terms: ForumTerms) -> Earlier:
    """From when its months run: the referral, or the last time it was heard; one never heard runs from its referral."""
    moment: Any = one.submitted_at
    if terms.repeat_anchor == RepeatAnchor.HEARD:
        heard = Hearing.objects.standing().filter(referral=one, ended_at__isnull=False).exclude(outcome__in=NOT_HEARD)
        heard = heard.order_by("-ended_at")
        moment = heard.values_list("ended_at", flat=True).first() or moment
    return Earlier(moment.astimezone(LONDON).date(), moment, one)


def abuse_of(harmed: set[int], suspects: set[int], terms: ForumTerms) -> list[datetime]:
    """The moments (UTC) of what is recorded of these people by these, by the forum's definition; it need be no crime."""
    events = events_of(harmed, User.objects.system()) if harmed else {}
    theirs = [one for rows in events.values() for one in rows if one.harmed in harmed and one.suspects & suspects]
    if terms.repeat_words == RepeatWords.LISTED:
        listed = listed_among([one.incident for one in theirs])
        theirs = [one for one in theirs if one.incident in listed]
    return [one.at for one in theirs]


def listed_among(incidents: list[int]) -> set[int]:
    rows = Incident.objects.filter(pk__in=incidents).values_list("pk", "abuse_types", "abuse_signs")
    return {pk for pk, types, signs in rows if LISTED_TYPES & set(types) or LISTED_SIGNS & set(signs)}


def flags_ended(forum: Any, since: date, until: date) -> Any:
    """Referrals of the forum whose twelve months ended from a day to a day (London): for its next agenda (D.6).

    Index: referral_flagged.
    """
    ended = Referral.objects.counted().filter(forum=forum, flag_until__gte=since, flag_until__lte=until)
    return ended.order_by("flag_until", "pk")
