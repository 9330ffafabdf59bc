"""What every record of a case is, and how a refusal is said."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import Versioned

if TYPE_CHECKING:
    from accounts.models import Unit, User


class Refusal(Enum):
    """Why a verb was refused, with the HTTP status that page and API both answer."""

    HIDDEN = 404
    ROLE = 403
    STATE = 409
    STALE = 410  # told apart from STATE; answered 409
    GUARD = 422
    FORM = 423  # answered 422

    @property
    def status(self) -> int:
        return {Refusal.STALE: 409, Refusal.FORM: 422}.get(self, self.value)


class Refused(Exception):
    """A verb said no. `sentence` may be shown as it is; `errors` holds field errors where a form refused."""

    def __init__(self, kind: Refusal, sentence: str, errors: Any = None) -> None:
        super().__init__(sentence)
        self.kind, self.sentence, self.errors = kind, gettext(sentence), errors


def folder_model() -> Any:
    """The model of the folder of secrecy, known here only by its setting."""
    return apps.get_model(settings.FOLDER_MODEL)


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """The records of the cases whose file the person reads: the rule is asked of the folder, never written again."""
        return self.filter(case__in=folder_model().objects.read_by(user).values("pk"))

    def standing(self) -> Self:
        """Without what was struck out."""
        return self.filter(struck_out_at__isnull=True)

    def as_at(self, at: Any) -> Self:
        """What had been recorded by a moment (UTC) and not yet struck out then."""
        struck_later = models.Q(struck_out_at__isnull=True) | models.Q(struck_out_at__gt=at)
        return self.filter(struck_later, recorded_at__lte=at)


class CaseRecord(Versioned):
    """A row that belongs to the case that learned it, with its provenance. Written only by the engine's verbs."""

    case = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    struck_out_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def folder(self) -> Any:
        return self.case

    @property
    def scope(self) -> Unit:
        """The unit over which roles are held for this record."""
        unit: Unit = self.case.unit
        return unit


class StatefulRecord(CaseRecord):
    """A case record that a workflow moves. `State` lists its states with their words."""

    State: ClassVar[type[models.TextChoices]]

    state = models.CharField(max_length=30, editable=False)

    class Meta:
        abstract = True

    def get_state_display(self) -> str:
        """The state in words; the column has no choices of its own, so Django would not say it."""
        return str(self.State(self.state).label)


class About(models.Model):
    """A row about a subject of any type, named by its label and id."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """The subject itself; asks the database once."""
        return apps.get_model(self.subject_type)._default_manager.get(pk=self.subject_id)


def about(subject: models.Model) -> dict[str, Any]:
    """The two columns that name a subject, for a filter or a create."""
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
