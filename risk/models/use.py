"""Which instrument a unit assesses with, from which day. Never edited: superseded."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models

from accounts.models import Unit
from risk.models.instrument import Instrument

DASH = "dash"  # what everybody uses who has not said otherwise


class InstrumentUseQuerySet(models.QuerySet["InstrumentUse"]):
    def code_for(self, unit: Unit, on: date) -> str:
        """The code of the instrument in use in a unit on a day (London): its own, else the nearest above it, else DASH.

        One query. Index: instrument_use_of_unit.
        """
        rows = self.filter(unit__in=unit.lineage, valid_from__lte=on).order_by("unit", "-valid_from", "-pk")
        said = dict(rows.distinct("unit").values_list("unit_id", "instrument__code"))
        return next((said[above] for above in reversed(unit.lineage) if above in said), DASH)


class InstrumentUse(models.Model):
    """From a day on a unit, and what is beneath it, assesses with this instrument; decided by two people."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="uses")
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)

    objects = InstrumentUseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "-valid_from", "-id"], name="instrument_use_of_unit")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.instrument} in {self.unit} from {self.valid_from}"
