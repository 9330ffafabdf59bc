"""Who may see: asked here and nowhere else. Pages, API, search, counts, exports, PDFs and notices all pass through.

Five questions: `visible_to` (may open), `read_by` (may read what stands in it), `worked_by` (own work, no reason asked),
`markers_for` (the least that must be known of what may not be opened) and `tripwire` (the one sanctioned read past the
rule, which returns nothing). The table `SEES` and the rule itself stand in `rule.py`.
"""

from cases.visibility.hearing import Hearing, hearing
from cases.visibility.markers import Marker, MarkerSource, mark, markers_for, plain_postcode
from cases.visibility.rule import (
    GATEKEEPERS,
    INVESTIGATING,
    READING,
    REASON_LASTS,
    SEES,
    Reason,
    Sees,
    closed_to,
    kinds,
    may_hold,
    near,
    open_to,
    read_by,
    read_by_each,
    reason_needed,
    roles_that_see,
    shut_out_of,
    units_near,
    visible_to,
    visible_to_each,
    worked_by,
)
from cases.visibility.tripwire import (
    AUDITING,
    MOST_HITS,
    TRIPWIRE,
    WouldHit,
    heard_at_once,
    looked_into_by,
    referred_to,
    tripwire,
)

__all__ = [
    "AUDITING", "GATEKEEPERS", "INVESTIGATING", "MOST_HITS", "READING", "REASON_LASTS", "SEES", "TRIPWIRE", "Hearing", "Marker",
    "MarkerSource", "Reason", "Sees", "WouldHit", "closed_to", "heard_at_once", "hearing", "kinds", "looked_into_by", "mark",
    "markers_for", "may_hold", "near", "open_to", "plain_postcode", "read_by", "read_by_each", "reason_needed",
    "referred_to", "roles_that_see", "shut_out_of", "tripwire", "units_near", "visible_to", "visible_to_each", "worked_by",
]  # fmt: skip
