"""Why, where a step asks for nothing else: each with what it is asked for, and what the law says."""

from __future__ import annotations

from workflow.forms import LongText, Reason


def why(hint: str) -> LongText:
    """The box of every reason, with what stands beside it here."""
    return LongText(
        label="Why?", called="The reason", needed="Say why", min_length=10, max_length=4000, rows=4, hint=hint
    )


class StopRefused(Reason):
    reason = why("Whoever proposed it reads this and goes on. Say what was missed, and what is to be done first.")


class TakenBackToChange(Reason):
    reason = why("Whoever was to decide it reads this. No limit stops meanwhile.")


class Signed(Reason):
    reason = why(
        "You vouch for the reasons and the representations, and for a safety plan where there is a concern. The forum "
        "decides on them."
    )


class CategoryReturned(Reason):
    reason = why("What is missing, or does not follow. The 5 working days for the referral run on.")


class Closed(Reason):
    reason = why(
        "Nothing closes without the number of the final report, and support given. Say what whoever opens it in "
        "years should read first."
    )


class Thawed(Reason):
    reason = why("How it is known that nobody has died. The case stays closed to others until somebody lifts that.")


class DaysWeighed(Reason):
    reason = why(
        "What is late is reported with these days and without; no limit moves. That nobody was free is never exceptional."
    )


class ToldAllTheSame(Reason):
    reason = why("A refused promise is no veto: it is told where safety needs it, after the plan was looked at again.")
