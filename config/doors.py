"""The doors of sign-in: which are open, which stay shut, what is written down of each, and what a browser may keep."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from accounts import attempts, sealing
from accounts.identity import ForceAdapter, claims_prove_both
from accounts.models import User
from accounts.passwords import DEMONSTRATION, demonstration_is_closed
from accounts.proof import (
    PROVIDER_PROVED_BOTH,
    ask_again,
    has_second_factor,
    may_use_password,
    proved_lately,
    second_factor_used,
    way_of,
)
from accounts.sessions import BROWSER, browser_family
from audit import services as audit
from audit.models import Operation

__all__ = ["ForceAdapter", "NothingKept", "SecondFactorAdapter", "SecondFactorFirst", "StaffAdapter", "shut"]


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator. Nobody signs up, and no account is reached through a mailbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        # one sentence for a wrong name, a wrong password, somebody who left, and a closed door: none is told from another
        "username_password_mismatch": _("The name or the password is not right. Check both and try again."),
        "too_many_login_attempts": _(
            "Too many wrong attempts. Wait 15 minutes, or ask an administrator of this service to let you in sooner."
        ),
        "incorrect_password": _("That password is not right. Check it and try again."),
        "enter_current_password": _("That is not your password now. Check it and try again."),
        "incorrect_code": _("That code is not right. Wait for the next one and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: an account notice in a mailbox says who works here."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, if name and password are right; every try is counted, and takes as long as any other."""
        login, password = str(credentials.get("username", "")), str(credentials.get("password", ""))
        found: User | None = None
        try:
            with self.counted(request, attempts.Kind.PASSWORD, login):
                found = self._tried(request, login, password)
                if found is None:
                    raise self.validation_error("username_password_mismatch")
        except ValidationError as refusal:
            if refusal.code == "too_many_login_attempts":
                raise
        return found

    def _tried(self, request: HttpRequest, login: str, password: str) -> User | None:
        known = User.objects.filter(username=login).first()
        local = may_use_password(known) if known else True
        if not local or (password == DEMONSTRATION and demonstration_is_closed()):
            make_password(password)  # a door that is shut takes as long as a wrong password
            return None
        found: Any = authenticate(request, username=login, password=password)
        return found

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(context.request, username=user.username, password=password)
        return found is not None and found.pk == user.pk

    @contextmanager
    def counted(self, request: HttpRequest, kind: str, login: str) -> Iterator[None]:
        """Try something that can be guessed; a ValidationError from within is a wrong guess."""
        now, address = timezone.now(), get_client_ip(request)
        tried: dict[str, Any] = {"kind": kind, "login": login, "address": address}
        try:
            attempt = attempts.begin(**tried, at=now)
        except attempts.LockedOut:
            raise self.validation_error("too_many_login_attempts") from None
        try:
            yield
        except ValidationError:
            said: dict[str, Any] = {"person": attempt.person_id, "kind": str(kind)}
            self.note("failed", request, subject=attempt, **said)
            if attempts.is_locked(**tried, at=now):
                self.note("locked-out", request, subject=attempt, **said)
            raise
        attempts.right(attempt, now)

    @transaction.atomic
    def note(
        self,
        what: str,
        request: HttpRequest,
        *,
        by: User | None = None,
        subject: models.Model | None = None,
        **more: Any,
    ) -> None:
        """Write an act of sign-in down; what nobody did who is known, the system notes. Never what was typed."""
        actor = by or User.objects.system()
        audit.record(
            name=f"sign-in.{what}", operation=Operation.ALTERATION, subject=subject or actor, folder=None, by=actor,
            at=timezone.now(), changes={"address": get_client_ip(request), **more},
        )  # fmt: skip

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        given = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        # said anew at every sign-in: what one person proved must not stand for the next in the same browser
        request.session[PROVIDER_PROVED_BOTH] = given is not None and claims_prove_both(given.claims)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[BROWSER] = browser_family(request.headers.get("User-Agent", ""))
        self.note("signed-in", request, by=user)

    def logout(self, request: HttpRequest) -> None:
        user: Any = request.user
        if user.is_authenticated:
            self.note("signed-out", request, by=user)
        super().logout(request)

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.identity.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """One way for each person, so that the weaker one is never offered beside the stronger."""
        if not user.is_authenticated:
            return []
        return [{"id": "again", "description": _("Confirm that it is you"), "url": way_of(user)}]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not proved_lately(context.request)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of authenticators are kept encrypted, and named after the account, never after a mailbox."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Wait for the next one and try again."),
        "cannot_generate_recovery_codes": _("Add an authenticator first."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return sealing.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.opened(encrypted_text)


class SecondFactorFirst:
    """Where a second factor is required, a session opened with one factor opens nothing but the page that adds another."""

    #: The sign-in itself, its lock, what a page is drawn with, and the pages that help whoever cannot get further.
    OPEN = (
        "/sign-in/", "/sign-out/", "/lock/", "/unlock/", "/static/", "/language/", "/livez", "/readyz", "/healthz",
        "/help/", "/accessibility/", "/privacy/",
    )  # fmt: skip

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if settings.SECOND_FACTOR != "required" or not user.is_authenticated or request.path.startswith(self.OPEN):
            return self.get_response(request)
        if second_factor_used(request):
            return self.get_response(request)
        return ask_again(request) if has_second_factor(user) else redirect("mfa_activate_totp")


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
