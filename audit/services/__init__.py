"""The verbs of the record: write an act, write a consultation, seal, anchor, verify."""

from audit.services.proving import verify
from audit.services.sealing import ANCHORED, ANCHORED_WITHIN, anchor, anchored_lately, heads, seal
from audit.services.writing import (
    access_facts,
    denied,
    digest_of,
    event_facts,
    lock_system_chain,
    looked,
    looked_at_each,
    record,
)

__all__ = [
    "ANCHORED", "ANCHORED_WITHIN", "access_facts", "anchor", "anchored_lately", "denied", "digest_of", "event_facts",
    "heads", "lock_system_chain", "looked", "looked_at_each", "record", "seal", "verify",
]  # fmt: skip
