"""What it comes to: the outcome of several lines together, and what a consideration may be concluded as (part F)."""

from __future__ import annotations

from dvds.models.answers import Outcome
from dvds.models.application import Application
from dvds.models.telling import Telling

#: Of several lines the one that says most: told before not told, with the promise before without.
WEIGHT = (
    Outcome.DISCLOSED, Outcome.NO_UNDERTAKING, Outcome.EMERGENCY, Outcome.DECLINED, Outcome.UNREACHABLE,
)  # fmt: skip
#: What only a telling can end as: nobody chooses these of a consideration of which nothing was told.
OF_TELLING = frozenset({
    Outcome.DISCLOSED, Outcome.NO_UNDERTAKING, Outcome.EMERGENCY, Outcome.DECLINED, Outcome.UNREACHABLE,
})  # fmt: skip
#: What ends by steps of their own, and never by this page.
ELSEWHERE = frozenset({Outcome.CONVERTED, Outcome.MERGED, Outcome.TRANSFERRED})


def outcomes_of_lines(application: Application) -> set[str]:
    rows = Telling.objects.standing().filter(application=application.pk)
    return set(rows.exclude(outcome="").values_list("outcome", flat=True))


def rolled_up(application: Application) -> str:
    """The outcome of the whole, of those of its lines; "" where nobody was to be told."""
    lines = outcomes_of_lines(application)
    return next((str(outcome) for outcome in WEIGHT if outcome in lines), "")


def outcomes_for(application: Application) -> list[str]:
    """What it may be concluded as: what was decided already, else whatever ends without a forum."""
    fixed = rolled_up(application) or application.outcome or application.stopped_as
    if fixed:
        return [str(fixed)]
    return [str(one) for one in Outcome if one not in OF_TELLING | ELSEWHERE]
