"""A high grade asks for an independent adviser by itself (R-41), unless it was said why not."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import ActionTaken, Case, Involvement
from cases.models.answers import Accepted, PositiveAction
from safeguarding.models import Agency, AgencyKind, Basis, Consent, OnwardReferral, ReferralKind, SentHow
from safeguarding.models.referral import open_states
from workflow import engine

BY_RULE = "Referred by itself on a high grade. Nobody has recorded an answer."
BY_FORUM = "Referred by itself with a referral to MARAC. Nobody has recorded an answer."


def refer_to_adviser(case: Case, at: datetime, *, by_forum: bool = False) -> None:
    """Prepare the referral of the person harmed, and send it where nothing stands against it.

    Nothing is sent by itself on a restricted case, where no agency or more than one could be meant, where its agreement does
    not count, or where the record says that an adviser was declined or not offered and why: then an officer decides in time.
    `by_forum`: because of a referral to MARAC, whatever the grade. `at` is UTC.
    """
    person = harmed(case)
    rows = OnwardReferral.objects.standing().filter(case=case, kind=ReferralKind.IDVA)
    if person is None or case.state != Case.State.OPEN or rows.filter(state__in=open_states()).exists():
        return
    system, agency = User.objects.system(), only_one()
    said = {"person": person, "agency": agency.pk if agency else "", "by_forum": by_forum}
    prepared: OnwardReferral = engine.perform(OnwardReferral(case=case), "prepare", by=system, evidence=said, at=at)
    if agency is not None and not case.restricted and not said_why_not(case):
        said_so = agreed(case)
        evidence = {
            "person": person, "agency": agency.pk, "basis": Basis.SAFEGUARDING, "sent_how": SentHow.SYSTEM,
            "consent": Consent.GIVEN if said_so else Consent.NOT_ASKED,
            "consent_because": "" if said_so else _(BY_FORUM if by_forum else BY_RULE),
            "told": "yes" if said_so else "no",
            "untold_because": "" if said_so else _("The officer tells the person when that is safe."),
            "shared": prepared.shared,
        }  # fmt: skip
        engine.perform(prepared, "send", by=system, evidence=evidence, seen=prepared.version, at=at)


def harmed(case: Case) -> int | None:
    """The person harmed whom the case is about, as last recorded."""
    rows = Involvement.objects.standing().filter(case=case, part=Involvement.Part.VICTIM)
    found: int | None = rows.order_by("-pk").values_list("person_id", flat=True).first()
    return found


def only_one() -> Agency | None:
    """The one adviser service that works with us and whose agreement counts; None where there are more, or none."""
    found = list(Agency.objects.all().agreed(timezone.localdate()).filter(kind=AgencyKind.IDVA)[:2])
    return found[0] if len(found) == 1 else None


def offers(case: Case) -> Q:
    return Q(struck_out_at__isnull=True, case=case, kind=PositiveAction.IDVA)


def said_why_not(case: Case) -> bool:
    """Whether the record says, with words, that an adviser was declined or not offered."""
    refused = Q(answer__in=[Accepted.DECLINED, Accepted.NOT_OFFERED]) & ~Q(what="")
    return ActionTaken.objects.filter(offers(case), refused).exists()


def agreed(case: Case) -> bool:
    return ActionTaken.objects.filter(offers(case), answer=Accepted.ACCEPTED).exists()
