"""The meeting is held within ten working days of the first contact, bank holidays left out, and says whether by an expert."""

from __future__ import annotations

import pytest
import time_machine

from accounts.models import User
from dvds.models import Application, FaceToFace
from dvds.services.backward import london_day
from dvds.services.limits import MEETING
from tests.cast import client_of, take, text_of
from tests.clocks.calendars import london
from tests.dvds.clocked import clock, happened, opened_at
from tests.dvds.judged import MET

pytestmark = pytest.mark.django_db

ASKED, LAST, HELD = "2026-12-24T17:00", "2027-01-12", "2027-01-12T16:30"


@pytest.mark.requirement("S3-235")
def test_asked_on_christmas_eve_she_is_met_in_time_on_the_twelfth_of_january_by_an_expert(
    opened: Application, perry: User
) -> None:
    with time_machine.travel(london(ASKED), tick=False):
        opened_at(opened, london(ASKED), perry)
    assert str(london_day(clock(opened, MEETING).due_at)) == LAST, "three bank holidays lie between"
    happened(opened, "consideration.progress", perry, london("2026-12-25T12:00"), state=Application.State.MEETING)

    with time_machine.travel(london("2027-01-12T18:00"), tick=False):
        take(opened, "hold-meeting", perry, **{**MET, "held_at": london(HELD).isoformat()})
        page = text_of(client_of(perry).get(opened.get_absolute_url()))

    assert FaceToFace.objects.get(application=opened).by_expert == "yes"
    met = clock(opened, MEETING)
    assert met.stopped_at == london(HELD) and met.stopped_at < met.due_at
    assert "Face-to-face" in page and ">Met, recorded late<" not in page
