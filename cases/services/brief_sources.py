"""What cases themselves say in a brief. Each question is one statement, asked of the cases that the reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import (
    ArrestDecision,
    Incident,
    Involvement,
    SafeContact,
    SafetyWarning,
    SetMarker,
    ThreatToLife,
    UnsafeReport,
)
from cases.models.answers import AbuseType, Answer
from cases.models.answers.arrest import Release
from cases.models.definition_set import TWELVE_MONTHS
from cases.services.brief_lines import BriefLine, Scene
from cases.services.repeat import definitions_on, flags_of, window_of
from cases.services.repeat_places import flags_of_places
from cases.visibility import markers_for
from people.models import Note, WarningMarker
from people.services import ages
from people.services.places import warnings_about

LATELY = timedelta(days=3 * 365)  # how far back a weapon is worth knowing
NEWEST = 4

#: Which markers that somebody set are said on the way, and in which part. What is nobody's business at the door is not.
MARKED: dict[str, str] = {
    **dict.fromkeys(("weapon", "firearms"), "weapons"), **dict.fromkeys(("mappa", "order_breach", "bail_breach"), "in_force"),
    **dict.fromkeys(
        ("threat_to_life", "high_harm", "strangulation", "stalking", "honour", "forced_marriage", "self_harm",
         "mental_health", "alcohol", "drugs", "pregnant", "disability", "interpreter", "vulnerable_victim"), "dangers"),
    "marac": "marac",
}  # fmt: skip
NOTED = {"animals": "dangers", "works": "works", "key_code": "works"}
COUNTED_AT_THE_DOOR = ("repeat_victim", "repeat_suspect", "serial_suspect")
ARMED = (WarningMarker.Danger.WEAPONS, WarningMarker.Danger.FIREARMS)


def line(scene: Scene, part: str, words: str, case: int, at: datetime | None, *, urgent: bool = False) -> BriefLine:
    """A line with the case it comes from."""
    reference = scene.cases.get(case, "")
    return BriefLine(part, words, reference, f"/cases/{reference}/" if reference else "", at, urgent)


def warned(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Unsafe now, a threat to life, warnings of the cases; and what must be known of cases that may not be opened."""
    for row in UnsafeReport.objects.filter(case__in=scene.cases, answered_at__isnull=True):
        yield line(
            scene, "dangers", _("Unsafe now: %(what)s") % {"what": row.what}, row.case_id, row.since_at, urgent=True
        )
    threats = ThreatToLife.objects.standing().filter(case__in=scene.cases).exclude(state=ThreatToLife.State.CLOSED)
    for threat in threats:
        words = _("Threat to life: %(what)s") % {"what": threat.what}
        yield line(scene, "dangers", words, threat.case_id, threat.recorded_at, urgent=True)
    for warning in SafetyWarning.objects.standing().filter(case__in=scene.cases):
        words = _("Safety warning: %(what)s") % {"what": warning.what}
        yield line(scene, "dangers", words, warning.case_id, warning.recorded_at, urgent=True)
    for marker in markers_for(user, scene.everybody, [scene.postcode] if scene.postcode else []):
        yield BriefLine("dangers", marker.sentence, urgent=True)


def marked(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Markers that somebody set; of a conference those in the window of a repeat by the definition in force."""
    since = window_of("marac_repeat", definitions_on(scene.now), scene.now).since
    rows = SetMarker.objects.standing().filter(case__in=scene.cases, code__in=MARKED, cleared_at__isnull=True)
    for row in rows:
        part = MARKED[row.code]
        if part != "marac" or row.recorded_at >= since:
            words = f"{row}: {row.why}"[:200] if row.case_id in scene.open else str(row)
            yield line(scene, part, words, row.case_id, row.recorded_at)


def warnings_of_people(scene: Scene, user: User) -> Iterator[BriefLine]:
    """What people must be warned of, whoever learned it."""
    for row in warnings_about(scene.everybody, user):
        part = "weapons" if row.danger in ARMED else "dangers"
        about = "; ".join(words for words in (str(row), row.span_words, row.review_words) if words)
        words = f"{scene.names.get(row.person_id, '')}: {about}"
        yield BriefLine(part, words, row.case.reference, row.case.get_absolute_url(), row.recorded_at, urgent=True)


def noted(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Animals, keys, and what works with somebody: of cases that stand open to the reader. No key of another door."""
    rows = Note.objects.known_to(user).of(scene.everybody).filter(about__in=NOTED).with_door(user).filter(open=True)
    apart = scene.elsewhere
    for row in rows.select_related("case"):
        if row.person_id in apart and NOTED[row.about] != "dangers":
            continue
        words = f"{scene.names.get(row.person_id, '')}: {row.words}"
        words = words if row.about == "works" else f"{words} ({row.label})"
        yield BriefLine(NOTED[row.about], words, row.case.reference, row.case.get_absolute_url(), row.recorded_at)


def flagged(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Repeat and serial, of whoever may be met there and of the place, by the definitions in force; of what cases tell whose
    door is shut only the word. Who is vulnerable is a marker. Six queries, however many are met.
    """
    flags = flags_of(scene.everybody, user, scene.now)
    said = [
        (scene.names.get(person, ""), flag)
        for person in scene.everybody for flag in flags.get(person, ()) if flag.code in COUNTED_AT_THE_DOOR
    ]  # fmt: skip
    places = flags_of_places([scene.place_key], user, scene.now)
    said = [(_("This address"), flag) for flag in places.values()] + said[:NEWEST]
    for who, flag in said:
        open_to_them = all(event.case in scene.open for event in flag.events)
        words = f"{who}: {flag.label}".removeprefix(": ")
        last = flag.events[0]
        yield line(scene, "history", f"{words}. {flag.why}" if open_to_them else words, last.case, last.at, urgent=True)


def happened(scene: Scene, user: User) -> Iterator[BriefLine]:
    """The newest reports, who harmed whom; and any weapon."""
    rows = Incident.objects.standing().visible_to(user).filter(case__in=scene.cases, reported_at__gt=scene.now - LATELY)
    rows = rows.order_by("-reported_at", "-pk").only("case_id", "reported_at", "weapon", "weapon_what", "abuse_types")[
        :40
    ]
    for place, row in enumerate(rows):
        if row.weapon == Answer.YES:
            what = row.weapon_what if row.case_id in scene.open else ""
            words = _("Weapon or object used: %(what)s") % {"what": what or _("not said what")}
            yield line(scene, "weapons", words, row.case_id, row.reported_at, urgent=True)
        if place < NEWEST and row.reported_at > scene.now - TWELVE_MONTHS:
            yield line(scene, "history", told_of_incident(scene, row), row.case_id, row.reported_at)


def told_of_incident(scene: Scene, row: Any) -> str:
    """Of a case whose door is shut only that there was a report: the rest is read once the reader has said why."""
    if row.case_id not in scene.open:
        return _("A report. Its case asks why first")
    harmed = ", ".join(scene.named(row.case_id, Involvement.Part.VICTIM)) or _("Somebody not named yet")
    suspects = ", ".join(scene.named(row.case_id, Involvement.Part.SUSPECT)) or _("somebody not named yet")
    said = {"harmed": harmed, "suspects": suspects, "kinds": kinds_said(row)}
    return (_("%(harmed)s, by %(suspects)s: %(kinds)s") if said["kinds"] else _("%(harmed)s, by %(suspects)s")) % said


def kinds_said(row: Any) -> str:
    return ", ".join(_(str(AbuseType(code).label)) for code in row.abuse_types).lower()


def on_bail(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Whoever was released on bail in the last year; orders and bail of their own say themselves here."""
    rows = ArrestDecision.objects.standing().filter(
        case__in=scene.open,
        release__in=(Release.BAIL_CONDITIONS, Release.BAIL),
        arrested_at__gt=scene.now - TWELVE_MONTHS,
    )
    for row in rows.select_related("suspect"):
        who = scene.names.get(row.person_id, "")
        words = _("%(who)s: %(release)s. What holds now stands on the case") % {
            "who": who,
            "release": row.get_release_display(),
        }
        yield line(scene, "in_force", words, row.case_id, row.arrested_at)


def children(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Each child by name once, with the age where it is known."""
    found = {one.person: one.case for one in scene.parties if one.part == Involvement.Part.CHILD}
    if not found:
        return
    years = ages(list(found), user, scene.now)
    for child, case in found.items():
        name = scene.names.get(child, "")
        yield line(scene, "children", f"{name} {years[child]}" if child in years else name, case, None)


def contact(scene: Scene, user: User) -> Iterator[BriefLine]:
    """The newest plan of each case that stands open: ways, times, and what must never be used. Of the code word only that
    there is one, with the page that asks why and shows it once. Of somebody who is not met here only that there is a plan.
    """
    rows = SafeContact.objects.standing().filter(case__in=scene.open).order_by("case", "-recorded_at", "-pk")
    for plan in rows.distinct("case"):
        who = ", ".join(scene.named(plan.case_id, Involvement.Part.VICTIM))
        if plan.case_id not in scene.reached:
            said = _("%(who)s has a plan. Open the case to read it") % {"who": who or _("The person harmed")}
            yield line(scene, "contact", said, plan.case_id, None)
            continue
        if plan.never:
            yield line(scene, "never", f"{who}: {plan.never}".lstrip(": "), plan.case_id, plan.recorded_at, urgent=True)
        ways = "; ".join(f"{label} {where}".strip() for label, where in plan.ways)
        if ways and not plan.ran_out(scene.now.date()):
            said = ", ".join(part for part in (ways, plan.times, plan.language) if part)
            yield line(scene, "contact", f"{who}: {said}".lstrip(": "), plan.case_id, plan.last_confirmed)
        if plan.code_word:
            reference = scene.cases[plan.case_id]
            words = _("%(who)s has one: say why, and it is shown once") % {"who": who or _("The person harmed")}
            yield BriefLine("code", words, reference, f"/cases/{reference}/code-word/", plan.recorded_at)
