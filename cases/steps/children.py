"""The children of an incident as rows: what each said, its school and social care, the unborn; and what is still missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.forms.children import SCHOOL, ChildCare, ChildPerson, UnbornChild
from cases.models import Involvement
from cases.models.answers import Answer
from cases.services.tasks import raise_task
from cases.steps.finding import FOUND_FIRST
from people.models import Note, PersonName
from people.services import learn
from workflow.declare import RowKind

CHILD = Involvement.Part.CHILD.value


def link_child_abuse(child: Any, by: User, at: datetime) -> None:
    """A child who was hurt: child abuse is linked at once, once for each child."""
    if child.injuries == Answer.YES:
        why = f"A child was hurt: {child.injuries_what or 'how is not said yet'}"
        raise_task(case=child.case, kind="child_abuse", why=why, by=by, at=at, about=child, once=True)


def learn_school(child: Any, by: User, at: datetime) -> None:
    """The school is a fact of the child, so that the next case offers it; learned once by each case."""
    known = Note.objects.standing().filter(
        case=child.case_id, person=child.person_id, about=SCHOOL, said_words=child.school
    )
    if child.school and not known.exists():
        learn(
            Note(person_id=child.person_id, about=SCHOOL, said_words=child.school), beneath=child.incident, by=by, at=at
        )


CHILD_ROW = RowKind(
    "child", "a child", Involvement, ChildPerson, "incident", only=(("part", CHILD), ("unborn", False)),
    begins_at="find-person", effect=link_child_abuse, beginning=FOUND_FIRST,
)  # fmt: skip
UNBORN_ROW = RowKind(
    "unborn", "an unborn child", Involvement, UnbornChild, "incident", only=(("part", CHILD), ("unborn", True)),
    begins_at="begin-child",
)  # fmt: skip
CARE_ROW = RowKind(
    "care", "school and social care", Involvement, ChildCare, "incident", only=(("part", CHILD),), begins_at="begin-child",
    effect=learn_school,
)  # fmt: skip
CHILD_ROWS = (CHILD_ROW, UNBORN_ROW, CARE_ROW)


def children_lack(incident: Any) -> list[str]:
    """What is missing of each child, said by name: Eli Okoro: say where the child was."""
    children = CARE_ROW.found(incident)
    if incident.children_present == "yes" and not children:
        return ["Add each child"]
    lacks = [(child.person_id, words) for child in children for words in lacks_of(child)]
    names = names_here(incident, {person for person, _words in lacks}) if lacks else {}
    return [f"{names.get(person, _('A child'))}: {words[:1].lower()}{words[1:]}" for person, words in lacks]


def lacks_of(child: Any) -> list[str]:
    """What one child's row still lacks, in the order in which it is asked."""
    own: Any = UnbornChild if child.unborn else ChildPerson
    return [words for form in (own, ChildCare) for _name, words in form.missing(child)]


def names_here(incident: Any, people: set[int]) -> dict[int, str]:
    """What this very case calls people: it learned the name of everybody whom it involves."""
    names = PersonName.objects.standing().filter(case=incident.case_id, person__in=people)
    return {name.person_id: name.words for name in names.order_by("recorded_at", "pk")}
