"""The randomised run: people work, something falls, it is mended, everything is counted. docs/reliability.md has a long one."""

from __future__ import annotations

import pytest

from faults.ledger import Told
from faults.rounds import Run
from faults.stage import Stage
from faults.summary import markdown

SEED = 2026


def rehearsed(stage: Stage, rounds: int) -> Run:
    run = Run(stage, SEED, print)
    run.rehearse(rounds)
    assert run.verdict.sound, str(run.verdict)
    assert "is whole" in run.audit
    assert run.ledger.counts()[Told.DONE] > rounds
    assert f"| **Lost** | {len(run.verdict.lost)} |" in markdown(run)
    return run


@pytest.mark.long
def test_in_twelve_rounds_of_random_faults_nothing_is_lost_or_doubled_or_half_done(stage: Stage) -> None:
    rehearsed(stage, 12)
