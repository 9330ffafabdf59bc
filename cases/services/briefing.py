"""What officers are told on their way: what is dangerous, what went before, what must never be used, the children (S1-004)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Call, Case, Involvement, SafeContact, SafetyWarning
from cases.services.calls import typed_at
from cases.services.entry_check import known_at_entry
from cases.services.entry_known import Known, Somebody
from people.services import ages, names_for

LINES = 4  # of history: what can be read out over the radio


@dataclass(slots=True)
class Briefing:
    """Sentences, the most dangerous first; a list without any is said to be empty, not left out."""

    warnings: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    never_use: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    grade: str = ""
    why: list[str] = field(default_factory=list)  # what the check finds for the reader, now


def briefing_for(call: Call, user: User, now: datetime) -> Briefing:
    """Within what the reader may see. Asked of the records as they stand now, not as they stood at the call."""
    known = known_at_entry(typed_at(call), user=user, now=now, but=call, heard=False)
    sure = [row for row in known.people if row.certain]
    cases = set(harmed_in(sure, user)) | {call.case_id}
    own = SafetyWarning.objects.standing().filter(case=call.case_id).values_list("what", flat=True)
    dangers = [_("Safety warning: %(what)s") % {"what": what} for what in own]
    dangers += [words for row in [*sure, *known.suspects] for words in row.warnings]
    dangers += [words for words in known.here if not words[:1].isdigit()]
    return Briefing(
        warnings=list(dict.fromkeys(dangers)),
        history=history_of(known, sure)[:LINES],
        never_use=never_use_in(cases, user),
        children=children_in(cases, user),
        grade=next((row.grade for row in sure if row.grade), ""),
        why=list(dict.fromkeys([*known.reasons, *known.here])),
    )


def harmed_in(people: list[Somebody], user: User) -> list[int]:
    rows = Involvement.objects.standing().visible_to(user).filter(part=Involvement.Part.VICTIM)
    return list(rows.filter(person__in=[row.person_id for row in people]).values_list("case_id", flat=True))


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


def never_use_in(cases: set[int], user: User) -> list[str]:
    """The newest word of each case that stands open to the reader on what must never be used to make contact."""
    opened = Case.objects.open_to(user).filter(pk__in=cases)
    rows = SafeContact.objects.standing().filter(case__in=opened.values("pk")).order_by("case", "-recorded_at", "-pk")
    return [str(row.never) for row in rows.distinct("case") if row.never]


def children_in(cases: set[int], user: User) -> list[str]:
    """Each child of those cases by name, with the age where it is known."""
    rows = Involvement.objects.standing().visible_to(user).filter(case__in=cases, part=Involvement.Part.CHILD)
    ids = list(dict.fromkeys(rows.order_by("pk").values_list("person_id", flat=True)))
    if not ids:
        return []
    names, years = names_for(ids, user), ages(ids, user)
    return [f"{names[child]} {years[child]}" if child in years else names[child] for child in ids]
