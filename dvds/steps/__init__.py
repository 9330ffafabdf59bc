"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION
from dvds.steps.second_look import SECOND_LOOK
from dvds.steps.transfer import FORCE_TRANSFER

__all__ = ["CONSIDERATION", "FORCE_TRANSFER", "SECOND_LOOK"]
