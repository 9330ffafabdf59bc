"""What was recorded of each report, what came of it, and its course in law."""

# ruff: noqa: E501, S608 - SQL of our own numbers and words, its expressions whole
from __future__ import annotations

from benchmarks.seeding import run
from benchmarks.years import shape
from benchmarks.years.drawing import among, days, draw, hours, pour, spread, weighted
from benchmarks.years.ground import UNTIL, Ground, lately, offence_ids
from benchmarks.years.reports import REPORTS, SUSPECT, case_id, incident_id, involvement_id
from cases.models import ActionTaken, ArrestDecision, ArrestVerdict, CourseEvent, Crime, NonCrime, Outcome

CRIMES = "bench_crime AS r"
#: A draw for each crime, and the number of the report it is of.
OF_CRIME = "r.n * 2 + r.nth"


def write_crimes(ground: Ground) -> int:
    """The crimes of the reports that are crimes, some cancelled by the registrar; the others approved as no crime."""
    _lay(ground)
    named = f"CASE WHEN r.suspect IS NOT NULL THEN {involvement_id(ground, SUSPECT)} END"
    cancelled = f"{draw('cancelled', OF_CRIME)} < 0.014 AND NOT {lately(30)}"
    reasons = {"information": 0.4, "duplicate": 0.4, "error": 0.15, "transferred": 0.05}
    kept = {"case": case_id(ground), "incident": incident_id(ground)}
    written = pour(
        Crime, CRIMES, id=f"{ground.ids[Crime]} + {OF_CRIME}", **kept, recorded_at="r.crimed_at", recorded_by="r.officer",
        state=f"CASE WHEN {cancelled} THEN 'cancelled' ELSE 'recorded' END", offence=offence_ids(), suspect=named,
        cancel_code=f"CASE WHEN {cancelled} THEN {weighted(reasons, draw('cancelled for', OF_CRIME))} ELSE '' END",
        cancel_why=f"CASE WHEN {cancelled} THEN 'As the registrar found it.' ELSE '' END",
        aggravators=f"CASE WHEN {draw('drink', OF_CRIME)} < 0.3 THEN '{{alcohol}}'::varchar[] ELSE '{{}}'::varchar[] END",
    )  # fmt: skip
    return written + pour(
        NonCrime, f"{REPORTS} WHERE NOT r.is_crime AND NOT {lately(2)}", **kept, recorded_by="r.officer",
        recorded_at=f"r.recorded_at + {hours('1')}", state=f"CASE WHEN {lately(4)} THEN 'waiting' ELSE 'approved' END",
        reason=weighted(shape.NO_CRIME, draw("no crime")), why="'Both seen apart; what was said agrees with the call.'",
    )  # fmt: skip


def _lay(ground: Ground) -> None:
    """Each crime with the outcome that it has by now: where there is none yet, `settled_at` is empty."""
    code = f"""
        CASE WHEN r.suspect IS NULL THEN {weighted(shape.OUTCOMES_UNNAMED, draw("outcome", OF_CRIME))}
            WHEN r.arrested THEN {weighted(shape.OUTCOMES_ARRESTED, draw("outcome", OF_CRIME))}
            ELSE {weighted(shape.OUTCOMES, draw("outcome", OF_CRIME))} END
    """
    run(f"""
        CREATE TEMP TABLE bench_crime AS
        SELECT r.*, CASE WHEN due_at < {UNTIL} AND code <> '' THEN due_at END AS settled_at
        FROM (
            SELECT r.*, {code} AS code,
                r.crimed_at + {days(f"1 + {spread(27, 1.0, 'settled', OF_CRIME)} * CASE WHEN r.arrested THEN 0.6 ELSE 1 END")} AS due_at
            FROM (
                SELECT b.*, nth, least(b.at + {hours(spread(5.2, 0.95, "crimed", "b.n"))}, {UNTIL} - interval '1 minute') AS crimed_at
                FROM bench_report AS b CROSS JOIN LATERAL generate_series(0, CASE WHEN b.two THEN 1 ELSE 0 END) AS nth
                WHERE b.is_crime
            ) AS r
        ) AS r
    """)
    run("ANALYZE bench_crime")


def write_outcomes(ground: Ground) -> int:
    """One settled outcome for each crime that has one; of one in fifty another came before it."""
    crime = f"{ground.ids[Crime]} + {OF_CRIME}"
    inspector = ground.force.head_id
    kept = {"case": case_id(ground), "crime": crime, "recorded_by": "r.officer", "rationale": "'What was found, weighed as the guidance asks.'", "told": "'yes'"}  # fmt: skip
    support = f"CASE WHEN r.code IN ('16', '14') THEN {weighted({'no': 0.55, 'withdrew': 0.45}, draw('support', OF_CRIME))} WHEN r.code IN ('1', '1A') AND {draw('support', OF_CRIME)} < 0.11 THEN 'withdrew' ELSE 'yes' END"
    authorised = among("r.code", shape.AUTHORISED)
    return pour(
        Outcome, f"{CRIMES} WHERE r.settled_at IS NOT NULL", **kept, recorded_at="r.settled_at", code="r.code", support=support,
        appropriate=f"CASE WHEN {authorised} THEN 'First offence, low level, and the person harmed agrees.' ELSE '' END",
        settled_at="r.settled_at", settled_by=f"CASE WHEN {authorised} THEN {inspector} ELSE r.officer END",
    ) + pour(
        Outcome, f"{CRIMES} WHERE r.settled_at IS NOT NULL AND {draw('changed', OF_CRIME)} < 0.02 AND r.suspect IS NOT NULL", **kept,
        recorded_at="(r.crimed_at + (r.settled_at - r.crimed_at) / 2)", code="'15'", support="'yes'",
        settled_at="(r.crimed_at + (r.settled_at - r.crimed_at) / 2)", settled_by="r.officer",
    )  # fmt: skip


def write_arrests(ground: Ground) -> int:
    """What was decided about each suspect who is named, what a supervisor made of a reason not to, and what else was done."""
    kept = {
        "case": case_id(ground),
        "incident": incident_id(ground),
        "recorded_at": "r.recorded_at",
        "recorded_by": "r.officer",
    }
    at_once = f"r.at + {hours(spread(2.2, 1.1, 'arrested'))}"
    later = f"(NOT r.arrested AND r.is_crime AND {draw('arrested later')} < 0.05)"
    moment = f"CASE WHEN r.arrested THEN {at_once} WHEN {later} THEN r.at + {days(spread(6, 0.9, 'later'))} END"
    release = weighted(
        {"bail_conditions": 0.52, "bail": 0.1, "investigation": 0.14, "remanded": 0.08, "released": 0.16},
        draw("release"),
    )
    disposal = weighted({"continues": 0.66, "charged": 0.16, "no_action": 0.14, "out_of_court": 0.04}, draw("disposal"))
    decided = f"{REPORTS} WHERE r.suspect IS NOT NULL AND {draw('decided')} < 0.97 AND NOT ({lately(2)} AND {draw('state')} >= 0.5)"
    source = f"(SELECT r.*, {moment} AS taken_at FROM {decided}) AS r"
    taken = f"(r.taken_at < {UNTIL})"
    decision = f"{ground.ids[ArrestDecision]} + r.n"
    written = pour(
        ArrestDecision, source, id=decision, **kept, suspect=involvement_id(ground, SUSPECT), decided_at="r.at",
        arrested=f"CASE WHEN r.arrested AND {taken} THEN 'yes' ELSE 'no' END", arrested_at=f"CASE WHEN {taken} THEN r.taken_at END",
        place=f"CASE WHEN {taken} THEN 'At the address' ELSE '' END", offences=f"CASE WHEN {taken} THEN 'As recorded' ELSE '' END",
        necessity=f"CASE WHEN {taken} THEN '{{protect,prompt}}'::varchar[] ELSE '{{}}'::varchar[] END",
        custody_ref=f"CASE WHEN {taken} THEN 'BC' || lpad(r.n::text, 7, '0') ELSE '' END",
        relevant_time=f"CASE WHEN {taken} THEN r.taken_at + interval '40 minutes' END",
        disposal=f"CASE WHEN {taken} THEN {disposal} ELSE '' END", release=f"CASE WHEN {taken} THEN {release} ELSE '' END",
        codes=f"CASE WHEN r.arrested AND {taken} THEN '{{}}'::varchar[] ELSE ARRAY[{weighted(shape.NO_ARREST, draw('why not'))}]::varchar[] END",
        why=f"CASE WHEN r.arrested AND {taken} THEN '' ELSE 'Had left before we arrived; the usual addresses were tried.' END",
    )  # fmt: skip
    written += pour(
        ArrestVerdict, "cases_arrestdecision AS a JOIN bench_report AS r ON a.incident_id = " + incident_id(ground) +
        f" WHERE a.arrested = 'no' AND NOT {lately(3)} AND {draw('looked at')} < 0.995", case="a.case_id", decision="a.id",
        recorded_at=f"r.recorded_at + {hours(spread(1.9, 0.8, 'looked at after'))}", recorded_by="r.sergeant", officer="r.officer",
        verdict=weighted({"adequate": 0.90, "returned": 0.08, "arrest_now": 0.02}, draw("adequate")), reason="'Read with the log.'",
    )  # fmt: skip
    return written + _course(ground) + _actions(ground)


def _actions(ground: Ground) -> int:
    """Each positive action of each report; "none" where there was not even one."""
    listed = ", ".join(f"('{kind}', {share}::float8, {n})" for n, (kind, share) in enumerate(shape.ACTIONS.items()))
    drawn = draw("action", "r.n * 32 + a.nth")
    kept = {
        "case": case_id(ground),
        "incident": incident_id(ground),
        "recorded_at": "r.recorded_at",
        "recorded_by": "r.officer",
    }
    done = {"done_at": f"r.at + {hours('1')}", "done_by": "'Whoever attended'"}
    offered = weighted({"accepted": 0.62, "declined": 0.38}, draw("taken", "r.n * 32 + a.nth"))
    share = "a.share * CASE WHEN r.grade = 'high' THEN 1.8 ELSE 1 END"
    written = pour(
        ActionTaken, f"{REPORTS} CROSS JOIN (VALUES {listed}) AS a (kind, share, nth) WHERE {drawn} < {share}", kind="a.kind",
        answer=f"CASE WHEN a.kind IN ('support', 'idva', 'refuge', 'locks', 'device') THEN {offered} ELSE '' END", **kept, **done,
    )  # fmt: skip
    written += pour(ActionTaken, f"{REPORTS} WHERE r.arrested", kind="'arrest'", **kept, **done)
    nothing = f"NOT EXISTS (SELECT FROM cases_actiontaken AS t WHERE t.incident_id = {incident_id(ground)})"
    return written + pour(
        ActionTaken,
        f"{REPORTS} WHERE {nothing}",
        kind="'none'",
        what="'Words of advice; nothing else was wanted.'",
        **kept,
    )


def _course(ground: Ground) -> int:
    """Arrest, bail, charge, hearing, trial, verdict, sentence: what lies beyond the end is announced or not there."""
    kept = {
        "state": "'standing'",
        "case": case_id(ground),
        "recorded_by": "r.officer",
        "suspect": involvement_id(ground, SUSPECT),
    }
    arrested = f"{REPORTS} JOIN cases_arrestdecision AS a ON a.id = {ground.ids[ArrestDecision]} + r.n AND a.arrested_at IS NOT NULL"
    written = pour(
        CourseEvent, arrested, kind="'arrest'", at="a.arrested_at", recorded_at="a.arrested_at", arrest="a.id", **kept
    )
    written += pour(
        CourseEvent, f"{arrested} WHERE a.release IN ('bail', 'bail_conditions', 'investigation')", arrest="a.id", **kept,
        kind="CASE WHEN a.release = 'investigation' THEN 'investigation' ELSE 'bail' END",
        at="a.arrested_at + interval '14 hours'", recorded_at="a.arrested_at + interval '14 hours'",
    )  # fmt: skip
    charged = f"{CRIMES} WHERE r.nth = 0 AND r.suspect IS NOT NULL AND r.settled_at IS NOT NULL AND {among('r.code', shape.CHARGED)}"
    heard, tried = (
        f"r.settled_at + {days(spread(24, 0.5, 'heard'))}",
        f"r.settled_at + {days(spread(150, 0.6, 'tried'))}",
    )
    for kind, at, so, words in (
        ("charge", "r.settled_at", "", "'Charged as recorded.'"),
        ("first_hearing", heard, "", "'Northgate magistrates.'"),
        ("trial", tried, f"AND {draw('contested')} < 0.42", "'Northgate magistrates.'"),
        (
            "verdict",
            tried,
            f"AND {tried} < {UNTIL}",
            weighted(
                {"Guilty plea.": 0.56, "Convicted after trial.": 0.19, "Acquitted.": 0.10, "Discontinued.": 0.15},
                draw("verdict in court"),
            ),
        ),
        (
            "sentence",
            f"{tried} + {days('21')}",
            f"AND {tried} < {UNTIL} - interval '21 days' AND {draw('verdict in court')} < 0.75",
            "'Community order.'",
        ),
    ):
        written += pour(
            CourseEvent, f"{charged} {so}", kind=f"'{kind}'", at=at, recorded_at="r.settled_at", words=words,
            timed="false", **kept,
        )  # fmt: skip
    return written
