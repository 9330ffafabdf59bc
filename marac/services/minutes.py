"""The minutes, made by the meeting itself: one copy for each recipient, each line with whose it is, kept as issued (D.6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from accounts.models import User, current
from cases.models import Case, UnitGrant
from marac.items import KINDS, records_of
from marac.models import (
    Addendum,
    AgendaItem,
    EmergencyCall,
    ForumAction,
    Hearing,
    Meeting,
    MinutesCopy,
    Outcome,
    Part,
    ReferredPerson,
)
from marac.models.planning import ACTION, CASE
from marac.models.seats import agencies_of, attendances_of, day_of
from marac.services.old_plan import old_actions
from marac.services.room import heading, plan_of
from marac.services.shared import Known, Line, known_of
from people.models import PersonName
from risk.models import Grade
from safeguarding.models import Agency
from workflow.clock.moment import day_of as london_day
from workflow.clock.moment import day_words, moment_words

Said = dict[str, Any]
BY_TELEPHONE = "Emergency meeting, held by telephone"
#: Stands at the head of every copy.
ONWARD = "Not to be copied onward without the agreement of whoever said it. Each line names its agency."


def issue(meeting: Meeting, by: User, at: datetime) -> list[MinutesCopy]:
    """Freeze the copies: the forum’s own, and one for each agency of the meeting whose agreement counts today (R-35),
    with the cases that it hears and no other. `at` is UTC.
    """
    head, cases = head_of(meeting), [case_said(hearing) for hearing in hearings_of(meeting)]
    prior, others = prior_actions(meeting), others_said(meeting)
    copies = [copy_for(meeting, None, {**head, "cases": cases, "prior": prior, "others": others}, by, at)]
    signed = set(Agency.objects.all().agreed(london_day(at)).values_list("pk", flat=True))
    for agency in agencies_of(meeting):
        if agency.pk not in signed:
            continue
        folders = {row["case"] for row in (*cases, *others) if row["case"]}
        heard = cases_of(agency, folders, at)
        own = [for_agency(case, agency) for case in cases if case["case"] in heard]
        theirs = [row for row in prior if row["agency_id"] == agency.pk]
        noted = [row for row in others if row["case"] in heard]
        copies.append(copy_for(meeting, agency, {**head, "cases": own, "prior": theirs, "others": noted}, by, at))
    return copies


def copy_for(meeting: Meeting, agency: Agency | None, said: Said, by: User, at: datetime) -> MinutesCopy:
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return MinutesCopy.objects.create(
        meeting=meeting, agency=agency, said=said, digest=digest, issued_at=at, issued_by=by
    )


def cases_of(agency: Agency, cases: Iterable[int], at: datetime) -> set[int]:
    """Of these cases, those that the agency was given and has still. Index: unit grants of a case."""
    grants = UnitGrant.objects.filter(current("from_at", "until", at), unit=agency.unit, case__in=list(cases))
    return set(grants.values_list("case_id", flat=True))


def for_agency(case: Said, agency: Agency) -> Said:
    """A case as one agency is given it: of the plan before, its own actions alone, since that was another case."""
    return {**case, "old": [row for row in case["old"] if row["agency_id"] == agency.pk]}


def hearings_of(meeting: Meeting) -> list[Hearing]:
    rows = Hearing.objects.filter(item__meeting=meeting, item__taken_off_at__isnull=True)
    found = rows.select_related("case", "referral", "item__meeting", "tells__unit")
    return list(found.order_by("item__part", "item__place", "item"))


def head_of(meeting: Meeting) -> Said:
    """Forum, day, place, who chaired, who was there with the promise signed, who sent word instead."""
    present = [
        {
            "agency": str(row.agency) if row.agency else "", "name": row.name, "standing": row.get_standing_display(),
            "signed": row.signed_at is not None, "sent_word": row.sent_word,
        }
        for row in attendances_of(meeting)
    ]  # fmt: skip
    there = {row["agency"] for row in present}
    return {
        "forum": str(meeting.forum), "on": day_words(day_of(meeting)), "venue": meeting.venue or meeting.forum.venue,
        "chair": meeting.chair.title() if meeting.chair else "", "keeper": meeting.keeper.title() if meeting.keeper else "",
        "opened": moment_words(meeting.opened_at) if meeting.opened_at else "",
        "closed": moment_words(meeting.closed_at) if meeting.closed_at else "",
        "promise": moment_words(meeting.promise_read_at) if meeting.promise_read_at else "",
        "present": present, "onward": ONWARD,
        "silent": [str(agency) for agency in agencies_of(meeting) if str(agency) not in there],
    }  # fmt: skip


def case_said(hearing: Hearing) -> Said:
    """One case whole. Of what an agency held back: nothing."""
    referral, meeting = hearing.referral, hearing.item.meeting
    people = list(ReferredPerson.objects.standing().filter(referral=referral).order_by("pk"))
    knowing = known_of(referral, meeting)
    return {
        "item": hearing.item_id, "case": hearing.case_id, "reference": hearing.case.reference,
        "names": heading(people, names_in(hearing.case, [row.person_id for row in people])),
        "children": sum(row.part == Part.CHILD for row in people), "repeat": bool(referral.repeat_of_id),
        "late": hearing.item.late_because,
        "lines": [line_said(known, line) for known in knowing for line in known.lines],
        "nil": [str(known.agency) for known in knowing if known.is_nil],
        "harm": hearing.harm, "likely": hearing.likely, "worse": hearing.worse, "risks": hearing.named_risks(),
        "recommends": str(Grade(hearing.recommends).label) if hearing.recommends else "",
        "outcome": str(Outcome(hearing.outcome).label) if hearing.outcome else "", "because": hearing.outcome_because,
        "tells": [str(hearing.tells or ""), hearing.tells_who, hearing.tells_where] if hearing.tells else ["", "", ""],
        "not_to_tell": hearing.not_to_tell_because,
        "tells_by": day_words(hearing.tells_by) if hearing.tells_by else "",
        "flag_until": day_words(hearing.flag_until) if hearing.flag_until else "",
        "plan": [action_said(row) for row in plan_of(referral, meeting)],
        "old": [
            {**action_said(row), "worth": row.get_worth_display(), "worth_words": row.worth_words}
            for row in old_actions(referral)
        ],
    }  # fmt: skip


def line_said(known: Known, line: Line) -> Said:
    """One thing that an agency said or released, with whose it is."""
    return {
        "agency": str(known.agency or ""), "sort": line.label, "words": line.words, "spoken": bool(line.by),
        "views": line.views, "source": line.source,
    }  # fmt: skip


def action_said(action: ForumAction) -> Said:
    return {
        "agency_id": action.agency_id, "agency": str(action.agency), "who": action.who, "what": action.what,
        "answers": action.answers, "due": day_words(london_day(action.due_at)), "volunteered": action.volunteered,
        "again": action.set_again_id is not None,
    }  # fmt: skip


def prior_actions(meeting: Meeting) -> list[Said]:
    """What the forum’s earlier meetings left open, or learned to be impossible or not done since the last one: not possible
    is told apart from not done (D.6).
    """
    last = Meeting.objects.filter(forum=meeting.forum, starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    at_one = Q(meeting__starts_at__lt=meeting.starts_at)
    between_two = Q(meeting__isnull=True, recorded_at__lt=meeting.closed_at or meeting.starts_at)
    rows = ForumAction.objects.standing().filter(at_one | between_two, referral__forum=meeting.forum)
    ended = rows.filter(state__in=(ForumAction.State.NOT_POSSIBLE, ForumAction.State.NOT_DONE))
    lately = ended.filter(ended_at__gt=last.starts_at) if last else ended.none()
    both = (rows.open() | lately).select_related("agency__unit", "case").order_by("due_at", "pk")[:500]
    return [
        {**action_said(row), "case": row.case_id, "reference": row.case.reference, "state": row.get_state_display(),
         "why_not": row.why_not}
        for row in both
    ]  # fmt: skip


def others_said(meeting: Meeting) -> list[Said]:
    """What else stood on the agenda: emergencies noted, twelve months ended, items of another app in its own words."""
    rows = AgendaItem.objects.standing().filter(meeting=meeting).exclude(kind__in=(CASE, ACTION))
    items = list(rows.select_related("case").in_order())
    records = records_of(items)
    return told_by_telephone(meeting) + [
        {"case": item.case_id, "reference": item.case.reference if item.case else "", "label": KINDS[item.kind].label,
         "words": KINDS[item.kind].minuted(records[item.kind, item.subject_id])}
        for item in items if (item.kind, item.subject_id) in records
    ]  # fmt: skip


def told_by_telephone(meeting: Meeting) -> list[Said]:
    """What came of an emergency meeting that was held without the room, in the words of whoever says so, with what was taken
    on there: its minutes would say nothing else.
    """
    call = (
        EmergencyCall.objects.standing().filter(meeting=meeting, held_at__isnull=False).select_related("case").first()
    )
    if call is None or Hearing.objects.filter(item__meeting=meeting).exists():
        return []
    plan = plan_of(call.referral, meeting)
    agreed = [f"{row['agency']}: {row['what']} By {row['due']}." for row in map(action_said, plan)]
    words = " ".join([call.came_of_it, *agreed])
    return [{"case": call.case_id, "reference": call.case.reference, "label": BY_TELEPHONE, "words": words}]


def names_in(case: Case, people: Iterable[int]) -> dict[int, str]:
    """What the conference itself learned of who they are: minutes carry no name that another case knows."""
    rows = PersonName.objects.standing().filter(case=case, person__in=list(people)).order_by("recorded_at", "pk")
    known = {row.person_id: f"{row.forename} {row.surname}".strip() for row in rows}
    return {person: known.get(person) or "Name not known" for person in people}


def read(copy: MinutesCopy, user: User) -> Said:
    """The copy as this person may read it: a case that is hidden from them (a conflict of interest, a grant that has ended)
    is left out, and `left_out` says how many are; its prior actions and addenda with it.
    """
    said: Said = copy.said
    ids = cases_in(said)
    seen = set(Case.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    return {**shown(copy, seen), "left_out": len(ids - seen)}


def whole(copy: MinutesCopy) -> Said:
    """The whole copy with its addenda, as its paper has it: who may be handed that is asked of `read`."""
    return shown(copy, cases_in(copy.said))


def cases_in(said: Said) -> set[int]:
    """Every case of which a copy tells anything."""
    return {row["case"] for part in ("cases", "prior", "others") for row in said.get(part, ()) if row["case"]}


def shown(copy: MinutesCopy, seen: set[int]) -> Said:
    said: Said = copy.said
    cases = [case for case in said["cases"] if case["case"] in seen]
    items = {case["item"] for case in cases}
    addenda = (
        Addendum.objects.filter(meeting=copy.meeting_id).select_related("recorded_by", "item__case").order_by("pk")
    )
    return {
        **said, "cases": cases, "prior": [row for row in said["prior"] if row["case"] in seen],
        "others": [row for row in said.get("others", ()) if not row["case"] or row["case"] in seen],
        "addenda": [row for row in addenda if row.item_id is None or row.item_id in items],
    }  # fmt: skip
