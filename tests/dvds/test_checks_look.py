"""The pages of judging in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from dvds.models import Application
from tests.cast import take
from tests.dvds.judged import JUDGED, agreed, look, trace, whom
from tests.dvds.test_checks import alias
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_the_checks_and_of_judging_are_usable(
    live_server: Any, browser: Browser, in_checks: Application, perry: User, wren: User, maya: User
) -> None:
    alias(whom(in_checks), in_checks, perry, "Karl", "Brandt")
    found = look(in_checks, perry, "pnc", found="something", result="Two convictions.")
    trace(in_checks, perry, found, sort="conviction", spent="spent", words="Harassment, 2009.")
    agreed(look(in_checks, perry, "pnd"), wren)
    none = look(in_checks, perry, "intelligence")
    here = f"/considerations/{in_checks.case.reference}/checks/"
    usable(browser, live_server.url, wren, [
        here, f"{here}pnd/{whom(in_checks)}/", f"{here}visor/{whom(in_checks)}/away/", f"{here}found/{found.pk}/",
        f"/work/no-trace/{none.no_trace.pk}/agree/",
    ], "considered-checks")  # fmt: skip
    agreed(none, wren)
    take(in_checks, "finish-checks", perry, whole=True)
    step = f"/work/consideration/{in_checks.pk}/"
    steps = [f"{step}{name}/" for name in ("progress", "propose-stop", "judge-again", "ask-agency")]
    usable(browser, live_server.url, perry, steps, "considered-judging")
    take(in_checks, "progress", perry, **JUDGED, reach_how="Her sister rings her.")
    usable(browser, live_server.url, perry, [f"{step}hold-meeting/"], "considered-meeting")
