"""The doors of sign-in: which are open (name and password, second factor), which stay shut, and what a browser may keep."""

from collections.abc import Callable
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator. Nobody signs up, and no account is reached through a mailbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: an account notice in a mailbox says who works here."""


def shut(request: HttpRequest, **kwargs: Any) -> NoReturn:
    """Answer 404 for a door that the sign-in library names but this service does not have."""
    raise Http404


class NothingKept:
    """No page is left in a browser's cache: the next person at the same machine presses Back. Static files pass before this."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        patch_cache_control(answer, no_store=True, private=True)
        return answer
