"""The tables of supervision; each declares itself when imported."""

from supervision.steps import (
    definition,
    flag,
    holiday,
    person,
    posting,
    reference,
    setting,
    system_account,
    threshold,
    unit,
)

__all__ = [
    "definition",
    "flag",
    "holiday",
    "person",
    "posting",
    "reference",
    "setting",
    "system_account",
    "threshold",
    "unit",
]
