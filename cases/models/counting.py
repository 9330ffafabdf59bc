"""Questions asked of incidents: which are counted, of what class they are, where flag and law differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When

from cases.models.relationship import FAMILY_CODES, PARTNER_CODES
from workflow.models.record import RecordQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

PARTNER_CLASS, FAMILY_CLASS, NO_CLASS = "partner", "family", ""
CONNECTED = PARTNER_CODES | FAMILY_CODES
#: Groups of offences that suggest domestic abuse between people who are connected, as a force may name them (A.3).
SUGGESTS = "violen|sexual|damage|harass|stalk"
CLASS_WORDS = {PARTNER_CLASS: "Partner abuse", FAMILY_CLASS: "Family abuse"}


class IncidentQuerySet(RecordQuerySet):
    def counted(self) -> Self:
        """Incidents as they are counted: of domestic abuse, and not recorded as a crime, now or later. One that becomes a
        crime leaves this count; it stands once in `Crime.objects.counted()`, for as long as a crime of it is live.
        """
        return self.standing().exclude(da_confirmed="no").exclude(classed="crime")

    def totals(self) -> dict[str, int]:
        """Incidents, crimes, and both: M01 and M02 of the measures, over these incidents."""
        crimes = self.model._meta.get_field("crimes").related_model
        incidents = self.counted().count()
        recorded = crimes.objects.counted().filter(incident__in=self.values("pk")).count()
        return {"incidents": incidents, "crimes": recorded, "total": incidents + recorded}

    def with_class(self) -> Self:
        """With `related`: partner or family, "" where neither is known. Partner first where suspects are of both."""
        return self.annotate(
            related=Case(
                When(self._suspect_is(PARTNER_CODES), then=Value(PARTNER_CLASS)),
                When(self._suspect_is(FAMILY_CODES), then=Value(FAMILY_CLASS)),
                default=Value(NO_CLASS), output_field=CharField(),
            )
        )  # fmt: skip

    def flag_differs(self) -> Self:
        """Said to be or not to be domestic abuse otherwise than the law makes of the facts; and the missed flag (A.3): said
        not to be, the law cannot tell yet, yet the two are personally connected and an offence suggests it.
        """
        known = Q(da_confirmed__in=("yes", "no"), in_statute__in=("yes", "no")) & ~Q(da_confirmed=F("in_statute"))
        crimes: Any = self.model._meta.get_field("crimes").related_model
        suggests = crimes.objects.live().filter(incident=OuterRef("pk"), offence__group__iregex=SUGGESTS)
        missed = Q(da_confirmed="no", in_statute="not_known") & self._suspect_is(CONNECTED) & Q(Exists(suggests))
        return self.standing().filter(known | missed)

    def _suspect_is(self, codes: frozenset[str]) -> Q:
        people: Any = self.model._meta.get_field("involvements").related_model
        return Q(Exists(suspects_of(people.objects, codes).filter(incident=OuterRef("pk"))))


def suspects_of(people: Any, codes: frozenset[str]) -> QuerySet[Any]:
    """Involvements of suspects who are connected in one of these ways."""
    rows: QuerySet[Any] = people.standing().filter(part="suspect", relationship__in=codes)
    return rows
