"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION
from dvds.steps.exceptional import EXCEPTIONAL

__all__ = ["CONSIDERATION", "EXCEPTIONAL"]
