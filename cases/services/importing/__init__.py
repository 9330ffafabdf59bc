"""Ten years of records that a force brings with it: three files, checked row by row, whole incidents or none of them."""

from cases.services.importing.run import Outcome, import_history

__all__ = ["Outcome", "import_history"]
