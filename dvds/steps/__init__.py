"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION
from dvds.steps.no_trace import NO_TRACE

__all__ = ["CONSIDERATION", "NO_TRACE"]
