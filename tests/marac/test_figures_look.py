"""Actions, figures, self-assessment and an emergency meeting in a real browser: usable by everybody at every width."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Case
from marac.models import Attendance, EmergencyCall, Forum, ForumMember, QuarterReturn, SelfAssessment, SteeringPaper
from marac.principles import CODES
from marac.services.counting import later, quarter_of
from safeguarding.models import Agency
from tests.cast import take
from tests.looks import usable
from tests.marac.followed import done, forum_of, heard, local, met, on_it, referred, taken_on

pytestmark = pytest.mark.django_db(transaction=True)
LAST = later(quarter_of(timezone.localdate()), -1)


def seat_of(forum: Forum, by: User, *agencies: Agency) -> None:
    for agency in agencies:
        ForumMember.objects.create(
            forum=forum, unit=forum.unit, agency=agency, since=LAST, state="sitting", recorded_by=by
        )


def test_what_is_followed_and_counted_is_usable_by_everybody(
    browser: Browser, live_server: Any, hal: User, cleo: User, housing: Agency, advisers: Agency, hannahs_case: Case
) -> None:
    forum = forum_of(hal, women_over_16="40000", women_source="ONS mid-year 2025")
    referral = referred(forum, hal, hannahs_case)
    meeting = met(forum, hal, datetime(LAST.year, LAST.month, 14, 12, tzinfo=UTC))
    heard(referral, meeting, hal, housing)
    on_it(referral, hal, "victim", "Hannah Okoro")
    first = taken_on(referral, housing, hal, meeting, who="Cleo Banner")
    type(first).objects.filter(pk=first.pk).update(due_at=timezone.now() - timedelta(days=6))
    take(
        first, "ask-longer", cleo, until=local(timezone.now() + timedelta(days=3)), reason="The panel sits on Thursday."
    )
    done(taken_on(referral, housing, hal, meeting, what="Locks changed on both doors."), cleo)
    taken_on(referral, advisers, hal, meeting, what="Tess rings her on Monday at work.", type="support")
    said = {
        "figure": "per_10000",
        "begins_on": later(LAST, -2).isoformat(),
        "months": "12",
        "place": "England and Wales",
    }
    take(forum, "compare", hal, **said, value="41.5", source="SafeLives, national data")
    take(
        QuarterReturn(forum=forum, unit=forum.unit, begins_on=LAST),
        "sign",
        hal,
        words="One meeting fell out.",
        cost="9000",
    )
    seat_of(forum, hal, housing, advisers)
    Attendance.objects.create(meeting=meeting, agency=housing, name="Cleo Banner", standing="here", recorded_by=hal)
    SteeringPaper.objects.create(forum=forum, begins_on=LAST, asked_by=hal, asked_at=timezone.now())
    looks: SelfAssessment = take(
        SelfAssessment(forum=forum, unit=forum.unit), "begin", hal, on=timezone.localdate().isoformat()
    )
    scores = dict.fromkeys(CODES, "3") | {
        f"{code}_words": "Minutes of July, and the list of members." for code in CODES
    }
    take(looks, "answer", hal, **{**scores, "equality": "1", "plan": "Hal asks the LGBT service by March."})
    call: EmergencyCall = take(
        EmergencyCall(case=referral.case, referral=referral), "call", hal, why="He is out and on his way to her.",
        how="Conference 4", agencies=[housing.pk], starts_at=local(timezone.now() + timedelta(hours=2)),
    )  # fmt: skip
    of = f"/marac/forums/{forum.pk}"
    paths = [
        "/marac/actions/", first.get_absolute_url(), "/marac/actions/report/", f"/work/forum-action/{first.pk}/extend/",
        f"/marac/referrals/{referral.pk}/action/", f"{of}/returns/", f"{of}/returns/{LAST}/",
        f"{of}/outcomes/?from={later(LAST, -1)}", f"{of}/returns/{LAST}/enter/", f"{of}/attendance/?from={LAST}",
        f"/work/forum/{forum.pk}/expect/", f"/marac/actions/report/?forum={forum.pk}&from={LAST}",
        "/marac/returns/entering/", "/marac/returns/", looks.get_absolute_url(),
        f"/work/self-assessment/{looks.pk}/answer/", call.get_absolute_url(), f"/cases/{referral.case.reference}/",
    ]  # fmt: skip
    usable(browser, live_server.url, hal, paths, "figures")
    usable(browser, live_server.url, cleo, ["/agency/actions/", f"/work/forum-action/{first.pk}/done/"], "agency")
