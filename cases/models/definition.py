"""What the law makes of the facts: derived, never typed. Pure functions of ages, connection and kinds of abuse (A.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models.relationship import GROUNDS, NOT_KNOWN, Relationship
from workflow.clock import LONDON

YES, NO, UNKNOWN = "yes", "no", "not_known"
ADULT = 16  # years: both must be that old (2021 Act s1(2)(a))
ROUTE = N_("Record it all the same, and make a child protection referral.")


@dataclass(frozen=True, slots=True)
class Version:
    """One definition: from which day of the event (London) it holds, and which grounds of connection it knows."""

    code: str
    label: str
    since: date
    grounds: str
    authority: str


# fmt: off
VERSIONS: tuple[Version, ...] = (
    Version("XGOV2013", "Cross-government definition of 2013", date(2013, 3, 31), "abcdeg",
            "Home Office circular 3/2013 [K]; held before the Act and for every earlier event"),
    Version("DAA2021",  "Domestic Abuse Act 2021, sections 1 and 2", date(2021, 10, 1), "abcdefg",
            "2021 c. 17 ss1-2 [S DAA1], in force 1 October 2021 [K]"),
)
# fmt: on


def version_on(moment: datetime) -> Version:
    """The definition for an event at a moment (UTC); the oldest for what lies before all of them."""
    day = moment.astimezone(LONDON).date()
    return next((row for row in reversed(VERSIONS) if row.since <= day), VERSIONS[0])


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years at the time of the incident; not exact where the birth date is only about right, or an age was said."""

    years: int
    exact: bool = True

    @property
    def adult(self) -> bool | None:
        """Whether 16 or over; not known where an age that may be one out lies at the boundary."""
        return None if not self.exact and self.years in (ADULT - 1, ADULT) else self.years >= ADULT


@dataclass(frozen=True, slots=True)
class Limb:
    """One part of the definition: met, not met, or not known yet (None), and from which fact."""

    name: str
    met: bool | None
    words: str

    @property
    def said(self) -> str:
        return {True: _("Yes"), False: _("No"), None: _("Not known yet")}[self.met]


@dataclass(frozen=True, slots=True)
class Definition:
    """What follows from the facts as they are recorded now."""

    version: Version
    limbs: tuple[Limb, ...]

    @property
    def answer(self) -> str:
        """No as soon as one limb fails; yes only when every limb is met; else not known yet."""
        met = [limb.met for limb in self.limbs]
        return NO if False in met else UNKNOWN if None in met else YES

    @property
    def sentence(self) -> str:
        """Domestic abuse in law: yes; or no or not known yet, with the limb in words."""
        if self.answer == YES:
            return _("Domestic abuse in law: yes.")
        wanted = False if self.answer == NO else None
        because = " ".join(limb.words for limb in self.limbs if limb.met is wanted)
        words = _("Domestic abuse in law: no. %(because)s") if wanted is False else _("Not known yet. %(because)s")
        return words % {"because": because}

    @property
    def under_age(self) -> bool:
        """A child is a party: it is recorded all the same, with the child-protection route."""
        return any(limb.name in AGE_LIMBS and limb.met is False for limb in self.limbs)


HARMED, SUSPECT, CONNECTED, ABUSIVE = (
    N_("Person harmed was 16 or over"), N_("Suspect was 16 or over"), N_("Personally connected"), N_("Abusive"),
)  # fmt: skip
AGE_LIMBS = (HARMED, SUSPECT)


def define(
    moment: datetime, harmed: Age | None, suspect: Age | None, connection: Relationship | None, abuse: Collection[str]
) -> Definition:
    """The answer for one person harmed and one suspect. `moment` (UTC) is when it happened; `abuse`: heads in words.

    Conduct aimed at somebody else, such as a child, counts as towards the person harmed (s1(5)), so it is no limb.
    """
    version = version_on(moment)
    return Definition(
        version,
        (
            age_limb(HARMED, _("The person harmed"), harmed), age_limb(SUSPECT, _("The suspect"), suspect),
            connection_limb(version, connection), abuse_limb(abuse),
        ),
    )  # fmt: skip


def age_limb(name: str, who: str, age: Age | None) -> Limb:
    if age is None:
        return Limb(name, None, _("%(who)s: age not known.") % {"who": who})
    about = "" if age.exact else _("about ")
    said = {"who": who, "about": about, "years": age.years}
    if age.adult is False:
        return Limb(name, False, _("%(who)s was %(about)s%(years)s, under 16.") % said)
    return Limb(name, age.adult, _("%(who)s was %(about)s%(years)s.") % said)


def connection_limb(version: Version, connection: Relationship | None) -> Limb:
    """s2(1): any one ground is enough. Nobody known as suspect, or nothing known of the connection: not known yet."""
    if connection is None or connection.code == NOT_KNOWN:
        return Limb(CONNECTED, None, _("How they are connected is not known."))
    grounds = [ground for ground in connection.grounds if ground in version.grounds]
    label = {"label": _(connection.label)}
    if not grounds:
        return Limb(CONNECTED, False, _("Suspect: %(label)s. That is no personal connection in law.") % label)
    law = _(" or ").join(f"s2(1)({ground}), {_(GROUNDS[ground])}" for ground in grounds)
    return Limb(CONNECTED, True, _("Suspect: %(label)s. %(law)s.") % {**label, "law": law})


def abuse_limb(abuse: Collection[str]) -> Limb:
    if not abuse:
        return Limb(ABUSIVE, None, _("No kind of abuse has been chosen."))
    return Limb(ABUSIVE, True, "; ".join(abuse) + ".")


def strongest(found: Collection[Definition]) -> Definition:
    """Of several suspects the one that makes it domestic abuse, then the one that may."""
    return min(found, key=lambda one: (YES, UNKNOWN, NO).index(one.answer))
