"""Files that wait for the scanner: one that never gets a verdict keeps no other from its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Attachment, Case
from cases.services import scanning, storing, waiting
from tests.cases import files
from tests.cases.scanner import scanner as scanner
from tests.cases.test_files import held, store
from workflow import engine
from workflow.models import Refusal, Refused

__all__ = ["store"]
TOO_LONG = "INSTREAM size limit exceeded. ERROR"


def state(row: Attachment) -> str:
    return str(Attachment.objects.get(pk=row.pk).state)


@pytest.mark.parametrize("fault", ["an answer that is no verdict", "no such file", "refused"])
def test_a_file_without_a_verdict_keeps_no_other_from_its_own(
    fault: str, hannahs_case: Case, ellen: User, scanner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = held(hannahs_case, ellen, scanner, files.WORDS + b"bad")
    good = held(hannahs_case, ellen, scanner, files.jpeg())
    scanner.start()
    if fault == "no such file":
        storing.place_of(bad.digest).unlink()
    elif fault == "refused":
        honest = engine.perform

        def refusing(row: Any, *args: Any, **said: Any) -> Any:
            if row.pk == bad.pk:
                raise Refused(Refusal.STATE, "It changed meanwhile.")
            return honest(row, *args, **said)

        monkeypatch.setattr(engine, "perform", refusing)
    else:
        asked = scanning.verdict
        answers = iter([TOO_LONG])
        monkeypatch.setattr(scanning, "verdict", lambda said: asked(next(answers, said)))
    monkeypatch.setattr(waiting, "BATCH", 1)  # as many bad ones as a batch holds
    assert waiting.scan_waiting(timezone.now()) == 1
    assert (state(bad), state(good)) == ("waiting", "kept")


def test_an_error_is_no_verdict_and_silence_stops_the_round() -> None:
    with pytest.raises(scanning.NoVerdict):
        scanning.verdict(TOO_LONG)
    with pytest.raises(scanning.Unanswered) as silence:
        scanning.verdict("")
    assert not isinstance(silence.value, scanning.NoVerdict)
