"""The forums of the demonstration: a meeting three months ago with what came of it, and the next, whose agenda is out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from config.demo import referred as words
from config.demo.stories import Story
from marac.forms.forum import NUMBERS
from marac.models import (
    AgendaItem,
    Attendance,
    Forum,
    ForumAction,
    ForumMember,
    ForumTerms,
    Hearing,
    Meeting,
    Referral,
    ReferredPerson,
    Research,
    ResearchLine,
)
from marac.services.agreeing import agree
from marac.services.calling import call_case
from people.services import create
from safeguarding.models import Agency
from workflow import engine
from workflow.clock import LONDON
from workflow.models import Holiday

HOURS, DAYS = (lambda n: timedelta(hours=n)), (lambda n: timedelta(days=n))


@contextmanager
def then(moment: datetime) -> Iterator[None]:
    """What a form calls the future or the past is reckoned from that moment (UTC): the meeting that was lay ahead then."""
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


class Conferences:
    """Its people do what they do by the ordinary steps, each at a moment before `now` (UTC)."""

    def __init__(self, people: dict[str, User], now: datetime) -> None:
        self.people, self.now = people, now
        self.keeper, self.chair = people["marac"], people["chair"]
        self.forum: Any = None

    # --- what stands before anything is referred

    def found(self) -> None:
        """A classic forum with rules of its own, a daily one, and who sits in them: two years ago."""
        then = self.now - DAYS(600)
        day = timezone.localdate(then)  # rules hold by London days: late in the evening of summer it is tomorrow there
        for said in words.FORUMS:
            forum = self.take(Forum(), "record", self.keeper, then, **said)
            self.forum = self.forum or forum
            for agency in Agency.objects.exclude(kind="education").order_by("pk"):
                seat, since = ForumMember(forum=forum, unit=forum.unit), day.isoformat()
                self.take(seat, "join", self.keeper, then, agency=agency.pk, core="yes", since=since)
        now = ForumTerms.objects.of(self.forum, day)
        terms = {name: getattr(now, name) for name, _label, _most in NUMBERS}
        terms |= {"repeat_words": now.repeat_words, "repeat_anchor": now.repeat_anchor, "counts_transfers": "yes"}
        terms |= {"valid_from": (day + DAYS(1)).isoformat(), "authority": words.AUTHORITY}
        self.take(self.forum, "terms", self.keeper, then, **terms)

    def tell(self, told: Iterable[tuple[Story, Incident]]) -> None:
        """The meeting that was, the meeting that is to come, and referrals that wait for somebody."""
        by_story = {(story.harmed, story.hours_ago): incident for story, incident in told}
        self.meeting_before(by_story[words.OLD])
        coming = self.meeting_to_come(by_story[words.LISTED])
        self.repeat_comes_late(by_story[words.AGAIN], coming)
        self.waits_with_coordinator(by_story[words.WAITS])
        self.comes_back()

    # --- referrals

    def refer(self, incident: Incident, by: User, at: datetime, **said: Any) -> Referral:
        """From the investigation, everything known filled in; completed and sent."""
        case = Case.objects.get(pk=incident.case_id)
        drafted = self.take(Referral(case=case), "begin", by, at, forum=self.forum.pk)
        return self.send(drafted, by, at, **said)

    def refer_by_agency(self, code: str, by: User, at: datetime, **people: tuple[str, str]) -> Referral:
        """An agency's own: nobody of the police knew them before."""
        agency = Agency.objects.get(unit__code=code)
        said = {"agency": agency.pk, "forum": self.forum.pk, "age": "34", "contact": words.CONTACT}
        drafted = self.take(Referral(), "refer", by, at, **said)
        for part, (forename, surname) in people.items():
            referral = self.again(drafted)
            person = create(beneath=referral, by=by, forename=forename, surname=surname, at=at)
            row = ReferredPerson(referral=referral, person=person, part=part)
            self.add(row, referral, by, at)
        return self.send(drafted, by, at)

    def send(self, drafted: Referral, by: User, at: datetime, **said: Any) -> Referral:
        referral = self.again(drafted)
        kept = {name: value for name, value in words.SAID.items() if not getattr(referral, name)} | said
        self.amend(referral, by, at + timedelta(minutes=20), **kept)
        sent: Referral = self.take(drafted, "submit", by, at + timedelta(minutes=30), note="")
        return sent

    def accept(self, referral: Referral, at: datetime) -> Referral:
        taken: Referral = self.take(referral, "accept", self.keeper, at, note="")
        return taken

    def waits_with_coordinator(self, incident: Incident) -> None:
        self.refer(incident, self.people["5120"], self.now - HOURS(2))

    def comes_back(self) -> None:
        """An agency's referral that lacks what it needs is returned with the list."""
        who = {"victim": ("Ottoline", "Crane"), "suspect": ("Rory", "Crane")}
        sent = self.refer_by_agency("DHOU", self.people["partner"], self.now - DAYS(2), **who)
        self.take(sent, "return", self.keeper, self.now - DAYS(1), **words.LACKING)

    # --- a meeting

    def plan(self, starts_at: datetime, at: datetime) -> Meeting:
        said = {"starts_at": starts_at.isoformat(), "urgent": "no", "chair": "chair", "keeper": "marac", "venue": ""}
        planned = Meeting(forum=self.forum, unit=self.forum.unit)
        meeting: Meeting = self.take(planned, "plan", self.keeper, at, **said)
        return meeting

    def at_ten(self, day: datetime) -> datetime:
        """Ten in the morning of that day or the first working day after it."""
        local, calendar = day.astimezone(LONDON), Holiday.objects.calendar()
        while calendar.outside_working_days(local.date()):
            local += DAYS(1)
        return local.replace(hour=10, minute=0, second=0, microsecond=0)

    def meeting_before(self, incident: Incident) -> None:
        """Held and minuted three months ago: of what was agreed, one is done, one was not, one is late now, one is not due."""
        now, officer = self.now, self.people["2877"]
        referral = self.refer(incident, officer, now - DAYS(112), grounds=["judgement"])
        self.accept(referral, now - DAYS(111))
        starts_at = self.at_ten(now - DAYS(91))
        meeting = self.plan(starts_at, now - DAYS(110))
        self.take(meeting, "publish", self.keeper, now - DAYS(104))
        self.returned(meeting, now - DAYS(98), "DHOU", "DIDV")
        meeting = self.sit(meeting, starts_at)
        hearing = self.hear(meeting, starts_at + timedelta(minutes=12))
        actions = [self.agree(hearing, starts_at + timedelta(minutes=20), **said) for said in words.actions(now)]
        self.finish(hearing, starts_at + timedelta(minutes=24))
        self.take(meeting, "close", self.chair, starts_at + HOURS(1), words="")
        self.take(meeting, "issue", self.keeper, starts_at + HOURS(26), checked="on")
        locks, weekly, _tenancy, _clinic = actions
        ended = {"done_at": (now - DAYS(70)).isoformat(), **words.DONE}
        self.take(weekly, "done", self.people["idva"], now - DAYS(69), **ended)
        self.take(locks, "not-done", self.people["partner"], now - DAYS(60), **words.NOT_DONE)

    def meeting_to_come(self, incident: Incident) -> Meeting:
        """Its agenda is out, and agencies answer: one has returned what it knows, one knows nothing, the others owe it still."""
        now = self.now
        listed = self.refer(incident, self.people["2877"], now - DAYS(12))
        rosa = self.refer_by_agency(
            "DIDV", self.people["idva"], now - DAYS(12), victim=("Rosa", "Fenwick"), suspect=("Karl", "Fenwick")
        )
        for referral in (listed, rosa):
            self.accept(referral, now - DAYS(11))
        meeting = self.plan(self.at_ten(now + DAYS(4)), now - DAYS(10))
        self.take(meeting, "publish", self.keeper, now - DAYS(8))
        self.returned(meeting, now - DAYS(5), "DIDV")
        self.nil(meeting, now - DAYS(4), "DHEA")
        return meeting

    def repeat_comes_late(self, incident: Incident, meeting: Meeting) -> None:
        """The same people again: too late for the agenda, so the chair adds it, and the agencies are sent what is new."""
        referral = self.refer(incident, self.people["2877"], self.now - HOURS(5), grounds=["visible"])
        self.accept(referral, self.now - HOURS(4))
        said = {"referral": referral.pk, "reason": words.LATE}
        self.take(meeting, "late", self.chair, self.now - HOURS(3), **said)
        self.take(meeting, "send-new", self.keeper, self.now - HOURS(3) + timedelta(minutes=9))

    def returned(self, meeting: Meeting, at: datetime, *codes: str) -> None:
        """Each of these agencies returns what it knows of every case, and releases the most of it."""
        for code in codes:
            by = self.people[words.SIGNS_IN[code]]
            for research in Research.objects.filter(meeting=meeting, agency__unit__code=code).order_by("pk"):
                self.amend(research, by, at, known="yes")
                for said in words.LINES[code]:
                    row = ResearchLine(research=research, case=research.case, **said)
                    self.add(row, research, by, at)
                lines = ResearchLine.objects.filter(research=research, held_because="").order_by("pk")
                released = [f"line-{line.pk}" for line in lines]
                self.take(research, "return", by, at + timedelta(minutes=30), lines=released)

    def nil(self, meeting: Meeting, at: datetime, code: str) -> None:
        for research in Research.objects.filter(meeting=meeting, agency__unit__code=code).order_by("pk"):
            self.take(research, "nil", self.people[words.SIGNS_IN[code]], at, searched=words.SEARCHED)

    # --- in the room

    def sit(self, meeting: Meeting, at: datetime) -> Meeting:
        self.take(meeting, "open", self.chair, at, chair="")
        opened: Meeting = self.take(meeting, "promise", self.keeper, at + timedelta(minutes=3), read="on")
        for code, name, standing in words.SEATS:
            here = standing == Attendance.Standing.HERE
            row = Attendance(
                meeting=opened, agency=Agency.objects.get(unit__code=code), name=name, standing=standing, recorded_by=self.keeper,
                signed_at=at if here else None, joined_at=at if here else None, sent_word=not here,
            )  # fmt: skip
            self.add(row, opened, self.keeper, at + timedelta(minutes=4))
        return opened

    def hear(self, meeting: Meeting, at: datetime) -> Hearing:
        item = AgendaItem.objects.select_related("case", "meeting").get(meeting=meeting, kind="referral")
        with then(at):
            hearing = call_case(item, by=self.keeper, at=at)
        tells = Agency.objects.get(unit__code="DIDV")
        said = {**words.ANALYSIS, "tells": tells, "tells_by": (at + DAYS(1)).date()}
        heard: Hearing = self.amend(hearing, self.chair, at + timedelta(minutes=5), **said)
        return heard

    def agree(self, hearing: Hearing, at: datetime, code: str, **said: Any) -> ForumAction:
        here = Attendance.objects.get(meeting=hearing.item.meeting, agency__unit__code=code)
        with then(at):
            return agree(self.again(hearing), {**said, "owner": f"here-{here.pk}"}, by=self.keeper, at=at)

    def finish(self, hearing: Hearing, at: datetime) -> None:
        self.take(hearing, "finish", self.chair, at, outcome="actions", because="")
        self.take(hearing, "told", self.people["idva"], at + HOURS(22), how=words.SHE_SAID)

    # --- how each of these is done

    def again(self, record: Any) -> Any:
        return type(record).objects.get(pk=record.pk)

    def take(self, record: Any, step: str, by: User, at: datetime, **said: Any) -> Any:
        """A step on the record as it stands, at a moment (UTC)."""
        now = self.again(record) if record.pk else record
        with then(at):
            return engine.perform(now, step, by=by, evidence=said, seen=now.version if now.pk else None, at=at)

    def amend(self, record: Any, by: User, at: datetime, **said: Any) -> Any:
        now = self.again(record)
        with then(at):
            return engine.amend(now, said, by=by, seen=now.version, at=at)

    def add(self, row: Any, beneath: Any, by: User, at: datetime) -> None:
        with then(at):
            engine.add(row, beneath=self.again(beneath), by=by, at=at)
