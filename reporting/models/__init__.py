"""Papers and lists that leave."""

from reporting.models.export import Export
from reporting.models.paper import BRIEF_LASTS, MARKING, OF, STUCK, TRIES, UNHEARD, Document, DocumentContent

__all__ = ["BRIEF_LASTS", "MARKING", "OF", "STUCK", "TRIES", "UNHEARD", "Document", "DocumentContent", "Export"]
