"""What supervision keeps."""

from supervision.models.finding import Finding
from supervision.models.holiday import HolidayChange
from supervision.models.notice import Digest, Fault, Heartbeat, Mail, Notice, Preference, new_message_id
from supervision.models.posting import PostingChange
from supervision.models.threshold import ThresholdChange
from supervision.models.webhook import Delivery, Subscription

__all__ = [
    "Delivery", "Subscription",
    "Digest", "Fault", "Finding", "Heartbeat", "HolidayChange", "Mail", "Notice", "PostingChange", "Preference",
    "ThresholdChange", "new_message_id",
]  # fmt: skip
