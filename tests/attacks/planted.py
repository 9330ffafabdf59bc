"""A small force in which every case knows something of every kind, each with a word that stands nowhere else.

The rule of sight is written out here once more, from design.md section 7, so that the product cannot agree with itself by
mistake: `World.level` calls none of the code that it judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum

from django.utils import timezone

from accounts.models import Posting, Unit, User
from accounts.roles import TABLE
from audit.models import Access
from cases.models import (
    Call,
    Case,
    Incident,
    Intelligence,
    NamedGrant,
    ShutOut,
)
from cases.services import name_person
from people.models import (
    Person,
    Place,
)
from tests.cast import person

ROLES = [role.code for role in TABLE if role.code != "system"]
TURN = timedelta(hours=12)

#: design.md 7 and cases/visibility/rule.py, said anew: who works an investigation, who may open one once they have said why.
POLICE_WORK = {
    "contact_handler", "control_supervisor", "officer", "sergeant", "inspector", "investigator", "da_specialist",
    "da_coordinator", "custody_officer", "neighbourhood_officer", "offender_manager", "superintendent",
    "intelligence_officer", "crime_registrar", "cps_liaison", "command", "chief_officer",
}  # fmt: skip
ON_REASON = POLICE_WORK | {
    "disclosure_officer", "disclosure_supervisor", "marac_coordinator", "nominated_officer", "professional_standards",
    "auditor", "analyst", "records_manager",
}  # fmt: skip
ITS_OWN = {
    "investigation": POLICE_WORK, "disclosure": {"disclosure_officer", "disclosure_supervisor"},
    "conference": {"marac_coordinator", "forum_chair"}, "management": {"offender_manager"},
}  # fmt: skip
SANITISED = {
    "intelligence_officer", "sergeant", "inspector", "superintendent", "da_specialist", "da_coordinator", "investigator",
    "offender_manager", "disclosure_officer", "disclosure_supervisor", "marac_coordinator",
}  # fmt: skip


PARTNERS = {"partner", "idva", "partner_manager"}


class Level(IntEnum):
    """How much of a case somebody may read; each includes those beneath it."""

    NOTHING = 0
    WARNED = 1  # hidden, and in a role that would work it: what is dangerous, by the marker, and nothing else
    KNOWN = 2  # may open it once they say why: who is in it, and what they must be warned of
    OPEN = 3
    SANITISED = 4
    ORIGINAL = 5
    NOBODY = 9  # asked for one at a time, on a page of its own


#: What is planted, and from which level on its word may stand in an answer.
WORDS: dict[str, Level] = {
    "forename": Level.KNOWN, "surname": Level.KNOWN, "alias": Level.KNOWN, "warning": Level.KNOWN, "unsafe": Level.KNOWN,
    "danger": Level.WARNED, "street": Level.OPEN, "mail": Level.OPEN, "school": Level.OPEN, "works": Level.OPEN,
    "looks": Level.OPEN, "plate": Level.OPEN, "handle": Level.OPEN, "identifier": Level.OPEN, "tie": Level.OPEN,
    "account": Level.OPEN, "weapon": Level.OPEN, "own": Level.OPEN, "said": Level.OPEN, "caller": Level.OPEN,
    "log": Level.OPEN, "result": Level.OPEN, "check": Level.OPEN, "meet": Level.OPEN, "never": Level.OPEN,
    "sanitised": Level.SANITISED, "original": Level.ORIGINAL, "source": Level.ORIGINAL, "code": Level.NOBODY,
}  # fmt: skip
LETTERS = "bdfgjklmnprstvz"


def word(case: int, kind: str) -> str:
    """A word that nobody has, near to no other: qu, the number of its case and its kind in letters."""
    number = case * len(WORDS) + list(WORDS).index(kind) + 1
    first, second, third = LETTERS[number % 15], LETTERS[number // 15 % 15], LETTERS[number // 225 % 15]
    return f"xq{first}u{second}o{third}w{first}y{second}"


def number_of(case: int) -> str:
    return f"0770093{case:04d}"


def born(case: int) -> date:
    return date(1931 + case, 1 + case % 12, 13 + case)


@dataclass(slots=True)
class Planted:
    """One case as it was drawn, with what stands in it. `own`: known to it alone; `twin`: like the man of other cases."""

    number: int
    case: Case
    restricted: bool
    incident: Incident
    call: Call
    intelligence: Intelligence
    own: Person
    twin: Person
    home: Place
    named: dict[int, tuple[datetime | None, datetime | None]] = field(default_factory=dict)
    out: dict[int, datetime | None] = field(default_factory=dict)
    reasons: dict[int, datetime] = field(default_factory=dict)

    def shuts_out(self, who: Told, now: datetime) -> bool:
        lifted = self.out.get(who.user.pk, now)
        return lifted is None or lifted > now

    def names(self, who: Told, now: datetime) -> bool:
        since, until = self.named.get(who.user.pk, (now + TURN, None))
        return (since or now) <= now and (until is None or until > now)

    def words(self) -> dict[str, str]:
        return {kind: word(self.number, kind) for kind in WORDS}

    def told(self) -> Iterator[tuple[str, Level, str]]:
        """(what, from which level on, as it stands on a page) of everything, numbers and days among it."""
        for kind, level in WORDS.items():
            yield kind, level, word(self.number, kind)
        yield "telephone", Level.OPEN, number_of(self.number)
        yield "born", Level.KNOWN, f"{born(self.number):%-d %B %Y}"
        yield "reference", Level.KNOWN, self.case.reference


@dataclass(slots=True)
class Told:
    """Somebody of the force, with the posts that the test gave them: (role, unit, from, to)."""

    user: User
    role: str
    posts: list[tuple[str, Unit, datetime, datetime | None]]

    def over(self, unit: Unit | None, now: datetime) -> set[str]:
        """The roles held now, over this unit or any."""
        return {
            role
            for role, over, since, until in self.posts
            if since <= now and (until is None or until > now) and (unit is None or over.pk in unit.lineage)
        }


@dataclass(slots=True)
class World:
    """The force: who works in it, its cases, and the two who are known to every one of them."""

    staff: list[Told]
    units: list[Unit]
    by: User
    man: Person
    woman: Person
    place: Place | None = None
    cases: list[Planted] = field(default_factory=list)

    def level(self, one: Planted, who: Told) -> Level:
        """What the person may read of the case now. Shut out beats everything; restricted is for people named only."""
        now, anywhere, here = timezone.now(), who.over(None, timezone.now()), who.over(one.case.unit, timezone.now())
        if one.shuts_out(who, now):
            return Level.NOTHING
        named = one.names(who, now)
        if anywhere & PARTNERS:
            # named by themselves: they hear of a conference who is in it; the rest stands in what their agency is told
            return Level.KNOWN if named and one.case.kind == "conference" else Level.NOTHING
        works = not one.restricted and bool(here & ITS_OWN[one.case.kind])
        asked = not one.restricted and one.case.kind == "investigation" and bool(anywhere & ON_REASON)
        if not (named or works or asked):
            return Level.WARNED if anywhere & POLICE_WORK else Level.NOTHING
        said_why = one.reasons.get(who.user.pk, now - TURN - TURN) > now - TURN
        if not (named or works or (asked and said_why)):
            return Level.KNOWN
        if "intelligence_officer" in here:
            return Level.ORIGINAL
        return Level.SANITISED if here & SANITISED else Level.OPEN

    def refers(self, one: Planted, who: Told) -> bool:
        """Whether the pages of the record of consultations may name the case, and nothing else of it: professional
        standards hear of every case that they are not shut out of, an auditor of those that are not restricted.
        """
        now, anywhere = timezone.now(), who.over(None, timezone.now())
        audits = "auditor" in anywhere and (one.names(who, now) or not one.restricted)
        return not one.shuts_out(who, now) and (audits or "professional_standards" in anywhere)

    def leaks(self, text: str, who: Told, besides: str = "", *, auditing: bool = False) -> list[str]:
        """What stands in an answer and may not, by name. `besides`: what the person typed, which pages say again.
        `auditing`: a page of the record of consultations, which may say a reference where `refers` says so.
        """
        said = text.lower().replace(besides.lower(), "") if besides else text.lower()
        return [
            f"{kind} of case {one.number} ({self.level(one, who).name}) to the {who.role}"
            for one in self.cases for kind, least, words in one.told()
            if words.lower() in said and self.level(one, who) < least
            and not (auditing and kind == "reference" and self.refers(one, who))
        ]  # fmt: skip

    def seen(self, who: Told, least: Level = Level.KNOWN) -> list[Planted]:
        return [one for one in self.cases if self.level(one, who) >= least]


def force_of(units: list[Unit], by: User, posts: dict[int, tuple[int, int, int | None]]) -> World:
    """Somebody for each role, by turns of the team, of the next beat, of the whole force. `posts`: more that some of them
    hold, by the place of the role: (unit, from so many days on, until so many days on), as cover does.
    """
    now = timezone.now()
    staff = []
    for number, role in enumerate(ROLES):
        user = person("", f"X{number:03d}", f"Pat Role{number}", (role, units[number % 3]))
        held = [(role, units[number % 3], now - timedelta(days=365), None)]
        if more := posts.get(number):
            since = now + timedelta(days=more[1])
            until = None if more[2] is None else now + timedelta(days=more[2])
            Posting.objects.create(user=user, role=role, unit=units[more[0]], from_at=since, to_at=until)
            held.append((role, units[more[0]], since, until))  # type: ignore[arg-type]
        staff.append(Told(user, role, held))
    return World(staff, units, by, Person.objects.create(), Person.objects.create())


#: How somebody stands to a case: what is written, and for how long.
TIES = ("named", "named once", "named later", "out", "let in again", "named and out", "why", "why before", "emergency")


def tied(one: Planted, who: Told, tie: str, by: User) -> None:
    """Write it as the verbs of the product leave it, and for the rule of this test beside it."""
    now, user = timezone.now(), who.user
    if tie in ("named", "named and out", "emergency"):
        until = now + timedelta(hours=4) if tie == "emergency" else None
        grant(one, user, None, until)
    if tie == "named once":
        grant(one, user, None, now - timedelta(minutes=1))
    if tie == "named later":
        grant(one, user, now + timedelta(days=1), None)
    if tie in ("out", "named and out", "let in again"):
        lifted = now - timedelta(minutes=1) if tie == "let in again" else None
        ShutOut.objects.create(case=one.case, person=user, reason="Related.", recorded_by=by, lifted_at=lifted)
        one.out[user.pk] = lifted
    if tie in ("why", "why before", "emergency"):
        at = now - (TURN + TURN if tie == "why before" else timedelta(hours=1))
        Access.objects.create(by=user, kind=Access.Kind.REASON, what="cases.case", chain=one.case.pk, at=at, reason="x")
        one.reasons[user.pk] = at


def grant(one: Planted, user: User, since: datetime | None, until: datetime | None) -> None:
    row = name_person(case=one.case, person=user, until=until)
    if since:
        NamedGrant.objects.filter(pk=row.pk).update(from_at=since)
    one.named[user.pk] = (since, until)
