"""A pack on paper: what one agency was sent of a case, word for word. The proof of what was withheld is not on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from marac.models import Pack

if TYPE_CHECKING:
    from reporting.models import Document


def written_pack(document: Document) -> str | None:
    """As it was sent; None where its asker may see it no longer."""
    rows = Pack.objects.visible_to(document.asked_by).select_related("case", "agency__unit", "meeting__forum")
    pack = rows.filter(pk=document.pack_id).first()
    if pack is None:
        return None
    document.shows, document.drawn_from = [], []
    context = {"pack": pack, "document": document, "as_at": document.as_at}
    return render_to_string("reporting/pack.html", context)
