"""THE TABLE of an agency's research on one referral: written, returned or nil, released line by line, never taken back (D.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import PARTNERS
from cases.models.answers import YesOrNo
from cases.steps.safety import SAFETY, keep_out
from marac.forms.research import (
    SUMMARIES,
    Conflicted,
    LineWritten,
    NothingKnown,
    Releases,
    ReleasesLater,
    WhatWeKnow,
    summary_line,
)
from marac.models import Research, ResearchLine, Sort
from marac.services.asked import answered
from workflow.declare import ANY, STAYS, RowKind, Section, Step, Workflow, complete
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Research.State
WRITES = (S.ASKED, S.RETURNED)
STANDS = "Not that way. The line was released, so others have read it: strike it out and add a new one. Both are kept."
FROM_THE_RETURN = "From the agency’s return"


def as_released(line: Any, by: User, at: datetime) -> dict[str, list[Any]]:
    """What was released stays word for word: whoever has read it must find it again."""
    if line.released_at is not None:
        raise Refused(Refusal.GUARD, STANDS)
    return {}


def lines_wanting(research: Any) -> list[str]:
    if research.known != YesOrNo.YES or ResearchLine.objects.standing().filter(research=research).exists():
        return []
    return ["Add at least one thing that your agency knows"]


def somebody_is_known(research: Any, user: User) -> str:
    """Guard: a return says what is known."""
    return "Not that way. You said that nobody is known: say “We know nothing”." if research.known == YesOrNo.NO else ""


def nothing_is_written(research: Any, user: User) -> str:
    """Guard: a nil return with lines would hide them."""
    lines = ResearchLine.objects.standing().filter(research=research).exists()
    return "Not that way. You have written what your agency knows: return that." if lines else ""


def keep_return(research: Any, said: Said, by: User, at: datetime) -> None:
    research.returned_at, research.returned_by = at, by
    release(research, said, by, at)
    answered(research, at)


def keep_nil(research: Any, said: Said, by: User, at: datetime) -> None:
    research.known, research.searched = YesOrNo.NO, said["searched"]
    research.returned_at, research.returned_by = at, by
    answered(research, at)


def release(research: Any, said: Said, by: User, at: datetime) -> None:
    """The one place in which a line leaves its agency."""
    codes = [str(code) for code in said["lines"] or ()]
    ids = [int(code.partition("-")[2]) for code in codes if code.startswith("line-")]
    rows = ResearchLine.objects.standing().filter(
        research=research, pk__in=ids, released_at__isnull=True, held_because=""
    )
    rows.update(released_at=at, released_by=by)
    ResearchLine.objects.bulk_create(
        ResearchLine(
            case=research.case, research=research, about=SUMMARIES[code][0], sort=Sort.FACT, source=FROM_THE_RETURN,
            words=summary_line(SUMMARIES[code][1], getattr(research, code)), recorded_by=by, recorded_at=at, released_at=at,
            released_by=by,
        )
        for code in codes if code in SUMMARIES
    )  # fmt: skip


def stand_aside(research: Any, said: Said, by: User, at: datetime) -> None:
    keep_out(research, by, said["reason"], by, at)


LINE_ROW = RowKind("line", "something you know", ResearchLine, LineWritten, "research", effect=as_released)

# fmt: off
RESEARCH = Workflow("research", Research, S,
    Step("return",  "Return what you know",          S.ASKED,    S.RETURNED, PARTNERS, Releases,      guards=(somebody_is_known, complete), effect=keep_return, done="Research returned"),
    Step("nil",     "We know nothing",               S.ASKED,    S.NIL,      PARTNERS, NothingKnown,  guards=(nothing_is_written,), effect=keep_nil, done="Research returned: nothing known"),
    Step("release", "Release more to the forum",     S.RETURNED, STAYS,      PARTNERS, ReleasesLater, effect=release,     done="More research released"),
    Step("reopen",  "We know something after all",   S.NIL,      S.ASKED,    PARTNERS, Reason,        done="Research taken up again"),
    Step("know-party", "Tell us that you know a party", ANY,     STAYS,      PARTNERS, Conflicted,    effect=stand_aside, done="Somebody of an agency stood aside"),
    *SAFETY,
    sections=(Section("known", "What your agency knows", WhatWeKnow, "Research", rows=(LINE_ROW,), missing=lines_wanting),),
    editable=dict.fromkeys(WRITES, PARTNERS), finished=(S.RETURNED, S.NIL),
)
# fmt: on
