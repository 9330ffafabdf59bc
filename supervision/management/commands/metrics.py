"""The listener for metrics: a process and a port of its own, so that no public address leads to them."""

from __future__ import annotations

import os
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from supervision.gauges import Gauges


def registry() -> CollectorRegistry:
    """Our own figures, and those that the web processes leave in PROMETHEUS_MULTIPROC_DIR where that is set."""
    found = CollectorRegistry()
    found.register(Gauges())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(found)  # type: ignore[no-untyped-call]
    return found


class Command(BaseCommand):
    help = "Serve metrics on METRICS_HOST:METRICS_PORT until interrupted. Never give that port to a public listener."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.METRICS_HOST)
        parser.add_argument("--port", type=int, default=settings.METRICS_PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        server, thread = start_http_server(options["port"], addr=options["host"], registry=registry())
        try:
            threading.Event().wait()
        finally:
            server.shutdown()
            thread.join()
