"""Who the people of incidents are, counted by what they say of themselves, with what is not known kept as a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

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
        if topic not in TOPICS:
            raise LookupError(f"Nobody is asked about {topic}.")
        said = Description.objects.known_to(user).filter(person=OuterRef("person_id"), topic=topic).newest_first()
        group = Coalesce(Subquery(said.values("answer")[:1]), Value(UNKNOWN))
        return self._counted(self.annotate(group=group))

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
