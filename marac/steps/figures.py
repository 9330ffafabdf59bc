"""THE TABLES of a quarterly return and of a forum that looks at itself (D.1, D.9, S2-039, S3-036)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import SYSTEM, roles
from marac.figures import FIGURES
from marac.forms.figures import Answers, Entered, Expected, Explained, Looked, Published, SignedOff
from marac.models import FigureBand, Forum, NationalValue, QuarterReturn, SelfAssessment
from marac.models.meeting import FORUM_STAFF
from marac.principles import CODES
from marac.services.counting import later, quarter_of, quarters
from workflow import engine
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.forms import Reason

Said = dict[str, Any]
R, L = QuarterReturn.State, SelfAssessment.State
SIGNERS = FORUM_STAFF | roles("da_coordinator")
REPLACED = "A later return of the same quarter took its place."
NOT_HERE = "Not available here. Begin it on the page of the forum’s returns."


def of_a_quarter(row: Any, user: User) -> str:
    """Guard: begun on the page of a forum's quarter that is over."""
    if row.forum_id is None or row.begins_on is None:
        return NOT_HERE
    if row.begins_on != quarter_of(row.begins_on):
        return "Not available. A quarter begins in January, April, July or October."
    return "Not yet. The quarter is not over." if later(row.begins_on, 1) > timezone.localdate() else ""


def was_heard(row: Any, user: User) -> str:
    """Guard: a quarter without a meeting is missing; nobody signs a return of zeros for it."""
    if row.forum_id is None or row.begins_on is None:
        return NOT_HERE
    found = quarters(row.forum, row.begins_on, row.begins_on, timezone.localdate())[0]
    return "Not available. No meeting was held in this quarter: it is missing, not zero." if found.missing else ""


def keep_signed(row: Any, said: Said, by: User, at: datetime) -> None:
    """The figures as they are counted now, with the women of the area and what it cost."""
    replace_older(row, at)
    found = quarters(row.forum, row.begins_on, row.begins_on, at.astimezone(LONDON).date())[0]
    more = {"women_over_16": row.forum.women_over_16, "cost": said["cost"]}
    row.figures, row.words = {**(found.figures or {}), **more}, said["words"]


def keep_entered(row: Any, said: Said, by: User, at: datetime) -> None:
    replace_older(row, at)
    row.figures = {**{code: said[code] for code in FIGURES}, "entered": True}
    row.figures |= {"women_over_16": row.forum.women_over_16, "cost": None}
    row.words = said["words"]


def replace_older(row: Any, at: datetime) -> None:
    """What was signed of the quarter before stays readable as replaced."""
    older = QuarterReturn.objects.filter(forum=row.forum, begins_on=row.begins_on, state=R.SIGNED).first()
    if older is not None:
        system = User.objects.system()
        engine.perform(older, "replace", by=system, evidence={"reason": REPLACED}, seen=older.version, at=at)


def keep_words(row: Any, said: Said, by: User, at: datetime) -> None:
    row.words = f"{row.words}\n{said['reason']}".strip()[:4000]


def keep_published(forum: Any, said: Said, by: User, at: datetime) -> None:
    which = {name: said[name] for name in ("figure", "begins_on", "months", "place")}
    kept = {"value": said["value"], "source": said["source"], "recorded_at": at}
    NationalValue.objects.update_or_create(**which, defaults=kept)


def keep_expected(forum: Any, said: Said, by: User, at: datetime) -> None:
    FigureBand.objects.create(**{name: said[name] for name in ("figure", "low", "high", "valid_from", "authority")})


def of_a_forum(row: Any, user: User) -> str:
    """Guard: begun on the page of a forum that meets."""
    if row.forum_id is None:
        return NOT_HERE
    return "" if row.forum.state == Forum.State.WORKING else "Not available. The forum meets no longer."


def keep_begun(row: Any, said: Said, by: User, at: datetime) -> None:
    row.on = said["on"]


def keep_answers(row: Any, said: Said, by: User, at: datetime) -> None:
    row.answers = {code: {"score": said[code], "words": said[f"{code}_words"]} for code in CODES}
    row.plan = said["plan"]


def all_answered(row: Any, user: User) -> str:
    """Guard: every principle is judged, and what is not met has a plan."""
    lacking = [code for code in CODES if not row.answers.get(code, {}).get("score")]
    if lacking:
        return _("Not yet. %(count)s of the ten principles are not answered.") % {"count": len(lacking)}
    short = any(row.answers[code]["score"] != "3" for code in CODES)
    return "Not yet. Say what will be done about what is not met." if short and not row.plan.strip() else ""


#: A row of the forum's own table: what others published, to stand beside our figures.
COMPARE = Step(
    "compare",
    "Enter what others published",
    ANY,
    STAYS,
    SIGNERS,
    Published,
    effect=keep_published,
    done="Published figure entered",
)

#: Another: what a figure is expected to be, of every forum.
EXPECT = Step(
    "expect",
    "Set what is expected of a figure",
    ANY,
    STAYS,
    SIGNERS,
    Expected,
    effect=keep_expected,
    done="What is expected of a figure set",
)

# fmt: off
QUARTER_RETURN = Workflow("quarter-return", QuarterReturn, R,
    Step("sign",    "Sign off the quarter",       NEW,      R.SIGNED,   SIGNERS, SignedOff, guards=(of_a_quarter, was_heard), effect=keep_signed,  done="Quarterly return signed off"),
    Step("enter",   "Enter the figures",          NEW,      R.SIGNED,   SIGNERS, Entered,   guards=(of_a_quarter,),           effect=keep_entered, done="Figures of a quarter entered"),
    Step("explain", "Add what explains them",     ANY,      STAYS,      SIGNERS, Explained, effect=keep_words, done="Explanation added to a return"),
    Step("replace", "Replaced by a later one",    R.SIGNED, R.REPLACED, SYSTEM,  Reason,    done="Return replaced"),
    label="quarterly return", finished=(R.SIGNED, R.REPLACED),
)
SELF_ASSESSMENT = Workflow("self-assessment", SelfAssessment, L,
    Step("begin",   "Begin a self-assessment",    NEW,       L.DRAFTED, SIGNERS, Looked,    guards=(of_a_forum,),   effect=keep_begun,   done="Self-assessment of the forum begun"),
    Step("answer",  "Write the answers",          L.DRAFTED, STAYS,     SIGNERS, Answers,   effect=keep_answers,    done="Self-assessment written on"),
    Step("sign",    "Sign it off",                L.DRAFTED, L.SIGNED,  SIGNERS, Reason,    guards=(all_answered,), done="Self-assessment signed off"),
    Step("reopen",  "Open it again",              L.SIGNED,  L.DRAFTED, SIGNERS, Reason,    done="Self-assessment opened again"),
    Step("note",    "Note something about it",    ANY,       STAYS,     SIGNERS, Reason,    done="Note on a self-assessment"),
    label="self-assessment of the forum", finished=(L.SIGNED,),
)
# fmt: on
