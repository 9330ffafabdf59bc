"""The tables of supervision; each declares itself when imported."""

from supervision.steps import setting

__all__ = ["setting"]
