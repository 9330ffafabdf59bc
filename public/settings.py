"""Settings of the public page, from the environment. None of the staff’s settings is read, and none is needed.

There is no database of Django’s, no session, no cookie, no message broker: what is typed travels in the page itself, sealed
(`public/sealed.py`), until it is sent; then it is inserted by a role that may do nothing else (`public/letterbox.py`).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.logs import logging_config

HERE = Path(__file__).resolve().parent
ASSETS = sorted((HERE.parent / ".local" / "assets").glob("govuk-frontend-*"))
#: Roles that may do more than put something in.
TOO_MUCH = {None, "postgres", "da_owner", "da_app"}

PRODUCTION = os.environ.get("DJANGO_ENV", "production") == "production"


def needed(name: str, here: str) -> str:
    """The variable; outside production `here` stands in. Raises ImproperlyConfigured, naming it and never its value."""
    value = os.environ.get(name, "" if PRODUCTION else here)
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment. The public page does not start without it.")
    return value


def pair(name: str, default: str) -> tuple[int, float]:
    """A limit written as count/seconds."""
    try:
        count, _, seconds = os.environ.get(name, default).partition("/")
        return int(count), float(seconds)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a count and seconds, such as 20/3600.") from None


#: Seals what a page carries. Its own, never the staff’s; without one here a restart only wipes what is being typed.
SECRET_KEY = needed("PUBLIC_SECRET_KEY", secrets.token_urlsafe(48))
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("PUBLIC_SECRET_KEY must be 50 random characters or more, made for this page alone.")
ALLOWED_HOSTS = needed("PUBLIC_HOSTS", "127.0.0.1,localhost,[::1]").replace(" ", "").split(",")
if PRODUCTION and any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "PUBLIC_HOSTS must name the hosts of the public page; * would let anybody’s name through."
    )
#: The letterbox: a PostgreSQL address with the role that may insert there and do nothing else.
LETTERBOX = needed("PUBLIC_DATABASE_URL", "postgresql://da_public@localhost/cases")
if urlsplit(LETTERBOX).username in TOO_MUCH:
    raise ImproperlyConfigured(
        "PUBLIC_DATABASE_URL must name a role that may only put a request in, such as da_public."
    )

#: Where “Exit this page” leads: a page that is everybody’s.
EXIT_TO = os.environ.get("PUBLIC_EXIT", "https://www.bbc.co.uk/weather")
HELPLINE = os.environ.get("PUBLIC_HELPLINE", "0808 2000 247")
#: After so many quiet seconds what was typed is wiped: the page wipes itself, and its seal opens no more.
QUIET = 30 * 60
#: Steps, and sendings, that one address may take in so many seconds; and sendings of everybody together. Telephones of
#: one company share addresses, so the limits stop a machine, not a street.
STEPS = pair("PUBLIC_STEPS", "300/600")
SENDINGS = pair("PUBLIC_SENDINGS", "20/3600")
ALL_SENDINGS = pair("PUBLIC_ALL_SENDINGS", "600/3600")
BEHIND_PROXY = os.environ.get("BEHIND_PROXY", "").lower() == "true"

DEBUG = False
ROOT_URLCONF = "public.urls"
WSGI_APPLICATION = "config.public.application"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, Any] = {}
MIDDLEWARE = [
    "public.headers.Neutral",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE / "templates"], "OPTIONS": {}}
]
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Any] = [HERE / "static", *((folder.name, folder) for folder in ASSETS)]
GOVUK = ASSETS[-1].name if ASSETS else "govuk-frontend"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True  # few and small: nothing has to be collected first
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False  # both languages stand side by side in `public/said.py` and `public/questions.py`
USE_TZ = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000  # bytes: the longest answers, sealed, in the widest alphabet
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60
FILE_UPLOAD_HANDLERS: list[str] = []  # nothing is uploaded
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^livez$"]
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGGING = logging_config(os.environ.get("LOG_LEVEL", "WARNING"))
