"""A referral goes to another forum: linked until that one takes it (R-34), and the new address is told there alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, LinkedCase
from marac.models import AgendaItem, Forum, Meeting, Referral, Transfer
from people.models import Address
from tests.cast import client_of, person, take, text_of, unit
from tests.marac import refer
from tests.marac.test_forums import easterby
from workflow import reactions
from workflow.models import Deadline, Refused
from workflow.models.record import about

OUT = {"why": "She moves to be near her mother.", "adviser": "Tess Arkwright to the adviser there", "papers": "yes"}


def YESTERDAY() -> date:  # noqa: N802 - read as a moment of the story; the incident is of today, or of last night
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


@pytest.fixture
def far_unit(force: Unit) -> Unit:
    return unit("Southmere Abuse Unit", "SAU", force)


@pytest.fixture
def ada(far_unit: Unit) -> User:
    """The MARAC coordinator of the other area."""
    return person("", "8701", "Ada North", ("marac_coordinator", far_unit))


@pytest.fixture
def other_forum(ada: User) -> Forum:
    return easterby(ada, name="Southmere MARAC", area="Southmere", runs="SAU")


@pytest.fixture
def accepted(forum: Forum, ellen: User, hal: User) -> Referral:
    done: Referral = take(refer.sent(refer.high(ellen), ellen, forum), "accept", hal, note="")
    return done


def handed(accepted: Referral, by: User, to: Forum) -> Transfer:
    made: Transfer = take(Transfer(case=accepted.case), "send", by, to_forum=to.pk, elsewhere="", **OUT)
    return made


@pytest.mark.rule("R-34")
def test_it_arrives_with_everything_and_both_stay_linked_until_it_is_taken(
    accepted: Referral, hal: User, ada: User, other_forum: Forum
) -> None:
    transfer = handed(accepted, hal, other_forum)
    there = transfer.received
    assert (refer.fresh(accepted).state, transfer.state, there.state) == ("transferred", "sent", "submitted")
    assert there.forum == other_forum and there.latest == accepted.latest and there.people.count() == 2
    assert LinkedCase.objects.filter(case=accepted.case, other=there.case).exists()
    assert Deadline.objects.open().get(policy="transfer-answered").unit == accepted.forum.unit
    take(there, "accept", ada, note="")
    assert refer.fresh(transfer).state == "accepted"
    assert not Deadline.objects.open().filter(policy="transfer-answered").exists()


@pytest.mark.rule("R-34")
def test_the_new_address_is_never_visible_where_it_came_from(
    accepted: Referral, hal: User, ada: User, other_forum: Forum
) -> None:
    transfer = handed(accepted, hal, other_forum)
    there = take(transfer.received, "accept", ada, note="")
    her = there.people.get(part="victim").person
    Address.objects.create(case=there.case, person=her, line="9 Harbour Row", postcode="SM1 2AA", recorded_by=ada)
    assert not Case.objects.visible_to(hal).filter(pk=there.case.pk).exists()
    for path in (f"/cases/{accepted.case.reference}/", f"/work/marac-referral/{accepted.pk}/", f"/people/{her.pk}/"):
        page = text_of(client_of(hal).get(path))
        assert "Harbour Row" not in page and there.case.reference not in page
    assert "Harbour Row" in text_of(client_of(ada).get(f"/people/{her.pk}/"))
    for who, found in ((hal, False), (ada, True)):
        assert ("9 Harbour Row" in text_of(client_of(who).post("/search/", {"where": "Harbour Row"}))) is found


def test_what_is_not_taken_comes_back_and_is_nobodys_for_no_day(
    accepted: Referral, hal: User, ada: User, other_forum: Forum
) -> None:
    transfer = handed(accepted, hal, other_forum)
    with pytest.raises(Refused, match="Another forum handed it on"):
        take(transfer.received, "return", ada, lacks=["other"], words="The minutes are wanting.")
    take(transfer.received, "withdraw", ada, reason="She did not come after all; she is with her sister in Easterby.")
    assert (refer.fresh(transfer).state, refer.fresh(accepted).state) == ("refused", "accepted")


def test_it_leaves_every_agenda_to_come(accepted: Referral, hal: User, other_forum: Forum) -> None:
    now = timezone.now()
    meeting = Meeting.objects.create(forum=accepted.forum, unit=accepted.forum.unit, starts_at=now, recorded_by=hal)
    item = AgendaItem.objects.create(
        meeting=meeting, kind="marac", case=accepted.case, part=AgendaItem.Part.ADULTS, added_at=now, added_by=hal,
        **about(accepted),
    )  # fmt: skip
    handed(accepted, hal, other_forum)
    item.refresh_from_db()
    assert item.taken_off_at is not None


def test_to_a_forum_elsewhere_the_answer_is_recorded(accepted: Referral, hal: User) -> None:
    said = {"to_forum": "", "elsewhere": "Westvale MARAC, Jo Lund, 01632 960222", **OUT}
    transfer = take(Transfer(case=accepted.case), "send", hal, **said)
    with pytest.raises(Refused, match="has not answered|not with this forum"):
        take(Transfer(case=accepted.case), "send", hal, **said)
    taken = take(transfer, "take", hal, reason="Jo Lund has it, heard on the ninth.")
    assert taken.state == "accepted" and refer.fresh(accepted).state == "transferred"


def test_one_that_comes_from_elsewhere_counts_from_when_it_was_heard_there(
    forum: Forum, ellen: User, hal: User
) -> None:
    referral = refer.sent(refer.high(ellen), ellen, forum)
    assert referral.repeat_of is None and referral.repeat_because.startswith("No repeat")
    came = {
        "elsewhere": "Westvale MARAC", "heard_there_on": YESTERDAY().isoformat(), "why": "She moved here in May.",
        "adviser": "", "papers": "no",
    }  # fmt: skip
    take(Transfer(case=referral.case), "receive", hal, **came)
    done = take(referral, "accept", hal, note="")
    assert done.repeat_because.startswith("Repeat")


@pytest.mark.rule("R-34")
def test_what_another_forum_withdraws_after_taking_it_comes_back_all_the_same(
    accepted: Referral, hal: User, ada: User, other_forum: Forum
) -> None:
    transfer = handed(accepted, hal, other_forum)
    there = take(transfer.received, "accept", ada, note="")
    assert (refer.fresh(transfer).state, refer.fresh(accepted).state) == ("accepted", "transferred")
    take(there, "withdraw", ada, reason="She did not come after all; she is with her sister in Easterby.")
    assert (refer.fresh(transfer).state, refer.fresh(accepted).state) == ("refused", "accepted")
    assert Deadline.objects.open().filter(policy="marac-referral-listed", case=accepted.case).exists()


def test_one_that_was_heard_and_closed_there_does_not_come_back(
    accepted: Referral, hal: User, ada: User, other_forum: Forum
) -> None:
    transfer = handed(accepted, hal, other_forum)
    there = take(transfer.received, "accept", ada, note="")
    heard = take(there, "hear", User.objects.system(), reason="It was heard.")
    take(heard, "close", ada, reason="Every action is done, and the year has ended.")
    assert (refer.fresh(transfer).state, refer.fresh(accepted).state) == ("accepted", "transferred")


@pytest.mark.rule("R-30")
def test_a_transfer_in_that_is_recorded_after_acceptance_asks_the_repeat_again(
    forum: Forum, ellen: User, hal: User
) -> None:
    referral = take(refer.sent(refer.high(ellen), ellen, forum), "accept", hal, note="")
    assert referral.repeat_because.startswith("No repeat")
    came = {
        "elsewhere": "Westvale MARAC", "heard_there_on": YESTERDAY().isoformat(), "why": "She moved here in May.",
        "adviser": "", "papers": "no",
    }  # fmt: skip
    take(Transfer(case=referral.case), "receive", hal, **came)
    reactions.run_due()
    now = refer.fresh(referral)
    assert now.repeat_because.startswith("Repeat") and "repeat" in now.grounds and now.state == "accepted"
