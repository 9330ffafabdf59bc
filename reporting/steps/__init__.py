"""What may happen in reporting."""

from reporting.steps.outside import OUTSIDE

__all__ = [
    "OUTSIDE",
]
