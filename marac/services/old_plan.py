"""The plan of the last time beside this one: what each old action was worth, before the same is set again (R-32)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from marac.models import ActionType, ForumAction, Hearing, Referral
from safeguarding.models import Agency, AgencyKind
from workflow import engine
from workflow.models import Refusal, Refused

#: What an agency's action is, where nobody says more.
OWNED: dict[str, str] = {
    AgencyKind.POLICE: ActionType.DISRUPT, AgencyKind.IDVA: ActionType.SUPPORT, AgencyKind.CHILDREN: ActionType.CHILDREN,
    AgencyKind.ADULTS: ActionType.ADULTS, AgencyKind.PRIMARY: ActionType.HEALTH, AgencyKind.ACUTE: ActionType.HEALTH,
    AgencyKind.MENTAL: ActionType.MENTAL, AgencyKind.MIDWIFERY: ActionType.HEALTH,
    AgencyKind.EDUCATION: ActionType.EDUCATION, AgencyKind.HOUSING: ActionType.HOUSING,
    AgencyKind.PROBATION: ActionType.PROBATION, AgencyKind.SUBSTANCE: ActionType.SUBSTANCE,
    AgencyKind.VOLUNTARY: ActionType.SUPPORT, AgencyKind.MASH: ActionType.CHILDREN,
}  # fmt: skip
UNMARKED = "Not yet. The last plan had this action: say first what it was worth (R-32)."
NOT_OLD = "Not available. That action is not of the last plan."


def old_actions(referral: Referral) -> list[ForumAction]:
    """The actions of the referral that this one repeats, the earliest first; none where it repeats none.

    Index: forum_action_of_referral.
    """
    if referral.repeat_of_id is None:
        return []
    return list(old_ones().filter(referral=referral.repeat_of_id))


def old_ones() -> Any:
    return ForumAction.objects.standing().select_related("agency__unit", "meeting").order_by("pk")


def old_actions_seen(referral: Referral, user: User) -> list[ForumAction]:
    """Those that this person may read: all where the old case stands open to them, else their own agency’s."""
    return old_plans_seen([referral], user).get(referral.pk, [])


def old_plans_seen(referrals: Iterable[Referral], user: User) -> dict[int, list[ForumAction]]:
    """{referral id: those of its last plan}, for a page of referrals: three queries, however many."""
    repeats = {one.pk: one.repeat_of_id for one in referrals if one.repeat_of_id}
    old = list(old_ones().filter(referral__in=set(repeats.values()))) if repeats else []
    if not old:
        return {}
    seen = set(ForumAction.objects.visible_to(user).filter(pk__in=[row.pk for row in old]).values_list("pk", flat=True))
    own = set(Agency.objects.all().of(user).values_list("pk", flat=True)) if len(seen) < len(old) else set()
    mine = [row for row in old if row.pk in seen or row.agency_id in own]
    return {pk: [row for row in mine if row.referral_id == of] for pk, of in repeats.items()}


def refuse_unmarked(old: Iterable[ForumAction], what: str, set_again: int | None) -> None:
    """R-32: the same action is not set again before somebody said what it was worth; by its number, or in its own words."""
    rows = list(old)
    named = next((row for row in rows if row.pk == set_again), None)
    if set_again and named is None:
        raise Refused(Refusal.GUARD, NOT_OLD)
    same = [row for row in rows if plain(row.what) == plain(what)]
    if any(not row.worth for row in (*same, *filter(None, [named]))):
        raise Refused(Refusal.GUARD, UNMARKED)


def plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def mark(action: ForumAction, hearing: Hearing, said: dict[str, Any], *, by: User, at: datetime | None = None) -> Any:
    """Say what an old action was worth, while the repeat is heard. Raises Refused, also where somebody else marked it
    otherwise since `action` was read.
    """
    if action.referral_id != hearing.referral.repeat_of_id:
        raise Refused(Refusal.GUARD, NOT_OLD)
    changes = {"worth": said["worth"], "worth_words": said["words"], "worth_at": hearing.item.meeting}
    return engine.amend(action, changes, beneath=hearing, by=by, seen=said["seen"], at=at)
