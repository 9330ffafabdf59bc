"""Who may sign in, and how."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import LOCAL_DIR, PRODUCTION, TESTING, env, required
from config.settings.service import SERVICE_NAME

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",  # one only: each more would try, and time, the password once again
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:  # argon2 is slow on purpose; the tests sign in some thousands of times
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "accounts.passwords.NotTheDemonstration"})
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser, and in any case after SESSION_COOKIE_AGE
ACCOUNT_ALLOW_REGISTRATION = False
ACCOUNT_ADAPTER = "config.doors.StaffAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = False  # accounts.attempts counts, in the database, and every lock-out is audited (ADR 0019)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
#: How many proxies of ours stand before the program: only so many addresses at the end of X-Forwarded-For are believed.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if env.bool("BEHIND_PROXY", default=False) else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT


def one_of(name: str, default: str, *allowed: str) -> str:
    """The variable; anything else than what is allowed stops the program."""
    said: str = env.str(name, default=default)
    if said not in allowed:
        raise ImproperlyConfigured(f"{name} is {said!r}; it may be {' or '.join(allowed)}.")
    return said


# The second factor: `required` opens nothing else until somebody has one.
SECOND_FACTOR = one_of("SECOND_FACTOR", "required" if PRODUCTION else "offered", "required", "offered")
MFA_ADAPTER = "config.doors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute out
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {"authenticate": "accounts.passwords.Code", "reauthenticate": "accounts.passwords.CodeAgain"}
ACCOUNT_FORMS = {
    "login": "accounts.passwords.SignIn",
    "reauthenticate": "accounts.passwords.PasswordAgain",
    "change_password": "accounts.passwords.NewPassword",
}

# The force's own sign-in (OpenID Connect). Without OIDC_ISSUER there is none, and names and passwords are for everybody.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", default="your force account")
OIDC_USERNAME_CLAIM = env.str("OIDC_USERNAME_CLAIM", default="preferred_username")
#: Values of `amr` or `acr` by which the provider says that it asked for a second factor; none are believed unless named.
OIDC_SECOND_FACTOR = env.list("OIDC_SECOND_FACTOR", default=[])
BREAK_GLASS_ACCOUNTS = env.list("BREAK_GLASS_ACCOUNTS", default=[])
LOCAL_SIGN_IN = one_of(
    "LOCAL_SIGN_IN", "break-glass" if OIDC_ISSUER and PRODUCTION else "everybody", "break-glass", "everybody"
)
if OIDC_ISSUER and PRODUCTION and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must begin with https:// in production.")
if LOCAL_SIGN_IN == "break-glass" and not OIDC_ISSUER:
    raise ImproperlyConfigured("LOCAL_SIGN_IN is break-glass and there is no OIDC_ISSUER: nobody could sign in.")
SOCIALACCOUNT_ADAPTER = "config.doors.ForceAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
#: What the provider knows this service by.
OIDC_APP: dict[str, Any] = {
    "provider": "openid_connect",
    "provider_id": "force",
    "name": OIDC_NAME,
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
}
if OIDC_ISSUER and not (OIDC_APP["client_id"] and OIDC_APP["secret"]):
    raise ImproperlyConfigured("OIDC_ISSUER is set: set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too.")
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
#: The ends of the audit chains, a line a day: kept outside the database and outside its backups.
ANCHORS = "anchors-of-tests.jsonl" if TESTING else "anchors.jsonl"
AUDIT_ANCHOR_FILE = required("AUDIT_ANCHOR_FILE", str(LOCAL_DIR / ANCHORS))
PGHISTORY_APPEND_ONLY = True
