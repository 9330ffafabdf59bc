"""The engine: three verbs by which anything changes, and the one answer to "what may I do?"."""

from workflow.engine.allowed import (
    Offer,
    available,
    editable_by,
    offers,
    refuse_unless_allowed,
    sealed_by,
    visible_or_refused,
)
from workflow.engine.changes import (
    changes_between,
    keep_said,
    settles,
    snapshot,
    stale_fields,
    version_seen,
)
from workflow.engine.verbs import add, amend, perform, strike_out

__all__ = [
    "Offer", "add", "amend", "available", "changes_between", "editable_by", "keep_said", "offers", "perform",
    "refuse_unless_allowed", "sealed_by", "settles", "snapshot", "stale_fields", "strike_out", "version_seen", "visible_or_refused",
]  # fmt: skip
