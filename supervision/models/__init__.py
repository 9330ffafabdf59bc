"""What supervision keeps."""

from supervision.models.notice import Fault, Heartbeat, Notice, new_message_id

__all__ = ["Fault", "Heartbeat", "Notice", "new_message_id"]
