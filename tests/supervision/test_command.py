"""manage.py sweep: one sweep as at a moment."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from supervision.models import Notice

pytestmark = pytest.mark.django_db


def said(*args: str) -> str:
    out = StringIO()
    call_command("sweep", *args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("at", ["2026-08-30T14:02", "2026-08-30T14:02+01:00", "2026-08-30T13:02+00:00"])
def test_it_tells_what_is_due_at_the_moment_in_london_or_with_its_offset(
    at: str, owed: Any, now: Any, priya: Any
) -> None:
    owed(now)
    owed(now + timedelta(hours=5))
    assert said("--at", at) == "1 looked at, 2 notices, 0 unheard, 0 that could not be read.\n"
    assert Notice.objects.count() == 2


def test_without_a_moment_it_is_now(owed: Any, now: Any, priya: Any) -> None:
    owed(now)
    assert said().startswith("1 looked at")


@pytest.mark.parametrize("at", ["yesterday", "2026-03-29T01:30", "2026-02-30T10:00", "0001-01-01T00:00+14:00"])
def test_what_is_no_moment_is_refused_with_a_sentence(at: str) -> None:
    with pytest.raises(CommandError, match=r"\.$"):
        said("--at", at)
