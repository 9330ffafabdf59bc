"""What goes out with a referral, taken from the case that sends it and from no other; and the rows that follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.models.known_here import known_here
from cases.services.contact import in_force
from people.models import Address
from safeguarding.models import (
    Agency,
    Exchange,
    OnwardReferral,
    ReferralKind,
    ReferralReceived,
    ReferralSubject,
    SentHow,
)
from safeguarding.services.logging_sent import log_sent
from workflow import engine

K = ReferralKind
#: Whoever goes to the door, or keeps somebody in their home, must know where that is. Nobody else is told the address.
NEED_THE_ADDRESS = frozenset({K.CHILDREN, K.ADULT, K.MASH, K.EARLY_HELP, K.HOUSING})
NO_HOME = (Address.Whose.WORK, Address.Whose.POST)
#: Who speaks to the person harmed, and so must know how that is safe.
NEED_THE_WAY = frozenset({K.CHILDREN, K.ADULT, K.MASH, K.EARLY_HELP, K.HOUSING, K.HEALTH, K.IDVA, K.SERVICE})


def about_words(case: int, people: Iterable[int], kind: str) -> str:
    """One line for each: "Hannah Okoro, born 4 May 1991 (person harmed), 3 Mill Lane". Facts of this case alone."""
    here, wanted = known_here(case), list(dict.fromkeys(people))
    homes = homes_of(case, wanted) if kind in NEED_THE_ADDRESS else {}
    lines = []
    for person in wanted:
        part = here.parts.get(person, "").lower()
        name = next(iter(here.names.get(person, [])), _("Name not known"))
        born = next((_("born %(day)s") % {"day": day_or_year(day)} for day in here.births.get(person, [])), "")
        said = ", ".join(filter(None, (name, born)))
        lines.append(", ".join(filter(None, (f"{said} ({part})" if part else said, homes.get(person, "")))))
    return "\n".join(lines)


def day_or_year(said: str) -> str:
    """2019-03-02 as 2 March 2019; a year alone as it is."""
    return date_format(date.fromisoformat(said), "j F Y") if len(said) > 4 else said


def homes_of(case: int, people: list[int]) -> dict[int, str]:
    """{person: line and postcode}, where the case has learned that they live now: no work place, and no address for their
    post alone. Index: address_of_person.
    """
    rows = Address.objects.standing().now().filter(case=case, person__in=people).exclude(whose__in=NO_HOME)
    newest = rows.order_by("person", "-recorded_at", "-pk").distinct("person")
    return {home.person_id: ", ".join(filter(None, (home.line, home.postcode))) for home in newest}


def reach_words(case: Case, kind: str, at: datetime) -> str:
    """How the person harmed is reached safely, and how never; "" for an agency that has nothing to say to them."""
    if kind not in NEED_THE_WAY:
        return ""
    plan = in_force(case, at)
    if plan is None or plan.nothing_known or not plan.ways:
        return _("No safe way is known. Do not contact the person before you have asked the police.")
    ways = "; ".join(f"{label}: {where}" if where else label for label, where in plan.ways)
    said = [
        _("Safe: %(ways)s") % {"ways": ways}, _("When: %(times)s") % {"times": plan.times} if plan.times else "",
        _("Never: %(never)s") % {"never": plan.never} if plan.never else "",
        _("Language: %(language)s") % {"language": plan.language} if plan.language else "",
    ]  # fmt: skip
    return "\n".join(filter(None, said))


def goes_out(referral: OnwardReferral, at: datetime) -> None:
    """The rows that follow once something was sent: who it is about, the entry of the exchange log, and what the agency
    reads of it where it reads it here. Does nothing a second time.
    """
    system = User.objects.system()
    if not referral.subjects.exists():
        ReferralSubject.objects.bulk_create(
            ReferralSubject(case=referral.case, referral=referral, person_id=person, recorded_by=referral.recorded_by)
            for person in referral.people
        )
    if not Exchange.objects.filter(referral=referral).exists():
        log_sent(
            case=referral.case, agency=the_agency(referral), what=f"{referral.about}\n{referral.shared}", basis=referral.basis,
            how=referral.sent_how, sent_at=referral.sent_at or at, at=at, referral=referral, vital_because=referral.vital_because,
        )  # fmt: skip
    here = referral.sent_how == SentHow.SYSTEM
    if here and not ReferralReceived.objects.filter(referral=referral).exists():
        engine.perform(theirs(referral, at), "receive", by=system, evidence={}, at=at)


def the_agency(referral: OnwardReferral) -> Agency:
    """To whom it was sent; a referral that was sent names its agency, or the database refuses it."""
    if referral.agency is None:
        raise LookupError("A referral that was sent names its agency.")
    return referral.agency


def theirs(referral: OnwardReferral, at: datetime) -> ReferralReceived:
    """What the agency reads, frozen: whom it is about, what they are told, and whom to ask. No reference, no other case."""
    agency = the_agency(referral)
    return ReferralReceived(
        referral=referral, agency=agency, unit=agency.unit, kind=referral.kind, urgent=referral.danger_now == "yes",
        about=referral.about, words=told_words(referral), because=because_words(referral),
        reach=reach_words(referral.case, referral.kind, at), contact=asks_words(referral),
    )  # fmt: skip


def asks_words(referral: OnwardReferral) -> str:
    """Whom the agency asks: whoever sent it, or whoever holds the case where the system did; their team."""
    holder = referral.case.holder_of("investigation")
    sender = referral.recorded_by
    if sender.username == User.SYSTEM and holder is not None:
        sender = User.objects.get(pk=holder)
    named = "" if sender.username == User.SYSTEM else sender.title()
    return ", ".join(filter(None, (named, referral.case.unit.name)))[:200]


def told_words(referral: OnwardReferral) -> str:
    """What they are told, with what the form asked besides."""
    pairs: list[tuple[str, str]] = [
        (_("Service"), str(referral.service or "")),
        (_("Reason"), referral.get_threshold_display()),
        (_("In danger now"), referral.get_danger_now_display()),
        (_("Police protection"), referral.get_police_protection_display()),
        (_("Needs care or support"), referral.get_has_needs_display()),
        (_("Abused, or at risk of it"), referral.get_at_risk_display()),
        (_("Not able to protect themselves"), referral.get_cannot_protect_display()),
        (
            _("Can decide about this"),
            " ".join(filter(None, (referral.get_capacity_display(), referral.capacity_words))),
        ),
        (_("What the person wants"), referral.wishes),
    ]
    return "\n".join([referral.shared, *(f"{label}: {words}" for label, words in pairs if words)])


def because_words(referral: OnwardReferral) -> str:
    pairs = [
        (_("Lawful basis"), referral.get_basis_display()),
        (_("Whether they agreed"), ". ".join(filter(None, (referral.get_consent_display(), referral.consent_because)))),
        (_("Knows of this referral"), ". ".join(filter(None, (referral.get_told_display(), referral.untold_because)))),
    ]
    return "\n".join(f"{label}: {words}" for label, words in pairs if words)[:2000]
