"""Change one's own password: every other session of the person ends with it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordChangeView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from accounts.leaving import end_sessions


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        end_sessions(self.request.user, keep=self.request.session.session_key)
        get_adapter(self.request).note("password-changed", self.request, by=self.request.user)
        return answer


change_password = login_required(ChangePassword.as_view())
