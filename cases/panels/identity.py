"""Whose case it is: who is harmed, who is said to harm them, the grade, who holds which part, who is unsafe now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from cases.models import Case, Holding, Involvement
from cases.models.relationship import RELATIONSHIPS, kind_of
from cases.panels.dangers import dangers_of
from cases.panels.language import language_facts, language_words
from cases.services.beside import investigations_beside
from people.models import PersonName
from people.services.facts import NAME_ORDER, ages, names_for

VICTIM, SUSPECT = "victim", "suspect"
NOBODY = gettext_noop("Nobody named yet")
GradeSource = Callable[[Iterable[int]], dict[int, str]]
_GRADES: list[GradeSource] = []


def graded_by(source: GradeSource) -> None:
    """Say who knows the grades of cases: {case id: grade word}, in one query. Declared by the app that grades."""
    _GRADES[:] = [source]


def grades_of(case_ids: Iterable[int]) -> dict[int, str]:
    """The grade in force of each case that has one."""
    return _GRADES[0](case_ids) if _GRADES else {}


def grade_of(case: Case, user: User) -> str:
    """The grade in force of a case; of a conference, that of the investigation beside it, for whoever may open that: no partner
    may. One query, of a conference two. Of a kind that is graded by itself, as the app that names its people says.
    """
    if judged := _JUDGED.get(case.kind):
        return judged(case)
    graded: int | None = case.pk
    if case.kind == Case.Kind.CONFERENCE:
        seen = Case.objects.visible_to(user).values("pk")
        graded = investigations_beside(case).filter(pk__in=seen).values_list("pk", flat=True).first()
    return grades_of([graded]).get(graded, "") if graded else ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody involved, as the identity bar says them: a name, an age where known, and how they are connected."""

    person_id: int
    name: str
    part: str
    age: int | None = None
    words: str = ""
    kind: str = ""  # the class of the connection: derived, never typed
    speaks: str = ""  # Polish, interpreter needed: whoever calls must know

    @property
    def part_words(self) -> str:
        return str(Involvement.Part(self.part).label)

    @property
    def said(self) -> str:
        """Daniel Reeve 38, former partner who lived apart."""
        known = f"{self.name} {self.age}" if self.age is not None else self.name
        return ", ".join(part for part in (known, self.words) if part)


PartySource = Callable[[Case, User], list[Party]]
_NAMED_BY: dict[str, PartySource] = {}
_HEADS: dict[str, tuple[str, str]] = {}
_JUDGED: dict[str, Callable[[Case], str]] = {}


def names_parties(
    kind: str, source: PartySource, *, harmed: str = VICTIM, harming: str = SUSPECT, judged: Callable[[Case], str] | None = None
) -> None:  # fmt: skip
    """Say who names people in cases of a kind that has no incidents, by the app that does; a kind declared twice stops the
    program. `source(case, user)` gives no more than this person may read; `harmed` and `harming` are what that app calls the
    parts of the two who stand at the head of the case; `judged` gives the grade word, where the kind is graded by itself.
    """
    if kind in _NAMED_BY:
        raise LookupError(f"Two apps name the people of a {kind}.")
    _NAMED_BY[kind], _HEADS[kind] = source, (harmed, harming)
    if judged is not None:
        _JUDGED[kind] = judged


def heads_of(case: Case) -> tuple[str, str]:
    """The parts of the two whom a case is about."""
    return _HEADS.get(case.kind, (VICTIM, SUSPECT))


@dataclass(slots=True)
class Identity:
    """What stands at the head of every page of a case."""

    reference: str
    name: str
    grade: str = ""
    restricted: str = ""
    severity: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)


def parties_of(case: Case, user: User) -> list[Party]:
    """Everybody involved in the case, once for each part they have; three queries whatever their number. In a case of a kind
    for which another app names them, as that one says.
    """
    if named := _NAMED_BY.get(case.kind):
        return named(case, user)
    rows = Involvement.objects.visible_to(user).standing().filter(case=case).annotate(**language_facts())
    columns = ("person_id", "part", "relationship", "partnership", "speaks", "interpreter")
    found = list(rows.order_by("pk").values_list(*columns))
    people = {row[0] for row in found}
    names, years = names_for(people, user), ages(people, user)
    latest = {(person, part): rest for person, part, *rest in found}
    return [
        Party(
            person, names.get(person, _("Name not known")), part, years.get(person), relationship_words(code),
            kind_of(code, partnership), language_words(speaks or "", interpreter or ""),
        )
        for (person, part), (code, partnership, speaks, interpreter) in latest.items()
    ]  # fmt: skip


def relationship_words(code: str) -> str:
    """How the suspect is connected, in the words of the table; "" where there is none to say."""
    row = RELATIONSHIPS.get(code)
    return _(row.label) if row and row.kind else ""


def victim_name_of(case: Case, user: User) -> str:
    """Who is harmed, for a page that says only that. One query; in a case whose people another app names, as many as that."""
    if named := _NAMED_BY.get(case.kind):
        return victim_name(case, named(case, user))
    harmed = Involvement.objects.standing().filter(case=case, part=VICTIM).values("person_id")
    names = PersonName.objects.known_to(user).of(harmed).exclude(kind=PersonName.Kind.NOT_KNOWN)
    name = names.order_by(NAME_ORDER, "-recorded_at", "-pk").first()
    return f"{name.forename} {name.surname}".strip() if name else nobody_in(case)


def victim_name(case: Case, parties: Iterable[Party]) -> str:
    return next((party.name for party in parties if party.part == heads_of(case)[0]), nobody_in(case))


def nobody_in(case: Case) -> str:
    """Where no involvement says who is harmed: of an investigation that is a gap; of another kind of case its own records
    name people, and the line says what it is.
    """
    return _(NOBODY) if case.kind == Case.Kind.INVESTIGATION else str(case.get_kind_display())


def identity_of(case: Case, user: User, parties: list[Party]) -> Identity:
    """The whole identity bar. One query, the grade, where the page has opened the case by its reference."""
    harmed, suspects = ([party for party in parties if party.part == part] for part in heads_of(case))
    said: list[tuple[str, str]] = [
        (_("Person harmed") if party.part == VICTIM else _(party.part_words), party.said) for party in harmed
    ]
    said += [(_(party.part_words), party.said) for party in suspects]
    said += [(_("Class"), _(words)) for words in dict.fromkeys(party.kind for party in suspects) if words]
    said += (
        [(_("Intelligence"), _("Held: ask the intelligence bureau"))]
        if getattr(case, "intelligence_held", False)
        else []
    )
    said += [(_("Language"), party.speaks) for party in harmed if party.speaks]
    return Identity(
        reference=case.reference,
        name=victim_name(case, harmed),
        grade=grade_of(case, user),
        restricted=restricted_words(case),
        severity=dangers_of(case).severity_words,
        parts=said + [(part, who) for part, who in holders_of(case, user)],
    )


def holders_of(case: Case, user: User) -> list[tuple[str, str]]:
    """Each part of the case that somebody holds, with who; "(you)" where it is the person who looks."""
    if hasattr(case, "holders"):
        rows = {row["part"]: row for row in case.holders}
    else:
        rows = {row["part"]: row for row in holders_now().filter(case=case).values_list("said", flat=True)}
    return [
        (
            str(part.label),
            User(**rows[part]["person"]).short_title() + (" (you)" if rows[part]["id"] == user.pk else ""),
        )
        for part in Holding.Part
        if part in rows
    ]


def holders_now() -> Any:
    """Open holdings, each with `said` (part, id, how the person is named): a page may fetch them with its case."""
    person = JSONObject(
        **{name: f"person__{name}" for name in ("rank", "collar_number", "first_name", "last_name", "username")}
    )
    return Holding.objects.filter(to_at__isnull=True).annotate(
        said=JSONObject(part="part", id="person_id", person=person)
    )


def restricted_words(case: Case) -> str:
    """Restricted: 8 people named. "" where the case is open to all who work it."""
    if not case.restricted:
        return ""
    count = (case.named_count or 0) if hasattr(case, "named_count") else case.grants.count()
    words = ngettext("Restricted: %(count)s person named", "Restricted: %(count)s people named", count)
    return words % {"count": count}
