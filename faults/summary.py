"""What a run came to, as a block of markdown: nobody types figures."""

from __future__ import annotations

import os
import platform

from faults.ledger import Told
from faults.rounds import Run


def markdown(run: Run) -> str:
    """A heading, one table of figures, one of faults."""
    told, stage = run.ledger.counts(), run.stage
    version = stage.ask("SHOW server_version")[0][0].split()[0]
    figures = {
        "Rounds": run.rounds,
        "Seed": run.seed,
        "Faults": sum(run.troubles.values()),
        "Forms sent": sum(entry.sent for entry in run.ledger.entries),
        "Acts promised to somebody": told[Told.DONE],
        "Acts with no answer (whole or absent)": told[Told.UNKNOWN],
        "Acts refused": told[Told.REFUSED],
        "Notices": stage.number("SELECT count(*) FROM supervision_notice"),
        "Mails sent a second time, same Message-ID": run.sent_again,
        "Papers printed": stage.number("SELECT count(*) FROM reporting_document WHERE stage = 'made'"),
        "**Lost**": len(run.verdict.lost),
        "**Twice**": len(run.verdict.twice),
        "**Half done**": len(run.verdict.half),
        "Seconds": f"{run.seconds:.0f} ({run.seconds / max(run.rounds, 1):.1f} a round)",
        "`manage.py verify_audit`": run.audit,
        "Machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {version}",
    }
    rows = [f"| {name} | {value} |" for name, value in figures.items()]
    faults = [f"| {name} | {count} |" for name, count in sorted(run.troubles.items())]
    return "\n".join(
        [f"### {run.rounds} rounds, seed {run.seed}", "", "| What | Figure |", "|---|---|", *rows, "", "| Fault | Times |",
         "|---|---|", *faults, ""]
    )  # fmt: skip
