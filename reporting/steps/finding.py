"""THE TABLE of a finding: what was heard, who does what about it by when, what was done: you said, we did (S2-006, S3-015)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from reporting.feedback.people import DECIDERS, KEEPERS, unit_of
from reporting.forms.heard import Did, DidNot, Found, Longer, Planned, Published, source_of
from reporting.models import FeedbackFinding
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason

Said = dict[str, Any]
S = FeedbackFinding.State
WRITERS = KEEPERS | DECIDERS
ENDED = (S.DONE, S.NOT_DONE)


def keep_found(finding: Any, said: Said, by: User, at: datetime) -> None:
    finding.unit = unit_of(by, WRITERS, at)
    keep_said(finding, said, by, at)
    finding.source = source_of(finding) or said["source"]


def keep_done(finding: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(finding, said, by, at)
    finding.ended_at = at


def open_again(finding: Any, said: Said, by: User, at: datetime) -> None:
    """What was said of its end stands in its history."""
    finding.ended_at, finding.did, finding.why_not = None, "", ""
    finding.owner, finding.due_on, finding.plan = None, None, ""


def publish(finding: Any, said: Said, by: User, at: datetime) -> None:
    finding.published_at = finding.published_at or at


def take_down(finding: Any, said: Said, by: User, at: datetime) -> None:
    finding.published_at = None


def not_shown(finding: Any) -> bool:
    """partners do not read it yet"""
    return finding.published_at is None


def shown(finding: Any) -> bool:
    """partners read it"""
    return finding.published_at is not None


# fmt: off
FINDING = Workflow("feedback-finding", FeedbackFinding, S,
    Step("record",    "Record what was heard",            NEW,      S.FOUND,    WRITERS,  Found,     effect=keep_found,  done="Finding recorded"),
    Step("act",       "Say what is done about it",        S.FOUND,  S.ACTING,   DECIDERS, Planned,   done="Action on a finding agreed"),
    Step("extend",    "Give more time",                   S.ACTING, STAYS,      DECIDERS, Longer,    done="More time given for a finding"),
    Step("finish",    "Say what was done",                S.ACTING, S.DONE,     DECIDERS, Did,       effect=keep_done,   done="What was done about a finding"),
    Step("leave",     "Nothing is done about it",         (S.FOUND, S.ACTING), S.NOT_DONE, DECIDERS, DidNot, effect=keep_done, done="Nothing is done about a finding, for a reason"),
    Step("reopen",    "Open it again",                    ENDED,    S.FOUND,    DECIDERS, Reason,    effect=open_again,  done="Finding opened again"),
    Step("publish",   "Show it to partners",              (S.ACTING, *ENDED), STAYS, DECIDERS, Published, when=not_shown, effect=publish, done="Finding shown to partners"),
    Step("take-down", "Take it off the page at once",     ANY,      STAYS,      WRITERS,  Reason,    when=shown, effect=take_down, done="Finding taken off the page"),
    label="finding of feedback", finished=ENDED,
)
# fmt: on
