"""What a school is told: the facts of the record by the profile of its authority, and what was said beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as N_
from django.utils.translation import override

from accounts.models import User
from cases.models import Involvement
from cases.models.answers import Whereabouts
from cases.services.children import there_words
from people.models import Birth, PersonName
from safeguarding.models import Encompass, EncompassLetter, KeyAdult, Profile
from safeguarding.services.bells import bell_of, closed_before
from workflow.clock import moment_words

Line = list[str]  # [code, heading, words]
ADULTS = (Involvement.Part.VICTIM, Involvement.Part.SUSPECT)
WELFARE = "Its welfare was looked at by the police"


@override(settings.LANGUAGE_CODE)  # what a school was told is kept in the language of the record
def facts_of(notice: Encompass) -> list[Line]:
    """The lines that come from the record as it stands now, by the profile of the authority. Three queries.

    In the least profile (E.7) nothing of what happened: only that the child was there, or that its welfare was looked at.
    """
    child, incident = notice.involvement, notice.incident
    people = [*incident.people(Involvement.Part.VICTIM), *incident.people(Involvement.Part.SUSPECT)]
    names = names_in(notice.case_id, [child.person_id, *(row.person_id for row in people)])
    happened = incident.occurred_from or incident.reported_at
    lines = [
        ["child", N_("Child"), ", ".join(filter(None, (names.get(child.person_id, ""), born(notice))))],
        ["reference", N_("Police reference"), notice.case.reference],
    ]
    if profile_of(notice) == Profile.MINIMAL:
        there = child.whereabouts in (Whereabouts.SAW, Whereabouts.HEARD, Whereabouts.IN_HOUSE)
        return [*lines, ["there", N_("The child"), "Was there" if there else WELFARE]]
    lines += [
        ["when", N_("When"), moment_words(happened)],
        ["where", N_("Where"), place_of(incident)],
        ["there", N_("Where the child was"), there_words(child)],
        ["voice", N_("What the child said"), voice_of(child)],
        ["adults", N_("Adults involved"), "; ".join(adult(row, names) for row in people)],
    ]
    return [line for line in lines if line[2]]


def profile_of(notice: Encompass) -> str:
    place = notice.establishment
    return str(place.authority.profile) if place else str(Profile.FULL)


def born(notice: Encompass) -> str:
    """born 4 May 2017; or the age that was said; "" where nobody knows."""
    rows = Birth.objects.standing().filter(case=notice.case_id, person=notice.child_id).order_by("-recorded_at", "-pk")
    birth = rows.first()
    if birth is None:
        return ""
    on = birth.born_on
    return f"born {on.day} {on:%B %Y}" if on else f"{birth.age_said} years old"


def place_of(incident: Any) -> str:
    kind = incident.get_place_kind_display() if incident.place_kind else ""
    return ": ".join(filter(None, (kind, incident.place)))


def voice_of(child: Involvement) -> str:
    """The child's words and how they were heard, or why nobody spoke to the child."""
    if child.own_words:
        how = f"Spoken to: {child.get_spoken_to_display().lower()}. " if child.spoken_to else ""
        return f"{how}“{child.own_words}”"
    why = child.get_silent_code_display() if child.silent_code else ""
    said = ": ".join(filter(None, (why, child.silent_because)))
    return f"Nobody spoke to the child. {said}" if said else ""


def adult(row: Involvement, names: dict[int, str]) -> str:
    return f"{names.get(row.person_id, 'Name not known')} ({row.get_part_display().lower()})"


def names_in(case: int, people: list[int]) -> dict[int, str]:
    """What this very case calls people, as learned last."""
    rows = PersonName.objects.standing().filter(case=case, person__in=people).order_by("recorded_at", "pk")
    return {row.person_id: row.words for row in rows}


def latest_letter(notice: Encompass) -> EncompassLetter | None:
    """The letter that stands: taken back ones left out."""
    rows = notice.letters.exclude(state=EncompassLetter.State.TAKEN_BACK)
    found: EncompassLetter | None = rows.order_by("-number").first()
    return found


def facts_that_changed(notice: Encompass) -> list[tuple[str, str, str]]:
    """What the record says otherwise than the school was told: heading, as told, as it is now."""
    letter = latest_letter(notice)
    if letter is None:
        return []
    told = {code: words for code, _heading, words in letter.content}
    return [
        (heading, told.get(code, ""), words) for code, heading, words in facts_of(notice) if told.get(code, "") != words
    ]


def write_letter(
    notice: Encompass, recipient: KeyAdult, said: dict[str, Any], by: User, at: datetime, *, spoken: bool = False
) -> EncompassLetter:
    """Freeze what is told now. `at` is UTC. `spoken`: over the telephone, so no mailbox is told and it counts as read."""
    place = recipient.establishment
    bell = bell_of(place, at).at
    content = facts_of(notice) + [
        ["circumstances", N_("What happened, in brief"), said["circumstances"]],
        ["agencies", N_("Other agencies told"), said["agencies"]],
        ["contact", N_("Whom to ring"), said["contact"]],
    ]
    mailbox = "" if spoken else recipient.email or place.email
    number = notice.letters.count() + 1
    state = EncompassLetter.State.READ if spoken else EncompassLetter.State.WAITING
    return EncompassLetter.objects.create(
        notice=notice, establishment=place, unit=place.agency.unit if place.agency else place.unit, recipient=recipient,
        number=number, content=content, changed=said.get("changed", ""), bell_at=bell, recorded_by=by, recorded_at=at,
        while_closed=not spoken and closed_before(place, at, bell), state=state, read_at=at if spoken else None,
        mail_to=mailbox, mail_at=at if mailbox else None,
    )  # fmt: skip
