"""THE TABLE of two records that may be one person: suggested by anybody or by the sweep, judged by a supervisor, undone
by one. Nothing is ever merged by the program.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, SUPERVISORS, SYSTEM, roles
from people.forms.merging import WhatGoes, WhyApart, WhyMerge, WhySame, WhyTwo
from people.models import Duplicate
from people.services import comparing, merging, weighing
from people.services.hubs import settle
from workflow import engine
from workflow.declare import ANY, NEW, STAYS, Step, Workflow

S = Duplicate.State
Said = dict[str, Any]
JUDGES = SUPERVISORS | COMMAND | roles("intelligence_officer")
SUGGESTERS = FRONTLINE | JUDGES
engine.settles(settle)


def two_are_named(pair: Any, user: User) -> str:
    """Guard of a pair that is begun on the page of a person."""
    return "" if pair.one_id and pair.two_id else "Not available. Begin from the page of the person."


def may_be_merged(pair: Any, user: User) -> str:
    return merging.why_not(pair, user)


def is_apart(pair: Any) -> bool:
    """somebody has said that they must stay two"""
    return pair.apart_at is not None


def is_not_apart(pair: Any) -> bool:
    """nobody has said that they must stay two"""
    return pair.apart_at is None


def keep_suggested(pair: Any, said: Said, by: User, at: datetime) -> None:
    """The reason is in the record of what happened; the row keeps only where it stands."""


def keep_judged(pair: Any, said: Said, by: User, at: datetime) -> None:
    """What is known now is known to whoever judges: only more than that brings the pair back."""
    pair.judged_by, pair.judged_at, pair.judged_score = by, at, max(pair.score, weighing.best_score(pair))


def merge(pair: Any, said: Said, by: User, at: datetime) -> None:
    keep_judged(pair, said, by, at)
    merging.merge(pair, by=by, at=at, reason=said["reason"])


def undo(pair: Any, said: Said, by: User, at: datetime) -> None:
    """Only what this person may see is theirs to give; whatever else nobody can tell stays where it is."""
    keep_judged(pair, said, by, at)
    merged = merging.open_merge(pair)
    seen = {row.code for row in comparing.shown(merging.parting(merged).open, by)} if merged and said["goes"] else set()
    merging.undo(pair, by=by, at=at, reason=said["reason"], goes=seen & set(said["goes"]))


def keep_apart(pair: Any, said: Said, by: User, at: datetime) -> None:
    pair.apart_at = at


def let_judge(pair: Any, said: Said, by: User, at: datetime) -> None:
    pair.apart_at = None


# fmt: off
DUPLICATE = Workflow("duplicate", Duplicate, S,
    Step("suggest",    "Suggest that they are the same person", NEW,         S.SUGGESTED, SUGGESTERS | SYSTEM, WhySame,  guards=(two_are_named,), effect=keep_suggested, done="Suggested as the same person"),
    Step("again",      "Suggest it again", (S.DISMISSED, S.PARTED),          S.SUGGESTED, SUGGESTERS | SYSTEM, WhySame,  effect=keep_suggested, done="Suggested again"),
    Step("dismiss",    "They are two people",                   S.SUGGESTED, S.DISMISSED, JUDGES,  WhyTwo,   effect=keep_judged, done="Judged to be two people"),
    Step("merge",      "Merge the two records",                 S.SUGGESTED, S.MERGED,    JUDGES,  WhyMerge, guards=(may_be_merged,), effect=merge, done="Two records merged", told=False),
    Step("undo",       "Make them two again",                   S.MERGED,    S.PARTED,    JUDGES,  WhatGoes, effect=undo, done="Two records again", told=False),
    Step("keep-apart", "Say that they must stay two",           ANY,         STAYS,       JUDGES,  WhyApart, when=is_not_apart, effect=keep_apart, done="To be kept apart"),
    Step("allow",      "Let them be judged again",              ANY,         STAYS,       JUDGES,  when=is_apart, effect=let_judge, done="May be judged again"),
    finished=(S.DISMISSED, S.PARTED), label="pair of records",
)
# fmt: on
