"""A pack on paper: what one agency was sent of a case, word for word, and what agencies released since. The proof of what was
withheld is not on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from marac.models import Pack
from marac.services.shared import released_lines

if TYPE_CHECKING:
    from reporting.models import Document


def written_pack(document: Document) -> str | None:
    """As it was sent; None where its asker may see it no longer."""
    rows = Pack.objects.visible_to(document.asked_by).select_related(
        "case", "agency__unit", "meeting__forum", "referral"
    )
    pack = rows.filter(pk=document.pack_id).first()
    if pack is None:
        return None
    document.shows, document.drawn_from = [], []
    released = released_lines(pack.referral)
    context = {"pack": pack, "document": document, "as_at": document.as_at, "released": released}
    return render_to_string("reporting/pack.html", context)
