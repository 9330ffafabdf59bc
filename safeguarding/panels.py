"""What safeguarding shows round every page, on a case, beside a step, and to a partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import PARTNERS
from cases.models import Case
from cases.panels import Panel, show
from cases.panels.timeline import Words, tell
from safeguarding import panels_of_encompass  # noqa: F401 - it declares itself
from safeguarding.models import Exchange, JointAction, OnwardReferral, ProgrammeLook
from safeguarding.services import reach_words
from safeguarding.services.going_out import NEED_THE_ADDRESS
from safeguarding.steps import ONWARD
from safeguarding.views.agencies import READERS
from safeguarding.views.agency_home import referrals_waiting
from safeguarding.views.children import LOOKS_AFTER_CHILDREN
from safeguarding.waiting import Waiting, waits
from workflow.pages import Entry, navigate, step_context

FEW = 5
S = OnwardReferral.State

navigate(
    Entry("Partner agencies", "agencies", 66, READERS, menu="safeguarding"),
    Entry("Services", "services", 67, READERS, menu="safeguarding"),
    Entry("Children exposed", "children-exposed", 68, LOOKS_AFTER_CHILDREN, menu="people"),
    Entry("Your agency", "agency-home", 10, PARTNERS),
)
waits(
    Waiting(
        "referrals", "Referrals sent to you", referrals_waiting, "safeguarding/waiting_referral.html",
        "No referral waits for your agency", order=40,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest referrals of a case, the newest of what was shared, and the actions that partners still owe.

    Drawn where there is nothing too: whoever looks for a service begins here.
    """

    referrals: list[OnwardReferral]
    shared: list[Exchange]
    actions: list[JointAction]


def asked_of_others(case: Case, user: User, at: datetime) -> Asked:
    """Three queries. Indexes: onward_referral_of_case, exchange_of_case, joint_action_of_case."""
    referrals = OnwardReferral.objects.as_at(at).filter(case=case).select_related("agency__unit", "service")
    shared = Exchange.objects.as_at(at).filter(case=case).select_related("agency__unit")
    actions = JointAction.objects.as_at(at).filter(case=case).select_related("agency__unit")
    return Asked(
        list(referrals.order_by("-pk")[:FEW]), list(shared.order_by("-at", "-pk")[:FEW]),
        list(actions.filter(state=JointAction.State.AGREED).order_by("due_on", "pk")[:FEW]),
    )  # fmt: skip


show(
    Panel(
        "onward-referrals", "Referrals and partners", asked_of_others, "safeguarding/panels/asked.html",
        "safeguarding/paper/asked.html", kinds=frozenset({"investigation"}), order=40, side=True,
    ),
)  # fmt: skip


def referrals_of(case: Case) -> Any:
    return OnwardReferral.objects.filter(case=case)


SENT = [step.name for step in ONWARD.steps if step.target == S.SENT]
tell(
    *(Words(f"onward-referral.{step}", referrals_of, "recorded_at", "shared", happened="sent_at", itself=True)
      for step in SENT if step != "send"),
    Words("onward-referral.decline", referrals_of, "decided_at", "decision_words", itself=True),
    Words("onward-referral.end", referrals_of, "ended_at", "outcome_words", itself=True),
    Words("onward-referral.look", lambda case: ProgrammeLook.objects.filter(case=case), "recorded_at", "words"),
    Words("exchange.give", lambda case: Exchange.objects.filter(case=case), "recorded_at", "what", happened="at", itself=True),
    Words("exchange.receive", lambda case: Exchange.objects.filter(case=case), "recorded_at", "what", happened="at", itself=True),
    *(Words(f"joint-action.{step}", lambda case: JointAction.objects.filter(case=case), "ended_at", "outcome", itself=True)
      for step in ("done", "not-done", "not-possible")),
)  # fmt: skip


# --- what stands beside the boxes of a referral: what goes to them besides what is typed ---


def goes_with_it(request: HttpRequest, referral: OnwardReferral) -> dict[str, Any]:
    """The safe way goes with a referral to whoever speaks to the person; nothing else of the case does."""
    if referral.case_id is None:
        return {}
    kind = referral.kind or KIND_OF.get(request.path.rstrip("/").rpartition("/")[2], "service")
    reach = reach_words(referral.case, kind, timezone.now())
    said = [
        _("the names, births and home of those you choose, as this case knows them")
        if kind in NEED_THE_ADDRESS
        else _("the names and births of those you choose, as this case knows them"),
        *([_("how the person harmed is reached: %(way)s") % {"way": reach.replace("\n", "; ")}] if reach else []),
        _("what you write below, and your name; nothing else of the case, and not its reference"),
    ]
    return {"consequences": said, "consequences_title": _("This goes to them:")}


KIND_OF = {
    "refer-children": "children", "refer-adult": "adult", "refer-adviser": "idva", "refer-programme": "programme",
    "refer": "service",
}  # fmt: skip
for one in (*KIND_OF, "send"):
    step_context(f"onward-referral.{one}")(goes_with_it)
