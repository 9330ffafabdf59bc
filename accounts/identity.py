"""The force's own sign-in (OpenID Connect): who comes back from it, what of that is believed, and whom here it opens."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from accounts.proof import PROVIDER_PROVED_BOTH

#: Signatures with a public key only: never "none", and never a secret that both sides know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60  # seconds by which two clocks may differ


def nonce_of(verifier: str | None) -> str:
    """The nonce of one sign-in, made of its own PKCE secret: it stands in no other place and cannot be used twice."""
    return urlsafe_b64encode(sha256(f"nonce {verifier}".encode()).digest()).decode().rstrip("=")


class ForceDoor(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Asks the provider, and believes an identity only with its signature, issuer, audience, time and nonce."""

    nonce = ""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(build_absolute_uri(request, reverse("provider_callback"), self.redirect_uri_protocol))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        claims = self.claims_of(kwargs["response"].get("id_token") or "", app)
        if settings.OIDC_USERNAME_CLAIM not in claims:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("The provider speaks of two people.")
            claims = more | claims
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims = claims
        return login

    def claims_of(self, id_token: str, app: SocialApp) -> dict[str, Any]:
        """What the token says, once everything about it is right. Raises OAuth2Error."""
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("The provider names another issuer.")
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token, self._key_of(id_token), algorithms=list(ALGORITHMS), audience=app.client_id, issuer=issuer,
                leeway=LEEWAY, options={"require": ["exp", "iat", "sub", "aud", "iss", "nonce"]},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, ValueError) as fault:
            raise OAuth2Error("The identity cannot be believed.") from fault
        if claims["nonce"] != self.nonce:
            raise OAuth2Error("The identity belongs to another sign-in.")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("The identity was made for somebody else.")
        return claims

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The provider's public key that the token names; its only one where it names none."""
        wanted = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if wanted in (None, key.key_id)]
        if len(keys) != 1:
            raise KeyError("No such key.")
        return keys[0]


class ForceProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider. Nothing that it tells is kept but the number by which it knows a person."""

    oauth2_adapter_class = ForceDoor

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


class ForceAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody is made by signing in: an identity opens the account whose name its claim says, if that is open."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """From the environment alone: a row that somebody adds to a table is never a provider."""
        return [SocialApp(**settings.OIDC_APP)] if settings.OIDC_ISSUER else []

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> ForceProvider:
        return ForceProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person. Raises ImmediateHttpResponse, with the same page for every reason, where there is none."""
        claims = sociallogin.claims
        said = str(claims.get(settings.OIDC_USERNAME_CLAIM) or "")
        person = User.objects.filter(username=said, is_system=False).first() if said else None
        why = self._refusal(person, sociallogin) or self._unproved(person, sociallogin)
        if why or person is None:
            self._refuse(request, person, why, claims)
        elif not sociallogin.is_existing:
            sociallogin.connect(request, person)

    def _refusal(self, person: User | None, sociallogin: Any) -> str:
        """The word for the audit why this identity opens nothing; "" if it opens the person's account."""
        if person is None:
            return "unknown"
        if not person.is_active:
            return "left"
        bound = SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider)
        if sociallogin.is_existing and sociallogin.user.pk != person.pk:
            return "number of somebody else"
        # the name was given to somebody new, or the directory made the person anew: an administrator looks first
        return "another number" if bound.exclude(uid=sociallogin.account.uid).exists() else ""

    def _unproved(self, person: User | None, sociallogin: Any) -> str:
        """Why this is no proof, where proof was asked for: it must be the same person, who signed in just now."""
        asked = sociallogin.state.get("proof")
        if asked is None:
            return ""
        if person is None or person.pk != asked:
            return "proof by somebody else"
        late = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        signed = sociallogin.claims.get("auth_time")
        return "" if isinstance(signed, int | float) and signed > late else "no new proof"

    def _refuse(self, request: HttpRequest, person: User | None, why: str, claims: dict[str, Any]) -> None:
        get_account_adapter().note("refused", request, subject=person, why=why, number=claims["sub"])
        raise ImmediateHttpResponse(render(request, "account/refused.html", {"unknown": True}, status=403))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        why = type(exception).__name__ if exception else str(error)
        get_account_adapter().note("provider-failed", request, why=why)
        raise ImmediateHttpResponse(render(request, "account/refused.html", {"unknown": False}, status=401))


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Ask for the code, unless the force's sign-in has just asked for a second factor and we are told to believe it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not request.session.get(PROVIDER_PROVED_BOTH) and bool(super()._should_handle(request))


def claims_prove_both(claims: dict[str, Any]) -> bool:
    """Whether the provider says, in words we were told to believe, that it asked for a second factor."""
    amr = claims.get("amr")
    said = {*(amr if isinstance(amr, list) else [amr]), claims.get("acr")}
    return bool(said & set(settings.OIDC_SECOND_FACTOR))


def forget(person: User) -> None:
    """Unbind somebody from the provider's number, as when the directory was made anew; the step that calls it is audited."""
    SocialAccount.objects.filter(user=person).delete()
