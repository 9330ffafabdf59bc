"""Pages of partner agencies and of what is referred to them."""

from safeguarding.views.agencies import agencies_page, agency_page, sign_agreement

__all__ = ["agencies_page", "agency_page", "sign_agreement"]
