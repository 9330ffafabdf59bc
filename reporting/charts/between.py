"""Units side by side: how far they would lie apart if all did alike (funnel plot, Spiegelhalter 2005).

Small units differ by chance much more than large ones. A league table hides that; the funnel shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

from reporting.charts.limits import Limits, are_shares, standard_error
from reporting.charts.points import Point

WARN, ALERT = 0.025, 0.001  # what chance leaves beyond each limit of 95 and of 99.8 in 100
NORMAL = {WARN: 1.959963984540054, ALERT: 3.090232306167813}  # standard errors
FAR = 9  # standard errors below the mean nothing is left that counts
EXACT_UP_TO = 1000  # of more than these the exact limits are the normal ones for the eye


@dataclass(frozen=True, slots=True)
class Funnel:
    """Limits of a whole of any size around the mean of all. `mean` for each one of the whole, limits for every `per`;
    `share`: no part is more than its whole."""

    mean: float
    per: int
    share: bool
    exact: bool

    def limits(self, whole: int, beyond: float) -> Limits:
        """Where `beyond` of chance lies outside to either side, of a unit with this whole (at least 1)."""
        if self.exact and self.share and whole <= EXACT_UP_TO and 0 < self.mean < 1:
            lower = binomial_limit(whole, self.mean, beyond)
            upper = 1 - binomial_limit(whole, 1 - self.mean, beyond)
        else:
            reach = NORMAL[beyond] * standard_error(self.mean, whole, self.share)
            lower, upper = self.mean - reach, self.mean + reach
        top = 1.0 if self.share else upper
        return Limits(self.per * self.mean, self.per * max(0.0, lower), self.per * min(top, upper))

    def against(self, point: Point) -> str:
        """ "above" or "below" the limits of 99.8 in 100; "high" or "low" between them and those of 95; "" within."""
        if point.value is None or not point.whole:
            return ""
        value = float(point.value)
        beyond = self.limits(point.whole, ALERT).against(value)
        return beyond or {"above": "high", "below": "low", "": ""}[self.limits(point.whole, WARN).against(value)]


def funnel(points: Sequence[Point], *, exact: bool = True) -> Funnel | None:
    """The funnel around the mean of these units: all parts by all wholes. None where there is no whole at all.

    `exact`: limits of the binomial, for shares of few; otherwise, and for rates of one or more, normal ones.
    """
    known = [point for point in points if point.whole and point.part is not None]
    if not known:
        return None
    parts = sum(float(point.part or 0) for point in known)
    return Funnel(parts / sum(point.whole or 0 for point in known), known[0].per, are_shares(known), exact)


def binomial_limit(whole: int, share: float, below: float) -> float:
    """The share of a whole beneath which less than `below` of chance lies, between whole numbers by how far it is into the
    step (Spiegelhalter 2005, appendix): r is the first number with P(R <= r) > below; the limit is r less the part of the
    step that goes beyond. The limit above is the limit beneath of those that are not counted.
    """
    if share <= 0:
        return 0.0
    number = max(0, int(whole * share - FAR * sqrt(whole * share * (1 - share))))
    total = chance = chance_of(number, whole, share)
    while total <= below and number < whole:
        number += 1
        chance = chance_of(number, whole, share)
        total += chance
    return max(0.0, (number - (total - below) / chance) / whole)


def chance_of(number: int, whole: int, share: float) -> float:
    """The binomial chance of just so many."""
    ways = lgamma(whole + 1) - lgamma(number + 1) - lgamma(whole - number + 1)
    return exp(ways + number * log(share) + (whole - number) * log1p(-share))
