"""What a search says of somebody's part in cases, and the filters of people by what cases know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Case, Involvement, SafeContact, SafetyWarning, SetMarker, ThreatToLife, UnsafeReport
from cases.panels.identity import grades_of
from cases.services import hear_search, narratives, references
from cases.services.importing.putting import brought_in
from cases.steps.concern import BREAKERS
from cases.visibility import closed_to, markers_for
from people.kinds import Facet, knows_of_more, look_through, narrow_by, records_new_people_at
from people.models import WarningMarker
from people.models.search import Sought, tokens
from people.panels import Line, say_in_search
from people.services import hears_searches
from people.services.searching import nearly_named
from people.services.watching import never_news
from workflow.templatetags.words import full_day

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
PARTS = {SUSPECT: N_("Suspect"), VICTIM: N_("Person harmed"), "witness": N_("Witness"), "child": N_("Child")}
GRADES = ("high", "medium", "standard")  # the highest first
MOST_TOLD = 9  # records that may match: a number that nobody can count with
DANGER, WARNED, CARE, QUIET = "red", "yellow", "blue", "grey"


def parts_in_cases(person_ids: list[int], user: User) -> dict[int, list[Line]]:
    """By person: in how many cases in which part, the last of them, and the highest grade of those cases.

    Two queries. Index: involvement_of_person.
    """
    rows = Involvement.objects.standing().visible_to(user).filter(person__in=person_ids).order_by()
    counted = rows.values("person_id", "part").annotate(
        folders=ArrayAgg("case_id", distinct=True), number=Count("case_id", distinct=True),
        last=Max("incident__reported_at"), reference=Max("case__reference"),
    )  # fmt: skip
    of: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in counted:
        of[row["person_id"]].append(row)
    grades = grades_of({case for found in of.values() for row in found for case in row["folders"]})
    return {person: part_lines(found, grades) for person, found in of.items()}


def part_lines(found: list[dict[str, Any]], grades: dict[int, str]) -> list[Line]:
    """Suspect in 6 cases, person harmed in 1. Last: Sunday 22 November 2026."""
    found = sorted(found, key=lambda row: list(PARTS).index(row["part"]))
    said = [in_cases(row, first=not place) for place, row in enumerate(found)]
    last: datetime | None = max((row["last"] for row in found if row["last"]), default=None)
    words = ", ".join(said) + (_(". Last: %(day)s") % {"day": full_day(last)} if last else "")
    held = {grades.get(case) for row in found for case in row["folders"]}
    grade = next((grade for grade in GRADES if grade in held), "")
    only = found[0] if len(found) == 1 and found[0]["number"] == 1 else None
    url = reverse("case", args=[only["reference"]]) if only else ""
    return [Line(words, url, grade)]


def in_cases(row: dict[str, Any], *, first: bool) -> str:
    part = _(PARTS[row["part"]])
    said = ngettext("%(part)s in %(number)s case", "%(part)s in %(number)s cases", row["number"])
    short = _("%(part)s in %(number)s")
    return (said if first else short) % {"part": part if first else part.lower(), "number": row["number"]}


def live_markers(person_ids: list[int], user: User) -> dict[int, list[Line]]:
    """By person, what must be known before anybody knocks: of open cases that the reader may see, of warnings anybody has
    recorded, and the least of what may not be opened. One statement, and what `markers_for` asks.
    """
    said: dict[int, list[Line]] = {person: [] for person in person_ids}
    for person, tone, words in sorted(set(told_of(person_ids, user)), key=lambda row: (TONES.index(row[1]), row[2])):
        said[person].append(Line(_(TITLES[tone]) % {"what": words} if words else _(CARD), tone=tone))
    for marker in dict.fromkeys(markers_for(user, person_ids, [])):
        said[int(marker.key)].append(Line(_(marker.sentence.rstrip(".")), tone="dark"))
    return {person: lines or [Line(_("Nothing in force"), tone=QUIET)] for person, lines in said.items()}


TONES = (DANGER, WARNED, CARE)
TITLES = {DANGER: "%(what)s", WARNED: N_("Warning: %(what)s")}
CARD = N_("Safe contact: read the card first")


def told_of(person_ids: list[int], user: User) -> list[tuple[int, str, str]]:
    """(person, tone, words) of each kind of marker, in one statement."""
    cases = Case.objects.read_by(user).filter(state=Case.State.OPEN).order_by().values("pk")
    involved = {"case__in": cases, "case__involvement__person__in": person_ids}
    standing = {"case__involvement__struck_out_at__isnull": True}

    def of(rows: Any, tone: str, words: Any, **more: Any) -> Any:
        person = F("case__involvement__person_id")
        return rows.filter(**involved, **standing, **more).order_by().values_list(person, Value(tone), words)

    unsafe = of(UnsafeReport.objects.standing().filter(answered_at__isnull=True), DANGER, Value(str(_("Unsafe now"))))
    threat = ThreatToLife.objects.standing().exclude(state=ThreatToLife.State.CLOSED)
    rows = [
        of(threat, DANGER, Value(str(_("Threat to life")))),
        of(SafetyWarning.objects.standing(), WARNED, Cast("what", TextField())),
        of(SafeContact.objects.standing(), CARE, Value(""), case__involvement__part=VICTIM),
        WarningMarker.objects.within(Case.objects.read_by(user).order_by().values("pk")).of(person_ids)
        .filter(still_warns()).order_by().values_list("person_id", Value(WARNED), Cast("what", TextField())),
    ]  # fmt: skip
    return [(person, tone, words) for person, tone, words in unsafe.union(*rows)]


def still_warns() -> Q:
    return Q(until__isnull=True) | Q(until__gte=timezone.localdate())


def of_role(person_ids: list[int], user: User) -> dict[str, set[int]]:
    """One query. Index: involvement_of_person."""
    rows = Involvement.objects.standing().visible_to(user).filter(person__in=person_ids).order_by()
    found: dict[str, set[int]] = defaultdict(set)
    for person, part in rows.values_list("person_id", "part").distinct():
        found[part if part in (SUSPECT, VICTIM) else "other"].add(person)
    return found


def of_warning(person_ids: list[int], user: User) -> dict[str, set[int]]:
    """Who has a warning in force. One query."""
    return {"warning": {person for person, tone, _words in told_of(person_ids, user) if tone in (DANGER, WARNED)}}


def more_that_may_match(sought: Sought, user: User, shown: Collection[int]) -> int:
    """Restricted investigations that may match: for whoever may open one in an emergency, and has only to know that there
    is one to ask. Never of a case whose suspect is police or staff, nor of their own name; nor of one they are shut out of.
    """
    own = {word.casefold() for word in tokens(user.last_name)}
    if own & {word.casefold() for word in tokens(f"{sought.forename} {sought.surname}")} or not user.holds(
        BREAKERS, None
    ):
        return 0
    police = SetMarker.objects.standing().filter(code="police_suspect", cleared_at__isnull=True).values("case")
    closed = closed_to(user).exclude(pk__in=police).order_by().values("pk")
    rows = [row for row in nearly_named(sought, closed) if row.person_id not in shown]
    return min(len({row.case__reference for row in rows}), MOST_TOLD)


say_in_search("parts", parts_in_cases)
say_in_search("markers", live_markers, order=60)
narrow_by(
    Facet("role", "Role", 10, ((SUSPECT, "Said to harm"), (VICTIM, "Harmed"), ("other", "Witness or child")), of_role),
    Facet("force", "In force now", 20, (("warning", "A warning"),), of_warning),
)
look_through(narratives.KIND, references.KIND)
knows_of_more(more_that_may_match)
never_news(brought_in)
records_new_people_at("new-person")
hears_searches(hear_search)
