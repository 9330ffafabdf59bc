"""Writing in the decision log of a case: by hand, or by an act that decided something (S3-086)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from audit.models import Event
from cases.models import Case, LoggedDecision
from cases.models.decision_log import HEADINGS, DecisionKind

NAMES = frozenset(name for name, _label, _ask in HEADINGS) | {"ethics"}


def log_decision(
    case: Case, by: User, at: datetime, kind: str, headings: Mapping[str, str], *, what: str = "", about: Any = None,
    event: Event | None = None, decided_at: datetime | None = None,
) -> LoggedDecision | None:  # fmt: skip
    """Write a decision under the five headings: `headings` by their columns (information, threat, powers, options, action;
    ethics). `what` was decided, in one line (the kind in words if not given); `at` is UTC, the moment of the act, and of the
    decision where `decided_at` says no other. Call it in the effect of the act, under the folder's lock, or from a reaction
    with the act's `event`: then it is written once, however often that runs.

    Nothing is written where no heading says anything (None). Raises LookupError for a heading that there is not.
    """
    if unknown := headings.keys() - NAMES:
        raise LookupError(f"There is no heading {', '.join(sorted(unknown))}.")
    said = {name: words.strip() for name, words in headings.items() if words.strip()}
    if not said.keys() - {"ethics"}:
        return None
    key = {"about_type": about._meta.label_lower if about else "", "about_id": about.pk if about else 0}
    words = (what or str(DecisionKind(kind).label))[:300]
    row = {"kind": kind, "what": words, "decided_by": by, "decided_at": decided_at or at, **said}
    row |= {"recorded_by": by, "recorded_at": at}
    if event is None:
        return LoggedDecision.objects.create(case=case, **key, **row)
    return LoggedDecision.objects.get_or_create(event=event, **key, defaults={"case": case, **row})[0]
