"""THE TABLE of what makes the risk be looked at again (B.7): what happened, from when and how soon, by whom, on what authority.

A row is one look: an event that is looked at three times before its day has three rows. The clocks, the list that
somebody who asks chooses from, and the sweep of what comes derive from it.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from accounts.roles import SPECIALISTS, SUPERVISORS
from workflow.clock import Length, hours

HOLDER: Final = "holder"  # whoever holds the case, as `workflow.deadlines` writes it
HIGH, MEDIUM, STANDARD, OTHER = "high", "medium", "standard", "other"
EVERY_GRADE: Final = frozenset({HIGH, MEDIUM, STANDARD})


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row. `label` goes into notices, so it tells nothing of a person.

    `events`: kinds of event of the case's course that raise it by themselves. `lead`: from when it is owed, before
    (negative) or after the fact's own moment. `high`, `other`: hours from then, by the grade. `owner`: a role, or HOLDER.
    `grades`: the grades at which it is raised; a case without a grade is looked at always. `asked`: the words under which
    anybody may ask for it; "" where it raises itself only. `aligns`: whether bail and partners are asked about (S0-021).
    `by_grade`: done by the next grade that is decided about the same incident, with nothing more to be said. `only`: the
    roles that alone may do it; empty: whoever does reviews. `answers`: keys of questions of which a Yes that is new since
    the last grade raises it; `marks`: markers of the case that do.
    """

    code: str
    label: str
    owner: str
    high: int
    other: int
    authority: str
    events: frozenset[str] = frozenset()
    lead: timedelta = timedelta()
    grades: frozenset[str] = EVERY_GRADE
    asked: str = ""
    aligns: bool = False
    by_grade: bool = False
    only: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    @property
    def within(self) -> Mapping[str, Length]:
        return {HIGH: hours(self.high), OTHER: hours(self.other)}

    @property
    def merges(self) -> bool:
        """Whether the same cause within the hour is one look. What a rule asks for of one grade or one report is not: each has
        its own time.
        """
        return bool(self.events or self.asked)


def before(days: int) -> timedelta:
    return timedelta(days=-days)


def on(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


COURT: Final = on("first_hearing", "trial", "verdict", "sentence", "contact_hearing")
RELEASES: Final = on("release", "release_hdc", "release_temporary")
SPECIALIST, SERGEANT = "da_specialist", "sergeant"
SEED = "S0-021, S2-022: at arrest, charge, bail and court"

# fmt: off
TABLE: tuple[Trigger, ...] = (
    # --- what raises itself: an event of the course of the case ---
    Trigger("arrest",       "Review the risk: arrest",            HOLDER,      6, 12, f"{SEED}; before release, taken as 12 hours from the arrest, high 6 [R]", on("arrest"), aligns=True),
    Trigger("charge",       "Review the risk: charging decision", HOLDER,      8, 12, f"{SEED}; a charge, no further action or a disposal out of court: the same day, taken as 12 hours [R]", on("charge", "no_action", "out_of_court"), aligns=True),
    Trigger("bail",         "Review the risk: bail",              HOLDER,      2,  4, f"{SEED}; before anybody leaves on bail or under investigation: at once, within 4 hours [R]", on("bail", "bail_varied", "investigation"), aligns=True),
    Trigger("bail_ends",    "Review the risk: bail ends",         HOLDER,     48, 48, "B.7: before bail ends; from 3 days before, done a day before [R]", on("bail_ends"), before(3), aligns=True),
    Trigger("court_before", "Review the risk: before court",      HOLDER,     48, 48, f"{SEED}; 24 hours before: from 3 days before, done a day before [R]", COURT, before(3), aligns=True),
    Trigger("court_after",  "Review the risk: after court",       HOLDER,     24, 24, f"{SEED}; within 24 hours after [R]", COURT, aligns=True),
    Trigger("breach",       "Review the risk: breach",            HOLDER,      1,  4, "B.7: bail, an order or a licence broken: at once; within 4 hours, high 1 [R]", on("breach"), aligns=True),
    Trigger("order_28",     "Review the risk: an order ends",     HOLDER,    168, 168, "B.7: 28 days before an order ends; done within 7 days [R]", on("order_ends"), before(28), aligns=True),
    Trigger("order_14",     "Review the risk: an order ends soon", HOLDER,   168, 168, "B.7: 14 days before an order ends; done within 7 days [R]", on("order_ends"), before(14), aligns=True),
    Trigger("order_3",      "Review the risk: an order ends now", HOLDER,     48, 48, "B.7: 3 days before an order ends; done a day before [R]", on("order_ends"), before(3), aligns=True),
    Trigger("release_28",   "Review the risk: a release",         SPECIALIST, 168, 168, "B.7: 28 days before a release from prison; done within 7 days [R]", RELEASES, before(28), aligns=True),
    Trigger("release_7",    "Review the risk: a release soon",    SPECIALIST, 72, 72, "B.7: 7 days before a release from prison; done within 3 days [R]", RELEASES, before(7), aligns=True),
    Trigger("release_1",    "Review the risk: a release now",     SPECIALIST, 20, 20, "B.7: 1 day before a release from prison; done 4 hours before its day begins [R]", RELEASES, before(1), aligns=True),
    # --- what raises itself: another fact of the case ---
    Trigger("new_incident", "Review the risk: another report",    HOLDER,      4, 24, "B.7: a new incident, whatever the grade: at once; within 24 hours, high 4 [R]", by_grade=True),
    Trigger("repeats",      "Review the risk: several reports",   SPECIALIST, 24, 72, "S3-030: a number of incidents in the period (risk thresholds) forces a review of standard and medium; within 72 hours [R]", grades=frozenset({STANDARD, MEDIUM})),
    Trigger("secondary",    "Assess the risk again: specialist",  SPECIALIST, 24, 72, "R-13: high, so-called honour, stalking and repeat are assessed again by a specialist; within 24 hours, others 72 [R]", only=SPECIALISTS),
    Trigger("refused",      "Offer the questions again",          SPECIALIST, 24, 72, "R-19: what was refused is offered again by a specialist within 24 hours, high; 72 hours, others [R]"),
    Trigger("recheck",      "Ask the questions now",              HOLDER,      4,  4, "R-19: whoever was not fit to be asked is asked at the time that was set; within 4 hours of it [R]"),
    Trigger("insufficient", "Look at a grade on too little",      SERGEANT,   12, 24, "R-12: Standard on too much that is not known goes to a supervisor; within 24 hours [R]", by_grade=True, only=SUPERVISORS | SPECIALISTS),
    Trigger("lowering_ends", "Look at a lowered grade: it ends",  HOLDER,    120, 120, "R-17: 7 days before the reason of a lowered grade ends; done 2 days before [R]", lead=before(7), aligns=True),
    Trigger("lowering_ended", "Look at a grade that came back",   HOLDER,      4, 24, "R-17: a lowered grade that lapsed, or whose reason ended, is looked at; within 24 hours, high 4 [R]"),
    # --- what raises itself where it is recorded, and can be asked for ---
    Trigger("moved",        "Review the risk: change of address", SPECIALIST, 24, 72, "B.7: the victim has moved; within 72 hours, high 24 [R]", asked="The victim has moved, or is about to"),
    Trigger("weapons",      "Review the risk: weapons",           SPECIALIST,  1,  4, "B.7: a weapon, a firearm or a licence; within 4 hours, high 1 [R]", asked="Weapons: somebody has one, or says so"),
    Trigger("new_partner",  "Review the risk: a new partner",     SPECIALIST, 24, 72, "B.7: a new partner of either; within 72 hours, high 24 [R]", asked="A new partner, of the victim or of the suspect"),
    # --- what is asked for, or told by an answer, a marker or a date ---
    Trigger("separation",   "Review the risk: separation",        SPECIALIST,  4, 24, "B.7: separation, or it was told; within 24 hours, high 4 [R]", asked="They have separated, or it was told or is planned", answers=on("separation")),
    Trigger("pregnancy",    "Review the risk: pregnancy, birth",  SPECIALIST, 24, 72, "B.7: pregnancy or a birth; within 72 hours, high 24 [R]", asked="Pregnancy, or a birth", answers=on("pregnancy"), marks=on("pregnant")),
    Trigger("contact",      "Review the risk: child contact",     SPECIALIST,  4, 24, "B.7: contact with a child, a handover; within 24 hours, high 4 [R]", asked="Contact with a child: a handover, a dispute", answers=on("child_contact")),
    Trigger("near",         "Review the risk: suspect is near",   SPECIALIST,  1,  4, "B.7: the suspect lives or is seen near the victim; within 4 hours, high 1 [R]", asked="The suspect is seen near the victim, or moves near"),
    Trigger("suicide",      "Review the risk: self-harm",         SPECIALIST,  1,  4, "B.7: suicide threatened or attempted by either; within 4 hours, high 1 [R]", asked="Suicide or self-harm is threatened or tried, by either", answers=on("victim_suicidal", "suspect_suicidal"), marks=on("self_harm")),
    Trigger("withdraws",    "Review the risk: support withdrawn", SPECIALIST, 24, 72, "B.7: the victim withdraws support; within 72 hours, high 24 [R]", asked="The victim withdraws, or cannot be reached"),
    Trigger("missed",       "Review the risk: action missed",     SPECIALIST, 24, 72, "B.7: an action of the safety plan was missed, by its own day or by what somebody says; within 72 hours, high 24 [R]", asked="An action of the safety plan was missed"),
    Trigger("forum",        "Review the risk: heard elsewhere",   SPECIALIST, 24, 72, "B.7: a forum heard it, a disclosure was made, a transfer in; within 72 hours, high 24 [R]", asked="MARAC heard it, a disclosure was made, or it came from another area"),
    Trigger("partner",      "Review the risk: a partner’s word",  SPECIALIST,  4, 24, "B.7: information from a partner; within 24 hours, high 4 [R]", asked="A partner agency tells something new"),
    Trigger("concern",      "Review the risk: a concern",         SPECIALIST,  4, 24, "B.7, S3-180: whoever is in contact with the victim is concerned; within 24 hours, high 4 [R]", asked="I am worried for another reason"),
)
# fmt: on

TRIGGERS: dict[str, Trigger] = {row.code: row for row in TABLE}
#: The kinds that anybody may ask for.
ASKED: tuple[tuple[str, str], ...] = tuple((row.code, row.asked) for row in TABLE if row.asked)
#: The furthest that a look lies before its fact: how far ahead the sweep reads.
FURTHEST: Final = -min(row.lead for row in TABLE)


def raised_by(kind: str) -> list[Trigger]:
    """The rows that a kind of event of the course raises, the earliest first."""
    return sorted((row for row in TABLE if kind in row.events), key=lambda row: row.lead)
