"""THE TABLES of what partners say of us, of consultations, and of the minutes of reviews with partners."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import PARTNERS
from reporting.feedback.people import DECIDERS, KEEPERS, SURVEYORS, unit_of
from reporting.feedback.saying import answers_in
from reporting.forms.heard import ConsultationChanged, Consulted, PartnerSays, ReviewCorrected, ReviewSaid
from reporting.models import Consultation, OutcomeReview, PartnerAnswer, PartnerFeedback, Questionnaire, ReviewPresence
from reporting.models.feedback import Audience, Stage
from safeguarding.models import Agency
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
P, C, R = PartnerFeedback.State, Consultation.State, OutcomeReview.State
LOGGERS = KEEPERS | DECIDERS | SURVEYORS
NOT_ASKED = "Not available. No questionnaire for partners is in use now."
NO_AGENCY = "Not available. You represent no agency that works with the force now."
SAID_ALREADY = "You have said this for this quarter already. Open what you said and correct it."
NOT_YOURS = "Only whoever said it may correct it."


def quarter_of(at: datetime) -> date:
    """The first day of the quarter (London) in which a moment (UTC) lies."""
    day = at.astimezone(LONDON).date()
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def is_asked(feedback: Any, user: User) -> str:
    """Guard: there is something to answer."""
    return "" if Questionnaire.objects.all().in_use(Audience.PARTNER).exists() else NOT_ASKED


def represents_an_agency(feedback: Any, user: User) -> str:
    """Guard: whoever answers does so for their agency."""
    return "" if Agency.objects.all().of(user).working().exists() else NO_AGENCY


def not_said_yet(feedback: Any, user: User) -> str:
    """Guard: one voice counts once in a quarter."""
    said = PartnerFeedback.objects.filter(recorded_by=user, quarter=quarter_of(timezone.now()))
    return SAID_ALREADY if said.exists() else ""


def keep_feedback(feedback: Any, said: Said, by: User, at: datetime) -> None:
    """In the name of the representative's agency. Raises Refused where this voice was counted in the quarter."""
    feedback.agency = Agency.objects.all().of(by).working().order_by("pk")[0]
    feedback.unit, feedback.quarter = feedback.agency.unit, quarter_of(at)
    feedback.questionnaire = Questionnaire.objects.all().in_use(Audience.PARTNER).get()
    if PartnerFeedback.objects.filter(agency=feedback.agency, recorded_by=by, quarter=feedback.quarter).exists():
        raise Refused(Refusal.GUARD, SAID_ALREADY)
    feedback.words = said["words"]
    feedback.save()
    for row in answers_in(feedback.questionnaire.asked_of(Stage.TOGETHER), said):
        PartnerAnswer.objects.create(feedback=feedback, **row)


def keep_corrected(feedback: Any, said: Said, by: User, at: datetime) -> None:
    """An answer that is taken back keeps its history."""
    feedback.words = said["words"]
    now = {row["question"].pk: row for row in answers_in(feedback.questionnaire.asked_of(Stage.TOGETHER), said)}
    for answer in feedback.answers.all():
        row = now.pop(answer.question_id, None)
        if row is not None:
            answer.value, answer.words = row["value"], row["words"]
            answer.save(update_fields=["value", "words"])
    for row in now.values():
        PartnerAnswer.objects.create(feedback=feedback, **row)


def by_who_said_it(feedback: Any, user: User) -> str:
    """Guard: nobody puts words in another's mouth."""
    return "" if feedback.recorded_by_id == user.pk else NOT_YOURS


def keep_consultation(consultation: Any, said: Said, by: User, at: datetime) -> None:
    consultation.unit = unit_of(by, LOGGERS, at)
    keep_said(consultation, said, by, at)


def keep_review(review: Any, said: Said, by: User, at: datetime) -> None:
    review.unit = unit_of(by, KEEPERS | DECIDERS, at)
    keep_said(review, said, by, at)
    review.save()
    keep_presence(review, said, at)


def keep_changed(review: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(review, said, by, at)
    keep_presence(review, said, at)


def keep_presence(review: Any, said: Said, at: datetime) -> None:
    """Who was there as it was said last; whoever was named by mistake is struck out."""
    standing = review.presences.filter(struck_out_at__isnull=True)
    standing.exclude(agency__in=said["agencies"]).update(struck_out_at=at)
    known = set(standing.values_list("agency_id", flat=True))
    new = [ReviewPresence(review=review, agency_id=one) for one in said["agencies"] if one not in known]
    ReviewPresence.objects.bulk_create(new)


def issue(review: Any, said: Said, by: User, at: datetime) -> None:
    review.issued_at = at


# fmt: off
PARTNER_FEEDBACK = Workflow("partner-feedback", PartnerFeedback, P,
    Step("give",    "Say how the police work with you",  NEW, P.GIVEN, PARTNERS, PartnerSays, guards=(is_asked, represents_an_agency, not_said_yet), effect=keep_feedback, done="Feedback of a partner given"),
    Step("correct", "Correct what you said",             ANY, STAYS,   PARTNERS, PartnerSays, guards=(by_who_said_it,), effect=keep_corrected, done="Feedback of a partner corrected"),
    label="feedback of a partner", finished=(P.GIVEN,),
)

CONSULTATION = Workflow("consultation", Consultation, C,
    Step("log",     "Log a consultation",                NEW, C.LOGGED, LOGGERS, Consulted,           effect=keep_consultation, done="Consultation logged"),
    Step("change",  "Correct what is said of it",        ANY, STAYS,    LOGGERS, ConsultationChanged, done="Consultation corrected"),
    label="consultation", finished=(C.LOGGED,),
)

REVIEW = Workflow("outcome-review", OutcomeReview, R,
    Step("minute",  "Write the minutes of a review",     NEW,     R.DRAFT,  KEEPERS | DECIDERS, ReviewSaid,      effect=keep_review,  done="Minutes of a review begun"),
    Step("issue",   "Issue them to those who were there", R.DRAFT, R.ISSUED, DECIDERS,          Reason,          effect=issue,        done="Minutes of a review issued"),
    Step("correct", "Correct the minutes",               ANY,     STAYS,    KEEPERS | DECIDERS, ReviewCorrected, effect=keep_changed, done="Minutes of a review corrected"),
    label="review of outcomes with partners", finished=(R.ISSUED,),
)
# fmt: on
