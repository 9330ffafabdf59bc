"""Every address. An app's own addresses are found by its urls.py; sign-in is listed here door by door."""

from importlib.util import find_spec

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.doors import shut

SIGN_IN: list[URLPattern | URLResolver] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/password/", account.password_change, name="account_change_password"),
    path("sign-in/password/set/", shut, name="account_set_password"),
    path("sign-in/password/forgotten/", shut, name="account_reset_password"),
    path("sign-in/new/", shut, name="account_signup"),
    path("sign-in/email/", shut, name="account_email"),
    path("sign-in/email/sent/", shut, name="account_email_verification_sent"),
    path("sign-in/second-factor/", include("allauth.mfa.urls")),
]

# reference data has no sign-in of its own: that would be a door without the limit on wrong passwords and the second factor
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "config.faults.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    *SIGN_IN,
    path("reference-data/", admin.site.urls),
    *(path("", include(f"{app}.urls")) for app in settings.OUR_APPS if find_spec(f"{app}.urls")),
]
