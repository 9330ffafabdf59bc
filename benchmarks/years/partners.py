"""What is done with partners: conferences about those at high risk, schools told before the bell, Clare's Law."""

# ruff: noqa: E501, S608 - SQL of our own numbers and words, its expressions whole
from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from benchmarks.conferences import agencies_of
from benchmarks.seeding import run
from benchmarks.years import shape
from benchmarks.years.drawing import among, days, draw, hours, one_of, pour, spread, weighted
from benchmarks.years.ground import UNTIL, Ground, lately
from benchmarks.years.reports import CHILD, case_id, incident_id, involvement_id, person_ids
from cases.models import Case
from dvds.models import Application, Party
from marac.models import (
    AgendaItem,
    Forum,
    ForumAction,
    ForumMember,
    ForumTerms,
    ForumUnit,
    Hearing,
    Meeting,
    Referral,
    ReferredPerson,
)
from marac.models.action import ActionType
from safeguarding.models import Encompass, Establishment, LocalAuthority

RHYTHM, MEETINGS = 14, 26 * shape.YEARS  # days from one meeting of a forum to the next, and how many there were
SCHOOLS = 60
ACTIONS_EACH = 3


def write_conferences(ground: Ground) -> int:
    """A forum for each division, and what it heard in five years: four in five of those graded high, a few of the others."""
    forums = _forums(ground)
    _referred(forums)
    return _referrals(ground) + _hearings(ground)


def _forums(ground: Ground) -> list[Forum]:
    coordinator = ground.force.coordinator
    unit = coordinator.postings.get().unit
    kept = {"unit": unit, "recorded_by": coordinator}
    forums = [
        Forum.objects.create(name=f"{part.name} MARAC", kind="marac", area=part.name, women_over_16=260_000, women_source="Made up",
                             state=Forum.State.WORKING, **kept)
        for part in ground.force.divisions
    ]  # fmt: skip
    for forum, part in zip(forums, ground.force.divisions, strict=True):
        ForumTerms.objects.create(forum=forum, valid_from=date(2015, 1, 1), authority="The benchmark", slots=40)
        ForumUnit.objects.create(forum=forum, unit=part)
    agencies = agencies_of(forums[0], coordinator)
    ForumMember.objects.bulk_create(
        ForumMember(forum=forum, unit=unit, agency=agency, since=agency.agreements.get().signed_on, state="sitting", recorded_by=coordinator)
        for forum in forums[1:] for agency in agencies
    )  # fmt: skip
    run("DROP TABLE IF EXISTS bench_agency, bench_referred, bench_meeting")
    run("CREATE TEMP TABLE bench_agency (nth int PRIMARY KEY, agency bigint, unit bigint)")
    for nth, agency in enumerate(agencies):
        run("INSERT INTO bench_agency VALUES (%s, %s, %s)", [nth, agency.pk, agency.unit_id])
    _meetings(ground, forums, coordinator)
    return forums


def _meetings(ground: Ground, forums: list[Forum], by: User) -> None:
    """One every fortnight of each forum, the last in the past."""
    run("CREATE TEMP TABLE bench_meeting (forum bigint, nth int, meeting bigint, at timestamptz)")
    for forum in forums:
        starts = [ground.until - timedelta(days=RHYTHM * (MEETINGS - n)) for n in range(MEETINGS)]
        made = Meeting.objects.bulk_create(
            Meeting(forum=forum, unit=forum.unit, starts_at=at, closed_at=at + timedelta(hours=4), recorded_by=by, state=Meeting.State.MINUTED)
            for at in starts
        )  # fmt: skip
        for n, row in enumerate(made):
            run("INSERT INTO bench_meeting VALUES (%s, %s, %s, %s)", [forum.pk, n, row.pk, row.starts_at])


def _referred(forums: list[Forum]) -> None:
    """The reports that led to a referral, numbered from 0, with the forum of the division and the meeting that heard it."""
    ids = f"ARRAY{[forum.pk for forum in forums]}::bigint[]"
    forum = f"({ids})[1 + (r.team % {shape.DIVISIONS})::int]"
    run(f"""
        CREATE TEMP TABLE bench_referred AS
        SELECT row_number() OVER (ORDER BY r.n) - 1 AS nth, r.*, m.meeting, m.at AS heard_at,
            lag(r.at) OVER (PARTITION BY r.victim ORDER BY r.n) > r.at - interval '1 year' AS again
        FROM (
            SELECT r.*, {forum} AS forum, r.at + {hours(spread(15, 1.1, "referred"))} AS sent_at FROM bench_report AS r
            WHERE {draw("is referred")} < CASE r.grade WHEN 'high' THEN 0.8 WHEN 'medium' THEN 0.02 ELSE 0.002 END AND r.dash <> ''
        ) AS r
        JOIN LATERAL (
            SELECT meeting, at FROM bench_meeting AS b WHERE b.forum = r.forum AND b.at > r.sent_at + interval '8 days' ORDER BY b.at LIMIT 1
        ) AS m ON true
    """)
    run("ANALYZE bench_referred")


def _referrals(ground: Ground) -> int:
    """Each in a case of its own; three in ten written by an agency."""
    referred = "bench_referred AS r LEFT JOIN bench_agency AS a ON a.nth = CASE WHEN {} < 0.3 THEN floor(12 * {})::int END".format(
        draw("by an agency"), draw("by which agency")
    )
    coordinator = str(ground.force.coordinator_id)
    unit = "(SELECT unit_id FROM marac_forum WHERE id = r.forum)"
    case = f"{ground.ids[Case]} + {ground.reports} + r.nth"
    referral = f"{ground.ids[Referral]} + r.nth"
    victim, suspect, _ = person_ids(ground)
    written = pour(
        Case, referred, id=case, reference="'DA-' || extract(year FROM r.sent_at) || '-C' || lpad(r.nth::text, 6, '0')", kind="'conference'",
        unit=unit, opened_at="r.sent_at",
    )  # fmt: skip
    written += pour(
        Referral, referred, id=referral, case=case, recorded_at="r.sent_at", recorded_by=coordinator, forum="r.forum",
        origin="coalesce(a.unit, r.unit_id)", agency="a.agency", investigation=f"CASE WHEN a.agency IS NULL THEN {case_id(ground)} END",
        state="'heard'", submitted_at="r.sent_at", submitted_by=coordinator, accepted_at=f"r.sent_at + {days('1')}", score=f"14 + floor(6 * {draw('score')})::int",
        grounds=f"CASE WHEN {draw('grounds')} < 0.55 THEN '{{visible}}'::varchar[] ELSE '{{judgement}}'::varchar[] END",
        repeat_because="CASE WHEN r.again THEN 'Heard in the twelve months before' ELSE '' END", latest="'What happened last.'",
        ethnic_minority=_shared_answer("minority", 0.14), disabled=_shared_answer("disabled", 0.12), lgbt=_shared_answer("lgbt", 0.02),
        male=_shared_answer("male", 0.06), age=f"18 + floor(50 * power({draw('age of referral')}, 1.6))::int",
    )  # fmt: skip
    for part, person, where in (
        ("victim", f"{victim} + r.victim", "true"),
        ("suspect", f"{suspect} + r.suspect", "r.suspect IS NOT NULL"),
    ):
        written += pour(
            ReferredPerson, f"bench_referred AS r WHERE {where}", case=case, referral=referral, person=person, part=f"'{part}'",
            recorded_at="r.sent_at", recorded_by=coordinator,
        )  # fmt: skip
    run(
        f"UPDATE marac_referral AS x SET repeat_of_id = y.id FROM (SELECT {referral} AS id, lag({referral}) OVER (PARTITION BY r.victim ORDER BY r.n) AS before FROM bench_referred AS r) AS p, marac_referral AS y WHERE x.id = p.id AND y.id = p.before AND x.repeat_because <> ''"
    )
    return written


def _shared_answer(what: str, yes: float) -> str:
    return weighted({"yes": yes, "no": 0.95 - yes, "": 0.05}, draw(what, "r.victim"))


def _hearings(ground: Ground) -> int:
    coordinator = str(ground.force.coordinator_id)
    case = f"{ground.ids[Case]} + {ground.reports} + r.nth"
    referral = f"{ground.ids[Referral]} + r.nth"
    item = f"{ground.ids[AgendaItem]} + r.nth"
    written = pour(
        AgendaItem, "bench_referred AS r", id=item, subject_type="'marac.referral'", subject_id=referral, case=case, meeting="r.meeting",
        kind="'referral'", part="CASE WHEN r.children > 0 THEN '2children' ELSE '3adults' END", place="(r.nth % 40)", added_by=coordinator,
        added_at=f"r.sent_at + {days('1')}",
    )  # fmt: skip
    written += pour(
        Hearing, "bench_referred AS r", case=case, item=item, referral=referral, recorded_at="r.heard_at", recorded_by=coordinator,
        state="'heard'", began_at="r.heard_at", ended_at="r.heard_at + interval '12 minutes'", seconds="720", outcome=weighted({"actions": 0.94, "no_forum": 0.06}, draw("came of it")),
        recommends=weighted({"high": 0.7, "medium": 0.3}, draw("recommends")),
    )  # fmt: skip
    done = (
        f"{draw('done', 'r.nth * 4 + k')} < CASE WHEN r.heard_at < {UNTIL} - interval '40 days' THEN 0.93 ELSE 0.5 END"
    )
    due = f"(r.heard_at + {days('14')})"
    ended = f"least(r.heard_at + {days(spread(9, 0.7, 'ended', 'r.nth * 4 + k'))}, {UNTIL})"
    of_which = f"floor(12 * {draw('whose', 'r.nth * 4 + k')})::int"
    return written + pour(
        ForumAction, f"bench_referred AS r CROSS JOIN generate_series(1, {ACTIONS_EACH}) AS k JOIN bench_agency AS a ON a.nth = {of_which}",
        case=case, referral=referral, meeting="r.meeting", agency="a.agency", recorded_at="r.heard_at", recorded_by=coordinator,
        type=one_of([kind.value for kind in ActionType], draw("type of action", "r.nth * 4 + k")), what="'As the room agreed.'", answers="'He has a key'", due_at=due,
        state=f"CASE WHEN {done} THEN 'done' ELSE 'agreed' END", evidence=f"CASE WHEN {done} THEN 'Reported at the next meeting.' ELSE '' END",
        reported_at=f"CASE WHEN {done} THEN {ended} END", ended_at=f"CASE WHEN {done} THEN {ended} END",
        effect=f"CASE WHEN {done} THEN {weighted({'reduced': 0.6, 'removed': 0.1, 'unchanged': 0.3}, draw('effect', 'r.nth * 4 + k'))} ELSE '' END",
    )  # fmt: skip


def write_schools(ground: Ground) -> int:
    """A notice for each child of school age who was there, before the bell or late."""
    by = ground.force.coordinator
    unit = by.postings.get().unit
    authority = LocalAuthority.objects.create(name="Benchshire", basis="Made up", unit=unit, recorded_by=by)
    schools = Establishment.objects.bulk_create(
        Establishment(name=f"School {n}", kind="school", authority=authority, town="Benchtown", urn=f"9{n:05d}", verified_on=ground.until.date(),
                      unit=unit, recorded_by=by, state=Establishment.State.WORKING)
        for n in range(SCHOOLS)
    )  # fmt: skip
    _, _, child = person_ids(ground)
    which = f"(ARRAY{[school.pk for school in schools]}::bigint[])[1 + floor({SCHOOLS} * {draw('school', 'r.victim')})::int]"
    each = "r.n * 4 + c"
    bell = "(date_trunc('day', r.at) + interval '1 day 8 hours')"
    told = f"(r.recorded_at + {hours(spread(2.2, 0.9, 'school told', each))})"
    came = f"{told} < {UNTIL} AND {draw('told at all', each)} < 0.97"
    late = f"({told} > {bell})"
    source = f"bench_report AS r CROSS JOIN LATERAL generate_series(0, r.children - 1) AS c WHERE r.children_there AND {draw('schooling', 'r.victim * 4 + c')} < 0.7"
    return pour(
        Encompass, source, id=f"{ground.ids[Encompass]} + r.n * {shape.CHILDREN_MOST} + c", case=case_id(ground), incident=incident_id(ground),
        involvement=involvement_id(ground, f"{CHILD} + c"), child=f"{child} + {shape.CHILDREN_MOST} * r.victim + c", establishment=which,
        recorded_at="r.recorded_at", recorded_by="r.officer", state=f"CASE WHEN {came} THEN 'sent' ELSE 'not_sent' END",
        not_sent_because=f"CASE WHEN {came} THEN '' ELSE 'Told by social care before us.' END", grounds_at="r.at", bell_at=bell,
        told_at=f"CASE WHEN {came} THEN {told} END", late_code=f"CASE WHEN {came} AND {late} THEN 'recorded' ELSE '' END",
        late_words=f"CASE WHEN {came} AND {late} THEN 'Written at the end of the tour.' ELSE '' END",
    )  # fmt: skip


def write_considerations(ground: Ground) -> int:
    """Clare's Law: one for every twenty-five reports, in a case of its own, about the two people of that report."""
    unit = ground.force.discloser.postings.get().unit_id
    by = str(ground.force.discloser_id)
    run("DROP TABLE IF EXISTS bench_considered")
    ended_after = spread(19, 0.55, "ended after")
    run(f"""
        CREATE TEMP TABLE bench_considered AS
        SELECT row_number() OVER (ORDER BY r.n) - 1 AS nth, r.*, r.at + {days(ended_after)} AS over_at,
            {weighted(shape.CONSIDERED, draw("outcome of consideration"))} AS outcome, {draw("route")} < 0.45 AS asked
        FROM bench_report AS r WHERE {draw("considered")} < 0.04 AND r.suspect IS NOT NULL
    """)
    run("ANALYZE bench_considered")
    referred = run("SELECT count(*) FROM bench_referred")[0][0]
    case = f"{ground.ids[Case]} + {ground.reports} + {referred} + r.nth"
    considered = "bench_considered AS r"
    over = f"(r.over_at < {UNTIL})"
    told = f"({over} AND {among('r.outcome', shape.TOLD)})"
    written = pour(
        Case, considered, id=case, reference="'DA-' || extract(year FROM r.at) || '-L' || lpad(r.nth::text, 6, '0')", kind="'disclosure'",
        unit=str(unit), opened_at="r.at", state=f"CASE WHEN {over} THEN 'closed' ELSE 'open' END",
    )  # fmt: skip
    application = f"{ground.ids[Application]} + r.nth"
    written += pour(
        Application, considered, id=application, case=case, recorded_at="r.recorded_at", recorded_by=by, first_contact_at="r.at",
        route="CASE WHEN r.asked THEN 'ask' ELSE 'know' END", origin_route="CASE WHEN r.asked THEN 'ask' ELSE 'know' END",
        profile="'dvds-2023'", channel=f"CASE WHEN r.asked THEN {weighted({'online': 0.55, 'phone': 0.3, 'station': 0.15}, draw('asked how'))} ELSE 'investigation' END",
        asks_as="CASE WHEN r.asked THEN 'self' ELSE '' END", source="CASE WHEN r.asked THEN '' ELSE 'investigation' END",
        state=f"CASE WHEN {over} THEN 'closed' WHEN {lately(2)} THEN 'checks' ELSE 'assessed' END", risk="r.grade", looked_at="r.recorded_at",
        outcome=f"CASE WHEN {over} THEN r.outcome ELSE '' END", intelligence_ref=f"CASE WHEN {over} THEN 'B-' || r.nth ELSE '' END",
        told_at=f"CASE WHEN {told} THEN r.over_at END", ended_at=f"CASE WHEN {over} THEN r.over_at END", support_given="'yes'",
        relationship="'XBG'", children_affected="CASE WHEN r.children > 0 THEN 'yes' ELSE 'no' END",
    )  # fmt: skip
    victim, suspect, _ = person_ids(ground)
    for part, person, where in (
        ("at_risk", f"{victim} + r.victim", "true"), ("applicant", f"{victim} + r.victim", "r.asked"), ("subject", f"{suspect} + r.suspect", "true"),
    ):  # fmt: skip
        written += pour(
            Party, f"{considered} WHERE {where}", application=application, case=case, person=person, part=f"'{part}'",
            recorded_at="r.recorded_at", recorded_by=by,
        )  # fmt: skip
    return written
