"""Naming a colleague: who may see the case is told, by reference alone; of anybody else the writer learns no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Event
from cases.models import Case, Incident
from supervision import services
from supervision.models import Mail, Notice, Preference
from supervision.models.notice import NoticeQuerySet
from tests.cases.recording import press, words
from tests.cast import client_of, person
from workflow import engine, mentions, reactions
from workflow.flags import MENTIONS, is_on
from workflow.models import FlagSetting, Refused

pytestmark = pytest.mark.django_db
ACCOUNT = "He pushed past her into the flat. @{} has the first account."


@pytest.fixture
def writes(hannahs_case: Case, hannahs_incident: Incident, ellen: User) -> Callable[[str], str]:
    """Ellen names somebody in a section on its page; what the next page says. The worker has run."""

    def write(number: str) -> str:
        browser = client_of(ellen)
        page = f"/work/incident/{hannahs_incident.pk}/sections"
        press(browser, f"{page}/safe/", {"everyone_safe": "yes", "made_safe": "She is at her sister's, he is away."})
        answer = press(browser, f"{page}/happened/", {"account": ACCOUNT.format(number), "weapon": "no"})
        assert answer.status_code == 302, words(answer)
        reactions.run_due()
        return words(browser.get(answer["Location"]))

    return write


def test_a_colleague_who_may_see_the_case_is_told_by_reference_alone(
    writes: Callable[[str], str], tom: User, hannahs_case: Case
) -> None:
    assert "PC 2208 Ashdown will get a notice." in writes("2208")
    notice = Notice.objects.get(person=tom)
    assert notice.text == f"You are named in what was written on {hannahs_case.reference}."
    browser = client_of(tom)
    assert "You are named" in words(browser.get("/notices/"))
    assert browser.get(f"/notices/{notice.pk}/").url == f"/cases/{hannahs_case.reference}/"


@pytest.mark.parametrize("who", ["shut out", "of a role that sees no case", "nobody's number"])
def test_the_writer_learns_the_same_of_whoever_is_not_told(
    who: str, writes: Callable[[str], str], victor: User, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(collar_number="7001")
    number = {"shut out": "2950", "of a role that sees no case": "7001", "nobody's number": "9999"}[who]
    said = writes(number)
    assert f"Nobody is told of @{number}. Check the number, or tell them yourself." in said
    assert not Notice.objects.filter(kind=Notice.Kind.MENTION).exists()


def test_a_name_that_stays_in_a_changed_text_is_told_once(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User, tom: User
) -> None:
    first = engine.amend(hannahs_incident, {"account": "@2208 was there."}, by=ellen, seen=hannahs_incident.version)
    engine.amend(first, {"account": "@2208 was there, and left."}, by=ellen, seen=first.version)
    reactions.run_due()
    assert Notice.objects.filter(person=tom).count() == 1


def test_naming_in_the_reason_of_a_step_tells_too(hannahs_case: Case, priya: User, tom: User, victor: User) -> None:
    said = {"person": "7777", "reason": "@2208 says that he is her cousin."}
    person("PC", "7777", "Rob Lane", ("officer", hannahs_case.unit))
    engine.perform(hannahs_case, "shut-out", by=priya, evidence=said)
    reactions.run_due()
    assert Notice.objects.filter(person=tom, kind=Notice.Kind.MENTION).count() == 1
    assert Event.objects.latest("pk").changes[mentions.KEY] == [None, ["2208"]]


def test_a_mail_address_names_nobody() -> None:
    assert mentions.named_in(["hannah@2208.invalid", "@2208, and @2208 again", "see @4471."]) == ["2208", "4471"]


def test_the_feature_can_be_turned_off_for_a_team_and_ended(
    writes: Callable[[str], str], tom: User, force: Unit, nr3: Unit, nr4: Unit
) -> None:
    administrator = person("Administrator", "", "Una Field", ("administrator", force))
    browser = client_of(administrator)
    said = {"flag": "mentions", "is_on": "no", "unit": str(nr3.pk), "reason": "Too many notices while we move desks."}
    answer = press(browser, "/work/feature/new/turn/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/features/"), words(answer)
    now = timezone.now()
    assert (is_on(MENTIONS, nr3, now), is_on(MENTIONS, nr4, now), is_on(MENTIONS, None, now)) == (False, True, True)
    assert "2208" not in writes("2208").split("first account")[0] and not Notice.objects.filter(person=tom).exists()
    setting = FlagSetting.objects.get()
    assert Event.objects.filter(name="feature.turn", by=administrator).exists()
    engine.perform(setting, "end", by=administrator, evidence={"reason": "The move is over."})
    assert is_on(MENTIONS, nr3, timezone.now())


def test_only_who_runs_the_service_turns_features(force: Unit, nr3: Unit, ellen: User) -> None:
    said = {"flag": "mentions", "is_on": "no", "unit": str(nr3.pk), "reason": "I do not like it at all."}
    with pytest.raises(Refused):
        engine.perform(FlagSetting(unit=force), "turn", by=ellen, evidence=said)
    assert not FlagSetting.objects.exists()


# --- what comes by mail ---


@pytest.fixture
def named(hannahs_case: Case, hannahs_incident: Incident, ellen: User, tom: User) -> Notice:
    User.objects.filter(pk=tom.pk).update(email="tom.ashdown@northshire.invalid")
    engine.amend(hannahs_incident, {"account": "@2208 was there."}, by=ellen, seen=hannahs_incident.version)
    reactions.run_due()
    return Notice.objects.get(person=tom)


def test_a_mention_is_mailed_at_once_unless_somebody_chose_otherwise(named: Notice, tom: User) -> None:
    later = timezone.now() + timedelta(minutes=1)
    services.prefer(tom, mentions=Mail.NONE, digest_hour=7)
    assert services.send_notices(later) == 0
    services.prefer(tom, mentions=Mail.AT_ONCE, digest_hour=7)
    assert services.send_notices(later) == 1


def test_an_escalation_cannot_be_chosen_away(named: Notice, tom: User) -> None:
    services.prefer(tom, mentions=Mail.NONE, searches=Mail.NONE, digest_hour=7)
    page = words(client_of(tom).get("/notices/mail/"))
    assert "This cannot be turned off" in page
    assert {field.name for field in Preference._meta.fields} == {"id", "person", "mentions", "searches", "digest_hour"}


def test_the_choice_is_made_on_a_page_and_nonsense_is_refused(tom: User) -> None:
    browser = client_of(tom)
    assert (
        browser.post("/notices/mail/", {"mentions": "digest", "searches": "none", "digest_hour": "24"}).status_code
        == 422
    )
    assert (
        browser.post("/notices/mail/", {"mentions": "digest", "searches": "none", "digest_hour": "6"}).status_code
        == 302
    )
    assert Preference.objects.values_list("mentions", "searches", "digest_hour").get() == ("digest", "none", 6)


def test_the_daily_mail_comes_once_at_its_hour_and_says_nothing(named: Notice, tom: User, hannahs_case: Case) -> None:
    services.prefer(tom, mentions=Mail.DIGEST, digest_hour=7)
    local = timezone.localtime().replace(hour=6, minute=30) + timedelta(days=1)
    assert services.send_digests(local) == 0, "before its hour"
    assert services.send_digests(local + timedelta(hours=1)) == 1
    assert services.send_digests(local + timedelta(hours=2)) == 0, "once a day"
    [sent] = mail.outbox
    assert "A notice is waiting for you." in sent.body
    assert [
        word for word in (hannahs_case.reference, "Ashdown", "Okoro", "2208") if word in f"{sent.subject}{sent.body}"
    ] == []
    assert services.send_digests(local + timedelta(days=1, hours=1)) == 0, "nothing new"


def test_what_was_read_meanwhile_is_in_no_daily_mail(named: Notice, tom: User) -> None:
    services.prefer(tom, mentions=Mail.DIGEST, digest_hour=0)
    assert client_of(tom).post(f"/notices/{named.pk}/mark/", {"as": "read"}).status_code == 302
    assert services.send_digests(timezone.now()) == 0
    client_of(tom).post(f"/notices/{named.pk}/mark/", {"as": "unread"})
    assert services.send_digests(timezone.now()) == 1


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_an_hour_that_the_clocks_skip_or_repeat_brings_one_mail(day: str, named: Notice, tom: User) -> None:
    services.prefer(tom, mentions=Mail.DIGEST, digest_hour=1)
    start = datetime.fromisoformat(f"{day}T00:30:00+00:00")
    sent = [services.send_digests(start + timedelta(minutes=10 * n)) for n in range(20)]
    assert sum(sent) == 1


def test_a_crash_between_sending_and_marking_sends_the_same_mail_again(
    named: Notice, tom: User, monkeypatch: Any
) -> None:
    class Killed(BaseException):
        pass

    def die(*args: Any, **rest: Any) -> None:
        raise Killed

    services.prefer(tom, mentions=Mail.DIGEST, digest_hour=0)
    with monkeypatch.context() as killed, pytest.raises(Killed):
        killed.setattr(NoticeQuerySet, "update", die)
        services.send_digests(timezone.now())
    services.send_digests(timezone.now() + timedelta(seconds=1))
    assert len({sent.message()["Message-ID"] for sent in mail.outbox}) == 1


def test_marking_is_for_ones_own_notices(named: Notice, ellen: User) -> None:
    assert client_of(ellen).post(f"/notices/{named.pk}/mark/").status_code == 404


def test_the_database_refuses_a_notice_about_nothing(tom: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(person=tom, text="About nothing.")
