"""What must hold of the database after any fault, asked in plain SQL, past the program whose word is in question.

Each question returns the rows that break it; a sound database returns none.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field

from faults.ledger import Entry, Told
from faults.stage import Stage

# A verb is all or nothing: the state, the act in the audit, the version, the history, the clocks and the rows beneath.
HALVES = {
    "an incident whose version is not the number of acts on it": """
        SELECT i.id FROM cases_incident i WHERE i.version <> (SELECT count(*) FROM audit_event e
        WHERE e.subject_type = 'cases.incident' AND e.subject_id = i.id)""",
    "an incident whose history does not end where it stands": """
        SELECT i.id FROM cases_incident i WHERE (i.version, i.state, i.place) IS DISTINCT FROM (
        SELECT (h.version, h.state, h.place) FROM cases_incidentevent h WHERE h.pgh_obj_id = i.id
        ORDER BY h.pgh_id DESC LIMIT 1)""",
    "an incident whose state is not that of the last step taken": """
        SELECT i.id FROM cases_incident i JOIN LATERAL (SELECT e.name FROM audit_event e
            WHERE e.subject_type = 'cases.incident' AND e.subject_id = i.id
            AND e.name IN ('incident.begin', 'incident.submit', 'incident.approve', 'incident.return', 'incident.correct')
            ORDER BY e.number DESC LIMIT 1) last ON true
        WHERE i.state <> CASE last.name WHEN 'incident.submit' THEN 'submitted' WHEN 'incident.approve' THEN 'checked'
            ELSE 'recording' END""",
    "a record sent without a question, or a question about a record that is not sent": """
        SELECT i.id FROM cases_incident i WHERE (i.state = 'submitted')::int <> (SELECT count(*) FROM workflow_approval a
        WHERE a.subject_type = 'cases.incident' AND a.subject_id = i.id AND a.verdict = '')""",
    "a question for each sending and a decision for each step": """
        SELECT i.id FROM cases_incident i WHERE ((SELECT count(*) FROM workflow_approval a
            WHERE a.subject_type = 'cases.incident' AND a.subject_id = i.id),
            (SELECT count(*) FROM workflow_approval a WHERE a.subject_type = 'cases.incident' AND a.subject_id = i.id
            AND a.decided_at IS NOT NULL)) IS DISTINCT FROM (
        SELECT (count(*) FILTER (WHERE e.name = 'incident.submit'),
            count(*) FILTER (WHERE e.name IN ('incident.approve', 'incident.return')))
        FROM audit_event e WHERE e.subject_type = 'cases.incident' AND e.subject_id = i.id)""",
    "an act whose clock was not started": """
        SELECT e.id FROM audit_event e JOIN (VALUES ('incident.begin', 'record-sent'),
            ('incident.begin', 'crime-recorded'), ('incident.submit', 'dash-checked'),
            ('incident.return', 'returned-mended'), ('incident.hand-back', 'returned-mended'),
            ('incident.correct', 'returned-mended'), ('incident.withdraw', 'returned-mended')) AS owed (act, policy)
            ON owed.act = e.name
        WHERE NOT EXISTS (SELECT 1 FROM workflow_deadline d WHERE d.subject_type = 'cases.incident'
            AND d.subject_id = e.subject_id AND d.policy = owed.policy AND d.started_by_event_id = e.id)""",
    "a clock that runs against the state of its record": """
        SELECT d.id FROM workflow_deadline d JOIN cases_incident i ON i.id = d.subject_id
        WHERE d.subject_type = 'cases.incident' AND d.stopped_at IS NULL AND i.state <> CASE d.policy
            WHEN 'record-sent' THEN 'recording' WHEN 'returned-mended' THEN 'recording'
            WHEN 'dash-checked' THEN 'submitted' ELSE i.state END""",
    "a crime recorded whose clock runs on": """
        SELECT d.id FROM workflow_deadline d WHERE d.policy = 'crime-recorded' AND d.stopped_at IS NULL
        AND EXISTS (SELECT 1 FROM cases_crime c WHERE c.incident_id = d.subject_id AND c.struck_out_at IS NULL
            AND c.state <> 'cancelled')""",
    "a record that is owed and runs against no clock": """
        SELECT i.id FROM cases_incident i WHERE i.state <> 'checked' AND NOT EXISTS (SELECT 1 FROM workflow_deadline d
        WHERE d.subject_type = 'cases.incident' AND d.subject_id = i.id AND d.stopped_at IS NULL
            AND d.policy IN ('record-sent', 'returned-mended', 'dash-checked'))""",
    "a report of danger without its clock, or the clock without the report": """
        SELECT c.id FROM cases_case c WHERE
        (SELECT count(*) FROM cases_unsafereport u WHERE u.case_id = c.id AND u.answered_at IS NULL) <>
        (SELECT count(DISTINCT d.policy) FROM workflow_deadline d WHERE d.case_id = c.id AND d.policy = 'unsafe-answered'
            AND d.stopped_at IS NULL)""",
    "a case without a record or without a holder": """
        SELECT c.id FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM cases_incident i WHERE i.case_id = c.id)
        OR NOT EXISTS (SELECT 1 FROM cases_holding h WHERE h.case_id = c.id)""",
    "a person with no name or no part in anything": """
        SELECT p.id FROM people_person p WHERE NOT EXISTS (SELECT 1 FROM people_personname n WHERE n.person_id = p.id)
        OR NOT EXISTS (SELECT 1 FROM cases_involvement v WHERE v.person_id = p.id)""",
    "a part in an incident without the act that gave it": """
        SELECT v.id FROM cases_involvement v WHERE 1 <> (SELECT count(*) FROM audit_event e
        WHERE e.name = 'involvement.add' AND e.subject_type = 'cases.involvement' AND e.subject_id = v.id)""",
    "a form marked as sent whose act has no answer": "SELECT id FROM workflow_once WHERE answer = ''",
    "a paper said to be ready without its bytes, or asked for without a trace": """
        SELECT d.id FROM reporting_document d WHERE (d.stage = 'made') <> EXISTS (
            SELECT 1 FROM reporting_documentcontent c WHERE c.document_id = d.id)
        OR NOT EXISTS (SELECT 1 FROM audit_access a WHERE a.what = 'reporting.document:' || d.id)""",
}
DOUBLES = {
    "a notice that its person has twice": """
        SELECT deadline_id, person_id, rung, due_at FROM supervision_notice GROUP BY 1, 2, 3, 4 HAVING count(*) > 1""",
    "a person told twice of one clock in one sweep": """
        SELECT deadline_id, person_id, created_at FROM supervision_notice GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "a higher rung told before a lower one, to the same person": """
        SELECT a.id FROM supervision_notice a JOIN supervision_notice b USING (deadline_id, person_id, due_at)
        WHERE a.rung < b.rung AND a.id > b.id""",
    "a reaction queued twice": "SELECT event_id, reaction FROM workflow_outbox GROUP BY 1, 2 HAVING count(*) > 1",
    "two clocks of one act": """
        SELECT subject_id, policy, started_by_event_id FROM workflow_deadline
        GROUP BY subject_type, 1, 2, 3 HAVING count(*) > 1""",
    "one Message-ID on two notices": "SELECT message_id FROM supervision_notice GROUP BY 1 HAVING count(*) > 1",
}
# every ladder has a rung at the due moment
LOSSES = {
    "a clock past its moment of which nobody was told": """
        SELECT d.id FROM workflow_deadline d WHERE d.stopped_at IS NULL AND d.due_at < %(now)s AND NOT EXISTS (
        SELECT 1 FROM supervision_notice n WHERE n.deadline_id = d.id AND n.due_at = d.due_at AND n.rung >= 0)
        AND NOT EXISTS (SELECT 1 FROM supervision_fault f WHERE f.deadline_id = d.id)""",
    "a danger of which nobody was told": """
        SELECT d.id FROM workflow_deadline d WHERE d.stopped_at IS NULL AND d.policy = 'unsafe-answered'
        AND NOT EXISTS (SELECT 1 FROM supervision_notice n WHERE n.deadline_id = d.id)""",
    "a rung that nobody could hear": "SELECT id FROM workflow_deadline WHERE stopped_at IS NULL AND unheard_at IS NOT NULL",
    "a paper that could not be made": "SELECT id FROM reporting_document WHERE stage = 'failed'",
    "a reaction that failed": "SELECT id FROM workflow_outbox WHERE done_at IS NULL AND attempts > 0",
}
#: How often an act stands that carries this mark.
STANDS = {
    "begin": "SELECT count(*) FROM cases_incident WHERE log_ref = %(mark)s",
    "amend": "SELECT count(*) FROM audit_event WHERE changes #>> '{place,1}' = %(mark)s",
    "add": "SELECT count(*) FROM people_personname WHERE surname = %(mark)s",
    "send": "SELECT count(*) FROM workflow_approval WHERE evidence ->> 'note' = %(mark)s",
    "approve": "SELECT count(*) FROM workflow_approval WHERE reason = %(mark)s AND verdict = 'approved'",
    "return": "SELECT count(*) FROM workflow_approval WHERE reason = %(mark)s AND verdict = 'returned'",
    "correct": "SELECT count(*) FROM audit_event WHERE name = 'incident.correct' AND changes -> '' ->> 1 = %(digest)s",
    "unsafe": "SELECT count(*) FROM audit_event WHERE name = 'incident.unsafe' AND changes -> '' ->> 1 = %(digest)s",
    "safe": "SELECT count(*) FROM cases_unsafereport WHERE answer = %(mark)s",
    "warn": "SELECT count(*) FROM cases_safetywarning WHERE what = %(mark)s",
    "print": "SELECT count(*) FROM reporting_document WHERE id = %(paper)s",
}


@dataclass
class Verdict:
    """What was found wrong, in words; empty when all is well."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.twice or self.half)

    def __str__(self) -> str:
        return "\n".join(
            f"  {word}: {row}"
            for word, rows in (("LOST", self.lost), ("TWICE", self.twice), ("HALF", self.half))
            for row in rows
        )


def judge(stage: Stage, entries: list[Entry]) -> Verdict:
    """Everything that must hold, of the whole database, and of what these entries were told."""
    verdict = Verdict()
    now = stage.system.clock.now()
    for found, questions in ((verdict.half, HALVES), (verdict.twice, DOUBLES), (verdict.lost, LOSSES)):
        for name, question in questions.items():
            if rows := stage.ask(question, now=now):
                found.append(f"{name}: {len(rows)}, first {rows[0]}")
    for entry in entries:
        _compare(stage, entry, verdict)
    _mails(stage, verdict)
    return verdict


def _compare(stage: Stage, entry: Entry, verdict: Verdict) -> None:
    """A promise stands once; what was refused does not stand; what nobody knows stands once or not at all."""
    stands = standing(stage, entry)
    words = f"{entry.kind} of {entry.mark} by {entry.who}, told {entry.told.value}, stands {stands} times"
    if entry.told is Told.DONE and not stands:
        verdict.lost.append(words)
    elif stands > 1:
        verdict.twice.append(words)
    elif entry.told is Told.REFUSED and stands and entry.kind != "print":
        verdict.half.append(words)


def standing(stage: Stage, entry: Entry) -> int:
    """How often the act of this entry stands in the database. A paper is known by the address that was promised."""
    if entry.kind == "print" and entry.told is not Told.DONE:
        return 0
    paper = re.search(r"/documents/(\d+)/", entry.answer)
    values = {"mark": entry.mark, "digest": _digest(entry), "paper": int(paper[1]) if paper else 0}
    return stage.number(STANDS[entry.kind], **values)


def _digest(entry: Entry) -> str:
    """What the audit keeps of the evidence of a step: a digest, never the words."""
    name = "what" if entry.kind == "unsafe" else "reason"
    said = json.dumps({name: entry.mark}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"\n{said}".encode()).hexdigest()


def _mails(stage: Stage, verdict: Verdict) -> None:
    """Every notice said to be mailed was, and nothing was mailed that is no notice."""
    sent = set(message_ids(stage))
    rows = stage.ask("SELECT message_id, emailed_at IS NOT NULL FROM supervision_notice")
    kept = {str(message_id) for message_id, _ in rows}
    mailed = {str(message_id) for message_id, done in rows if done}
    verdict.lost += [f"a notice marked as mailed that was not: {found}" for found in sorted(mailed - sent)[:3]]
    verdict.half += [f"a mail of no notice: {found}" for found in sorted(sent - kept)[:3]]


def message_ids(stage: Stage) -> list[str]:
    """The Message-ID of each mail that went out, in no order; one sent again stands twice."""
    found: list[str] = []
    for file in stage.system.outbox.iterdir():
        found += re.findall(r"^Message-ID: (.+)$", file.read_text(errors="replace"), re.M)
    return [message_id.strip() for message_id in found]
