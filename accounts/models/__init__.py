"""Who works here: units in a tree, people, the roles they are posted to, when they are on duty, where they are signed in."""

from accounts.models.attempt import Attempt
from accounts.models.duty import Duty, on_duty
from accounts.models.invitation import Invitation
from accounts.models.kept import Kept, NoSecret, Versioned
from accounts.models.person import Officers, Posting, Scoped, User, current
from accounts.models.session import Session, handle_of
from accounts.models.token import SystemAccount, Token
from accounts.models.training import Course, Training
from accounts.models.unit import Unit

__all__ = [
    "Course", "Training",
    "Attempt", "Duty", "Invitation", "Kept", "NoSecret", "Officers", "Posting", "Scoped", "Session", "SystemAccount",
    "Token", "Unit", "User", "Versioned", "current", "handle_of", "on_duty",
]  # fmt: skip
