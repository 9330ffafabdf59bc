"""THE TABLE of a pack: asked for, made by the worker, told of in words, sent to a named person, signed off or sent back, withdrawn.

Its figures are frozen when it is made. Words and a signature come later and are pressed anew; the earlier papers stay.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import SYSTEM
from reporting.forms.pack import FigureAsked, PackAsked, SentBack, SentToSign, Shut, Signing, TakenOut, Written
from reporting.forms.survey import Pressed
from reporting.models import PackCode, Snapshot, SnapshotJob, SnapshotWords
from reporting.models.snapshot import DESKS
from reporting.packs import table
from reporting.packs.calendar import standing
from reporting.packs.declare import PACKS
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.forms import Reason
from workflow.models import Approval, Refusal, Refused
from workflow.models.record import about

Said = dict[str, Any]
S = Snapshot.State
MAKERS = frozenset().union(*(pack.makes for pack in table.TABLE if pack.code != PackCode.FIGURE))
PRINTERS = PACKS[PackCode.FIGURE].makes
SIGNERS = frozenset().union(*(pack.signs for pack in table.TABLE))
OF = "pack"
NOT_YOURS = "Your role does not make this pack of that unit. Ask an analyst."
THERE = (
    "This pack of that time and unit is there already: pack %(number)s. Open it, or withdraw it with a reason first."
)
NOT_MADE = "Not yet. The pack is still being made. Wait until it is ready."
NOT_NAMED = "Only %(person)s signs this pack off. Ask whoever sent it to take it back and send it to you."
OWN = "You cannot do this. You sent it, so somebody else must decide."


def ask(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where the role does not reach the unit, or one stands already."""
    begin(snapshot, said["pack"], said, by)


def print_figure(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    """The same for one page of the explorer: one a day of the same question."""
    snapshot.of, snapshot.asked_on = said["of"], timezone.localdate(at)
    begin(snapshot, PackCode.FIGURE, said, by)


def begin(snapshot: Any, code: str, said: Said, by: User) -> None:
    unit, window = said["over"], said["window"]
    makes = PACKS[code].makes
    if not by.holds(makes | SYSTEM, unit) and not by.holds(makes & DESKS, None):
        raise Refused(Refusal.ROLE, NOT_YOURS)
    there = standing(code, window, unit, snapshot.of, snapshot.asked_on)
    if there is not None:
        raise Refused(Refusal.GUARD, _(THERE) % {"number": there.number})
    snapshot.unit, snapshot.pack, snapshot.first_on, snapshot.last_on = unit, str(code), window.first, window.last


def nothing(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    """The worker has kept figures and pages; the state alone moves."""


def make_again(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    SnapshotJob.objects.queue_again(snapshot, at)


def write(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    SnapshotWords.objects.create(snapshot=snapshot, theme=said["theme"], words=said["words"], by=by, at=at)
    SnapshotJob.objects.queue_again(snapshot, at)


def send(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    if said["signer"] == by:
        raise Refused(Refusal.GUARD, OWN)
    snapshot.signer, snapshot.sent_by, snapshot.sent_at = said["signer"], by, at


def sign(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    decide(snapshot, said, by, at, Approval.Verdict.APPROVED)
    snapshot.signed_at, snapshot.signed_words = at, said["reason"]
    SnapshotJob.objects.queue_again(snapshot, at)


def send_back(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    decide(snapshot, said, by, at, Approval.Verdict.RETURNED)


def decide(snapshot: Any, said: Said, by: User, at: datetime, verdict: str) -> None:
    """The decision as a row that the database holds to have been made by somebody else than who sent it."""
    Approval.objects.create(
        **about(snapshot), of=OF, asked_by=snapshot.sent_by, asked_at=snapshot.sent_at, seen_version=snapshot.version,
        decided_by=by, decided_at=at, verdict=verdict, reason=said["reason"],
    )  # fmt: skip


def recall(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    snapshot.signer, snapshot.sent_by, snapshot.sent_at = None, None, None


def withdraw(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    snapshot.withdrawn_because = said["reason"]


def hold(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    snapshot.held_at = snapshot.held_at or at


def release(snapshot: Any, said: Said, by: User, at: datetime) -> None:
    snapshot.held_at = None


def is_ready(snapshot: Any, user: User) -> str:
    """Guard: what is sent and signed is the paper that stands there."""
    job = SnapshotJob.objects.filter(snapshot=snapshot.pk).first()
    return "" if job is not None and job.stage == SnapshotJob.Stage.MADE else NOT_MADE


def is_signed_off(snapshot: Any) -> bool:
    """somebody signs such a pack off"""
    return bool(PACKS[snapshot.pack].signs)


def by_whom_it_names(snapshot: Any, user: User) -> str:
    """Guard: the person named, and not whoever sent it."""
    if snapshot.sent_by_id == user.pk:
        return OWN
    return "" if snapshot.signer_id == user.pk else _(NOT_NAMED) % {"person": snapshot.signer.title()}


def is_one_of_its_makers(snapshot: Any, user: User) -> str:
    """Guard: whoever makes or signs off such packs of the unit."""
    pack = PACKS[snapshot.pack]
    return "" if user.holds(pack.makes | pack.signs, snapshot.unit) else NOT_YOURS


def has_failed(snapshot: Any) -> bool:
    """it could not be made"""
    return bool(SnapshotJob.objects.filter(snapshot=snapshot.pk, stage=SnapshotJob.Stage.FAILED).exists())


def is_held(snapshot: Any) -> bool:
    """nobody opens it now"""
    return snapshot.held_at is not None


def is_open(snapshot: Any) -> bool:
    """it may be opened"""
    return snapshot.held_at is None


THEIRS = (is_one_of_its_makers,)
EVERYBODY = MAKERS | PRINTERS | SIGNERS
# fmt: off
PACK = Workflow("pack", Snapshot, S,
    Step("ask",      "Make a pack",                    NEW,        S.ASKED,     MAKERS | SYSTEM, PackAsked,   effect=ask,          done="Pack of figures asked for"),
    Step("print",    "Print a figure",                 NEW,        S.ASKED,     PRINTERS,        FigureAsked, effect=print_figure, done="Paper of a figure asked for"),
    Step("make",     "Keep the pack that was made",    S.ASKED,    S.MADE,      SYSTEM,          Pressed,     effect=nothing,      done="Pack of figures made"),
    Step("again",    "Try to make it again",           (S.ASKED, S.MADE, S.SENT, S.RETURNED, S.SIGNED), STAYS, EVERYBODY, Pressed, when=has_failed, guards=THEIRS, effect=make_again, done="Making of a pack tried again"),
    Step("write",    "Write beside a theme",           (S.MADE, S.RETURNED), STAYS,  MAKERS | SIGNERS, Written, when=is_signed_off, guards=THEIRS, effect=write, done="Words written beside figures"),
    Step("send",     "Send it to be signed off",       (S.MADE, S.RETURNED), S.SENT, MAKERS, SentToSign,      when=is_signed_off, guards=(*THEIRS, is_ready), effect=send, done="Pack sent to be signed off"),
    Step("recall",   "Take it back",                   S.SENT,     S.MADE,      MAKERS,          Reason,      guards=THEIRS,       effect=recall,       done="Pack taken back from whoever was to sign it"),
    Step("sign",     "Sign it off",                    S.SENT,     S.SIGNED,    SIGNERS,         Signing,     guards=(by_whom_it_names, is_ready), effect=sign, done="Pack signed off", proof=True),
    Step("return",   "Send it back",                   S.SENT,     S.RETURNED,  SIGNERS,         SentBack,    guards=(by_whom_it_names,), effect=send_back, done="Pack sent back"),
    Step("withdraw", "Withdraw it",                    (S.ASKED, S.MADE, S.SENT, S.RETURNED, S.SIGNED), S.WITHDRAWN, EVERYBODY, TakenOut, guards=THEIRS, effect=withdraw, done="Pack withdrawn"),
    Step("hold",     "Let nobody open it now",         ANY,        STAYS,       EVERYBODY,       Shut,        when=is_open,        guards=THEIRS, effect=hold, done="Pack shut: nobody opens it"),
    Step("release",  "Let it be opened again",         (S.ASKED, S.MADE, S.SENT, S.RETURNED, S.SIGNED, S.WITHDRAWN), STAYS, SIGNERS, Reason, when=is_held, guards=THEIRS, effect=release, done="Pack may be opened again"),
    label="pack of figures", finished=(S.MADE, S.SIGNED, S.WITHDRAWN),
)
# fmt: on
