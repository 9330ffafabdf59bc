"""Who works here: units in a tree, people, the roles they are posted to, and when they are on duty."""

from accounts.models.duty import Duty, on_duty
from accounts.models.person import Officers, Posting, Scoped, User, current
from accounts.models.unit import Unit

__all__ = ["Duty", "Officers", "Posting", "Scoped", "Unit", "User", "current", "on_duty"]
