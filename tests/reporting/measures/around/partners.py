"""Forums, referrals, Clare’s Law, schools."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from cases.models import Case, Involvement
from dvds.models import Application, Outcome
from marac.models import AgendaItem, Forum, Hearing, Meeting, Referral
from people.models import Person
from safeguarding.models import Encompass
from tests.reporting.measures.around.planter import DAY, HOUR, MAYBE, SELDOM, Fact, Planter, drawn
from tests.reporting.measures.generated import GRADES, graded
from workflow.models.record import about

REFERRALS = drawn(
    outcome=st.sampled_from(("", "actions", "no_forum", "emergency", "transferred", "deferred")), met=st.sampled_from(("held", "minuted", "sitting")),
    repeat=st.sampled_from(("", "of", "ground")), again=st.booleans(), submitted=st.booleans(), beside=st.booleans(),
    accepted=st.booleans(), by_agency=st.booleans(),
)  # fmt: skip
HIGHS = drawn(grade=st.sampled_from(GRADES), referred=MAYBE)
CONSIDERATIONS = drawn(
    outcome=st.sampled_from(("", *Outcome.values)), told=st.one_of(st.none(), st.integers(0, 90)), ended=st.one_of(st.none(), st.integers(0, 90)),
)  # fmt: skip
NOTICES = drawn(told=MAYBE, not_sent=SELDOM)


def forums(planter: Planter) -> None:
    said = {"kind": "marac", "area": "x", "recorded_by": planter.by}
    planter.forum = [Forum.objects.create(name=f"MARAC {unit.code}", unit=unit, **said) for unit in planter.units]
    planter.agency = planter.refuge()


def referral(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    said, forum = fact.said, planter.forum[fact.unit]
    own = planter.case(fact, "conference", restricted=False)
    mine = mine | {"case": own}
    sent: dict[str, Any] = {"state": "drafted"}
    if said["submitted"]:
        sent = {
            "state": "accepted",
            "submitted_at": fact.at,
            "accepted_at": fact.at + HOUR if said["accepted"] else None,
        }
    sent["agency"] = planter.agency if said["by_agency"] else None
    earlier = bare_referral(planter, fact) if said["repeat"] == "of" else None
    row = Referral.objects.create(
        **mine, forum=forum, origin=forum.unit, investigation=case if said["beside"] else None, repeat_of=earlier,
        grounds=["repeat"] if said["repeat"] == "ground" else [], **sent,
    )  # fmt: skip
    if said["outcome"]:
        for at in (fact.at, fact.at + 14 * DAY)[: 2 if said["again"] else 1]:
            heard(planter, row, forum, at, mine, said)


def bare_referral(planter: Planter, fact: Fact) -> Referral:
    """An earlier one, never sent."""
    forum = planter.forum[fact.unit]
    made: Referral = Referral.objects.create(
        case=planter.case(fact, "conference"), recorded_by=planter.by, forum=forum, origin=forum.unit, state="drafted"
    )
    return made


def heard(
    planter: Planter, row: Referral, forum: Forum, at: datetime, mine: dict[str, Any], said: dict[str, Any]
) -> None:
    kept = {"recorded_by": planter.by, "unit": forum.unit}
    meeting = Meeting.objects.create(forum=forum, starts_at=at, state=said["met"], **kept)
    item = AgendaItem.objects.create(
        meeting=meeting, kind="referral", case=row.case, part="3adults", added_at=at, added_by=planter.by, **about(row)
    )
    Hearing.objects.create(
        **mine, state="heard", item=item, referral=row, began_at=at, ended_at=at + HOUR, outcome=said["outcome"]
    )


def high(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    row = planter.assessment(case, fact.at, planter.by)
    graded(row, fact.said["grade"], "initial", fact.at, "", planter.by, {"case": case, "recorded_by": planter.by})
    if fact.said["referred"] is not None:
        forum = planter.forum[fact.unit]
        Referral.objects.create(
            **mine | {"case": planter.case(fact, "conference")}, forum=forum, origin=forum.unit, investigation=case, state="accepted",
            submitted_at=fact.at + fact.said["referred"] * DAY,
        )  # fmt: skip


def consideration(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    said = fact.said
    told, ended = (None if said[name] is None else fact.at + said[name] * DAY for name in ("told", "ended"))
    Application.objects.create(
        **mine, route="ask", origin_route="ask", profile="dvds-2023", channel="station", first_contact_at=fact.at, outcome=said["outcome"],
        told_at=told, ended_at=ended,
    )  # fmt: skip


def notice(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    said, bell = fact.said, fact.at + 20 * HOUR
    child = Involvement.objects.create(
        case=case,
        recorded_by=planter.by,
        incident=planter.incident(case, fact.at),
        person=Person.objects.create(),
        part="child",
    )
    told = None if said["told"] is None else bell + said["told"] * HOUR
    state = "not_sent" if said["not_sent"] else "sent" if told else "drafted"
    Encompass.objects.create(
        **mine, state=state, incident=child.incident, child=child.person, involvement=child, grounds_at=fact.at, bell_at=bell, told_at=told,
        not_sent_because="x" if said["not_sent"] else "",
    )  # fmt: skip
