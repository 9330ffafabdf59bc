"""The tables of supervision; each declares itself when imported."""

from supervision.steps import (
    definition,
    flag,
    holiday,
    instrument,
    person,
    posting,
    reference,
    setting,
    system_account,
    threshold,
    training,
    unit,
)

__all__ = [
    "definition",
    "flag",
    "holiday",
    "instrument",
    "person",
    "posting",
    "reference",
    "setting",
    "system_account",
    "threshold",
    "training",
    "unit",
]
