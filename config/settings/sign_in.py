"""Who may sign in, and how."""

from config.settings.environment import LOCAL_DIR, TESTING, env
from config.settings.service import SERVICE_NAME

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
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
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SERVICE_NAME
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
#: The ends of the audit chains, a line a day: kept outside the database and outside its backups.
ANCHORS = "anchors-of-tests.jsonl" if TESTING else "anchors.jsonl"
AUDIT_ANCHOR_FILE = env.path("AUDIT_ANCHOR_FILE", default=str(LOCAL_DIR / ANCHORS))()
PGHISTORY_APPEND_ONLY = True
