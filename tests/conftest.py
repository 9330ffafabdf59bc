"""What every test stands on: the environment (private servers unless DATABASE_URL is set), databases, browser, cast."""

import gc
import os

import django
import pytest

from config.local import environment

pytest_plugins = [
    "tests.cast", "tests.partners", "tests.dvds.cast_of_disclosures", "tests.factories", "tests.databases", "tests.browser",
]  # fmt: skip

#: Held for as long as this process lives, so that nobody else's end stops the servers under it.
SEAT = environment.Guest()

os.environ["DJANGO_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.update(environment.prepare("test"))
# tests make and copy databases, which only the owner of the tables may
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
# the synchronous browser runs a loop in the tests' own thread; Django would take that for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

django.setup()  # the plugins named above are imported next, and they import models

from config.words import compile_catalogues  # noqa: E402 - it reads the tables, which only now may be imported

compile_catalogues()


#: Folders whose tests share a system that takes long to start: all of them are taken while it runs.
SYSTEMS = {"faults", "journeys", "operations"}


def pytest_collection_finish() -> None:
    """What is imported by now stays until the end: to look through all of it for garbage again and again took a sixth
    of the time of every test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests go first: what takes minutes must not be begun last, when every other process is idle."""
    long = {item.path for item in items if item.get_closest_marker("long") or item.path.parent.name in SYSTEMS}
    items.sort(key=lambda item: item.path not in long)
