"""The tables of people."""

from people.steps.duplicate import DUPLICATE

__all__ = ["DUPLICATE"]
