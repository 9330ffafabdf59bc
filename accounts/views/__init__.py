"""The pages of one's own account: the lock, the second factor, the force's own sign-in, where one is signed in."""

from accounts.views.lock import lock, unlock
from accounts.views.password import change_password
from accounts.views.provider import provider_again, provider_callback, provider_start
from accounts.views.second_factor import (
    add_authenticator,
    make_codes,
    remove_authenticator,
    second_factor,
    see_codes,
)
from accounts.views.sessions import end_others, end_session, sessions_page

__all__ = [
    "add_authenticator", "change_password", "end_others", "end_session", "lock", "make_codes", "provider_again",
    "provider_callback", "provider_start", "remove_authenticator", "second_factor", "see_codes", "sessions_page",
    "unlock",
]  # fmt: skip
