"""The demonstration force shows every screen of the forums with something in it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from marac.models import ForumAction, Meeting, Referral, Research
from safeguarding.models import Encompass
from tests.cast import client_of, text_of

pytestmark = pytest.mark.django_db

PAGES = {
    "marac": (
        "/marac/forums/", "/marac/meetings/", "/marac/referrals/", "/marac/actions/", "/marac/returns/", "/agencies/",
        "/marac/not-referred/",
    ),
    "partner": ("/agency/research/", "/agency/actions/", "/agency/marac-referrals/", "/marac/meetings/"),
    "idva": ("/agency/research/?returned=yes", "/agency/marac-referrals/"),
    "pmanager": ("/agency/actions/",),
    "school": ("/encompass/letters/",),
    "coordinator": ("/schools/", "/encompass/"),
}  # fmt: skip


def test_the_demonstration_holds_a_meeting_that_was_and_one_to_come_and_who_owes_what() -> None:
    call_command("seed", verbosity=0)
    was, coming = Meeting.objects.filter(urgent=False).order_by("starts_at")
    assert (was.state, coming.state) == ("minuted", "published")
    late = ForumAction.objects.filter(state="agreed", due_at__lt=timezone.now())
    assert late.count() == 1 and ForumAction.objects.filter(state="done").exists()
    assert {"returned", "nil", "asked"} == set(Research.objects.filter(meeting=coming).values_list("state", flat=True))
    repeat = Referral.objects.get(repeat_of__isnull=False)
    assert repeat.repeat_of.hearings.get().item.meeting_id == was.pk  # type: ignore[union-attr]
    assert {"submitted", "returned", "listed", "heard"} <= set(Referral.objects.values_list("state", flat=True))
    assert {"drafted", "received"} <= set(Encompass.objects.values_list("state", flat=True))
    for name, paths in PAGES.items():
        browser = client_of(User.objects.get(username=name))
        for path in paths:
            page = browser.get(path)
            assert page.status_code == 200 and "app-queue__none" not in page.content.decode(), f"{name}: {path}"
    chair = text_of(client_of(User.objects.get(username="chair")).get(coming.get_absolute_url()))
    assert "Repeat" in chair and "Late addition" in chair and "Northshire housing: Housing" in chair
