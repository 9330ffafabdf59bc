"""What officers are told on their way: what is dangerous, what went before, what must never be used, the children (S1-004).

One brief for a call, an incident, a person and a place: a scene is made of each, and the same parts are said of it, within
what the reader may see. Asked of the records as they stand now, not as they stood at the call.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Call, Case, Incident, Involvement
from cases.services.brief_lines import Briefing, BriefLine, Party, Scene, told_of
from cases.services.calls import typed_at
from cases.services.entry_check import known_at_entry
from cases.services.entry_known import Known, Somebody
from people.models import Address, Person, Place
from people.services import names_for

LINES = 4  # of history: what can be read out over the radio
MOST_CASES = 60  # of one scene: a hostel has more, and nobody reads more on the way


@dataclass(frozen=True, slots=True)
class Start:
    """Where a scene begins: who is surely part of it, where it is, the cases it belongs to whoever is in them. `harmed`:
    those of whom it may be said how to reach them.
    """

    people: tuple[int, ...] = ()
    harmed: frozenset[int] = frozenset()
    cases: frozenset[int] = frozenset()
    place_key: str = ""
    postcode: str = ""


def briefing_for(call: Call, user: User, now: datetime) -> Briefing:
    """The brief of a call: of whoever is surely at risk, of the place, and of what the call itself heard."""
    known = known_at_entry(typed_at(call), user=user, now=now, but=call, heard=False)
    sure = [row for row in known.people if row.certain]
    people = tuple(row.person_id for row in sure)
    start = Start(people, harmed_on(call, sure), frozenset({call.case_id}), call.place_key, call.postcode)
    scene = scene_of(start, user, now)
    scene.known += [*heard_on(call), *said_at_entry(known, sure)]
    return brief_of(scene, user, [*known.reasons, *known.here])


def harmed_on(call: Call, sure: list[Somebody]) -> frozenset[int]:
    """Whoever the call is surely about: chosen, or the only one who is certain and whose name was said, if a name was.

    Not whoever merely rings from a number that is known: a former partner may ring for somebody else.
    """
    if call.harmed_id:
        return frozenset({call.harmed_id})
    named = [row.person_id for row in sure if row.by_name or not call.at_risk]
    return frozenset(named) if len(named) == 1 else frozenset()


def briefing_of_incident(incident: Incident, user: User, now: datetime) -> Briefing:
    rows = incident.involvements.standing().values_list("person_id", "part")
    harmed = frozenset(person for person, part in rows if part == Involvement.Part.VICTIM)
    people = tuple(person for person, _part in rows)
    start = Start(people, harmed, frozenset({incident.case_id}), incident.place_key, incident.postcode)
    return brief_of(scene_of(start, user, now), user)


Subject = Call | Incident | Person | Place | Case


def briefing_of(subject: Subject, user: User, now: datetime) -> Briefing:
    """The brief of whatever has one, on screen and on paper; of a case, that of what `newest_in` gives."""
    if isinstance(subject, Case):
        subject = newest_in(subject)
    if isinstance(subject, Call):
        return briefing_for(subject, user, now)
    if isinstance(subject, Incident):
        return briefing_of_incident(subject, user, now)
    if isinstance(subject, Person):
        return briefing_of_person(subject, user, now)
    if isinstance(subject, Place):
        return briefing_of_place(subject.key, user, now)
    return brief_of(scene_of(Start(cases=frozenset({subject.pk})), user, now), user)


def newest_in(case: Case) -> Call | Incident | Case:
    """THE RULE of what the brief of a case is of: its newest call that is not closed, else its newest incident, else its
    newest call; the case itself where it has none of them.
    """
    calls = Call.objects.standing().filter(case=case).order_by("-received_at", "-pk")
    incidents = Incident.objects.standing().filter(case=case).order_by("-reported_at", "-pk")
    found: Call | Incident | Case = (
        calls.filter(closed_at__isnull=True).first() or incidents.first() or calls.first() or case
    )
    return found


def briefing_of_person(person: Person, user: User, now: datetime) -> Briefing:
    return brief_of(scene_of(Start((person.pk,), frozenset({person.pk})), user, now), user)


def briefing_of_place(key: str, user: User, now: datetime) -> Briefing:
    """Of the place with this key: whoever is known to live there, and whatever happened there. How to reach somebody is
    said only of whoever lives there still, as far as the reader may know.
    """
    here = Address.objects.known_to(user).filter(place_key=key)
    lives = here.with_door(user).filter(open=True).order_by("-recorded_at").values_list("person_id", flat=True)[:50]
    later = Address.objects.known_to(user).filter(person=OuterRef("person"), recorded_at__gt=OuterRef("recorded_at"))
    still = here.now().exclude(Exists(later.exclude(place_key=key))).values_list("person_id", flat=True)
    happened = Incident.objects.standing().visible_to(user).filter(place_key=key)
    postcode = next((code for rows in (here, happened) if (code := postcode_in(rows))), "")
    start = Start(tuple(dict.fromkeys(lives)), frozenset(still), place_key=key, postcode=postcode)
    return brief_of(scene_of(start, user, now), user)


def postcode_in(rows: Any) -> str:
    return rows.order_by().exclude(postcode="").values_list("postcode", flat=True).first() or ""


def brief_of(scene: Scene, user: User, why: Iterable[str] = ()) -> Briefing:
    names = tuple(scene.names[person] for person in scene.people if person in scene.names)
    return Briefing(scene.now, told_of(scene, user), list(dict.fromkeys(why)), tuple(scene.cases), names)


def scene_of(start: Start, user: User, now: datetime) -> Scene:
    """Everybody with a part in the cases of these people, and of what happened at the place. Four queries.

    Indexes: involvement_of_person, incident_of_place, call_of_place.
    """
    seen = Involvement.objects.standing().visible_to(user)
    of = Q(pk__in=start.cases) | Q(pk__in=seen.filter(person__in=start.people).order_by().values("case_id"))
    if start.place_key:
        for kind in (Incident, Call):
            here = kind.objects.standing().visible_to(user).filter(place_key=start.place_key)
            of |= Q(pk__in=here.order_by().values("case_id"))
    rows = Case.objects.read_by(user).filter(of).order_by("-opened_at", "-pk")
    cases = dict(rows.values_list("pk", "reference")[:MOST_CASES])
    opened = Case.objects.open_to(user).filter(pk__in=cases)
    parties = [
        Party(*row) for row in seen.filter(case__in=cases).order_by("pk").values_list("case_id", "person_id", "part")
    ]
    people = {*start.people, *(one.person for one in parties)}
    return Scene(
        now, start.people, start.place_key, start.postcode, cases, frozenset(opened.values_list("pk", flat=True)),
        parties, names_for(people, user) if people else {}, reached_in(start, cases, parties),
    )  # fmt: skip


def reached_in(start: Start, cases: Iterable[int], parties: list[Party]) -> frozenset[int]:
    """The cases of which a brief says how to reach the person harmed: those whose persons harmed are all met there.

    A man's brief and paper come to one woman's door: the number of another whom he harmed must never be among them.
    """
    harmed: dict[int, set[int]] = {case: set() for case in cases}
    for one in parties:
        if one.part == Involvement.Part.VICTIM:
            harmed[one.case].add(one.person)
    return frozenset(case for case, they in harmed.items() if met_there(start, case, they))


def met_there(start: Start, case: int, they: set[int]) -> bool:
    if case not in start.cases:
        return bool(they) and they <= start.harmed
    return they <= start.harmed or (not start.harmed and len(they) == 1)


def heard_on(call: Call) -> list[BriefLine]:
    """What whoever called said: nothing else may be known of it yet."""
    said = []
    if call.risks:
        words = _("Heard on the call: %(risks)s") % {"risks": ", ".join(call.risks_said)}
        said.append(BriefLine("dangers", words, at=call.received_at, urgent=True))
    if "children" in call.risks:
        said.append(BriefLine("children", _("Children there, says the caller"), at=call.received_at, urgent=True))
    return said


def said_at_entry(known: Known, sure: list[Somebody]) -> list[BriefLine]:
    """What the check at entry finds: warnings of whoever it may be, the reports of those who are sure, the address."""
    said = [
        BriefLine("dangers", f"{row.name}: {words}" if row not in sure else words, urgent=True)
        for row in [*sure, *known.suspects]
        for words in row.warnings
    ]
    said += [BriefLine("dangers", words, urgent=True) for words in known.here if not words[:1].isdigit()]
    return said + [BriefLine("history", words, urgent=True) for words in history_of(known, sure)[:LINES]]


def history_of(known: Known, sure: list[Somebody]) -> list[str]:
    """Name by name: reports and grade; then the address; then earlier calls."""
    said = []
    for row in [*sure, *known.suspects]:
        words = [words for words in row.reasons if words not in row.warnings]
        if words:
            said.append(f"{row.name}: {', '.join(words)}")
    said += [_("This address: %(words)s") % {"words": words} for words in known.here if words[:1].isdigit()]
    return said + [
        words for words in known.reasons if not any(words in line for line in said) and "Safety" not in words
    ]
