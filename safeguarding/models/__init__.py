"""Partner agencies, and what is referred to them."""

from safeguarding.models.agency import OF_CHILDREN, Agency, AgencyKind, Agreement

__all__ = ["OF_CHILDREN", "Agency", "AgencyKind", "Agreement"]
