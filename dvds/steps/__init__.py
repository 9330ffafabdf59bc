"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION
from dvds.steps.exceptional import EXCEPTIONAL
from dvds.steps.intake import INTAKE
from dvds.steps.no_trace import NO_TRACE

__all__ = ["CONSIDERATION", "EXCEPTIONAL", "INTAKE", "NO_TRACE"]
