"""`python -m tests`: make the migrated template of the tests now, so that no test waits for it."""

from __future__ import annotations

import tests.conftest  # noqa: F401  (it sets up what every test stands on)
from tests import databases

if __name__ == "__main__":
    with databases.maintenance() as line:
        databases.template(line)
