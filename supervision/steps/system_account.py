"""THE TABLES of other systems: an account asked for by one and let in by another, its tokens, the addresses that are told."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from accounts.models import Posting, SystemAccount, Token, Unit, User
from accounts.roles import roles
from supervision.forms.system_account import NewAccount, NewSubscription, NewToken, username_of
from supervision.models import Subscription
from supervision.steps.two_people import Said, by_another, decided
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval

S = SystemAccount.State
KEEPERS = roles("administrator")
DECIDERS = roles("administrator", "superintendent")


def keep_account(account: SystemAccount, said: Said, by: User, at: datetime) -> None:
    """The user that will be `by`: nobody signs in as it, and until a second person agrees it may do nothing."""
    user = User(username=username_of(said["name"]), last_name=said["name"], is_system=True, is_active=False)
    user.set_unusable_password()
    user.save()
    account.user, account.unit, account.over = user, Unit.objects.root(), said["over"]
    account.purpose, account.contact, account.roles = said["purpose"], said["contact"], said["roles"]


def let_in(account: SystemAccount, said: Said, by: User, at: datetime) -> None:
    account.user.is_active = True
    account.user.save(update_fields=["is_active"])
    Posting.objects.bulk_create(
        Posting(user=account.user, role=role, unit=account.over, from_at=at) for role in account.roles
    )


def close(account: SystemAccount, said: Said, by: User, at: datetime) -> None:
    """At once and for good: its tokens open nothing, nothing is told to it."""
    stop(account, said, by, at)
    account.user.is_active = False
    account.user.save(update_fields=["is_active"])
    Posting.objects.current(at).filter(user_id=account.user_id).update(to_at=at)


def stop(account: SystemAccount, said: Said, by: User, at: datetime) -> None:
    account.tokens.filter(revoked_at__isnull=True).update(revoked_at=at)
    account.subscriptions.filter(stopped_at__isnull=True).update(stopped_at=at)


def issue(token: Token, said: Said, by: User, at: datetime) -> None:
    """To the end of the day, London time. The secret is on the object in hand and nowhere else."""
    token.unit, token.name = Unit.objects.root(), said["name"]
    token.expires_at = timezone.make_aware(datetime.combine(said["until"], time.max), LONDON)
    token.draw()


def revoke(token: Token, said: Said, by: User, at: datetime) -> None:
    token.revoked_at = token.revoked_at or at


def subscribe(subscription: Subscription, said: Said, by: User, at: datetime) -> None:
    subscription.unit, subscription.url, subscription.events = Unit.objects.root(), said["url"], said["events"]


def stop_telling(subscription: Subscription, said: Said, by: User, at: datetime) -> None:
    subscription.stopped_at = subscription.stopped_at or at


# fmt: off
SYSTEM_ACCOUNT = Workflow("system-account", SystemAccount, S,
    Step("ask",    "Ask for a system account",            NEW,        S.PROPOSED, KEEPERS,  NewAccount, effect=keep_account, done="System account asked for", proof=True),
    Step("approve", "Let this system in",                 S.PROPOSED, S.OPEN,     DECIDERS, guards=(by_another,), effect=decided("system-account", Approval.Verdict.APPROVED, let_in), done="System let in", proof=True),
    Step("refuse", "Refuse this system",                  S.PROPOSED, S.REFUSED,  DECIDERS, guards=(by_another,), effect=decided("system-account", Approval.Verdict.RETURNED), done="System refused"),
    Step("close",  "Close this account",                  S.OPEN,     S.CLOSED,   KEEPERS,  effect=close, done="System account closed"),
    Step("stop",   "Revoke all its tokens at once",       ANY,        STAYS,      KEEPERS,  effect=stop, done="All tokens revoked"),
    editable={S.OPEN: KEEPERS}, finished=(S.CLOSED, S.REFUSED), label="system account",
)
TOKEN = Workflow("token", Token, Token.State,
    Step("issue",  "Issue a token",                       NEW,        Token.State.ISSUED, KEEPERS, NewToken, effect=issue, done="Token issued", proof=True),
    Step("revoke", "Revoke this token now",               ANY,        STAYS,      KEEPERS,  effect=revoke, done="Token revoked"),
    part_of="account", label="token", finished=(Token.State.ISSUED,),
)
WEBHOOK = Workflow("webhook", Subscription, Subscription.State,
    Step("subscribe", "Tell an address of acts",          NEW,        Subscription.State.LISTENING, KEEPERS, NewSubscription, effect=subscribe, done="Address is told of acts", proof=True),
    Step("stop",   "Tell this address nothing more",      ANY,        STAYS,      KEEPERS,  effect=stop_telling, done="Address is told nothing more"),
    part_of="account", label="webhook", finished=(Subscription.State.LISTENING,),
)
# fmt: on
