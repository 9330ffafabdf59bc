"""Two cases side by side: a counter-allegation begins a second one in which the parts are swapped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.forms.incident import Place, Report
from cases.models import Case, Holding, Incident, Involvement, LinkedCase, ShutOut
from cases.models.answers import PlaceKind
from cases.services.beside import SHUT_OUT
from cases.services.holding import hold, restrict
from cases.services.involving import involve_known
from workflow import engine

#: Whose home it was turns round with the parts; every other kind of place stays what it is.
SWAPPED_PLACE = {PlaceKind.VICTIM_HOME: PlaceKind.SUSPECT_HOME, PlaceKind.SUSPECT_HOME: PlaceKind.VICTIM_HOME}
#: The suspect is the ___ of the person harmed, seen from the other side; what is not here is the same both ways (A.2).
SWAPPED_TIE = {"SD": "PA", "PA": "SD"}
#: What was said of the two together, and is as true from either side.
OF_BOTH = ("cohabiting", "separated_on")
WHEN = ("occurred_from", "occurred_to")


def link(*, case: Case, other: Case, kind: str, by: User, at: datetime) -> None:
    """Each of the two cases notes the other, as visible as itself. `at` is UTC."""
    for one, two in ((case, other), (other, case)):
        LinkedCase.objects.create(case=one, other=two, kind=kind, recorded_by=by, recorded_at=at)


def begin_counter(
    *, first: Incident, accuser: Involvement, by: User, at: datetime, holder: User | None = None
) -> Incident:
    """A second incident in a case of its own: whoever was suspected is harmed there, whoever was harmed is suspected.

    When, where and how it was reported are taken over as said, and the people are the same people. No account, words,
    safe contact, assessment or decision is: each side is heard and assessed by itself. What keeps people out of the
    first case keeps them out of the second.
    """
    second: Incident = engine.perform(Incident(), "begin", by=by, evidence=as_reported(first), at=at)
    case = second.case
    link(case=first.case, other=case, kind=LinkedCase.Kind.COUNTER, by=by, at=at)
    if holder is not None:
        hold(case=case, part=Holding.Part.INVESTIGATION, person=holder, at=at)
    if first.case.restricted:
        restrict(case=case, by=by)
    for shut in ShutOut.objects.in_force(at).filter(case=first.case_id).exclude(person=by):
        ShutOut.objects.create(case=case, person=shut.person, reason=SHUT_OUT, recorded_by=by, recorded_at=at)
    engine.amend(second, when_and_where(first), by=by, seen=second.version, at=at)
    swap_people(first, second, accuser, by)
    return second


def as_reported(first: Incident) -> dict[str, Any]:
    """How it was reported, in the shape in which the first form takes it. A link to another record is left behind."""
    said = {name: getattr(first, name, None) for name in Report.base_fields if not hasattr(Incident, f"{name}_id")}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items() if value}


def when_and_where(first: Incident) -> dict[str, Any]:
    """The times and the place as they were said, whose home it was turned round."""
    said = {name: getattr(first, name) for name in (*Place.Meta.fields, *WHEN)}
    kind = first.place_kind
    return {**said, "place_kind": SWAPPED_PLACE.get(PlaceKind(kind), kind) if kind else ""}


def swap_people(first: Incident, second: Incident, accuser: Involvement, by: User) -> None:
    """The two change parts; children who are known of are there in both, and are heard anew."""
    involve_known(incident=second, part=Involvement.Part.VICTIM, person=accuser.person, by=by)
    for harmed in first.people(Involvement.Part.VICTIM).select_related("person"):
        row = involve_known(incident=second, part=Involvement.Part.SUSPECT, person=harmed.person, by=by)
        tie = SWAPPED_TIE.get(accuser.relationship, accuser.relationship)
        said = {name: getattr(accuser, name) for name in OF_BOTH} | {"relationship": tie}
        engine.amend(row, said, beneath=second, by=by, seen=row.version)
    for child in first.people(Involvement.Part.CHILD).select_related("person"):
        row = involve_known(incident=second, part=Involvement.Part.CHILD, person=child.person, by=by)
        if child.unborn:
            expected = {"unborn": True, "due_on": child.due_on}
            engine.amend(row, expected, beneath=second, by=by, seen=row.version)


def countered(first: Incident, user: User) -> set[int]:
    """The people of an incident (ids) in whose favour a second case was begun, as far as this person may open it."""
    seen = Case.objects.visible_to(user).values("pk")
    others = LinkedCase.objects.counter().filter(case=first.case_id, other__in=seen).values("other")
    harmed = Involvement.objects.standing().filter(case__in=others, part=Involvement.Part.VICTIM)
    return set(harmed.values_list("person_id", flat=True))
