"""How somebody is referred in the tests of safeguarding: Hannah's case with two children, and what is said of each kind."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Involvement
from safeguarding.models import Agency, OnwardReferral, Service
from tests.cast import take
from workflow.reactions import run_due

TOLD = "She says he comes back each night and the children hide under the stairs until he sleeps."


def of_part(case: Case, part: str) -> list[int]:
    """Who has this part in the case, in the order of the record."""
    rows = Involvement.objects.standing().filter(case=case, part=part).order_by("pk")
    return list(dict.fromkeys(rows.values_list("person_id", flat=True)))


def said_of(agency: Agency, **more: Any) -> dict[str, Any]:
    """What every referral says."""
    said = {
        "agency": agency.pk, "basis": "safeguarding", "consent": "given", "consent_because": "", "told": "yes", "shared": TOLD,
        "sent_how": "system",
    }  # fmt: skip
    return {**said, **more}


def refer(case: Case, step: str, by: User, agency: Agency, **more: Any) -> OnwardReferral:
    """Sent, and what follows from it done."""
    made: OnwardReferral = take(OnwardReferral(case=case), step, by, **said_of(agency, **more))
    run_due()
    return OnwardReferral.objects.get(pk=made.pk)


def children_referred(case: Case, by: User, agency: Agency, **more: Any) -> OnwardReferral:
    said = {"people": of_part(case, "child"), "threshold": "s17", "danger_now": "no", **more}
    return refer(case, "refer-children", by, agency, **said)


def adviser_asked(case: Case, by: User, agency: Agency, **more: Any) -> OnwardReferral:
    return refer(case, "refer-adviser", by, agency, **{"person": of_part(case, "victim")[0], **more})


def answered(referral: OnwardReferral, step: str, by: User, **said: Any) -> OnwardReferral:
    """The agency says something at its own sign-in, and it is carried over."""
    take(referral.received, step, by, **said)
    run_due()
    return OnwardReferral.objects.get(pk=referral.pk)


def offered(by: User, agency: Agency, **more: Any) -> Service:
    """A service of the directory."""
    said = {
        "agency": agency.pk, "name": "Safe at home", "what": "Locks, alarms and somebody who comes round.", "needs": ["home"],
        "serves": ["women"], "languages": ["pl"], "area": "Northgate", "how": "By telephone, or an officer refers.",
        "telephone": "01632 960 001", "opening": "Monday to Friday", "places": 20,
        "verified_on": timezone.localdate().isoformat(), **more,
    }  # fmt: skip
    made: Service = take(Service(), "record", by, **said)
    return made
