"""What supervision keeps."""

from supervision.models.finding import Finding
from supervision.models.holiday import HolidayChange
from supervision.models.instrument import UseChange, VersionPublication
from supervision.models.notice import Digest, Fault, Heartbeat, Mail, Notice, Preference, new_message_id
from supervision.models.posting import PostingChange
from supervision.models.threshold import ThresholdChange
from supervision.models.view import Keyboard, QueueView
from supervision.models.webhook import Delivery, Subscription

__all__ = [
    "Delivery", "Subscription",
    "Keyboard", "QueueView",
    "Digest", "Fault", "Finding", "Heartbeat", "HolidayChange", "Mail", "Notice", "PostingChange", "Preference",
    "ThresholdChange", "UseChange", "VersionPublication", "new_message_id",
]  # fmt: skip
