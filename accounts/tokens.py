"""How another system shows who it is: `Authorization: Bearer mdac_…`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import Token, User

NO_GOOD = "This token opens nothing: it is unknown, expired or revoked."


class TokenAuthentication(BaseAuthentication):
    """The system account behind a token. Unknown, expired, revoked and of a closed account are one answer."""

    def authenticate(self, request: Any) -> tuple[User, Token] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        token = Token.objects.good(secret.strip(), now)
        if token is None:
            raise AuthenticationFailed(NO_GOOD)
        token.used(now)
        return token.account.user, token

    def authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="api"'
