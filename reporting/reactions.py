"""What acts of lower apps cause here: the brief of a call on paper, as somebody is sent."""

from __future__ import annotations

from audit.models import Event
from cases.models import Call
from reporting import tasks
from reporting.ahead import make_ahead
from reporting.feedback.consent_follows import REACTIONS as OF_CONSENT
from workflow.reactions import Reaction, react


def print_ahead(event: Event) -> None:
    call = Call.objects.select_related("case__unit").get(pk=event.subject_id)
    make_ahead(call, event.by_id, tasks.send)


react(Reaction("brief-paper", "call.dispatch", print_ahead))

# --- feedback ---
react(*OF_CONSENT)
