"""Every address. An app's own addresses are found by its urls.py; sign-in is listed here door by door."""

from importlib.util import find_spec

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from accounts import views as accounts
from config.doors import shut

SIGN_IN: list[URLPattern | URLResolver] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/password/", accounts.change_password, name="account_change_password"),
    path("sign-in/password/set/", shut, name="account_set_password"),
    path("sign-in/password/forgotten/", shut, name="account_reset_password"),
    path("sign-in/new/", shut, name="account_signup"),
    path("sign-in/email/", shut, name="account_email"),
    path("sign-in/email/sent/", shut, name="account_email_verification_sent"),
    path("sign-in/force/", accounts.provider_start, name="provider_start"),
    path("sign-in/force/again/", accounts.provider_again, name="provider_again"),
    path("sign-in/force/callback/", accounts.provider_callback, name="provider_callback"),
    path("sign-in/second-factor/", accounts.second_factor, name="mfa_index"),
    path("sign-in/second-factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/second-factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/second-factor/totp/activate/", accounts.add_authenticator, name="mfa_activate_totp"),
    path("sign-in/second-factor/totp/deactivate/", accounts.remove_authenticator, name="mfa_deactivate_totp"),
    path("sign-in/second-factor/recovery-codes/", accounts.see_codes, name="mfa_view_recovery_codes"),
    path("sign-in/second-factor/recovery-codes/generate/", accounts.make_codes, name="mfa_generate_recovery_codes"),
    path("sign-in/second-factor/recovery-codes/download/", shut, name="mfa_download_recovery_codes"),
]

handler400 = "config.faults.unreadable"
handler403 = "config.faults.forbidden"
handler404 = "config.faults.unknown"
handler429 = "config.faults.too_often"  # asked for by the sign-in library
handler500 = "config.faults.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    *SIGN_IN,
    *(path("", include(f"{app}.urls")) for app in settings.OUR_APPS if find_spec(f"{app}.urls")),
]
