"""Who we are, to whom we answer, of what the program is made, in which words."""

from typing import Any

from config.settings.environment import BASE_DIR, LOCAL_KEY, env, required

SERVICE_NAME = "Manage domestic abuse cases"
#: Whom people ring about the service, as the page of help says it: a name and a number.
SERVICE_DESK = env.str("SERVICE_DESK", default="the service desk of your force")
#: Outcomes of crimes, by the Home Office's codes, that the force calls positive; printed with each figure of them (M11).
POSITIVE_OUTCOMES = env.list("POSITIVE_OUTCOMES", default=["1", "1A", "2", "2A", "3", "3A", "4", "6", "7", "8", "22"])
DEBUG = False
SECRET_KEY = required("SECRET_KEY", LOCAL_KEY)
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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.correlation.CorrelationMiddleware",
    "config.doors.NothingKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.languages.InTheirLanguage",
    "workflow.drafts.LockedSessionMiddleware",
    "config.doors.SecondFactorFirst",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "workflow.templatetags.words",
            ],  # every page speaks; none has to ask
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workflow.pages.frame",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]

#: Acting up for a turn or two is given at once by the line itself; longer than this a second person decides.
COVER_AT_MOST_HOURS = env.int("COVER_AT_MOST_HOURS", default=72)
