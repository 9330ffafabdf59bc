"""THE TABLE OF PACKS: what each is, who makes and signs it, and what is in it, in the order of the paper."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from accounts.roles import roles
from reporting.measures.declare import MEASURES
from reporting.models.snapshot import READERS, PackCode
from reporting.packs import elsewhere, hearing, inspecting
from reporting.packs.beside import quality_box
from reporting.packs.blocks import broken_down, counted, figure, summary
from reporting.packs.declare import MONTH, QUARTER, YEAR, Block, Pack, declare, of

ANALYSTS = roles("analyst", "command", "chief_officer")
COMMANDS = roles("superintendent", "command", "chief_officer")
PEOPLE, FORUMS, SUPERVISION, DATA = "People", "Partners", "Supervision", "Data quality"

SATISFACTION = (
    of("satisfied", PEOPLE, hearing.satisfied), of("answered", PEOPLE, hearing.answered), of("partners-say", PEOPLE, hearing.partners),
    of("consulted", PEOPLE, hearing.consulted), of("you-said", PEOPLE, hearing.you_said),
)  # fmt: skip
QUALITY = of("data-quality", DATA, quality_box)


def figures(*codes: str) -> tuple[Block, ...]:
    return tuple(figure(code) for code in codes)


#: The nine data items of 003 (D1 to D9) and the performance measures (P1 to P15), theme by theme.
MONTHLY = (
    summary("at-a-glance", "At a glance", "Every figure of the month", [code for code in MEASURES if code.startswith("M") and MEASURES[code].theme != "Clocks"]),
    *figures("M01"), broken_down("M01", "ethnicity", "gender", part="crimes"), *figures("M02", "M03", "M04", "M05"),
    *figures("M20", "M21", "M22", "M23"),
    *figures("M06", "M07", "why-not-arrested", "M37", "M40"),
    *figures("M08", "M09"), broken_down("M09", "outcome"), *figures("M10", "M11", "M12", "M13", "M18", "M19", "charges"),
    *figures("M14", "M15", "M16", "M17", "M13-court"),
    *figures("M24"), broken_down("M24", "grade_now", part="high"), *figures("M25", "M26", "M27", "M39", "M41", "specialist", "checked"),
    *figures("M28", "referred", "M31", "M33"), of("marac-indicators", FORUMS, elsewhere.indicators),
    *figures("M29", "M29-dapn", "M29-spo", "M43"), *figures("M34", "M35", "M36", "M42"),
    *SATISFACTION, QUALITY,
)  # fmt: skip

INSPECTED = (
    *figures("M07", "M39"), of("clocks", SUPERVISION, inspecting.clocks), of("backlog", SUPERVISION, inspecting.backlog),
    of("overdue", SUPERVISION, inspecting.overdue), of("trails", "Decisions", inspecting.trails),
    *figures("checked", "M25", "M26", "M41", "M05", "M34"), QUALITY,
)  # fmt: skip

SHARED = (
    counted("M01", "no-crimes", "reports", within=("no-crimes", "reports")), counted("M05"), counted("M06"), counted("M11"), counted("M20"),
    counted("M25", "done", "in-time", within=("in-time", "done")), counted("M28", "cases", "repeats"), counted("M33"),
    of("satisfied-shared", PEOPLE, hearing.satisfied_shared), of("you-said-shared", PEOPLE, hearing.you_said_shared),
)  # fmt: skip

WHO = ("gender", "ethnicity", "disability", "age")
EQUAL = (*(broken_down(code, by) for code in ("M03", "M11") for by in WHO), broken_down("M06", *WHO))

# fmt: off
TABLE: tuple[Pack, ...] = (
    Pack(PackCode.PERFORMANCE, "Every measure of the month with its trend, its pair, its owner’s words and how good the data is.", MONTH, ANALYSTS | COMMANDS, COMMANDS, MONTHLY, begins_after=3, narrated=True, authority="S2-026, S1-013, S4-011; 003 D1 to D9"),
    Pack(PackCode.INSPECTION, "Supervision, the age of open work, what is overdue, decisions as they were taken, and quality, over twelve months.", YEAR, ANALYSTS | roles("superintendent"), COMMANDS, INSPECTED, narrated=True, authority="S3-025, S3-166, S3-174; C.4"),
    Pack(PackCode.CLARES_LAW, "Routes, outcomes and how long each stage took, as requests for information ask for them.", QUARTER, ANALYSTS | roles("disclosure_supervisor"), COMMANDS, (*figures("M31"), of("clares-law", FORUMS, elsewhere.clares_law)), begins_after=10, force_only=True, authority="S3-173, S2-023; dvds.md F"),
    Pack(PackCode.MARAC, "The quarterly return of each forum, beside what is expected and what others publish.", QUARTER, ANALYSTS | roles("marac_coordinator"), COMMANDS, (of("returns", FORUMS, elsewhere.returns), of("indicators", FORUMS, elsewhere.indicators), *figures("M27", "M28", "referred"), broken_down("referred", "source", part="accepted"), of("referring", FORUMS, inspecting.referring)), begins_after=10, force_only=True, authority="S3-068, S3-136, S3-169; D.9"),
    Pack(PackCode.PARTNERS, "Figures of the force for partners and the commissioner; nobody can be known by them.", QUARTER, ANALYSTS, COMMANDS, SHARED, begins_after=10, suppressed=True, narrated=True, authority="S2-016, S3-129, S4-002; C.1"),
    Pack(PackCode.EQUALITY, "What was done for whom, by each protected characteristic that is recorded; small numbers kept back.", QUARTER, ANALYSTS | COMMANDS, COMMANDS, EQUAL, begins_after=10, suppressed=True, authority="S3-094, S3-171; Equality Act 2010 s149"),
    Pack(PackCode.SATISFACTION, "How satisfied people harmed are, by stage and risk, how many answered, what partners say, what was done about it.", QUARTER, ANALYSTS | COMMANDS | roles("da_coordinator"), COMMANDS, SATISFACTION, begins_after=10, narrated=True, authority="S3-069, S3-167, S3-168; S0-029"),
    Pack(PackCode.POLICE_SUSPECTS, "Crimes whose suspect is police or staff, beside all crimes, of a calendar year; small numbers kept back.", YEAR, roles("professional_standards", "analyst"), roles("command", "chief_officer"), (counted("M46"),), suppressed=True, authority="C.2 M46; 003:372"),
    Pack(PackCode.CASELOAD, "Open cases by team and grade, how old they are, how many are in one officer’s hands, what is overdue.", MONTH, ANALYSTS | COMMANDS | roles("inspector"), COMMANDS, (*figures("M45", "unheld"), of("by-team", SUPERVISION, inspecting.by_team), of("in-hand", SUPERVISION, inspecting.in_hand), of("backlog", SUPERVISION, inspecting.backlog), of("overdue", SUPERVISION, inspecting.overdue)), begins_after=3, authority="C.2 M45; S3-175"),
    Pack(PackCode.FIGURE, "One page of the explorer as it stood at one moment.", MONTH, READERS[PackCode.FIGURE] - roles("auditor"), frozenset(), (), authority="S3-049, S1-010"),
)
# fmt: on
declare(*TABLE)
