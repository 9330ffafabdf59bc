"""The pages that every workflow has, made from its table: the record, its steps, its sections, its rows, its dates."""

from workflow.pages.furniture import Entry, frame, navigate, notices_counted_by
from workflow.pages.records import open_record, record_page, step_context
from workflow.pages.refusals import refused

__all__ = [
    "Entry", "frame", "navigate", "notices_counted_by", "open_record", "record_page", "refused", "step_context",
]  # fmt: skip
