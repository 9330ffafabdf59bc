"""Agencies, services and people of a case, chosen from a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models.known_here import known_here
from safeguarding.models import Agency, SentHow, Service
from workflow.forms import EvidenceForm, LongText, Pick

NO_AGREEMENT = N_(
    "%(agency)s has no information-sharing agreement that counts. Nothing goes to it, unless a life is in danger: then say why "
    "it cannot wait."
)
NOT_HERE = N_(
    "%(agency)s has no agreement that counts, so it cannot read this here. Ring them, and choose by telephone."
)


class RowField(Pick):
    """One row of a table as a list that opens; cleans to the row itself. The form fills `choices` when it is made."""

    rows: Any = None

    def to_python(self, value: Any) -> str:
        return str(getattr(value, "pk", value) or "")

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        return type(self).rows.filter(pk=said).first() if said else None


class AgencyField(RowField):
    """A partner that works with us."""

    rows = Agency.objects.all()

    def offer(self, kinds: Iterable[str] = ()) -> None:
        """Those of these kinds first, then the others; whoever has no agreement that counts says so."""
        first = set(kinds)
        agreed = set(Agency.objects.all().agreed(timezone.localdate()).values_list("pk", flat=True))
        found = list(Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk"))
        found.sort(key=lambda agency: agency.kind not in first)
        without = _("no agreement")
        words = [(a.pk, str(a) if a.pk in agreed else f"{a} ({without})") for a in found]
        self.choices = [("", _("Choose")), *words]


class ServiceField(RowField):
    """A service of the directory that takes somebody now or later."""

    rows = Service.objects.all()

    def offer(self) -> None:
        found = Service.objects.all().offered().select_related("agency__unit").order_by("name", "pk")
        self.choices = [("", _("Choose")), *((s.pk, f"{s.name} ({s.agency})") for s in found)]


class OnACase(EvidenceForm):
    """Said on a case: who there is to choose from, and which partners. `first` are the kinds that stand at the top."""

    wants_subject = True
    first: Iterable[str] = ()

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject
        self.here = known_here(getattr(subject, "case_id", None))
        for name in {"person", "people"} & self.fields.keys():
            field: Any = self.fields[name]
            field.choices = self.here.choices
        for field in self.fields.values():
            if isinstance(field, AgencyField):
                field.offer(self.first)
            elif isinstance(field, ServiceField):
                field.offer()


class Shared(OnACase):
    """What goes to an agency goes under its agreement, or because a life is in danger (S2-040, R-35)."""

    vital_because = LongText(
        label="No agreement counts? Say why it cannot wait (optional)", called="Why it cannot wait", max_length=2000, rows=2,
        required=False, hint="Only where a life is in danger. Otherwise nothing goes to an agency without an agreement.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        agency = self.agency_of(said)
        if agency is None or Agency.objects.all().agreed(timezone.localdate()).filter(pk=agency.pk).exists():
            return said
        if not said.get("vital_because"):
            self.add_error("vital_because", _(NO_AGREEMENT) % {"agency": agency})
        way = "sent_how" if "sent_how" in self.fields else "how"
        if said.get(way) == SentHow.SYSTEM:
            self.add_error(way, _(NOT_HERE) % {"agency": agency})
        return said

    def agency_of(self, said: dict[str, Any]) -> Agency | None:
        found: Agency | None = said.get("agency")
        return found


def after_it_was_sent(form: Any, name: str) -> None:
    """Nobody answered what had not been sent."""
    at, sent = form.cleaned_data.get(name), getattr(form.subject, "sent_at", None)
    if at and sent and at < sent:
        raise ValidationError(_("That was before it was sent"))
