"""In a race every act takes a moment between what it has asked and what it writes: where no lock holds, the other gets in."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from audit import services

PAUSE = 0.15  # seconds; only in the threads of a race, so that making the records beforehand costs nothing
LONGER = {"case.close": 0.6}  # so that whatever it must not overlook is done while it dwells


@pytest.fixture(autouse=True)
def dwelling(monkeypatch: pytest.MonkeyPatch) -> None:
    record = services.record

    def slowly(**facts: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            time.sleep(LONGER.get(facts["name"], PAUSE))
        return record(**facts)

    monkeypatch.setattr(services, "record", slowly)
