"""The floor: what reporting asks of five years, as bare SQL written by hand, without visibility, definitions or suppression.

Each is one statement over the same facts as the measure it stands beside (M numbers of the domain). What the product
costs more than this is what its rules cost.
"""

# ruff: noqa: E501, S608 - SQL whole, of our own words
from __future__ import annotations

from datetime import datetime

from benchmarks.years.drawing import literal

MONTH = "date_trunc('month', {} AT TIME ZONE 'Europe/London')"
COUNTED = """
    cases_crime AS c JOIN cases_incident AS i ON i.id = c.incident_id
    WHERE c.struck_out_at IS NULL AND c.state <> 'cancelled' AND i.struck_out_at IS NULL AND i.da_confirmed <> 'no'
        AND i.reported_at >= {since} AND i.reported_at < {until}
        AND (i.reported_at < timestamptz '2023-05-31 23:00+00' OR NOT EXISTS (
            SELECT FROM cases_crime AS o WHERE o.incident_id = c.incident_id AND o.id < c.id
                AND o.struck_out_at IS NULL AND o.state <> 'cancelled'))
"""
VICTIMS = """
    cases_involvement AS v JOIN cases_incident AS i ON i.id = v.incident_id AND i.struck_out_at IS NULL AND i.da_confirmed <> 'no'
    WHERE v.part = 'victim' AND v.struck_out_at IS NULL
"""
#: {name: statement}; `{since}` and `{until}` are moments.
QUESTIONS: dict[str, str] = {
    # M02: crimes of domestic abuse by month
    "crimes": f"SELECT {MONTH.format('c.recorded_at')} AS month, count(*) FROM {COUNTED} GROUP BY 1",
    # M06: arrests by month (over the crimes of the same month)
    "arrests": f"""
        SELECT {MONTH.format('arrested_at')} AS month, count(*) FROM cases_arrestdecision
        WHERE struck_out_at IS NULL AND arrested_at >= {{since}} AND arrested_at < {{until}} GROUP BY 1
    """,
    # M01: incidents and crimes by month and team
    "reports by team": f"""
        SELECT {MONTH.format('i.reported_at')} AS month, k.unit_id, count(*) FILTER (WHERE i.classed <> 'crime'), count(*)
        FROM cases_incident AS i JOIN cases_case AS k ON k.id = i.case_id
        WHERE i.struck_out_at IS NULL AND i.da_confirmed <> 'no' AND i.reported_at >= {{since}} AND i.reported_at < {{until}} GROUP BY 1, 2
    """,
    # M20: people harmed in each month who were harmed in the twelve months before
    "repeat victims": f"""
        SELECT month, count(DISTINCT person_id) FILTER (WHERE before > reported_at - interval '12 months'), count(DISTINCT person_id)
        FROM (
            SELECT v.person_id, i.reported_at, {MONTH.format('i.reported_at')} AS month,
                lag(i.reported_at) OVER (PARTITION BY v.person_id ORDER BY i.reported_at) AS before
            FROM {VICTIMS} AND i.reported_at >= {{since}} - interval '12 months' AND i.reported_at < {{until}}
        ) AS seen WHERE reported_at >= {{since}} GROUP BY 1
    """,
    # M24: the first grade against the one in force
    "risk levels": """
        SELECT first, latest, count(*) FROM (
            SELECT d.case_id, (array_agg(d.to_grade ORDER BY d.at, d.id))[1] AS first,
                (array_agg(d.to_grade ORDER BY d.at DESC, d.id DESC))[1] AS latest
            FROM risk_riskdecision AS d JOIN risk_assessment AS a ON a.id = d.assessment_id
            JOIN cases_incident AS i ON i.id = a.incident_id
            WHERE i.reported_at >= {since} AND i.reported_at < {until} AND i.struck_out_at IS NULL GROUP BY 1
        ) AS graded GROUP BY 1, 2
    """,
    # M19: days from the report to the charge, and of how many crimes nobody was charged
    "time to charge": f"""
        SELECT count(*), count(days), percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days), avg(days) FROM (
            SELECT (SELECT min(o.settled_at) FROM cases_outcome AS o WHERE o.crime_id = c.id AND o.code IN ('1', '1A')
                AND o.struck_out_at IS NULL) - i.reported_at AS days FROM {COUNTED}
        ) AS charged
    """,
    # M09: the latest outcome of the crimes of each month
    "outcomes": f"""
        SELECT month, coalesce(code, ''), count(*) FROM (
            SELECT {MONTH.format('c.recorded_at')} AS month, (
                SELECT o.code FROM cases_outcome AS o WHERE o.crime_id = c.id AND o.struck_out_at IS NULL AND o.settled_at IS NOT NULL
                ORDER BY o.settled_at DESC, o.id DESC LIMIT 1) AS code
            FROM {COUNTED}
        ) AS ended GROUP BY 1, 2
    """,
    # M32, P7: of what fell due in each month, what was met in time
    "deadlines": f"""
        SELECT {MONTH.format('due_at')} AS month, policy, count(*), count(*) FILTER (WHERE stopped_at <= due_at)
        FROM workflow_deadline WHERE dropped_because = '' AND due_at >= {{since}} AND due_at < {{until}} GROUP BY 1, 2
    """,
    # D1: people harmed by ethnicity and gender, as each last said it
    "victims by description": f"""
        SELECT coalesce(e.answer, ''), coalesce(g.answer, ''), count(*) FROM (
            SELECT DISTINCT v.person_id FROM {VICTIMS} AND i.reported_at >= {{since}} AND i.reported_at < {{until}}
        ) AS p
        LEFT JOIN (SELECT DISTINCT ON (person_id) person_id, answer FROM people_description WHERE topic = 'ethnicity'
            AND struck_out_at IS NULL ORDER BY person_id, recorded_at DESC, id DESC) AS e USING (person_id)
        LEFT JOIN (SELECT DISTINCT ON (person_id) person_id, answer FROM people_description WHERE topic = 'gender'
            AND struck_out_at IS NULL ORDER BY person_id, recorded_at DESC, id DESC) AS g USING (person_id)
        GROUP BY 1, 2
    """,
    # M23: harmed again within 30, 90 and 365 days, by what was done
    "repeat after action": f"""
        WITH harmed AS (
            SELECT i.id, i.reported_at, lead(i.reported_at) OVER (PARTITION BY v.person_id ORDER BY i.reported_at) AS again
            FROM {VICTIMS} AND i.reported_at >= {{since}} AND i.reported_at < {{until}}
        )
        SELECT a.kind, count(*), count(*) FILTER (WHERE again < reported_at + interval '30 days'),
            count(*) FILTER (WHERE again < reported_at + interval '90 days'), count(*) FILTER (WHERE again < reported_at + interval '365 days')
        FROM harmed AS h JOIN cases_actiontaken AS a ON a.incident_id = h.id AND a.struck_out_at IS NULL GROUP BY 1
    """,
    # M18: the funnel of the crimes: suspect named, arrested, charged
    "attrition": f"""
        SELECT count(*), count(suspect_id), count(*) FILTER (WHERE arrested), count(*) FILTER (WHERE arrested AND charged) FROM (
            SELECT c.suspect_id,
                EXISTS (SELECT FROM cases_arrestdecision AS a WHERE a.suspect_id = c.suspect_id AND a.arrested_at IS NOT NULL) AS arrested,
                EXISTS (SELECT FROM cases_outcome AS o WHERE o.crime_id = c.id AND o.code IN ('1', '1A') AND o.struck_out_at IS NULL) AS charged
            FROM {COUNTED}
        ) AS followed
    """,
    # M34: how soon officers arrived, by grade and month
    "response": f"""
        SELECT {MONTH.format('received_at')} AS month, grade, count(arrived_at),
            count(*) FILTER (WHERE arrived_at <= received_at + CASE grade WHEN 'immediate' THEN interval '15 minutes'
                WHEN 'priority' THEN interval '1 hour' ELSE interval '48 hours' END)
        FROM cases_call WHERE struck_out_at IS NULL AND received_at >= {{since}} AND received_at < {{until}} GROUP BY 1, 2
    """,
}  # fmt: skip


def asked(name: str, since: datetime, until: datetime) -> str:
    """The whole statement of a question between two moments."""
    return QUESTIONS[name].format(since=literal(since), until=literal(until))
