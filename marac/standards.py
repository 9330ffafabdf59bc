"""What a case and its safety plan owe a forum before they are closed (C, S2-001, S2-038)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case, Incident
from cases.models.standard import Standard, standard
from marac.models import ForumAction
from risk.services.kept_open import keeps_plans_open


def actions_open(case: Case, incidents: Sequence[Incident]) -> dict[int | None, str]:
    """What agencies took upon themselves for this person has ended, whatever came of it."""
    count = ForumAction.objects.open().about([case.pk]).count()
    words = ngettext("%(count)s action of a forum is open", "%(count)s actions of a forum are open", count)
    return {None: words % {"count": count}} if count else {}


def action_keeps_plan(case: int) -> str:
    """A plan is not closed while a forum's action about the same person is open. Index: referral_of_investigation."""
    still = ForumAction.objects.open().about([case]).exists()
    return _("Not yet. An action that a forum set is still open.") if still else ""


standard(Standard("forum-actions", "What a forum agreed has been done or ended", actions_open, "C, S2-038 [R]"))
keeps_plans_open(action_keeps_plan)
