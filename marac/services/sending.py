"""What follows when a referral is sent, comes back, is taken in or is found to be of an investigation."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.models import Posting, User
from cases.models import Case, LinkedCase
from cases.services import end_unit, name_person, name_unit, raise_task
from cases.services.conference import keep_alike
from cases.services.holding import works_on
from cases.services.linking import link
from marac.models import Ground, Referral, Transfer
from marac.models.meeting import FORUM_STAFF
from marac.services.forums import terms_of
from marac.services.repeat import decide, months_after
from marac.services.sight import works_there
from workflow import engine
from workflow.clock import LONDON


def send(referral: Referral, by: User, at: datetime) -> None:
    """Set when it was first sent, whether it is a repeat (R-30), and until when every agency flags its files; name who
    runs the forum where the conference is restricted, and who wrote it where a party works for their agency. `at` is UTC.
    """
    referral.submitted_at, referral.submitted_by = referral.submitted_at or at, by
    judge_repeat(referral, at)
    terms = terms_of(referral.forum, at)
    referral.flag_until = months_after(referral.submitted_at.astimezone(LONDON).date(), terms.repeat_months)
    if referral.case.restricted:
        name_staff(referral, at)
    if referral.agency is not None and works_there(referral, referral.agency):
        end_unit(case=referral.case, unit=referral.agency.unit, at=at)
        name_person(case=referral.case, person=by)


def judge_repeat(referral: Referral, at: datetime) -> None:
    """Asked when it is sent and again when it is taken in: who is the same person may be known by then. The day that counts
    stays that on which it was sent: a coordinator who is slow takes nobody's year away (R-30).
    """
    found = decide(referral, terms_of(referral.forum, at), referral.submitted_at or at)
    referral.repeat_of, referral.repeat_because = found.of, found.because
    others = [ground for ground in referral.grounds if ground != Ground.REPEAT]
    referral.grounds = [*others, Ground.REPEAT.value] if found.is_repeat else others or referral.grounds


def name_staff(referral: Referral, at: datetime) -> None:
    """Coordinator and chair of the forum, on a restricted conference; agencies only those whom the chair names."""
    for person in staff_of(referral, at):
        name_person(case=referral.case, person=person)


def staff_of(referral: Referral, at: datetime) -> list[User]:
    """Who runs its forum at a moment (UTC)."""
    posts = Posting.objects.current(at).filter(role__in=FORUM_STAFF, unit_id__in=referral.forum.unit.lineage)
    return list(User.objects.filter(pk__in=posts.order_by().values("user_id")).order_by("pk"))


def run_by(case: Case) -> list[User]:
    """Who goes on running a conference that is restricted after its referral was sent: a forum that could not open it would
    lose it. Index: referral_one_to_a_conference.
    """
    if case.kind != Case.Kind.CONFERENCE:
        return []
    sent = Referral.objects.standing().filter(case=case, submitted_at__isnull=False).select_related("forum__unit")
    referral = sent.first()
    return staff_of(referral, timezone.now()) if referral else []


works_on(run_by)


def take_in(referral: Referral, by: User, at: datetime) -> None:
    """Accepted: a transfer is accepted with it, and what an agency tells of is recorded by the police (D.5)."""
    referral.accepted_at = at
    judge_repeat(referral, at)
    end_transfer(referral, "accepted", at)
    if referral.agency_id and referral.investigation_id is None:
        why = "An agency referred. If a crime is told of, record it and link the investigation; if not, say why not."
        raise_task(case=referral.case, kind="crime_disclosed", why=why, by=by, at=at)


def end_transfer(
    referral: Referral, step: str, at: datetime, reason: str = "Said by the forum that received it."
) -> None:
    """The forum that handed it on hears what this one did; nothing happens where it came from nowhere."""
    for transfer in Transfer.objects.standing().filter(received=referral, state=Transfer.State.SENT):
        said = {"reason": reason}
        engine.perform(transfer, step, by=User.objects.system(), evidence=said, seen=transfer.version, at=at)


def give_back(referral: Referral, at: datetime, reason: str) -> None:
    """What another forum handed on is withdrawn here before it was heard: it is that forum's again, whether it was taken
    already or not, so that she is nobody's for no day (R-34).
    """
    end_transfer(referral, "refused", at, reason)
    for transfer in Transfer.objects.standing().filter(received=referral, state=Transfer.State.ACCEPTED):
        said = {"reason": reason}
        engine.perform(transfer, "given-back", by=User.objects.system(), evidence=said, seen=transfer.version, at=at)


def link_to(referral: Referral, investigation: Case, by: User, at: datetime) -> None:
    """The conference stands beside the investigation from now on: its team sees it, and what keeps people out of the one
    keeps them out of the other.
    """
    referral.investigation = investigation
    link(case=investigation, other=referral.case, kind=LinkedCase.Kind.CONFERENCE, by=by, at=at)
    name_unit(case=referral.case, unit=investigation.unit, at=at)
    keep_alike(referral.case, investigation, by, at)
    if referral.case.restricted and referral.submitted_at:
        name_staff(referral, at)
