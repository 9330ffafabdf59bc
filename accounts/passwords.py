"""What is typed at the doors of sign-in, and the plain sentences said about it. What is wrong is counted (`accounts.attempts`)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.attempts import Kind
from accounts.models import User

DEMONSTRATION = "northshire-demo-only"  # noqa: S105 - what ./run prints; refused wherever real people work


def asked(form: forms.Form, **sentences: Any) -> None:
    """Say what each field is and what is said when it is empty; no placeholder stands in for a label."""
    for name, (label, empty) in sentences.items():
        field = form.fields[name]
        field.label = label
        field.error_messages["required"] = empty
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked(
            self,
            login=(_("Collar number or staff name"), _("Enter your collar number or staff name")),
            password=(_("Password"), _("Enter your password")),
        )


class PasswordAgain(PasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked(self, password=(_("Password"), _("Enter your password")))


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked(
            self,
            oldpassword=(_("Your password now"), _("Enter your password as it is now")),
            password1=(_("New password, at least 12 characters"), _("Enter the new password")),
            password2=(_("The new password again"), _("Enter the new password again")),
        )

    def clean_oldpassword(self) -> str:
        said: str = self.cleaned_data.get("oldpassword", "")
        if not get_adapter().reauthenticate(self.user, said):  # counted, like every other try of a password
            raise get_adapter().validation_error("enter_current_password")
        return said


class CountedCode(forms.Form):
    """A code of the authenticator or a recovery code, tried as often as a password may be."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked(self, code=(_("Code"), _("Enter the code that your authenticator shows, or a recovery code")))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}

    def clean_code(self) -> str:
        adapter = get_adapter()
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "").replace("-", "")
        with adapter.counted(context.request, Kind.CODE, self.user.username):
            return str(super().clean_code())  # type: ignore[misc]


class Code(CountedCode, AuthenticateForm):  # type: ignore[misc]
    """At sign-in."""


class CodeAgain(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """As proof, once more."""


class NotTheDemonstration:
    """Nobody chooses the password that the demonstration prints on everybody's screen."""

    SENTENCE = gettext_lazy("Choose another password: this one is printed in the demonstration.")

    def validate(self, password: str, user: User | None = None) -> None:
        if password == DEMONSTRATION and demonstration_is_closed():
            raise ValidationError(self.SENTENCE, code="demonstration")

    def get_help_text(self) -> str:
        return ""


def demonstration_is_closed() -> bool:
    """Whether the demonstration's accounts open nothing here: wherever real people may work."""
    return bool(settings.PRODUCTION)
