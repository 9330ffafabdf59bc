"""THE TABLE of a person who works here: joins, changes, is shut out, leaves, comes back. Roles are postings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from accounts.attempts import lift, locked_people
from accounts.identity import forget
from accounts.leaving import disable, end_sessions
from accounts.models import Invitation, User
from accounts.proof import forget_factors, has_second_factor, only_by_provider
from accounts.roles import roles
from audit import services as audit
from audit.models import Operation
from supervision.forms.person import ChangedPerson, NewPerson
from supervision.steps.two_people import Said
from workflow.declare import ANY, NEW, STAYS, Step, Workflow

S = User.State
ADMIN = roles("administrator")
MAY_SHUT_OUT = roles("administrator", "superintendent", "professional_standards")


def may_sign_in(person: Any) -> bool:
    """the person may sign in"""
    return bool(person.is_active)


def may_not_sign_in(person: Any) -> bool:
    """the person may not sign in"""
    return not person.is_active


def locked_out(person: Any) -> bool:
    """too many wrong passwords or codes have locked them out"""
    return bool(locked_people(timezone.now()).filter(pk=person.pk).exists())


def bound(person: Any) -> bool:
    """their account is bound to a number of the force's own sign-in"""
    return bool(SocialAccount.objects.filter(user=person.pk).exists())


def has_factor(person: Any) -> bool:
    """they have a second factor"""
    return has_second_factor(person)


def somebody_else(person: Any, user: User) -> str:
    """Guard: nobody changes their own record in a way that could lock the door behind them or open it."""
    return "You cannot do this to your own record. Ask another administrator." if person.pk == user.pk else ""


def keep_new(person: Any, said: Said, by: User, at: datetime) -> None:
    keep_changed(person, said, by, at)
    person.username = said["username"]
    person.date_joined = at
    person.set_unusable_password()


def keep_changed(person: Any, said: Said, by: User, at: datetime) -> None:
    for name in ("first_name", "last_name", "rank", "collar_number", "email", "unit"):
        setattr(person, name, said[name])


def make_code(person: Any, said: Said, by: User, at: datetime) -> None:
    """The code is told once, on the page that asked for it, and kept nowhere: `told_once` is no column."""
    person.told_once = Invitation.objects.invite(person, by, at)


def shut_out(person: Any, said: Said, by: User, at: datetime) -> None:
    """The account, and every session it has open, from this moment. Postings stand, for the day it is opened again."""
    person.is_active = False
    end_sessions(person)


def end_everything(person: Any, said: Said, by: User, at: datetime) -> None:
    """Shut out now; every posting ends now. What they hold is released by the reaction to this step, case by case."""
    disable(person, at=at)


def let_in(person: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever had left comes back without a role: each is granted anew, by two people."""
    person.is_active = True


def let_try_again(person: Any, said: Said, by: User, at: datetime) -> None:
    """Every wrong password and code so far is forgiven, from wherever it came."""
    lift(person, at=at)


def unbind(person: Any, said: Said, by: User, at: datetime) -> None:
    """The next sign-in through the force's own door binds the account anew, by its user name."""
    forget(person)


def take_factor_away(person: Any, said: Said, by: User, at: datetime) -> None:
    """They set up another at their next sign-in. Every session ends: whoever has the lost telephone may hold one."""
    forget_factors(person)
    end_sessions(person)


def no_password_here(person: Any, user: User) -> str:
    """Guard: no code for somebody whom only the force's own sign-in lets in."""
    return (
        "They sign in with their force account. A password here would open nothing." if only_by_provider(person) else ""
    )


@transaction.atomic
def set_first_password(*, username: str, code: str, password: str, at: datetime) -> bool:
    """Use the code up and set the password; False where the code is not good. The act is theirs, and recorded."""
    person = Invitation.objects.redeem(username, code, at)
    if person is None:
        return False
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(
        name="person.first-password", operation=Operation.ALTERATION, subject=person, folder=None, by=person, at=at,
        changes={},
    )  # fmt: skip
    return True


# fmt: off
PERSON = Workflow("person", User, S,
    Step("add",     "Add a person",                NEW,       S.WORKING, ADMIN,        NewPerson,     effect=keep_new,       done="Person added"),
    Step("change",  "Change this person's record", S.WORKING, STAYS,     ADMIN,        ChangedPerson, effect=keep_changed,   done="Record changed"),
    Step("invite",  "Make a code to set a password", S.WORKING, STAYS,   ADMIN,        when=may_sign_in,     guards=(somebody_else, no_password_here), effect=make_code, done="Code made to set a password", proof=True),
    Step("suspend", "Shut this account now",       ANY,       STAYS,     MAY_SHUT_OUT, when=may_sign_in,     guards=(somebody_else,), effect=shut_out,  done="Account shut"),
    Step("admit",   "Let them try to sign in again", S.WORKING, STAYS, ADMIN,        when=locked_out,      guards=(somebody_else,), effect=let_try_again, done="Lock lifted"),
    Step("unbind",  "Forget the number of their force account", S.WORKING, STAYS, ADMIN, when=bound,           guards=(somebody_else,), effect=unbind,    done="Number forgotten", proof=True),
    Step("factor",  "Take away a lost second factor", S.WORKING, STAYS,  ADMIN,        when=has_factor,      guards=(somebody_else,), effect=take_factor_away, done="Second factor taken away", proof=True),
    Step("leave",   "They have left",              S.WORKING, S.LEFT,    ADMIN,        guards=(somebody_else,), effect=end_everything, done="Left: account shut, postings ended"),
    Step("return",  "Open this account again",     (S.WORKING, S.LEFT), S.WORKING, ADMIN, when=may_not_sign_in, guards=(somebody_else,), effect=let_in, done="Account opened again", proof=True),
    finished=(S.LEFT,), label="person who works here",
)
# fmt: on
