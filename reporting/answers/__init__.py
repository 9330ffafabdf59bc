"""What inspectors ask, each question answered from a page of its own: read `table.py`, then `declare.py`."""

from reporting.answers import table  # noqa: F401  (its rows)
