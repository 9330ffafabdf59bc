"""Settings: typed, loud, from the environment. What production needs and lacks stops the program at once.

DJANGO_ENV is `production` (the default), `local` (set by ./run) or `test` (set by the tests).
"""

import sys
from pathlib import Path
from typing import Any

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.logs import PROCESSORS, logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

env = environ.Env()
ENVIRONMENT = env.str("DJANGO_ENV", default="production")
if ENVIRONMENT not in {"production", "local", "test"}:
    raise ImproperlyConfigured(f"DJANGO_ENV is {ENVIRONMENT!r}; it may be production, local or test.")
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"


def required(name: str, local: str) -> str:
    """The variable; outside production the value `local` stands in. Raises ImproperlyConfigured, naming it."""
    value: str = env.str(name, default="" if PRODUCTION else local)
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment. The program does not start without it.")
    return value


# --- Who we are, to whom we answer ---------------------------------------------------------------------------------
SERVICE_NAME = "Manage domestic abuse cases"
DEBUG = False
SECRET_KEY = required("SECRET_KEY", "only-for-this-machine-never-for-a-real-person-0123456789")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").replace(" ", "").split(",")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
FOLDER_MODEL = "cases.Case"
FORM_RENDERER = "workflow.forms.Renderer"

#: From the highest to the lowest; import-linter holds the same order.
OUR_APPS = ["reporting", "supervision", "dvds", "marac", "safeguarding", "risk", "orders", "cases", "people"]
OUR_APPS += ["workflow", "audit", "accounts"]
INSTALLED_APPS = [
    "config",
    *OUR_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",  # its templates of widgets, found through the same engine as ours
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "guardian",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "django_structlog",
    "django_prometheus",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.doors.NothingKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "workflow.drafts.LockedSessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workflow.pages.frame",
            ],
        },
    },
]

# --- Rows ----------------------------------------------------------------------------------------------------------
#: Celery's processes fork, tests count connections: neither may share a pool.
POOLED = not TESTING and "celery" not in Path(sys.argv[0]).parts and env.bool("DATABASE_POOL", default=True)


def database(url: str) -> dict[str, Any]:
    """Django's dictionary for a URL; a socket folder may be given as `?host=`, as PostgreSQL's own tools take it."""
    read: dict[str, Any] = dict(environ.Env.db_url_config(url))
    options = dict(read.get("OPTIONS", {}))
    read["HOST"] = options.pop("host", None) or read.get("HOST", "")
    if POOLED:
        options["pool"] = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 10}
    return read | {"OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "ATOMIC_REQUESTS": False}


DATABASES = {"default": database(required("DATABASE_URL", "postgresql://localhost/cases"))}
#: The role that owns the tables. Only `manage.py setup` uses it; the running program owns nothing.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_READER = database

# --- Sessions, cache -----------------------------------------------------------------------------------------------
# In the database, both: what somebody typed, and the count of failed sign-ins, must survive a flush of Redis.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "config_cache"}}

# --- Sign-in -------------------------------------------------------------------------------------------------------
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

# --- What a browser is told ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer")
    + ("microphone", "midi", "payment", "usb", "serial", "browsing-topics")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Words and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(LOCAL_DIR / "static"))()
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
if (LOCAL_DIR / "assets").is_dir():
    STATICFILES_DIRS.append(LOCAL_DIR / "assets")
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(LOCAL_DIR / "documents"))()
#: Compressing takes a minute of processor time and saves nothing on the machine's own wire.
STATIC_BACKEND = {
    "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "local": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
}[ENVIRONMENT]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_BACKEND},
}
if TESTING:
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

# --- Mail ----------------------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = LOCAL_DIR / "outbox"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="no-reply@cases.invalid")
SITE_ADDRESS = env.str("SITE_ADDRESS", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")

# --- Jobs ----------------------------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
#: In unit tests what is sent goes nowhere: the tests call tasks themselves. Journeys have a real broker.
CELERY_BROKER_URL = "memory://" if TESTING else REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 5,
    # without these a web request that only wants to wake the worker would wait for a broker that is down
    **{"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2},
}
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"reporting.make_document": {"queue": "documents"}}
CELERY_TIMEZONE = TIME_ZONE
#: How often the minute's work is done. Browser journeys cannot wait a minute for each rung; nothing else changes it.
BEAT_SECONDS = env.float("BEAT_SECONDS", default=60.0)
CELERY_BEAT_MAX_LOOP_INTERVAL = min(BEAT_SECONDS, 30.0)
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 5.0)}}
    for name, task, seconds in (
        ("sweep", "supervision.sweep", BEAT_SECONDS),
        ("notices", "supervision.send_notices", BEAT_SECONDS),
        ("reactions", "supervision.run_reactions", BEAT_SECONDS),
        ("documents", "reporting.sweep_documents", BEAT_SECONDS),
        ("seal", "audit.seal", BEAT_SECONDS),
    )
}
CELERY_BEAT_SCHEDULE["anchor"] = {"task": "audit.anchor", "schedule": crontab(hour="3", minute="15")}
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# --- API -----------------------------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {"TITLE": SERVICE_NAME, "VERSION": "1", "SERVE_INCLUDE_SCHEMA": False}
SPECTACULAR_SETTINGS |= {"SWAGGER_UI_DIST": "SIDECAR", "REDOC_DIST": "SIDECAR"}

# --- Logs: structured, and nobody's personal data ------------------------------------------------------------------
LOGGING = logging_config(env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO"))
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
structlog.configure(
    processors=PROCESSORS, logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True
)
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
