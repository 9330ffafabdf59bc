"""THE TABLE of the final intelligence report: drafted when it is said how it ended, submitted, to be found everywhere (I10)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.steps.safety import SAFETY
from dvds.forms.concluding import Submitted, Uploaded
from dvds.models import FinalReport
from dvds.services.concluding import payload_of
from dvds.steps.roles import UNIT
from workflow.declare import Step, Workflow

Said = dict[str, Any]
S = FinalReport.State


def submit(report: Any, said: Said, by: User, at: datetime) -> None:
    """The payload as the record stands now: it is that which was submitted."""
    report.reference, report.submitted_at = said["reference"], said["submitted_at"]
    report.payload = payload_of(report.application, report.application.outcome, by)
    report.save(update_fields=["payload"])


def upload(report: Any, said: Said, by: User, at: datetime) -> None:
    report.uploaded_at, report.agencies, report.review_on = said["uploaded_at"], said["agencies"], said["review_on"]


# fmt: off
FINAL_REPORT = Workflow("final-report", FinalReport, S,
    Step("submit", "Record that it was submitted",    S.DRAFTED,   S.SUBMITTED, UNIT, Submitted, effect=submit, done="Final report submitted"),
    Step("upload", "Record that it can be found",     S.SUBMITTED, S.UPLOADED,  UNIT, Uploaded,  effect=upload, done="Final report can be found through PND"),
    *SAFETY,
    label="final intelligence report", finished=(S.UPLOADED,),
)
# fmt: on
