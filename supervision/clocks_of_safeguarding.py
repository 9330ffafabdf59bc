"""The clocks of what is asked of others: answered, reached, read; shared and acknowledged; agreements and services looked at."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from safeguarding.models import Outcome, ReferralKind
from safeguarding.steps import AGREEMENT, EXCHANGE, JOINT_ACTION, ONWARD, RECEIVED, SERVICE
from workflow.clock import LONDON, Length, days, hours, working_days
from workflow.policies import AT_ONCE, HOLDER, OTHER, Again, Policy, Rung

SERGEANT, INSPECTOR = "sergeant", "inspector"
PARTNER, ADVISER, MANAGER, COORDINATOR = "partner", "idva", "partner_manager", "marac_coordinator"
K = ReferralKind
AN_HOUR = timedelta(hours=1)
#: Children: Working Together asks for an answer within one working day. The others are for the force to confirm.
ANSWERED = {
    K.CHILDREN.value: working_days(1), K.MASH.value: working_days(1), K.ADULT.value: working_days(2),
    K.IDVA.value: working_days(1), OTHER: working_days(5),
}  # fmt: skip
BY_CHILDREN = (
    "R-42, E.6: social care acknowledges and decides within one working day [S Working Together]; others 1, 2 or 5 [R]"
)


def event(name: str, *steps: str) -> frozenset[str]:
    return frozenset(f"{name}.{step}" for step in steps)


REFERRAL, THEIRS, SHARED = ONWARD.name, RECEIVED.name, EXCHANGE.name
JOINT, SIGNED, OFFERED = JOINT_ACTION.name, AGREEMENT.name, SERVICE.name
SENT = event(REFERRAL, "refer-children", "refer-adult", "refer-adviser", "refer-programme", "refer", "send")
OVER = event(REFERRAL, "withdraw", "end")


def kind_of(referral: Any) -> str:
    return str(referral.kind)


def when_sent(referral: Any) -> datetime | None:
    return referral.sent_at  # type: ignore[no-any-return]


def when_acknowledged(referral: Any) -> datetime | None:
    return referral.acknowledged_at  # type: ignore[no-any-return]


def when_decided(referral: Any) -> datetime | None:
    return referral.decided_at  # type: ignore[no-any-return]


def when_shared(exchange: Any) -> datetime | None:
    return exchange.at  # type: ignore[no-any-return]


def to_an_adviser(referral: Any) -> bool:
    """the referral is to an independent adviser"""
    return bool(referral.kind == K.IDVA)


def significant_harm(referral: Any) -> bool:
    """children are suspected to suffer significant harm"""
    return bool(referral.threshold == "s47")


def not_read(referral: Any) -> bool:
    """the agency wrote it, and nobody here has said that they read it"""
    return referral.told_at is None


def completed(referral: Any) -> bool:
    """a programme was completed"""
    return bool(referral.kind == K.PROGRAMME and referral.outcome == Outcome.COMPLETED)


def looked_twice(referral: Any) -> bool:
    """somebody looked for the second time"""
    return bool(referral.looks.count() > 1)


def sender_of(referral: Any) -> int | None:
    """Whoever sent it keeps after it; what the system sent or prepared, whoever holds the case."""
    sender = referral.recorded_by
    return referral.case.holder_of("investigation") if sender.is_system else sender.pk  # type: ignore[no-any-return]


def recorder_of(record: Any) -> int | None:
    return record.recorded_by_id  # type: ignore[no-any-return]


def an_hour_before_it_is_due(action: Any) -> datetime | None:
    """The action itself names its day: one hour from here is the end of it in London."""
    return action.due_at - AN_HOUR  # type: ignore[no-any-return]


def one_hour(record: Any) -> Length | None:
    """No setting of the force moves a day that was agreed."""
    return hours(1)


def an_hour_before_its_last_day_ends(agreement: Any) -> datetime | None:
    return datetime.combine(agreement.review_on, time(23, 59, 59), LONDON) - AN_HOUR


def checked_on(service: Any) -> datetime | None:
    return datetime.combine(service.verified_on, time(12), LONDON)


def chase(name: str, label: str, **more: Any) -> Policy:
    """A clock of whoever sent it: they ask again, their sergeant hears after four hours, an inspector after a day."""
    return Policy(
        name, label, held=sender_of, drops=OVER,
        ladder=(Rung(-4, HOLDER), Rung(0, HOLDER), Rung(4, SERGEANT), Rung(24, INSPECTOR)),
        missed="Whoever sent it asks again; the sergeant is told after four hours, an inspector after a day", **more,
    )  # fmt: skip


ROWS: tuple[Policy, ...] = (
    Policy(
        "idva-referred", "Refer, or say why not",
        starts=event(REFERRAL, "prepare"), stops=event(REFERRAL, "send", "not-refer"), drops=event(REFERRAL, "withdraw"),
        within=hours(4), held=sender_of, ladder=(Rung(AT_ONCE, HOLDER), Rung(-1, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        wants=f"{REFERRAL}.send", why="A referral was prepared by itself",
        meets="It is sent, or somebody says why not", missed="The sergeant is told at once, an inspector after four hours",
        authority="R-41: a high grade is referred to an adviser by itself, unless an officer records why not; within 4 hours [R]",
    ),
    chase(
        "referral-acknowledged", "Have a referral acknowledged",
        starts=SENT, from_=when_sent, stops=event(REFERRAL, "acknowledge", "accept", "decline"), until=when_acknowledged,
        by=kind_of, within=ANSWERED, wants=f"{REFERRAL}.acknowledge", why="Sent to a partner",
        meets="They say that they have it", authority=BY_CHILDREN,
    ),
    chase(
        "referral-decided", "Have a referral decided",
        starts=SENT, from_=when_sent, stops=event(REFERRAL, "accept", "decline"), until=when_decided,
        by=kind_of, within={**ANSWERED, OTHER: working_days(10)}, wants=f"{REFERRAL}.accept", why="Sent to a partner",
        meets="They accept or decline", authority=BY_CHILDREN,
    ),
    chase(
        "strategy-discussed", "Have a strategy discussion",
        starts=event(REFERRAL, "refer-children"), from_=when_sent, applies=significant_harm,
        stops=event(REFERRAL, "strategy", "decline"), within=working_days(3), wants=f"{REFERRAL}.strategy",
        why="Significant harm is suspected", meets="The time and the decision of the discussion are recorded",
        authority="R-42, E.6: the strategy discussion of a section 47 referral is tracked; within 3 working days [R]",
    ),
    Policy(
        "referral-read", "Read what came of a referral",
        starts=event(REFERRAL, "end", "decline"), applies=not_read, stops=event(REFERRAL, "read"), held=sender_of,
        within=working_days(1), ladder=(Rung(AT_ONCE, HOLDER), Rung(0, HOLDER), Rung(24, SERGEANT), Rung(72, INSPECTOR)),
        wants=f"{REFERRAL}.read", why="A partner has said what came of it",
        meets="The officer says that they read it", missed="The officer is told again, the sergeant after a day",
        authority="R-42: what came of a referral reaches the officer; read within 1 working day [R]",
    ),
    *(
        Policy(
            f"programme-look-{months}", "Look for harm after a programme",
            starts=event(REFERRAL, "end"), applies=completed, stops=event(REFERRAL, "look"), outlives=True,
            within=days(length), held=sender_of,
            met=met, ladder=(Rung(-168, HOLDER), Rung(0, HOLDER), Rung(168, SERGEANT), Rung(336, INSPECTOR)),
            wants=f"{REFERRAL}.look", why=f"A programme was completed {months} months ago",
            meets="Somebody looks at what happened since", missed="The sergeant is told after a week, an inspector after two",
            authority="Issue 7: harm is looked for six and twelve months after a programme [R]",
        )
        for months, length, met in ((6, 182, lambda referral: True), (12, 365, looked_twice))
    ),
    Policy(
        "received-answered", "Answer a referral",
        starts=event(THEIRS, "receive"), stops=event(THEIRS, "accept", "decline"), drops=event(THEIRS, "close"),
        by=kind_of, within={**ANSWERED, OTHER: working_days(10)}, owed_by=PARTNER,
        ladder=(Rung(AT_ONCE, PARTNER), Rung(AT_ONCE + 1, ADVISER), Rung(-4, PARTNER), Rung(0, MANAGER), Rung(24, COORDINATOR)),
        wants=f"{THEIRS}.accept", why="The police have referred somebody to you",
        meets="The agency takes it on or says why not",
        missed="The agency’s manager is told at once, the MARAC coordinator after a day",
        authority=BY_CHILDREN,
    ),
    Policy(
        "received-reached", "Speak to the person",
        starts=event(THEIRS, "accept"), applies=to_an_adviser, stops=event(THEIRS, "attempt"),
        met=lambda received: received.contact_at is not None, until=lambda received: received.contact_at,
        drops=event(THEIRS, "close", "end"), within=hours(48), owed_by=ADVISER,
        ladder=(Rung(-24, ADVISER), Rung(0, MANAGER), Rung(24, COORDINATOR)),
        wants=f"{THEIRS}.attempt", why="Taken on, and not yet spoken to",
        meets="An adviser speaks to the person", missed="The agency’s manager is told at once, the MARAC coordinator after a day",
        authority="S3-037: the time to first contact is measured; within 48 hours of taking it on [R]",
    ),
    Policy(
        "exchange-acknowledged", "Have what was shared acknowledged",
        starts=event(SHARED, "give"), from_=when_shared, stops=event(SHARED, "acknowledge"),
        until=lambda exchange: exchange.acknowledged_at, held=recorder_of, within=working_days(2),
        ladder=(Rung(-4, HOLDER), Rung(0, HOLDER), Rung(24, SERGEANT), Rung(72, INSPECTOR)),
        wants=f"{SHARED}.acknowledge", why="Shared with somebody",
        meets="They say that they have it",
        missed="Whoever shared it asks again; the sergeant is told after a day, an inspector after three",
        authority="S3-126: what is shared is chased until it is acknowledged; within 2 working days [R]",
    ),
    Policy(
        "joint-action-done", "Have an agreed action done",
        starts=event(JOINT, "agree", "move"), from_=an_hour_before_it_is_due, own=one_hour, within=hours(1), again=Again.RESTART,
        stops=event(JOINT, "done", "not-done", "not-possible"), held=recorder_of,
        ladder=(Rung(-24, HOLDER), Rung(0, HOLDER), Rung(24, SERGEANT), Rung(72, INSPECTOR)),
        wants=f"{JOINT}.done", why="Agreed with a partner",
        meets="Somebody says what came of it",
        missed="Whoever agreed it asks; the sergeant is told after a day, an inspector after three",
        authority="S2-041: an action agreed with a partner has its day; the day is the action’s own; who hears [R]",
    ),
    Policy(
        "agreement-reviewed", "Look at an agreement again",
        starts=event(SIGNED, "sign", "review"), from_=an_hour_before_its_last_day_ends, own=one_hour, within=hours(1),
        again=Again.RESTART, stops=event(SIGNED, "end"), owed_by=COORDINATOR,
        ladder=(Rung(-24 * 28, COORDINATOR), Rung(-24 * 7, COORDINATOR), Rung(0, COORDINATOR), Rung(24 * 7, "da_coordinator")),
        wants=f"{SIGNED}.review", why="An agreement runs out",
        meets="It is looked at again, or ended", missed="Nothing is sent to the agency; the coordinators are told",
        authority="R-35, D.8: only a current agreement lets anything be sent; the day is its own; told 28 and 7 days before [R]",
    ),
    Policy(
        "service-checked", "Check a service",
        starts=event(OFFERED, "record"), from_=checked_on, stops=event(OFFERED, "verify", "change"), until=checked_on,
        drops=event(OFFERED, "end"), within=days(182), owed_by=COORDINATOR, repeats=True,
        ladder=(Rung(-24 * 14, COORDINATOR), Rung(0, COORDINATOR), Rung(24 * 14, "da_coordinator")),
        wants=f"{OFFERED}.verify", why="The directory says when each service was last checked",
        meets="The agency says that it is right, or it is changed", missed="The coordinators are told",
        authority="S3-007: a directory that nobody checks is not used; every 6 months [R]",
    ),
)  # fmt: skip
