"""Log lines as an operator gets them: the real configuration of the program, read back line by line."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django_structlog.celery.receivers import CeleryReceiver

from config.celery import app
from config.logs import logging_config


class Lines:
    """What the program has written down since the test began."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def text(self) -> str:
        return self.stream.getvalue()

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text().splitlines()]

    def named(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.all() if line["event"] == event]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The logging of production, at its most talkative for our own code, into memory; a worker's lines too."""
    kept = Lines()
    app.loader.import_default_modules()  # as a worker does when it starts; it sets up logging anew
    wanted = logging_config("INFO")
    wanted["handlers"]["lines"] |= {"stream": kept.stream}
    root = logging.getLogger()
    before = list(root.handlers)
    logging.config.dictConfig(wanted)
    receiver = CeleryReceiver()  # what the worker's own first step connects (config/celery.py)
    receiver.connect_worker_signals()
    yield kept
    logging.config.dictConfig(settings.LOGGING)
    root.handlers[:] = before
