"""By whichever way somebody asks, it waits at the one door and keeps the way it came (S606)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from dvds.models import Channel, Intake, PublicRequest
from dvds.services.asked import take_in
from tests.cast import client_of, text_of
from tests.dvds.door import request, taken

pytestmark = pytest.mark.django_db

SPOKEN = (Channel.STATION, Channel.IN_PERSON, Channel.PHONE, Channel.EMAIL, Channel.INVESTIGATION)


@pytest.mark.requirement("S3-226")
def test_whoever_asks_at_a_station_by_telephone_online_or_through_a_partner_waits_at_one_door(
    ellen: User, cleo: User, housing: Any, perry: User, hannahs_case: Any
) -> None:
    beside = {Channel.INVESTIGATION: hannahs_case}
    came = [request(ellen, channel=way.value, beside=beside.get(way)) for way in SPOKEN]
    came.append(request(cleo, channel="phone"))  # a partner is the way, whatever theirs was
    row = PublicRequest.objects.create(key=uuid4(), danger="none", subject="Karl Field", why="He hurt somebody before.")
    online = take_in(row.pk, at=timezone.now())
    assert online is not None
    came.append(online)

    assert [intake.channel for intake in came] == [*SPOKEN, Channel.PARTNER, Channel.ONLINE]
    door = text_of(client_of(perry).get("/requests/"))
    for intake in came:
        assert f'href="{intake.get_absolute_url()}"' in door
    assert set(Intake.objects.visible_to(perry)) == set(came)
    assert [taken(intake, perry).channel for intake in came] == [*SPOKEN, Channel.PARTNER, Channel.ONLINE]
