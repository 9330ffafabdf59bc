"""THE TABLE of postings: a role is granted by two people; short cover takes effect at once; an end always does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Posting, Unit, User
from accounts.roles import PROFESSIONAL_STANDARDS, roles
from supervision.forms.posting import AskCover, AskLonger, AskPosting
from supervision.models import PostingChange
from supervision.steps.two_people import (
    Said,
    by_another,
    by_who_asked,
    decided,
    nothing_more,
)
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval, Deadline, Refusal, Refused

S, K = PostingChange.State, PostingChange.Kind
ASKERS = roles("administrator", "superintendent", "inspector")
DECIDERS = roles("administrator", "superintendent")
COVERERS = roles("sergeant", "inspector", "superintendent")
ENDERS = ASKERS | COVERERS | PROFESSIONAL_STANDARDS
BETWEEN = timedelta(hours=8)  # covers nearer to each other than a rest are one

# Which roles somebody may cover at once in their own line: none above their own, and never one that guards the others.
COVERED_BY: dict[str, frozenset[str]] = {
    "sergeant": roles("officer", "neighbourhood_officer", "sergeant"),
    "inspector": roles("officer", "neighbourhood_officer", "investigator", "custody_officer", "sergeant", "inspector"),
    "superintendent": roles(
        "officer", "neighbourhood_officer", "investigator", "custody_officer", "contact_handler", "control_supervisor",
        "sergeant", "inspector",
    ),
}  # fmt: skip


def names_posting(change: Any) -> bool:
    """the change is of a posting that has not ended"""
    posting = change.posting
    return posting is not None and (posting.to_at is None or posting.to_at > timezone.now())


def not_my_own(change: Any, user: User) -> str:
    """Guard: nobody decides on their own role."""
    return (
        "You cannot do this. It is your own posting, so somebody else must decide." if change.user_id == user.pk else ""
    )


def still_ahead(change: Any, user: User) -> str:
    """Guard: what would have ended already is not granted."""
    if change.to_at is not None and change.to_at <= timezone.now():
        return "Not any more. It would have ended already: refuse it, and ask for another."
    if change.kind == K.EXTEND and not names_posting(change):
        return "Not any more. The posting has ended: refuse it, and ask for another."
    return ""


def open_unit(unit: Unit) -> Unit:
    """The unit, held open until this is done. Raises Refused for one that is closed."""
    held: Unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if held.state != Unit.State.OPEN:
        raise Refused(Refusal.GUARD, "That unit is closed, so nobody can be posted to it.")
    return held


def keep(change: Any, said: Said, by: User, at: datetime, *, kind: str, asks: frozenset[str]) -> None:
    """What was asked, once it is sure that the asker's own role reaches the unit, and that it is not for themselves."""
    change.kind, change.why = kind, said["why"]
    change.user, change.role, change.unit = said["user"], said["role"], open_unit(said["unit"])
    change.from_at, change.to_at = max(said["from_at"] or at, at), said["to_at"]
    if change.to_at is not None and change.to_at <= change.from_at:
        raise Refused(Refusal.GUARD, "It must end after it starts.")
    if change.user.pk == by.pk:
        raise Refused(Refusal.GUARD, "You cannot ask for a role for yourself. Somebody else must ask for you.")
    if not by.holds(asks, change.unit, at):
        raise Refused(Refusal.ROLE, _("Your role does not reach %(unit)s.") % {"unit": change.unit})


def ask(change: Any, said: Said, by: User, at: datetime) -> None:
    keep(change, said, by, at, kind=K.GRANT, asks=ASKERS)


def cover(change: Any, said: Said, by: User, at: datetime) -> None:
    """In force at once: short, of an operational role not above the giver's own, in the giver's own line."""
    keep(change, said, by, at, kind=K.COVER, asks=COVERERS)
    longest = timedelta(hours=settings.COVER_AT_MOST_HOURS)
    if change.to_at - change.from_at > longest:
        hours = settings.COVER_AT_MOST_HOURS
        words = _("Cover is for %(count)s hours at most. For longer, ask for a posting.")
        raise Refused(Refusal.GUARD, words % {"count": hours})
    if covered_already(change):
        raise Refused(
            Refusal.GUARD, "They cover in that role then, just before or just after. Ask for a posting instead."
        )
    mine = by.roles_over(change.unit, at) & COVERED_BY.keys()
    if not any(change.role in COVERED_BY[role] for role in mine):
        raise Refused(Refusal.GUARD, "You cannot give cover in that role. Ask for a posting: a second person decides.")
    grant(change, said, by, at)


def covered_already(change: Any) -> bool:
    """Whether this cover would join another: a chain of them would be a posting that no second person saw."""
    same = PostingChange.objects.filter(kind=K.COVER, user=change.user, role=change.role)
    near = same.filter(posting__from_at__lt=change.to_at + BETWEEN, posting__to_at__gt=change.from_at - BETWEEN)
    return bool(near.exists())


def grant(change: Any, said: Said, by: User, at: datetime) -> None:
    """The posting itself, never from a moment before it was decided. Whatever nobody could hear is asked again."""
    unit = open_unit(change.unit)
    if not change.user.is_active:
        raise Refused(Refusal.GUARD, "They may not sign in now, so no role can be given to them.")
    if change.kind == K.EXTEND:
        Posting.objects.filter(pk=change.posting_id).update(to_at=change.to_at)
    else:
        change.posting = Posting.objects.create(
            user=change.user, role=change.role, unit=unit, from_at=max(change.from_at, at), to_at=change.to_at
        )
    Deadline.objects.all().listen_again(unit.pk, at)


def ask_longer(change: Any, said: Said, by: User, at: datetime) -> None:
    posting = change.posting
    if posting.user_id == by.pk:
        raise Refused(Refusal.GUARD, "You cannot ask for your own posting to last longer. Somebody else must ask.")
    if said["to_at"] is not None and said["to_at"] <= max(posting.from_at, at):
        raise Refused(Refusal.GUARD, "It must end later than now, and after it starts.")
    change.kind, change.why = K.EXTEND, said["why"]
    change.user, change.role, change.from_at, change.to_at = posting.user, posting.role, posting.from_at, said["to_at"]


def end(change: Any, said: Said, by: User, at: datetime) -> None:
    """Taking a role away waits for nobody."""
    posting = change.posting
    change.kind, change.why = K.END, said["reason"][:1000]
    change.user, change.role, change.from_at, change.to_at = posting.user, posting.role, posting.from_at, at
    end_posting(posting, at)


def revoke(change: Any, said: Said, by: User, at: datetime) -> None:
    end_posting(change.posting, at)


def end_posting(posting: Posting, at: datetime) -> None:
    """Now; one that had not begun never does: it ends as it begins, by the smallest length the table allows."""
    ends = max(at, posting.from_at + timedelta(microseconds=1))
    Posting.objects.filter(pk=posting.pk).update(to_at=ends)


# fmt: off
POSTING = Workflow("posting", PostingChange, S,
    Step("ask",       "Ask for a posting",        NEW,        S.PROPOSED,  ASKERS,   AskPosting, effect=ask,        done="Posting asked for", proof=True),
    Step("cover",     "Give cover",               NEW,        S.AT_ONCE,   COVERERS, AskCover,   effect=cover,      done="Cover given"),
    Step("extend",    "Ask for it to last longer", NEW,       S.PROPOSED,  ASKERS,   AskLonger,  when=names_posting, effect=ask_longer, done="Longer posting asked for", proof=True),
    Step("end",       "End this posting now",     NEW,        S.AT_ONCE,   ENDERS,   when=names_posting, effect=end, done="Posting ended"),
    Step("approve",   "Approve this posting",     S.PROPOSED, S.APPROVED,  DECIDERS, guards=(by_another, not_my_own, still_ahead), effect=decided("posting", Approval.Verdict.APPROVED, grant), done="Posting approved", proof=True),
    Step("refuse",    "Refuse this posting",      S.PROPOSED, S.REFUSED,   DECIDERS, guards=(by_another, not_my_own), effect=decided("posting", Approval.Verdict.RETURNED), done="Posting refused"),
    Step("take-back", "Take this request back",   S.PROPOSED, S.WITHDRAWN, ASKERS,   guards=(by_who_asked,), effect=nothing_more, done="Request taken back"),
    Step("revoke",    "End at once what this gave", ANY,      STAYS,       DECIDERS | PROFESSIONAL_STANDARDS, when=names_posting, effect=revoke, done="What it gave was ended"),
    finished=(S.APPROVED, S.AT_ONCE, S.REFUSED, S.WITHDRAWN), label="posting",
)
# fmt: on
