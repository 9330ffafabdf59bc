"""The sweep: each minute, whoever a missed or nearing clock names is told, once, and what nobody can hear is shown red.

Overdue is a query: nothing here changes a due moment, and if the sweep stops for a week nothing is lost.
"""

from supervision.escalation.sweep import BATCH, RETRY, Swept, sweep

__all__ = ["BATCH", "RETRY", "Swept", "sweep"]
