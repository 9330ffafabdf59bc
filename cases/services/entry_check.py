"""What is known of a caller as the call is taken: repeat or vulnerable, with the reasons (S3-018).

Everything is asked within what whoever takes the call may see; of the rest the markers alone are told, as everywhere.
What somebody looked for is written to the record of consultations; what the program asks for a page is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases.models import Call, Incident, Involvement, SafetyWarning
from cases.models.answers.call import CallMark
from cases.services.entry_known import HIGH, Eyes, Known, Somebody, Typed, reports_words
from cases.services.repeat import Window, definitions_on, window_of
from cases.services.same_place import digits_of, same_place, spaced
from cases.visibility import Marker, markers_for
from people.models import Address, Person, Telephone
from people.models.search import in_one_box
from people.services import births_for, look_for, names_for
from workflow.templatetags.words import day

MOST_LIKE, MOST_KNOWN = 5, 8
GradeSource = Callable[[Iterable[int]], dict[int, str]]
_GRADES: list[GradeSource] = []


def grades_from(source: GradeSource) -> None:
    """Say who knows the grade in force of cases: {case id: word}, in one query."""
    _GRADES[:] = [source]


def known_at_entry(
    typed: Typed, *, user: User, now: datetime | None = None, but: Call | None = None, plainly: bool = False,
    heard: bool = True,
) -> Known:  # fmt: skip
    """Everything that is known of what was typed, but for the call itself and what was recorded from it, once taken.

    `plainly` and `heard`: see Eyes.
    """
    moment, eyes = now or timezone.now(), Eyes(user, plainly, heard)
    meant = definitions_on(moment)
    found = Known()
    found.people = people_like(typed, eyes)
    found.suspects = named(typed.suspect, eyes, most=3)
    tell_history(found.people, Involvement.Part.VICTIM, eyes, window_of("repeat_victim", meant, moment), but)
    tell_history(found.suspects, Involvement.Part.SUSPECT, eyes, window_of("repeat_suspect", meant, moment), but)
    here = window_of("repeat_place", meant, moment)
    tell_calls(found, typed, eyes, here, but)
    found.here = at_the_place(typed, eyes, here, but)
    conclude(found)
    return found


def people_like(typed: Typed, eyes: Eyes) -> list[Somebody]:
    """Whoever it may be: those by whom more than the name speaks first."""
    rows = {one.person_id: one for one in named(typed.at_risk, eyes, most=MOST_LIKE)}
    by_call = set(by_telephone(typed.telephone, eyes))
    by_home = set(by_address(typed.place, typed.postcode, eyes)) | harmed_at(typed, eyes)
    known = Person.objects.visible_to(eyes.user).filter(pk=typed.harmed) if typed.harmed else Person.objects.none()
    chosen = set(known.values_list("pk", flat=True))
    if eyes.heard:
        written_down(eyes.user, typed, by_call | by_home)
    unnamed = set() if rows or typed.at_risk else by_home  # whoever else lived there is not whom they named
    for person in (by_call | unnamed | chosen) - rows.keys():
        rows[person] = Somebody(person)
    fill_names([row for row in rows.values() if not row.name], eyes.user)
    for row in rows.values():
        told = [
            (row.person_id in by_call, _("This telephone number")), (row.person_id in by_home, _("This address")),
            (row.person_id in chosen, _("Chosen by you")),
        ]  # fmt: skip
        also = [words for holds, words in told if holds]
        row.certain = row.person_id in chosen or row.person_id in by_call or (bool(row.how) and bool(also))
        doubt = _("The name alone: ask for the birth date.") if row.how else _("The address alone: ask for the name.")
        row.doubt = "" if row.certain else doubt
        row.how = also + row.how
    return sorted(rows.values(), key=lambda row: (not row.certain, not row.how))[:MOST_KNOWN]


def named(text: str, eyes: Eyes, most: int) -> list[Somebody]:
    """By the name as it was heard. A search that somebody made writes itself down."""
    sought = in_one_box(text)
    if not sought.answerable:
        return []
    matches = look_for(sought, user=eyes.user, limit=most, heard=eyes.heard).matches
    return [Somebody(match.person_id, match.name, match.born, list(match.why), by_name=True) for match in matches]


def by_telephone(number: str, eyes: Eyes) -> Iterable[int]:
    digits = digits_of(number)
    if not digits:
        return []
    rows = eyes.sift(Telephone.objects.known_to(eyes.user)).filter(digits__in=digits)
    return rows.order_by().values_list("person_id", flat=True).distinct()[:MOST_KNOWN]  # type: ignore[no-any-return]


def by_address(place: str, postcode: str, eyes: Eyes) -> list[int]:
    """People who live there: the same postcode and the same numbers of house and flat."""
    rows = eyes.sift(Address.objects.known_to(eyes.user)).order_by("-recorded_at").values_list("person_id", "line")
    if postcode:
        here = rows.filter(postcode__in=spaced(postcode))[:200]
        return [person for person, line in here if same_place(line, place)]
    return [person for person, _line in rows.filter(line__iexact=place)[:MOST_KNOWN]] if place else []


def harmed_at(typed: Typed, eyes: Eyes) -> set[int]:
    """Whoever was harmed there before, wherever they are said to live."""
    cases = {case for case, _at in reports_at(typed, eyes, None)}
    rows = eyes.seen(Involvement.objects.standing()).filter(part=Involvement.Part.VICTIM, case__in=cases)
    return set(rows.values_list("person_id", flat=True))


def written_down(user: User, typed: Typed, hits: set[int]) -> None:
    """The search by telephone and address, with what was asked and who was found."""
    asked = [part for part in (typed.telephone, typed.place, typed.postcode) if part]
    if asked:
        terms = ", ".join(asked)[:500]
        audit.looked(by=user, kind=Access.Kind.SEARCH, what="people.person", terms=terms, hits=sorted(hits))


def fill_names(rows: list[Somebody], user: User) -> None:
    ids = [row.person_id for row in rows]
    if not ids:
        return
    names, births = names_for(ids, user), births_for(ids, user)
    for row in rows:
        row.name = names[row.person_id]
        row.born = births[row.person_id].words if row.person_id in births else ""


def tell_history(rows: list[Somebody], part: str, eyes: Eyes, window: Window, but: Call | None) -> None:
    """Reports within the window, the grade in force and the warnings of their cases: four queries for all."""
    by_id = {row.person_id: row for row in rows}
    if not by_id:
        return
    took_part = eyes.seen(Involvement.objects.standing()).filter(part=part, person__in=by_id)
    parts = list(others(took_part, "incident__call", but).values_list("person_id", "case_id", "incident__reported_at"))
    count_reports(by_id, [(person, at) for person, _case, at in parts], window)
    cases = {case for _person, case, _at in parts}
    grades = _GRADES[0](cases) if _GRADES and cases else {}
    dangers = SafetyWarning.objects.standing().filter(case__in=cases).values_list("case_id", "what")
    said: dict[int, list[str]] = {}
    for case, what in dangers:
        said.setdefault(case, []).append(_("Safety warning: %(what)s") % {"what": what})
    for person, case, _at in parts:
        row = by_id[person]
        row.grade = HIGH if HIGH in (row.grade, grades.get(case)) else row.grade or grades.get(case, "")
        row.warnings += [words for words in said.get(case, ()) if words not in row.warnings]
    for marker in markers(eyes, by_id, []):
        if marker.sentence not in by_id[int(marker.key)].warnings:
            by_id[int(marker.key)].warnings.append(marker.sentence)


def count_reports(by_id: dict[int, Somebody], parts: Iterable[tuple[int, datetime]], window: Window) -> None:
    """How many of the reports lie in the window, and when the last of them was."""
    for row in by_id.values():
        row.months, row.enough = window.months, window.at_least
    for person, at in parts:
        if at >= window.since:
            by_id[person].reports += 1
            by_id[person].last = max(filter(None, (by_id[person].last, at)))


def tell_calls(found: Known, typed: Typed, eyes: Eyes, window: Window, but: Call | None) -> None:
    """Earlier calls from the number, about the place or the person: open ones, and what somebody marked by hand."""
    about = Q(pk__in=[])
    if typed.postcode:
        about |= Q(postcode__in=spaced(typed.postcode))
    if numbers := digits_of(typed.telephone):
        about |= Q(digits__in=numbers)
    if typed.harmed:
        about |= Q(harmed=typed.harmed)
    rows = eyes.seen(Call.objects.standing()).filter(about, received_at__gte=window.since)
    rows = others(rows, "pk", but).select_related("case").order_by("-received_at")[:20]
    near = [row for row in rows if not row.postcode or row.postcode not in spaced(typed.postcode)
            or same_place(row.place, typed.place) or row.digits in numbers]  # fmt: skip
    found.calls = [row for row in near if row.closed_at is None]
    for row in near:
        told = {"day": day(row.received_at)}
        if CallMark.VULNERABLE in row.marked:
            found.vulnerable = True
            found.reasons.append(_("Marked vulnerable by hand on %(day)s") % told)
        if CallMark.REPEAT in row.marked:
            found.repeat = True
            found.reasons.append(_("Marked repeat by hand on %(day)s") % told)
    earlier = [
        row for row in near if row.closed_at and "yes" in (row.confirmed, row.flagged if row.confirmed == "" else "")
    ]
    if earlier:
        words = ngettext(
            "%(count)s earlier call about domestic abuse, last %(day)s",
            "%(count)s earlier calls about domestic abuse, last %(day)s", len(earlier),
        )  # fmt: skip
        found.repeat = True
        found.reasons.append(words % {"count": len(earlier), "day": day(earlier[0].received_at)})


def others(rows: Any, field: str, but: Call | None) -> Any:
    """The rows that are not of this very call."""
    pk = but.pk if but is not None else None
    return rows if pk is None else rows.exclude(**{field: pk})


def reports_at(typed: Typed, eyes: Eyes, but: Call | None) -> list[tuple[int, datetime]]:
    """(case, when it was reported) of each incident at the address, newest first."""
    if not typed.postcode:
        return []
    rows = eyes.seen(Incident.objects.standing()).filter(postcode__in=spaced(typed.postcode))
    found = others(rows, "call", but).order_by("-reported_at").values_list("case_id", "place", "reported_at")[:200]
    return [(case, at) for case, place, at in found if same_place(place, typed.place)]


def at_the_place(typed: Typed, eyes: Eyes, window: Window, but: Call | None) -> list[str]:
    """What is known of the address, whoever lives there: reports, warnings, and markers of what may not be opened."""
    if not typed.postcode:
        return []
    here = reports_at(typed, eyes, but)
    lately = [at for _case, at in here if at >= window.since]
    said = [reports_words(len(lately), lately[0], window.months)] if lately else []
    rung = others(eyes.seen(Call.objects.standing()).filter(postcode__in=spaced(typed.postcode)), "pk", but)
    cases = {case for case, _at in here}
    cases |= {case for case, place in rung.values_list("case_id", "place")[:200] if same_place(place, typed.place)}
    dangers = SafetyWarning.objects.standing().filter(case__in=cases)
    said += [_("Safety warning: %(what)s") % {"what": what} for what in dangers.values_list("what", flat=True)]
    said += [marker.sentence for marker in markers(eyes, [], [typed.postcode])]
    return list(dict.fromkeys(said))


def markers(eyes: Eyes, people: Iterable[int], addresses: Iterable[str]) -> list[Marker]:
    """What is kept from somebody has no marker where many will read it: the marker would say that it is there."""
    return [] if eyes.plainly else markers_for(eyes.user, people, addresses)


def conclude(found: Known) -> None:
    """The flags that are certain, from people of whom more than the name speaks, and from the address."""
    sure = [row for row in found.people if row.certain]
    found.repeat = found.repeat or any(row.repeat for row in sure)
    found.vulnerable = found.vulnerable or any(row.vulnerable for row in sure)
    said = [words for row in sure for words in row.reasons] + found.reasons
    found.reasons = list(dict.fromkeys(said))
