"""Every figure that a force is asked for, declared once (C.2): read `declare.py`, then the tables, then `reckon.py`."""

from reporting.measures import justice, orders, owed, partners, repeats, risks, service, volumes  # noqa: F401  (their rows)
