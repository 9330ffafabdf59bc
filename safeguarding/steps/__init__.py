"""THE TABLES of safeguarding: partner agencies and their agreements. Found by autodiscovery."""

from safeguarding.steps.agency import AGENCY, AGREEMENT

__all__ = ["AGENCY", "AGREEMENT"]
