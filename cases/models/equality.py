"""Who the people of incidents are, counted by what they say of themselves, with what is not known kept as a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, Func, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.models.answers.harmed import BarriersAsked
from cases.models.child import ChildQuerySet
from people.models import Description
from people.models.topic import TOPICS, UNKNOWN

if TYPE_CHECKING:
    from accounts.models import User


class InvolvementQuerySet(ChildQuerySet):
    """Asked of the people of incidents, beside what is asked of the children among them.

    Groups are the codes of the topic, the reasons why nothing was said ("declined" apart from "not_asked"), and
    "unknown" where nobody wrote anything down: all stay in the denominator. A.6, C.1.
    """

    def by_topic(self, topic: str, user: User) -> dict[str, int]:
        """{group: distinct people}. Only answers that `user` may see count; LookupError for a topic that is not there.

        For figures alone: it says nothing of one person, so private topics may be counted by whoever counts.
        """
        return {group: people for group, (people, _) in self.by_topic_and_told(topic, user).items()}

    def by_topic_and_told(self, topic: str, user: User) -> dict[str, tuple[int, int]]:
        """{group: (distinct people, those of them who told of something in the way)}; as `by_topic`. S0-023."""
        if topic not in TOPICS:
            raise LookupError(f"Nobody is asked about {topic}.")
        said = Description.objects.known_to(user).filter(person=OuterRef("person_id"), topic=topic).newest_first()
        group = Coalesce(Subquery(said.values("answer")[:1]), Value(UNKNOWN))
        told = Count("person_id", distinct=True, filter=Q(barriers_asked=BarriersAsked.TOLD))
        rows = self.annotate(group=group).order_by().values("group")
        counted = rows.annotate(count=Count("person_id", distinct=True), told=told).order_by("group")
        return {group: (people, of_them) for group, people, of_them in counted.values_list("group", "count", "told")}

    def asked_of_barriers(self) -> dict[str, int]:
        """{what came of asking: distinct people}, each once: of several incidents the one in which most was said."""
        codes = [*BarriersAsked.values, UNKNOWN]
        places = (When(barriers_asked=code, then=Value(place)) for place, code in enumerate(BarriersAsked.values))
        said = Case(*places, default=Value(len(codes) - 1))
        each = self.order_by().values("person_id").annotate(most=Min(said))
        found: dict[str, int] = each.aggregate(**{
            code: Count("person_id", filter=Q(most=n)) for n, code in enumerate(codes)
        })  # fmt: skip
        return found

    def by_barrier(self) -> dict[str, int]:
        """{barrier: distinct people}; a person may stand in several, and in "none", "declined", "not_asked", "unknown"."""
        named = ~Q(barriers=[])
        each = Func(F("barriers"), function="unnest", output_field=CharField())
        asked = Case(
            When(barriers_asked="", then=Value(UNKNOWN)), default=F("barriers_asked"), output_field=CharField()
        )
        return self._counted(self.filter(named).annotate(group=each)) | self._counted(
            self.filter(~named).annotate(group=asked)
        )

    def _counted(self, rows: Any) -> dict[str, int]:
        counted = rows.order_by().values("group").annotate(count=Count("person_id", distinct=True))
        return dict(counted.order_by("group").values_list("group", "count"))
