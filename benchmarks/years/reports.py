"""Cases, the reports in them, and who took part."""

# ruff: noqa: E501, S608 - SQL of our own numbers and words, its expressions whole
from __future__ import annotations

from benchmarks.cloning import ENDS, FORENAMES, STEMS
from benchmarks.seeding import run
from benchmarks.years import shape
from benchmarks.years.drawing import days, draw, hours, one_of, pour, spread, weighted
from benchmarks.years.ground import UNTIL, Ground, lately
from cases.models import Call, Case, Holding, Incident, Involvement, SetMarker
from people.models import Birth, Description, Person, PersonName
from workflow.models import Approval

REPORTS = "bench_report AS r"
#: Parts of one report by the place that their ids have behind its number; children come last.
VICTIM, SUSPECT, CHILD = 0, 1, 2
EACH = CHILD + shape.CHILDREN_MOST
ACCOUNTS = (
    "They argued about money and he took her telephone from her hand.",
    "Neighbours heard shouting and a door; he had left before we came.",
    "Pushed against the wall of the kitchen and held by the arms.",
    "Waits outside her work and follows her home in the car.",
    "Messages through the night, forty of them, saying what would happen.",
)
WORDS_KEPT = """
    INSERT INTO people_nameword (word) SELECT DISTINCT unnest(words_plain) FROM people_personname
    EXCEPT SELECT word FROM people_nameword
"""
PLACES_KEPT = """
    INSERT INTO people_place (key)
    SELECT DISTINCT place_key FROM (SELECT place_key FROM cases_incident UNION SELECT place_key FROM cases_call) AS said
    WHERE place_key <> '' EXCEPT SELECT key FROM people_place
"""


def case_id(ground: Ground) -> str:
    return f"{ground.ids[Case]} + r.n"


def incident_id(ground: Ground) -> str:
    return f"{ground.ids[Incident]} + r.n"


def involvement_id(ground: Ground, place: int | str) -> str:
    return f"{ground.ids[Involvement]} + {EACH} * r.n + {place}"


def person_ids(ground: Ground) -> tuple[int, int, int]:
    """Where the ids of people harmed, suspects and children begin."""
    first = ground.ids[Person]
    return first, first + ground.victims, first + ground.victims + ground.suspects


def write_cases(ground: Ground) -> int:
    """One folder for each report, held by its officer; the older ones are closed."""
    return pour(
        Case, REPORTS, id=case_id(ground), reference="'DA-' || extract(year FROM r.at) || '-' || lpad((r.n + 1)::text, 7, '0')",
        kind="'investigation'", unit="r.unit_id", state="CASE WHEN r.closed THEN 'closed' ELSE 'open' END", opened_at="r.recorded_at",
    ) + pour(
        Holding, REPORTS, case=case_id(ground), part="'investigation'", person="r.officer", from_at="r.recorded_at",
        to_at=f"CASE WHEN r.closed THEN r.at + {days('60')} END",
    )  # fmt: skip


def write_calls(ground: Ground) -> int:
    """The call of each report that came by telephone: graded, attended, reviewed."""
    minutes = (
        f"CASE r.call_grade WHEN 'immediate' THEN {spread(10.5, 0.6, 'arrives')} WHEN 'priority' THEN {spread(38, 0.7, 'arrives')}"
        f" WHEN 'scheduled' THEN {spread(1100, 0.9, 'arrives')} END"
    )
    arrived = f"r.at + make_interval(secs => 60 * ({minutes}))"
    came = f"(CASE WHEN {arrived} < {UNTIL} THEN {arrived} END)"
    over = f"r.at < {UNTIL} - interval '2 days'"
    reviewed = f"{over} AND {draw('reviewed')} < 0.995"
    verdict = weighted({"right": 0.92, "too_low": 0.05, "too_high": 0.03}, draw("verdict"))
    wrong = f"CASE ({verdict}) WHEN 'right' THEN '' WHEN 'too_low' THEN CASE r.call_grade WHEN 'immediate' THEN 'priority' ELSE 'immediate' END ELSE CASE r.call_grade WHEN 'desk' THEN 'scheduled' ELSE 'desk' END END"
    return pour(
        Call, f"{REPORTS} WHERE r.channel IN ('999', '101')", id=f"{ground.ids[Call]} + r.n", case=case_id(ground),
        recorded_at="r.at", recorded_by="r.officer", state=f"CASE WHEN {over} THEN 'closed' ELSE 'attended' END",
        log_ref="'BP-' || to_char(r.at, 'YYYYMMDD') || '-' || r.n % 100000", channel="r.channel", received_at="r.at",
        connected="'partner'", said=one_of(ACCOUNTS, draw("said")), grade="r.call_grade",
        flagged=weighted({"yes": 0.86, "not_sure": 0.08, "no": 0.06}, draw("flagged")), confirmed="r.abuse",
        confirmed_at="r.recorded_at", confirmed_why="'Said by whoever attended.'",
        dispatched_at=f"CASE WHEN r.call_grade <> 'desk' THEN r.at + make_interval(secs => 200 * {draw('sent')}) END",
        arrived_at=came, closed_at=f"CASE WHEN {over} THEN least(coalesce({came}, r.at) + {hours('1.5')}, {UNTIL}) END",
        result=f"CASE WHEN NOT {over} THEN '' WHEN r.call_grade = 'desk' THEN 'no_attendance' ELSE 'attended' END",
        reviewed_at=f"CASE WHEN {reviewed} THEN r.at + {hours(spread(3.4, 0.7, 'reviewed after'))} END",
        reviewed_by=f"CASE WHEN {reviewed} THEN r.sergeant END", reviewed_grade=f"CASE WHEN {reviewed} THEN r.call_grade ELSE '' END",
        verdict=f"CASE WHEN {reviewed} THEN {verdict} ELSE '' END", should_be=f"CASE WHEN {reviewed} THEN {wrong} ELSE '' END",
    )  # fmt: skip


def write_incidents(ground: Ground) -> int:
    """The record of each report, as far as its age lets it be; approved by the sergeant when it is checked."""
    happened = f"r.at - {hours(spread(1.1, 1.6, 'happened'))}"
    state = f"CASE WHEN NOT {lately(4)} THEN 'checked' WHEN {draw('state')} < 0.5 THEN 'submitted' ELSE 'recording' END"
    unsaid = f"{lately(2)} AND {draw('state')} >= 0.5"
    house = "(1 + r.victim % 80)"
    video = f"CASE WHEN {draw('video')} < 0.06 THEN '' WHEN {draw('video')} < 0.84 THEN 'yes' ELSE 'no' END"
    written = pour(
        Incident, REPORTS, id=incident_id(ground), case=case_id(ground), recorded_at="r.recorded_at", recorded_by="r.officer",
        state=state, call=f"CASE WHEN r.channel IN ('999', '101') THEN {ground.ids[Call]} + r.n END", reported_at="r.at",
        channel="r.channel", log_ref="'BP-' || to_char(r.at, 'YYYYMMDD') || '-' || r.n % 100000", everyone_safe="'yes'",
        made_safe="'Everyone seen and spoken to.'",
        place=f"{house} || ' ' || {one_of(STEMS, draw('street', 'r.victim'))} || ' Street'",
        postcode="'BP' || 1 + r.team || ' ' || 1 + r.victim % 9 || 'A' || chr(65 + (r.victim / 9 % 26)::int)",
        place_kind=weighted({"shared_home": 0.42, "victim_home": 0.33, "street": 0.11, "online": 0.07, "other_home": 0.07}, draw("kind")),
        occurred_from=f"CASE WHEN {draw('when')} > 0.05 THEN {happened} END", account=one_of(ACCOUNTS, draw("account")),
        weapon=weighted({"no": 0.88, "yes": 0.07, "not_known": 0.05}, draw("weapon")),
        abuse_types=f"CASE WHEN r.offence IN ('common-assault', 'actual-bodily-harm') THEN '{{physical,violent}}'::varchar[] WHEN {draw('types')} < 0.4 THEN '{{controlling,psychological}}'::varchar[] ELSE '{{psychological}}'::varchar[] END",
        abuse_signs=f"CASE WHEN r.offence = 'strangulation' THEN '{{strangled}}'::varchar[] WHEN r.offence LIKE 'stalking%' THEN '{{stalking}}'::varchar[] WHEN {draw('signs')} < 0.12 THEN '{{technology}}'::varchar[] ELSE '{{}}'::varchar[] END",
        suspect_known="CASE WHEN r.suspect IS NULL THEN 'no' ELSE 'yes' END",
        children_present="CASE WHEN r.children > 0 AND r.children_there THEN 'yes' ELSE 'no' END",
        witnesses_seen=f"CASE WHEN {draw('witnesses')} < 0.2 THEN 'yes' ELSE 'no' END", bwv_used=video,
        bwv_why_not=f"CASE WHEN ({video}) = 'no' THEN {weighted({'not_issued': 0.2, 'fault': 0.3, 'objected': 0.2, 'sensitive': 0.1, 'plain_clothes': 0.2}, draw('no video'))} ELSE '' END",
        classed=f"CASE WHEN {unsaid} THEN '' WHEN r.is_crime THEN 'crime' ELSE 'non_crime' END",
        non_crime_reason=f"CASE WHEN {unsaid} OR r.is_crime THEN '' ELSE {weighted(shape.NO_CRIME, draw('no crime'))} END",
        non_crime_why="CASE WHEN r.is_crime THEN '' ELSE 'Both seen apart; what was said agrees with the call.' END",
        da_confirmed=f"CASE WHEN {unsaid} THEN '' ELSE r.abuse END", in_statute=f"CASE WHEN {unsaid} THEN '' ELSE r.abuse END",
        definition_version="'2021'", household="'no'", threat_to_life="'no'",
        severity="CASE WHEN r.grade = 'high' THEN 'serious' ELSE 'volume' END",
        injured="CASE WHEN r.offence IN ('actual-bodily-harm', 'wounding') THEN 'yes' ELSE 'no' END",
        source_999="CASE WHEN r.channel = '999' THEN 'got' ELSE 'not_there' END",
    )  # fmt: skip
    return written + write_approvals(ground) + write_markers(ground)


def write_markers(ground: Ground) -> int:
    """What somebody marked a case with; whatever follows from its facts has no row."""
    listed = ", ".join(f"('{code}', {share}::float8, {n})" for n, (code, share) in enumerate(shape.MARKERS.items()))
    return pour(
        SetMarker, f"{REPORTS} CROSS JOIN (VALUES {listed}) AS m (code, share, nth) WHERE {draw('marker', 'r.n * 8 + m.nth')} < m.share",
        case=case_id(ground), recorded_at="r.recorded_at", recorded_by="r.officer", code="m.code", why="'As was seen there.'",
    )  # fmt: skip


def write_approvals(ground: Ground) -> int:
    """Sent to the sergeant and decided, one in twenty-five returned first."""
    sent = f"r.recorded_at + {hours(spread(4.5, 0.9, 'sent to the sergeant'))}"
    kept = {"subject_type": "'cases.incident'", "subject_id": incident_id(ground), "of": "'record'", "seen_version": "1",
            "asked_by": "r.officer", "decided_by": "r.sergeant"}  # fmt: skip
    decided = f"{sent} + {hours(spread(3.5, 0.9, 'decided'))}"
    return pour(
        Approval, f"{REPORTS} WHERE NOT {lately(4)}", **kept, asked_at=sent, decided_at=decided, verdict="'approved'",
        reason="'Read with the log. Agreed.'",
    ) + pour(
        Approval, f"{REPORTS} WHERE NOT {lately(4)} AND {draw('returned first')} < 0.04", **kept,
        asked_at=f"r.recorded_at + {hours('0.5')}", decided_at=f"r.recorded_at + {hours('1')}", verdict="'returned'",
        reason="'Say who was seen alone.'",
    )  # fmt: skip


def write_people(ground: Ground) -> int:
    """Who took part in each report, by whom they are known everywhere; a case learns name and birth of whoever is in it."""
    victim, suspect, child = person_ids(ground)
    children = f"{REPORTS} CROSS JOIN LATERAL generate_series(0, r.children - 1) AS c WHERE r.children_there"
    kept = {
        "case": case_id(ground),
        "incident": incident_id(ground),
        "recorded_at": "r.recorded_at",
        "recorded_by": "r.officer",
    }
    written = pour(
        Involvement, REPORTS, id=involvement_id(ground, VICTIM), person=f"{victim} + r.victim", part="'victim'", **kept,
        barriers_asked=weighted({"none": 0.7, "told": 0.08, "declined": 0.04, "not_asked": 0.18}, draw("barriers")),
        wants="'To be left alone.'",
    )  # fmt: skip
    written += pour(
        Involvement, f"{REPORTS} WHERE r.suspect IS NOT NULL", id=involvement_id(ground, SUSPECT),
        person=f"{suspect} + r.suspect", part="'suspect'", **kept,
        relationship=weighted(shape.RELATIONSHIPS, draw("relationship", "r.victim * 31 + r.suspect")),
        cohabiting=weighted({"no": 0.6, "yes": 0.38, "not_known": 0.02}, draw("cohabiting", "r.victim")),
    )  # fmt: skip
    written += pour(
        Involvement, children, id=involvement_id(ground, f"{CHILD} + c"), person=f"{child} + {shape.CHILDREN_MOST} * r.victim + c",
        part="'child'", **kept, child_of=weighted({"both": 0.55, "harmed": 0.38, "relative": 0.07}, draw("child of", "r.victim")),
        whereabouts=weighted({"saw": 0.35, "heard": 0.3, "in_house": 0.35}, draw("where", "r.n * 4 + c")),
        seen_by_officer=weighted({"yes": 0.8, "no": 0.2}, draw("seen", "r.n * 4 + c")),
        spoken_to=weighted({"alone": 0.25, "with_others": 0.35, "no": 0.4}, draw("spoken", "r.n * 4 + c")),
        schooling=weighted({"school": 0.7, "nursery": 0.15, "none": 0.1, "not_known": 0.05}, draw("schooling", "r.victim * 4 + c")),
    )  # fmt: skip
    _first_seen(ground)
    written += pour(Person, "bench_person AS r", id="r.person", created_at="r.at")
    return written + _names(ground) + _births(ground) + _described(ground)


def _first_seen(ground: Ground) -> None:
    """Each person once, with the part and the report in which they were first met."""
    first = ground.ids[Involvement]
    run(f"""
        CREATE TEMP TABLE bench_person AS
        SELECT person, part, first_n, b.at, b.recorded_at, b.officer
        FROM (SELECT person_id AS person, min(part) AS part, (min(id) - {first}) / {EACH} AS first_n
              FROM cases_involvement WHERE id >= {first} GROUP BY person_id) AS met
        JOIN bench_report AS b ON b.n = met.first_n
    """)
    run("ANALYZE bench_person")


INVOLVED = "cases_involvement AS i WHERE i.id >= {}"


def _names(ground: Ground) -> int:
    kept = {
        "case": "i.case_id",
        "person": "i.person_id",
        "recorded_at": "i.recorded_at",
        "recorded_by": "i.recorded_by_id",
    }
    named = {
        "forename": one_of(FORENAMES, draw("forename", "i.person_id")),
        "surname": f"{one_of(STEMS, draw('stem', 'i.person_id'))} || {one_of(ENDS, draw('end', 'i.person_id'))}",
    }
    return pour(PersonName, INVOLVED.format(ground.ids[Involvement]), kind="'legal'", **named, **kept)


def _births(ground: Ground) -> int:
    """Adults from 16 to 80, most from 18 to 40; children were under 17 when they were first met. One in thirty is not known."""
    _, _, child = person_ids(ground)
    adult = f"16 + 64 * power({draw('age', 'i.person_id')}, 2.6)"
    young = f"17 * {draw('age', 'i.person_id')}"
    born = f"(timestamptz '{ground.until.date():%Y-%m-%d}' - {days(f'365.25 * (CASE WHEN i.person_id >= {child} THEN 2.5 + {young} ELSE 2.5 + {adult} END)')})::date"
    known = f"{INVOLVED.format(ground.ids[Involvement])} AND {draw('known', 'i.person_id')} > 0.03"
    return pour(
        Birth, known, case="i.case_id", person="i.person_id", recorded_at="i.recorded_at", recorded_by="i.recorded_by_id",
        born_on=f"least({born}, i.recorded_at::date)", approximate=f"{draw('about', 'i.person_id')} < 0.04",
    )  # fmt: skip


def _described(ground: Ground) -> int:
    """Said once, in the first case: gender and ethnicity of adults, disability of whoever was harmed; some never asked."""
    written = 0
    case = f"{ground.ids[Case]} + r.first_n"
    gender = f"CASE WHEN r.part = 'victim' THEN {weighted(shape.GENDERS_HARMED, draw('gender', 'r.person'))} ELSE {weighted(shape.GENDERS_SUSPECTED, draw('gender', 'r.person'))} END"
    for topic, answer, parts, asked in (
        ("gender", gender, "('victim', 'suspect')", 0.97),
        ("ethnicity", weighted(shape.ETHNICITIES, draw("ethnicity", "r.person")), "('victim', 'suspect')", 0.88),
        ("disability", weighted(shape.DISABILITY, draw("disability", "r.person")), "('victim')", 0.6),
    ):
        written += pour(
            Description, f"bench_person AS r WHERE r.part IN {parts} AND {draw(topic + ' asked', 'r.person')} < {asked}",
            case=case, person="r.person", recorded_at="r.recorded_at", recorded_by="r.officer", topic=f"'{topic}'", answer=answer,
        )  # fmt: skip
    return written
