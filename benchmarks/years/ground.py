"""What every report of the five years is, drawn once: a table of this connection that all rows are then made from."""

# ruff: noqa: S608 - SQL of our own numbers and words
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.force import Force
from benchmarks.seeding import run
from benchmarks.years import shape
from benchmarks.years.drawing import Ids, draw, hours, literal, prepare, spread, weighted
from cases.models import Offence

#: SQL of a moment (UTC) after which nothing is written: what would have happened later has not happened yet.
UNTIL = "(SELECT until FROM bench_until)"
CHILDREN_OF = f"(floor(4 * power({draw('children', 'r.victim')}, 2.2))::int)"
#: From -0.5 to 0.5: how readily a team arrests, so that units differ by more than chance.
TEAM_EFFECT = "((hashint8extended(team, 3) & 1023) / 1023.0 - 0.5)"


@dataclass(frozen=True, slots=True)
class Ground:
    """The force, how many reports it has, up to which moment (UTC), how many people stand in them, and where ids begin."""

    force: Force
    reports: int
    until: datetime
    ids: Ids = field(default_factory=Ids)

    @property
    def victims(self) -> int:
        return max(1, round(self.reports * shape.VICTIMS))

    @property
    def suspects(self) -> int:
        return max(1, round(self.reports * shape.SUSPECTS))


def lay(ground: Ground) -> None:
    """Make the tables of this connection: teams, months, reports."""
    prepare()
    run("DROP TABLE IF EXISTS bench_until, bench_team, bench_month, bench_report, bench_crime, bench_person")
    run("CREATE TEMP TABLE bench_until AS SELECT %s::timestamptz AS until", [ground.until])
    _teams(ground)
    _months(ground)
    run(_told(ground))
    run("CREATE UNIQUE INDEX ON bench_report (n)")
    run("ANALYZE bench_report")


def _teams(ground: Ground) -> None:
    run("CREATE TEMP TABLE bench_team (team int PRIMARY KEY, unit_id bigint, officers bigint[], sergeant bigint)")
    rows = zip(ground.force.teams, ground.force.officers, ground.force.sergeants, strict=True)
    for team, (unit, officers, sergeant) in enumerate(rows):
        run("INSERT INTO bench_team VALUES (%s, %s, %s, %s)", [team, unit.pk, officers, sergeant])


def _months(ground: Ground) -> None:
    run("CREATE TEMP TABLE bench_month (begins timestamptz, days int, first bigint, reports bigint, since boolean)")
    for month in shape.months(ground.reports, ground.until):
        run(
            "INSERT INTO bench_month VALUES (%s, %s, %s, %s, %s)",
            [month.begins, month.days, month.first, month.reports, month.since],
        )


def _told(ground: Ground) -> str:
    """`bench_report`: when and whom (`_who`), then what it was (`_drawn`), then who dealt with it and how far it came. Each
    rests on the step before, which is worked out once; `n` counts the reports from 0, nearly in order of time.
    """
    return f"""
        CREATE TEMP TABLE bench_report AS
        WITH placed AS ({_placed()}), who AS MATERIALIZED ({_who(ground)}), drawn AS MATERIALIZED ({_drawn(ground)})
        SELECT r.*, t.unit_id, t.sergeant,
            t.officers[1 + floor(cardinality(t.officers) * {draw("officer")})::int] AS officer,
            least(r.at + {hours(spread(3.2, 1.0, "recorded"))}, {UNTIL} - interval '5 minutes') AS recorded_at,
            r.suspect IS NOT NULL AND {draw("arrest")} < (
                CASE WHEN r.is_crime THEN 0.34 ELSE 0.05 END
                + CASE r.grade WHEN 'high' THEN 0.24 WHEN 'medium' THEN 0.05 ELSE -0.06 END
                + 0.09 * {TEAM_EFFECT} + 0.015 * extract(year FROM age(r.at, {UNTIL}))
            ) AS arrested,
            r.at < {UNTIL} - interval '75 days' AND {draw("closed")} < 0.97 AS closed
        FROM drawn AS r JOIN bench_team AS t USING (team)
    """


def _placed() -> str:
    """Each report in its month, a day after another, at an hour of the day."""
    hour = weighted({str(number): share for number, share in enumerate(shape.HOURS)}, draw("hour", "(m.first + k)"))
    return f"""
        SELECT m.first + k AS n, m.since, m.begins + make_interval(
            days => floor(m.days * (k + 0.5) / m.reports)::int, hours => ({hour})::int,
            secs => 3600 * {draw("second", "m.first + k")}
        ) AS at
        FROM bench_month AS m, generate_series(0, m.reports - 1) AS k
    """


def _who(ground: Ground) -> str:
    return f"""
        SELECT r.n, r.since, least(r.at, {UNTIL} - interval '1 hour' * (1 + {draw("clipped")})) AS at,
            floor({ground.victims} * power({draw("victim")}, {shape.UNEVEN}))::bigint AS victim
        FROM placed AS r
    """


def _drawn(ground: Ground) -> str:
    now, before = (weighted(shares, draw("offence")) for shares in (shape.OFFENCES_SINCE, shape.OFFENCES))
    # who was in danger once is likely to be in danger the next time, so that conferences hear people again
    grade = f"CASE WHEN {draw('own grade')} < 0.6 THEN {draw('grade', 'r.victim')} ELSE {draw('grade')} END"
    return f"""
        SELECT r.*,
            CASE WHEN {draw("nobody named")} < 0.05 THEN NULL
                WHEN {draw("another")} < 0.12 THEN floor({ground.suspects} * {draw("who else")})::bigint
                ELSE floor({ground.suspects} * {draw("usual", "r.victim")})::bigint END AS suspect,
            CASE WHEN {draw("at home")} < 0.85 THEN floor({shape.TEAMS} * power({draw("home", "r.victim")}, 1.15))
                ELSE floor({shape.TEAMS} * {draw("elsewhere")}) END::bigint AS team,
            {CHILDREN_OF} AS children,
            {draw("children there")} < 0.62 AS children_there,
            {weighted(shape.CHANNELS, draw("channel"))} AS channel,
            {weighted(shape.GRADES, grade)} AS grade,
            {weighted(shape.GRADES_OF_CALLS, draw("grade of call"))} AS call_grade,
            CASE WHEN since THEN {now} ELSE {before} END AS offence,
            {draw("is a crime")} < CASE WHEN since THEN {shape.CRIMES[1]} ELSE {shape.CRIMES[0]} END AS is_crime,
            {draw("second crime")} < CASE WHEN since THEN {shape.SECOND_CRIME[1]} ELSE {shape.SECOND_CRIME[0]} END AS two,
            CASE WHEN {draw("no abuse")} < 0.02 THEN 'no' ELSE 'yes' END AS abuse,
            CASE WHEN {draw("asked")} < 0.04 THEN '' WHEN {draw("asked")} < 0.07 THEN 'refused_all' ELSE 'asked' END AS dash
        FROM who AS r
    """


def offence_ids() -> str:
    """SQL that turns the code of an offence into its id."""
    found = dict(Offence.objects.filter(code__in=shape.OFFENCES).values_list("code", "pk"))
    cases = " ".join(f"WHEN {literal(code)} THEN {pk}" for code, pk in found.items())
    return f"CASE r.offence {cases} END"


def lately(days: int) -> str:
    """SQL: whether the report is not older than so many days."""
    return f"r.at > {UNTIL} - {literal(timedelta(days=days))}"
