"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION

__all__ = ["CONSIDERATION"]
