"""How each report was graded, by whom and how late; what was lowered since; plans, and checks of the work."""

# ruff: noqa: E501, S608 - SQL of our own numbers and words, its expressions whole
from __future__ import annotations

from benchmarks.years.drawing import days, draw, hours, literal, pour, spread, weighted
from benchmarks.years.ground import UNTIL, Ground, lately
from benchmarks.years.reports import REPORTS, case_id, incident_id, person_ids
from risk.models import (
    Assessment,
    Downgrade,
    InstrumentVersion,
    PlanAction,
    PlanActionKind,
    QualityCheck,
    QualityVerdict,
    RiskDecision,
    SafetyPlan,
)
from risk.quality import CHECKLISTS

#: Whose risk was assessed at all, and when the questions were asked.
ASKED = f"{REPORTS} WHERE r.dash <> '' AND NOT ({lately(2)} AND {draw('state')} >= 0.5)"
ASKED_AT = f"least(r.at + {hours(spread(3.4, 1.1, 'asked after'))}, {UNTIL} - interval '15 minutes')"
#: The decisions of a report, by the place that their ids have behind its number.
INITIAL, REVIEW, LOWERED = 0, 1, 2
EACH = 3
RAISED = f"({draw('raised')} < 0.03 AND r.grade <> 'high')"
UNDER_REVIEW = f"({draw('reviewed by the sergeant')} < 0.55)"
LOWER = f"({draw('lowered')} < CASE r.grade WHEN 'high' THEN 0.16 WHEN 'medium' THEN 0.06 ELSE 0 END AND r.at < {UNTIL} - interval '60 days')"
ABOVE = "CASE r.grade WHEN 'standard' THEN 'medium' ELSE 'high' END"
BENEATH = "CASE r.grade WHEN 'high' THEN 'medium' ELSE 'standard' END"
REASONS = ("disproved", "custody", "moved", "order", "specialist")


def in_force() -> InstrumentVersion:
    """The DASH that is answered here."""
    found = (
        InstrumentVersion.objects.filter(instrument__code="dash").exclude(status="draft").order_by("-number").first()
    )
    if found is None:
        raise LookupError("There is no DASH to assess with: run `manage.py setup` first.")
    return found


def write_assessments(ground: Ground) -> int:
    """The assessments without their 27 answers (fourteen million rows would measure the disk), and the ledger of grades."""
    refused = "CASE WHEN r.dash = 'refused_all' THEN 'refused_all' ELSE '' END"
    written = pour(
        Assessment, ASKED, id=f"{ground.ids[Assessment]} + r.n", case=case_id(ground), incident=incident_id(ground),
        recorded_at=ASKED_AT, recorded_by="r.officer", state="'standing'", instrument_version=str(in_force().pk), asked_at=ASKED_AT,
        asked_how=f"CASE WHEN r.dash = 'refused_all' THEN 'not_asked' ELSE {weighted({'face_to_face': 0.82, 'telephone': 0.18}, draw('how'))} END",
        stopped_code=refused, stopped_at=f"CASE WHEN r.dash = 'refused_all' THEN {ASKED_AT} END",
        reasons="'What she said, what was seen, and what is on record.'", reasons_at=ASKED_AT, reasons_by="r.officer",
    )  # fmt: skip
    return written + _decisions(ground) + _downgrades(ground) + _checks(ground)


def _decisions(ground: Ground) -> int:
    yes = f"(CASE r.grade WHEN 'high' THEN 14 WHEN 'medium' THEN 9 ELSE 3 END + floor(4 * {draw('yes')}))::int"
    counted = {
        "yes_total": yes, "ric_yes": yes, "unknown_total": f"floor(5 * {draw('unknown')})::int", "floor": "'standard'",
        "policy_version": "'shipped'", "case": case_id(ground), "assessment": f"{ground.ids[Assessment]} + r.n",
    }  # fmt: skip
    initial = f"{ASKED_AT} + {hours('0.2')}"
    review = f"{ASKED_AT} + {hours(spread(6, 0.8, 'sergeant grades'))}"
    first = ground.ids[RiskDecision]
    written = pour(
        RiskDecision, ASKED, id=f"{first} + {EACH} * r.n + {INITIAL}", **counted, recorded_at=initial, at=initial, recorded_by="r.officer",
        decided_by="r.officer", role="'officer'", kind="'initial'", to_grade="r.grade", rationale="'As the answers say.'",
        hours_since_report=f"least(extract(epoch FROM {ASKED_AT} - r.at) / 3600, 100000)::int",
    )  # fmt: skip
    sergeant = {"recorded_by": "r.sergeant", "decided_by": "r.sergeant", "role": "'sergeant'", "from_grade": "r.grade"}
    written += pour(
        RiskDecision, f"{ASKED} AND {UNDER_REVIEW} AND NOT {lately(4)}", id=f"{first} + {EACH} * r.n + {REVIEW}", **counted, **sergeant,
        recorded_at=review, at=review, kind="'review'", to_grade=f"CASE WHEN {RAISED} THEN {ABOVE} ELSE r.grade END",
        rationale="'Read with the log and the history.'",
    )  # fmt: skip
    lowered = f"r.at + {days(spread(22, 0.7, 'lowered after'))}"
    return written + pour(
        RiskDecision, f"{ASKED} AND {LOWER} AND {lowered} < {UNTIL}", id=f"{first} + {EACH} * r.n + {LOWERED}", **counted, **sergeant,
        recorded_at=lowered, at=lowered, kind="'lowered'", to_grade=BENEATH, rationale="'The reason has changed, as is written.'",
        spoken=weighted({"yes": 0.8, "no": 0.2}, draw("spoken")),
    )  # fmt: skip


def _downgrades(ground: Ground) -> int:
    """Beside each lowered grade why; where nobody was spoken to it has lapsed since."""
    listed = {reason: share for reason, share in zip(REASONS, (0.3, 0.25, 0.15, 0.2, 0.1), strict=True)}
    source = (
        f"risk_riskdecision AS d JOIN bench_report AS r ON d.id = {ground.ids[RiskDecision]} + {EACH} * r.n + {LOWERED}"
    )
    reason = weighted(listed, draw("lowered because"))
    return pour(
        Downgrade, source, case="d.case_id", assessment="d.assessment_id", decision="d.id", recorded_at="d.at", recorded_by="d.recorded_by_id",
        state="CASE WHEN d.spoken = 'yes' THEN 'overtaken' ELSE 'lapsed' END", reason=reason, words="'What has changed, and who saw it.'",
        reopens_at=f"CASE WHEN {reason} IN ('custody', 'order') THEN d.at + {days('90')} END", spoken="d.spoken",
        spoken_at="CASE WHEN d.spoken = 'yes' THEN d.at END", spoken_how="CASE WHEN d.spoken = 'yes' THEN 'telephone' ELSE '' END",
        spoken_words="'What came of it.'", ended_at=f"least(d.at + {days('7')}, {UNTIL})",
    )  # fmt: skip


def write_plans(ground: Ground) -> int:
    """A plan for most who are graded high and half of those graded medium, with two actions; closed with the case."""
    victim, _, _ = person_ids(ground)
    planned = f"{ASKED} AND NOT {lately(2)} AND {draw('planned')} < CASE r.grade WHEN 'high' THEN 0.86 WHEN 'medium' THEN 0.5 ELSE 0 END"
    begun = f"{ASKED_AT} + {hours(spread(5, 1.0, 'plan begun'))}"
    kinds = list(PlanActionKind.objects.order_by("pk").values_list("pk", flat=True))
    kind = f"(ARRAY{kinds}::bigint[])[1 + floor({len(kinds)} * {draw('action of plan', 'r.n * 2 + nth')})::int]"
    plan = f"{ground.ids[SafetyPlan]} + r.n"
    written = pour(
        SafetyPlan, planned, id=plan, case=case_id(ground), person=f"{victim} + r.victim", recorded_at=begun, recorded_by="r.officer",
        state="CASE WHEN r.closed THEN 'closed' ELSE 'in_force' END", residual="CASE WHEN r.closed THEN 'He may come back; she knows whom to ring.' ELSE '' END",
        wishes="'To stay at home, and him kept away.'", agreed="'yes'", safe_copy="'by_heart'", out_of_hours="'Harbour line'",
    )  # fmt: skip
    done = f"(r.closed OR {draw('action done', 'r.n * 2 + nth')} < 0.7)"
    return written + pour(
        PlanAction, f"{REPORTS} CROSS JOIN generate_series(0, 1) AS nth JOIN risk_safetyplan AS p ON p.id = {plan}", plan="p.id",
        case="p.case_id", recorded_at="p.recorded_at", recorded_by="p.recorded_by_id", kind=kind, what="'As agreed with her.'",
        owner="p.recorded_by_id", due_at=f"p.recorded_at + {days('7')}", priority="'soon'",
        state=f"CASE WHEN {done} THEN 'done' ELSE 'open' END", evidence=f"CASE WHEN {done} THEN 'Seen.' ELSE '' END",
        result=f"CASE WHEN {done} THEN {weighted({'reduced': 0.6, 'removed': 0.1, 'unchanged': 0.3}, draw('result', 'r.n * 2 + nth'))} ELSE '' END",
        ended_at=f"CASE WHEN {done} THEN least(p.recorded_at + {days(spread(4, 0.8, 'action ended', 'r.n * 2 + nth'))}, {UNTIL}) END",
    )  # fmt: skip


def _checks(ground: Ground) -> int:
    """One assessment in five was checked row by row by the sergeant."""
    rows = [look.code for look in CHECKLISTS[QualityCheck.Kind.DASH]]
    mended = f"floor(3.4 * power({draw('mended')}, 2))::int"
    written = pour(
        QualityCheck, f"{ASKED} AND {draw('quality')} < 0.2 AND NOT {lately(4)}", id=f"{ground.ids[QualityCheck]} + r.n",
        subject_type="'risk.assessment'", subject_id=f"{ground.ids[Assessment]} + r.n", case=case_id(ground), kind="'dash'",
        recorded_at=f"{ASKED_AT} + {days('1')}", recorded_by="r.sergeant", officer="r.officer", unit="r.unit_id",
        passed=f"{len(rows)} - {mended}", advised=mended, returned="0",
    )  # fmt: skip
    listed = ", ".join(f"({literal(code)}, {nth})" for nth, code in enumerate(rows))
    verdict = "CASE WHEN v.nth < q.passed THEN 'pass' ELSE 'advise' END"
    return written + pour(
        QualityVerdict, f"risk_qualitycheck AS q CROSS JOIN (VALUES {listed}) AS v (code, nth) WHERE q.id >= {ground.ids[QualityCheck]}",
        check_of="q.id", row="v.code", verdict=verdict, words="CASE WHEN v.nth < q.passed THEN '' ELSE 'Say who was there.' END",
    )  # fmt: skip
