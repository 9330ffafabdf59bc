"""Who is in a consideration: by its case, for what lower apps ask of any case; and by part."""

from __future__ import annotations

from cases.models.taking_part import Part as TakesPart
from dvds.models import Application, Part, Party


def parts_of(case: int) -> list[TakesPart]:
    """Everybody named in the consideration of a case, the subject first: most looks are for him. One query."""
    rows = Party.objects.standing().filter(case=case).order_by("pk")
    found = [TakesPart(row.person_id, row.part, str(row.get_part_display())) for row in rows]
    return sorted(found, key=lambda part: part.code != Part.SUBJECT)


def at_risk_of(case: int) -> int | None:
    """The person at risk of the consideration of a case, as last recorded: whom a safety plan there is for. One query."""
    rows = Party.objects.standing().filter(case=case, part=Part.AT_RISK).order_by("-pk")
    found: int | None = rows.values_list("person_id", flat=True).first()
    return found


def risk_of(case: int) -> str:
    """How the risk was judged last in the consideration of a case; "" while nobody has."""
    return Application.objects.standing().filter(case=case).values_list("risk", flat=True).first() or ""


def children_of(case: int) -> bool:
    """Whether children may be affected: said so, or named."""
    said = Application.objects.standing().filter(case=case, children_affected="yes")
    return said.exists() or Party.objects.standing().filter(case=case, part=Part.CHILD).exists()


def people_in(application: Application, *parts: str) -> list[int]:
    """The people of these parts, in the order in which they were named. Index: considered_of_application."""
    rows = Party.objects.standing().filter(application=application, part__in=parts).order_by("pk")
    return list(dict.fromkeys(rows.values_list("person_id", flat=True)))
