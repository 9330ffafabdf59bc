"""An agenda goes out: to members whose agreement counts, a copy each; of every case a pack, sight until a day, and research.

Sent again it adds what is new and repeats nothing. Of a restricted conference, and of one whose people work for the agency,
nothing goes out by itself: the chair names who may see it (`admit`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User, current
from audit import services as audit
from audit.models import Operation
from cases.models import Case, UnitGrant
from cases.services import name_person, name_units
from marac.models import (
    AgendaCopy,
    AgendaItem,
    EmergencyCall,
    ForumAction,
    ForumMember,
    Meeting,
    Pack,
    Referral,
    Research,
)
from marac.models.planning import ACTION, CASE, EMERGENCY, Days, days_of, research_due, terms_of
from marac.packs import Conference, said_to, withheld_from
from marac.services.agenda import subjects
from marac.services.asked import C, ask_no_more, asked_of, not_returned, step
from marac.services.heard import people_of
from marac.services.sight import stop_seeing, works_there
from people.models import Address, Birth, Fact, PersonName, Telephone
from safeguarding.models import Agency
from workflow import engine, reactions
from workflow.clock import LONDON

PACK_SENT = "pack.add"
WORD_FOR_WORD = "MARAC referral, as the field rules give it to this kind of agency"
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recipients:
    """Members of a forum on a day: those to whom an agenda goes, and those who are told why none does (R-35)."""

    agreed: list[Agency]
    lapsed: list[Agency]


def recipients(meeting: Meeting, at: datetime) -> Recipients:
    """As things stand at a moment (UTC). Two queries. Index: agreement_of_agency."""
    today = at.astimezone(LONDON).date()
    seats = ForumMember.objects.all().on(today).filter(forum=meeting.forum).order_by().values("agency")
    members = Agency.objects.working().filter(pk__in=seats).select_related("unit").order_by("unit__name", "pk")
    counting = set(Agency.objects.all().agreed(today).filter(pk__in=seats).values_list("pk", flat=True))
    found = list(members)
    return Recipients([one for one in found if one.pk in counting], [one for one in found if one.pk not in counting])


def publish(meeting: Meeting, by: User, at: datetime) -> None:
    """Send it: a copy to each agency, sight of each case that goes out by itself, its pack, and a request for research."""
    days, to = days_of(meeting.starts_at, terms_of(meeting)), recipients(meeting, at)
    referrals = listed_on(meeting)
    open_ones = [row for row in referrals if not row.case.restricted]
    pairs = [(row, agency) for agency in to.agreed for row in open_ones if not works_there(row, agency)]
    give_sight(pairs, at, days)
    send(meeting, pairs, by, at)
    keep_copies(meeting, to, at)
    note_emergencies(meeting, at)


def note_emergencies(meeting: Meeting, at: datetime) -> None:
    """What stands on an agenda that has gone out is noted: the program says so, whoever may open the case or not."""
    on_it = AgendaItem.objects.standing().filter(meeting=meeting, kind=EMERGENCY).order_by().values("subject_id")
    for call in EmergencyCall.objects.all().to_note(meeting.forum).filter(pk__in=on_it).order_by("pk"):
        why = {"reason": "It stands on the agenda that was sent."}
        engine.perform(call, "note", by=User.objects.system(), evidence=why, seen=call.version, at=at)


def listed_on(meeting: Meeting) -> list[Referral]:
    """The referrals that stand on its agenda, their folders locked: what is written of a case is written under its lock."""
    ids = AgendaItem.objects.standing().filter(meeting=meeting, kind=CASE).order_by().values("subject_id")
    rows = Referral.objects.filter(pk__in=ids)
    list(Case.objects.filter(pk__in=rows.values("case")).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    return list(rows.select_related("case__unit", "agency").order_by("case_id"))


def give_sight(pairs: Sequence[tuple[Referral, Agency]], at: datetime, days: Days) -> None:
    by_agency: dict[int, list[int]] = defaultdict(list)
    for referral, agency in pairs:
        by_agency[agency.unit_id].append(referral.case_id)
    for unit, cases in by_agency.items():
        name_units(cases=cases, units=[unit], at=at, until=days.sight_ends)


def send(meeting: Meeting, pairs: Sequence[tuple[Referral, Agency]], by: User, at: datetime) -> None:
    """Packs and requests for research that do not stand yet, and the record of each disclosure."""
    known = set(Pack.objects.filter(meeting=meeting).values_list("referral", "agency"))
    new = [(referral, agency) for referral, agency in pairs if (referral.pk, agency.pk) not in known]
    conferences = conferences_of([referral for referral, _agency in new])
    when, due = {"recorded_by": by, "recorded_at": at}, research_due(meeting, at)
    Pack.objects.bulk_create(
        Pack(
            case=referral.case, referral=referral, meeting=meeting, agency=agency, **when,
            said=said_to(agency.kind, conferences[referral.pk]), withheld=withheld_from(agency.kind, conferences[referral.pk]),
        )
        for referral, agency in new
    )  # fmt: skip
    Research.objects.bulk_create(
        Research(case=referral.case, referral=referral, agency=agency, meeting=meeting, due_at=due,
                 state=Research.State.ASKED, **when)
        for referral, agency in new
    )  # fmt: skip
    write_down(new, by, at)


def write_down(pairs: Iterable[tuple[Referral, Agency]], by: User, at: datetime) -> None:
    """In the record of each case to whom it was disclosed; the exchange log follows from that act."""
    to: dict[Referral, list[Agency]] = defaultdict(list)
    for referral, agency in pairs:
        to[referral].append(agency)
    for referral, agencies in to.items():
        changes = {"": [None, WORD_FOR_WORD], "agencies": [None, [agency.pk for agency in agencies]]}
        event = audit.record(
            name=PACK_SENT, operation=Operation.DISCLOSURE, subject=referral, folder=referral.case, by=by, at=at,
            changes=changes,
        )  # fmt: skip
        reactions.queue(event, referral)


def conferences_of(referrals: Iterable[Referral]) -> dict[int, Conference]:
    """Each referral with its people and what its own conference has learned of them. Five queries for any number."""
    found = {referral.pk: referral for referral in referrals}
    people: dict[int, list[Any]] = defaultdict(list)
    for row in people_of(list(found), "victim", "suspect", "child").order_by("pk"):
        people[row.referral_id].append(row)
    facts: dict[int, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    persons = {row.person_id for rows in people.values() for row in rows}
    for kind in (PersonName, Birth, Address, Telephone):
        rows = kind.objects.standing().filter(case__in=[one.case_id for one in found.values()], person__in=persons)
        for fact in rows.order_by("-recorded_at", "-pk"):
            facts[fact.case_id][fact.person_id].append(fact)
    return {pk: Conference(one, people[pk], facts[one.case_id]) for pk, one in found.items()}


def keep_copies(meeting: Meeting, to: Recipients, at: datetime) -> None:
    """A copy for each agency that owes research, asked again where something new was added, or an incomplete action (D.6); of
    the others, that nothing was sent because no agreement counts.
    """
    standing = {copy.agency_id: copy for copy in AgendaCopy.objects.filter(meeting=meeting)}
    owing = set(asked_of(meeting).values_list("agency", flat=True))
    acting = set(ForumAction.objects.filter(pk__in=subjects(meeting, ACTION)).values_list("agency", flat=True))
    due = research_due(meeting, at)
    for agency in to.agreed:
        if agency.pk in owing:
            keep_copy(meeting, agency, standing.get(agency.pk), at, due)
        elif agency.pk in acting and agency.pk not in standing:
            step(AgendaCopy(meeting=meeting, agency=agency, unit=agency.unit), "send", at)
    for agency in to.lapsed:
        if agency.pk not in standing:
            step(AgendaCopy(meeting=meeting, agency=agency, unit=agency.unit), "refuse", at)


def keep_copy(meeting: Meeting, agency: Agency, copy: AgendaCopy | None, at: datetime, due: datetime) -> None:
    if copy is None:
        step(AgendaCopy(meeting=meeting, agency=agency, unit=agency.unit, due_at=due), "send", at)
    elif copy.state == C.NOT_SENT:
        step(copy, "send-late", at, due_at=due.isoformat())
    elif copy.state == C.SENT and copy.due_at is None:  # it had actions alone until now
        step(copy, "retime", at, due_at=due.isoformat())
    elif copy.state == C.ANSWERED:
        step(copy, "ask-again", at, due_at=due.isoformat())


def admit(meeting: Meeting, item: AgendaItem, agency: Agency, person: User | None, by: User, at: datetime) -> None:
    """The chair lets an agency, or one person of it, see one case; what else goes with a case that is sent, goes too."""
    days = days_of(meeting.starts_at, terms_of(meeting))
    referral = Referral.objects.select_related("case__unit").get(pk=item.subject_id)
    list(Case.objects.filter(pk=referral.case_id).select_for_update(no_key=True, of=("self",)))
    if person is None:
        give_sight([(referral, agency)], at, days)
    else:
        name_person(case=referral.case, person=person, until=days.sight_ends)
    send(meeting, [(referral, agency)], by, at)
    keep_copies(meeting, Recipients([agency], []), at)


def move_day(meeting: Meeting, at: datetime) -> None:
    """Another day: research that is owed is due for that one, and what agencies see they see until then."""
    days, due = days_of(meeting.starts_at, terms_of(meeting)), research_due(meeting, at)
    not_returned(meeting).update(due_at=due)
    listed = AgendaItem.objects.standing().filter(meeting=meeting, kind=CASE).order_by().values("subject_id")
    packs = Pack.objects.filter(meeting=meeting, referral__in=listed).order_by().values_list("agency__unit", "case")
    named = defaultdict(list)
    for unit, case in packs:
        named[unit].append(case)
    for unit, cases in named.items():
        # only what they see now: sight that was ended is not given again by another day
        sight = UnitGrant.objects.filter(current("from_at", "until", at), case__in=cases, unit=unit)
        name_units(cases=list(sight.values_list("case", flat=True)), units=[unit], at=at, until=days.sight_ends)
    for copy in AgendaCopy.objects.filter(meeting=meeting, state=C.SENT, due_at__isnull=False):
        step(copy, "retime", at, due_at=due.isoformat())


def end_sight(meeting: Meeting, referrals: Sequence[int], at: datetime) -> None:
    """What this meeting let agencies see of these cases ends, as far as nothing else lets them (`stop_seeing`), and what it
    asked of them is owed no longer.
    """
    packs = Pack.objects.filter(meeting=meeting, referral__in=referrals)
    stop_seeing(packs.select_related("case", "agency__unit", "referral"), at)
    ask_no_more(meeting, at)


def leave_agendas(items: Any, why: str, at: datetime, *, sight: bool = True) -> None:
    """Items of referrals come off agendas to come, and nothing is owed for them there; `sight`: whether it goes on."""
    found = list(items.select_related("meeting__forum"))
    AgendaItem.objects.filter(pk__in=[row.pk for row in found]).update(taken_off_at=at, taken_off_because=why)
    for row in found:
        if sight:
            ask_no_more(row.meeting, at)
        else:
            end_sight(row.meeting, [row.subject_id], at)


def call_off(meeting: Meeting, at: datetime) -> None:
    """The meeting is not held: nothing is owed for it, and nothing of it is seen any longer."""
    for copy in AgendaCopy.objects.filter(meeting=meeting, state=C.SENT):
        step(copy, "call-off", at)
    end_sight(meeting, list(Pack.objects.filter(meeting=meeting).values_list("referral", flat=True).distinct()), at)
