"""The tables of supervision; each declares itself when imported."""

from supervision.steps import flag, holiday, person, posting, reference, setting, system_account, threshold, unit

__all__ = ["flag", "holiday", "person", "posting", "reference", "setting", "system_account", "threshold", "unit"]
