"""THE TABLES of a partner agency and of its information-sharing agreement (S0-004, S2-040, D.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Posting, Unit, User
from accounts.roles import roles
from safeguarding.forms.agency import AgencyChanged, Corrected, NewAgency, Reviewed, Signed
from safeguarding.models import Agency, Agreement
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S, G = Agency.State, Agreement.State
KEEPERS = roles("marac_coordinator", "da_coordinator", "administrator")
NOT_YOUR_UNIT = "Your role does not reach that unit. Name a unit of yours, or ask an administrator."


def keep_agency(agency: Any, said: Said, by: User, at: datetime) -> None:
    """The agency with a unit of its own. Raises Refused where the role does not reach the unit above it."""
    above = said["beneath"]
    if not by.holds(KEEPERS, above, at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)
    agency.unit = Unit.objects.plant(said["name"], said["code"], parent=above)
    agency.kind = said["kind"]
    keep_reached(agency, said, by, at)


def keep_reached(agency: Any, said: Said, by: User, at: datetime) -> None:
    for name in ("area", "pathway", "email", "telephone", "out_of_hours"):
        setattr(agency, name, said[name])


def nobody_represents(agency: Any, user: User) -> str:
    """Guard: nobody signs in for an agency that works with us no longer."""
    posted = Posting.objects.filter(Q(to_at__isnull=True) | Q(to_at__gt=timezone.now()), unit=agency.unit)
    return "Not yet. The postings of its representatives must end first." if posted.exists() else ""


def of_a_working_agency(agreement: Any, user: User) -> str:
    """Guard: begun on the page of an agency that works with us."""
    if agreement.agency_id is None:
        return "Not available here. Record it on the page of the agency."
    return "" if agreement.agency.state == S.WORKING else "Not available. The agency works with us no longer."


def keep_signature(agreement: Any, said: Said, by: User, at: datetime) -> None:
    agreement.unit = agreement.agency.unit
    agreement.edition, agreement.signed_on, agreement.review_on = said["edition"], said["signed_on"], said["review_on"]
    keep_said(agreement, said, by, at)


def keep_said(agreement: Any, said: Said, by: User, at: datetime) -> None:
    for name in ("signatory", "protection_officer", "purpose", "basis"):
        setattr(agreement, name, said[name])


def keep_review(agreement: Any, said: Said, by: User, at: datetime) -> None:
    agreement.review_on = said["review_on"]


def end_today(agreement: Any, said: Said, by: User, at: datetime) -> None:
    agreement.ended_on = at.astimezone(LONDON).date()


# fmt: off
AGENCY = Workflow("agency", Agency, S,
    Step("record", "Record a partner agency",       NEW,       S.WORKING, KEEPERS, NewAgency,     effect=keep_agency,  done="Partner agency recorded"),
    Step("change", "Change how it is reached",      ANY,       STAYS,     KEEPERS, AgencyChanged, effect=keep_reached, done="Partner agency changed"),
    Step("close",  "It works with us no longer",    S.WORKING, S.CLOSED,  KEEPERS, Reason, guards=(nobody_represents,), done="Partner agency closed"),
    Step("reopen", "It works with us again",        S.CLOSED,  S.WORKING, KEEPERS, Reason, done="Partner agency opened again"),
    label="partner agency", finished=(S.CLOSED,),
)
AGREEMENT = Workflow("agreement", Agreement, G,
    Step("sign",   "Record a signed agreement",     NEW,       G.SIGNED,  KEEPERS, Signed,   guards=(of_a_working_agency,), effect=keep_signature, done="Information-sharing agreement signed"),
    Step("review", "It was looked at again",        G.SIGNED,  STAYS,     KEEPERS, Reviewed, effect=keep_review,    done="Information-sharing agreement reviewed"),
    Step("correct", "Correct what it says",         ANY,       STAYS,     KEEPERS, Corrected, effect=keep_said,     done="Information-sharing agreement corrected"),
    Step("end",    "It counts no longer",           G.SIGNED,  G.ENDED,   KEEPERS, Reason,   effect=end_today,      done="Information-sharing agreement ended", proof=True),
    label="information-sharing agreement", finished=(G.ENDED,),
)
# fmt: on
