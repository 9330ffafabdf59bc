"""The second factor: add an authenticator, take it away, make recovery codes. Proof first, and each act written down."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.http import HttpResponse

from accounts.passwords import asked
from accounts.proof import proof_first


class Index(IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"required": settings.SECOND_FACTOR == "required"}


class AddAuthenticator(ActivateTOTPView):  # type: ignore[misc]
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        asked(form, code=("The code that it shows now", "Enter the code that your authenticator shows"))
        form.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"required": settings.SECOND_FACTOR == "required"}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp", reauthenticated=True)
        get_adapter(self.request).note("second-factor-added", self.request, by=self.request.user)
        return answer


class RemoveAuthenticator(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        get_adapter(self.request).note("second-factor-removed", self.request, by=self.request.user)
        return answer


class MakeCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        get_adapter(self.request).note("recovery-codes-made", self.request, by=self.request.user)
        return answer


second_factor = Index.as_view()
add_authenticator = proof_first(AddAuthenticator.as_view())
remove_authenticator = proof_first(RemoveAuthenticator.as_view())
make_codes = proof_first(MakeCodes.as_view())
see_codes = proof_first(ViewRecoveryCodesView.as_view())
