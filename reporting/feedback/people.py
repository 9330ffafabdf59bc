"""Who does what with feedback. There is no role of a surveyor: whoever looks after people harmed asks them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Posting, User
from accounts.roles import COMMAND, FRONTLINE, SPECIALISTS, roles
from workflow.models import Refusal, Refused

#: Asks people harmed: the domestic abuse specialists and coordinators of the unit, who look after them anyhow.
SURVEYORS = SPECIALISTS
#: Records whether somebody agrees to be asked: whoever speaks with them.
HEARS_CONSENT = FRONTLINE
#: Writes the questionnaires, keeps the log of consultations, the findings and the minutes of reviews.
KEEPERS = roles("da_coordinator", "analyst")
#: Sets the sample, puts a questionnaire in use, decides what is done about a finding.
DECIDERS = roles("da_coordinator", "superintendent", "command", "chief_officer")
#: Reads the scores.
READS_SCORES = COMMAND | KEEPERS | DECIDERS | roles("auditor", "da_specialist")
#: Reads what one person answered, of a case that they may open.
READS_ANSWERS = SURVEYORS | roles("analyst", "auditor")

NOBODYS = "Your role is held over no unit now. Ask an administrator."


def unit_of(by: User, who: frozenset[str], at: datetime) -> Any:
    """The unit over which somebody holds one of the roles, the one nearest to the whole force. Raises Refused if none."""
    posts = Posting.objects.current(at).filter(user=by, role__in=who).select_related("unit").order_by("pk")
    found = sorted((post.unit for post in posts), key=lambda unit: (len(unit.lineage), unit.pk))
    if not found:
        raise Refused(Refusal.ROLE, NOBODYS)
    return found[0]
