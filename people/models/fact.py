"""What every fact about a person is: a row of the case that learned it, and as visible as that case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from workflow.models import CaseRecord, RecordQuerySet, folder_model

if TYPE_CHECKING:
    from accounts.models import User


class FactQuerySet(RecordQuerySet):
    def known_to(self, user: User, at: datetime | None = None) -> Self:
        """Facts that stand and that the person may see; with `at` (UTC), those that stood then, as recorded by then."""
        return (self.as_at(at) if at else self.standing()).visible_to(user)

    def visible_to(self, user: User) -> Self:
        """Of a case that the person may open, who somebody is; anything else only where they read its file."""
        if self.model.tells_who:
            return self.filter(case__in=visible_cases(user))
        return super().visible_to(user)

    def within(self, cases: Any) -> Self:
        """Facts that stand in these cases; for a question that asks several kinds of fact, which asks visibility once."""
        return self.standing().filter(case__in=cases)

    def of(self, person_ids: Any) -> Self:
        return self.filter(person__in=person_ids)

    def newest_first(self) -> Self:
        return self.order_by("-recorded_at", "-pk")

    def with_door(self, user: User) -> Self:
        """Each fact with `open`: whether its case stands open to the person, or first wants to be told why."""
        return self.annotate(open=Exists(folder_model().objects.open_to(user).filter(pk=OuterRef("case_id"))))


def visible_cases(user: User) -> Any:
    """The ids of the cases that the person may open, for `within`: of facts that tell who somebody is. No query of its own."""
    return folder_model().objects.visible_to(user).order_by().values("pk")


def read_cases(user: User) -> Any:
    """The same of the cases whose file the person reads, for facts of any kind."""
    return folder_model().objects.read_by(user).order_by().values("pk")


class Fact(CaseRecord):
    """A fact about a person. `label` is its word on the person page, `order` its place there.

    `withheld`: the content is shown only when the case that learned it stands open to the reader. A new kind of fact is
    withheld unless it says otherwise; only what tells one person from another (names, birth dates) says so, and what
    warns whoever goes to the door.
    """

    label: ClassVar[str] = ""
    order: ClassVar[int] = 50
    withheld: ClassVar[bool] = True
    #: Tells who somebody is: a case in which they take part learns it with them, unasked.
    tells_who: ClassVar[bool] = False
    #: Several of a kind are true beside each other: a newer one makes none older.
    several: ClassVar[bool] = False
    #: Self-declared and private: read by few (`people.services.privacy`), in no list, not on paper.
    private: ClassVar[bool] = False
    #: Its place among the facts of its kind; within a place the newest comes first.
    place: ClassVar[int] = 0
    #: Stands beneath the heading of the person page.
    short: ClassVar[bool] = True
    #: A way to them. When it is theirs no longer it must be gone from every case's lists (`Reachable`).
    reaches: ClassVar[bool] = False

    person = models.ForeignKey("people.Person", models.PROTECT, db_index=False)  # the index below begins with it

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        # Serves the person page, names_for, births_for, visible_to: the facts of one person, newest first.
        indexes = [models.Index(fields=["person", "-recorded_at"], name="%(class)s_of_person")]

    @classmethod
    def kinds(cls) -> list[Any]:
        """Every kind of fact that any app has declared, in the order of the person page."""
        return sorted((kind for kind in cls.__subclasses__() if not kind._meta.abstract), key=lambda kind: kind.order)

    def sides(self) -> list[tuple[int, Any]]:
        """(person, the fact as their page says it): one, but for what ties two people."""
        return [(self.person_id, self)]

    @property
    def kind_name(self) -> str:
        """What kind of fact it is, for an address: telephone."""
        return str(self._meta.model_name)

    def said_again(self) -> dict[str, Any]:
        """The columns that must change when somebody says on a later day that it is still true, so that it stays the same."""
        return {}

    @property
    def over(self) -> bool:
        """Whether it is said to have ended: true once, and true no longer."""
        return False

    @property
    def offered(self) -> bool:
        """Whether the next case is asked if it is still true."""
        return True

    @property
    def leads_to(self) -> str:
        """The page that a page of the person leads on to from this fact; "" where there is none."""
        return ""

    @property
    def words(self) -> str:
        """The fact as a page says it."""
        raise NotImplementedError

    @property
    def on_paper(self) -> str:
        """The fact as the printed case file says it, which may leave the building; "" for what does not print."""
        return self.words
