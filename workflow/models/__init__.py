"""The nouns of the engine, one file to a noun."""

from workflow.models.approval import Approval
from workflow.models.deadline import Deadline, DueChange
from workflow.models.draft import Draft, Once
from workflow.models.flag import FlagSetting
from workflow.models.holiday import Holiday
from workflow.models.outbox import Outbox
from workflow.models.record import (
    About,
    CaseRecord,
    RecordQuerySet,
    Refusal,
    Refused,
    StatefulRecord,
    folder_model,
)
from workflow.models.reference import ReferenceEntry
from workflow.models.setting import PolicySetting

__all__ = [
    "About", "Approval", "CaseRecord", "Deadline", "Draft", "DueChange", "FlagSetting", "Holiday", "Once", "Outbox",
    "PolicySetting",
    "RecordQuerySet", "ReferenceEntry", "Refusal", "Refused", "StatefulRecord", "folder_model",
]  # fmt: skip
