"""THE GATES of a survey: nobody is asked who did not agree, nor by a way or at a time that the plan in force does not allow.

The plan itself is asked in `cases.services.contact`, and nowhere else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Holding, UnsafeReport
from cases.models.answers.contact import Means
from cases.services.contact import NO_WAY, NOT_SET, RAN_OUT, allowed, in_force
from reporting.models import SurveyConsent
from workflow.clock import LONDON

NO_CONSENT = "Not available. They have not agreed to be asked how the police did."
UNSAFE = "Not yet. Somebody is said to be unsafe now. Nobody is asked how the police did before everyone is safe."
OWN_WORK = "Not available to you. You hold the investigation or its supervision, so somebody else must ask."
NOT_THE_CALLER = "Not yet. Say first that you will ask them: the person is told who rings."
HELD = "Not now. Nobody is asked with this questionnaire now. Ask the domestic abuse coordinator."
NOT_TRIED = "Not yet. Nobody has tried to reach them: record an attempt first."


def agreed(survey: Any, user: User) -> str:
    """Guard: the newest that the person said of being asked, in this case, is yes."""
    return "" if agrees(survey.case_id, survey.person_id) else NO_CONSENT


def agrees(case: int, person: int) -> bool:
    newest = SurveyConsent.objects.all().newest().filter(case=case, person=person).first()
    return newest is not None and newest.state == SurveyConsent.State.GIVEN


def nobody_unsafe(survey: Any, user: User) -> str:
    """Guard: a danger is answered before anybody is asked a question (I4)."""
    return UNSAFE if UnsafeReport.objects.filter(case=survey.case_id, answered_at__isnull=True).exists() else ""


def not_their_own_work(survey: Any, user: User) -> str:
    """Guard: whoever investigates or supervises does not ask how it went."""
    parts = (Holding.Part.INVESTIGATION, Holding.Part.SUPERVISION)
    own = Holding.objects.filter(case=survey.case_id, person=user, part__in=parts, to_at__isnull=True)
    return OWN_WORK if own.exists() else ""


def by_its_caller(survey: Any, user: User) -> str:
    """Guard: asked by a named person, who said so beforehand."""
    return "" if survey.caller_id == user.pk else NOT_THE_CALLER


def not_held(survey: Any, user: User) -> str:
    """Guard: a questionnaire that does harm is asked of nobody."""
    return HELD if survey.questionnaire.held_at is not None else ""


def tried(survey: Any, user: User) -> str:
    """Guard: somebody tried."""
    return "" if survey.attempts.exists() else NOT_TRIED


def may_be_asked(case: Case, way: str, at: datetime) -> str:
    """ "" where the plan in force then allowed this way at this moment (UTC), else the sentence that says why not."""
    plan = in_force(case, at)
    to = {} if plan is None else {Means.CALL: plan.call, Means.TEXT: plan.text_to or plan.call, Means.EMAIL: plan.email}
    return allowed(case, way, at, to.get(Means(way), ""), plan)


def no_way_at_all(plan: Any, at: datetime) -> str:
    """Why a plan lets nobody ask by any way; "" where it names a way. Asked of each who could be drawn."""
    if plan is None:
        return _(NOT_SET)
    if plan.nothing_known or not plan.ways:
        return _(NO_WAY)
    return _(RAN_OUT) if plan.ran_out(at.astimezone(LONDON).date()) else ""
