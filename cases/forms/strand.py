"""What is said when a case is linked with a matter kept elsewhere."""

from __future__ import annotations

from cases.models.strand import Strand
from workflow.forms import Choice, EvidenceForm, ShortText


class LinkedWith(EvidenceForm):
    strand = Choice(Strand, label="What is it linked with?", needed="Choose what it is linked with")
    system = ShortText(
        label="Which system keeps it?", needed="Say which system keeps it", max_length=100,
        hint="For example: child protection, missing persons",
    )  # fmt: skip
    reference = ShortText(label="Its reference there", needed="Enter its reference there", max_length=60, width=20)
    note = ShortText(label="Anything to add?", max_length=500, required=False)
