"""What people harmed say of themselves, drawn by chance beside a force, and written down in its cases."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Case, Involvement
from people.models import Description
from tests.reporting.measures.generated import REPORT, Told, plant

ETHNICITY = ("", "W1", "W2", "A2", "B1", "declined", "not_asked")
GENDER = ("", "F", "M", "X", "NK", "declined")
SAID = st.fixed_dictionaries({"ethnicity": st.sampled_from(ETHNICITY), "gender": st.sampled_from(GENDER)})
FORCE_THAT_SAYS = st.lists(st.tuples(REPORT, SAID), max_size=9)
Drawn = list[tuple[dict[str, Any], dict[str, str]]]
TellsWho = list[tuple[Told, tuple[str, str]]]


def plant_with_answers(drawn: Drawn, units: list[Unit], by: User) -> TellsWho:
    """The force with, of each report, the ethnicity and gender that whoever was harmed said: ("", "") where nobody is named."""
    found = plant([report for report, _ in drawn], units, by)
    return [
        (told, answered(told, number, said, by))
        for number, (told, (_, said)) in enumerate(zip(found, drawn, strict=True))
    ]


def answered(told: Told, number: int, said: dict[str, str], by: User) -> tuple[str, str]:
    if told.harmed is None:
        return "", ""
    case = Case.objects.get(reference=f"DA-2026-G{number:05d}")
    person = Involvement.objects.get(case=case, part="victim").person
    for topic, answer in said.items():
        if answer:
            Description.objects.create(case=case, person=person, topic=topic, answer=answer, recorded_by=by)
    return said["ethnicity"], said["gender"]
