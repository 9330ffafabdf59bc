"""What the settings are read from, and which of the three environments this is.

DJANGO_ENV is `production` (the default), `local` (set by ./run) or `test` (set by the tests).
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOCAL_DIR = BASE_DIR / ".local"
LOCAL_KEY = "only-for-this-machine-never-for-a-real-person-0123456789"

env = environ.Env()
ENVIRONMENT = env.str("DJANGO_ENV", default="production")
if ENVIRONMENT not in {"production", "local", "test"}:
    raise ImproperlyConfigured(f"DJANGO_ENV is {ENVIRONMENT!r}; it may be production, local or test.")
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"


def required(name: str, local: str) -> str:
    """The variable; outside production the value `local` stands in. Raises ImproperlyConfigured, naming it.

    In production what is only good enough for a trial is refused too. The sentence never repeats the value.
    """
    value: str = env.str(name, default="" if PRODUCTION else local)
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment. The program does not start without it.")
    if PRODUCTION and name in FIT and not FIT[name][0](value):
        raise ImproperlyConfigured(f"{name} {FIT[name][1]} The program does not start with this one.")
    return value


def _secret(value: str) -> bool:
    return len(value) >= 50 and len(set(value)) >= 10 and value != LOCAL_KEY and "insecure" not in value


def _hosts(value: str) -> bool:
    return all(host and "*" not in host for host in value.replace(" ", "").split(","))


def _program_role(value: str) -> bool:
    """The role that owns the tables may switch off the triggers that keep the record: the program never runs as it."""
    read = urlsplit(value)
    owner = urlsplit(env.str("DATABASE_OWNER_URL", default="")).username
    return read.scheme in {"postgres", "postgresql"} and read.username not in {None, "postgres", owner}


def _scheme(*allowed: str) -> Callable[[str], bool]:
    return lambda value: urlsplit(value).scheme in allowed


#: What production asks of a value: (the test, what it must be).
FIT: dict[str, tuple[Callable[[str], bool], str]] = {
    "SECRET_KEY": (_secret, "must be 50 random characters or more, made for this installation."),
    "ALLOWED_HOSTS": (_hosts, "must name the hosts this service answers to; * would let anybody's name through."),
    "DATABASE_URL": (_program_role, "must be a PostgreSQL address with a role that is neither the owner nor postgres."),
    "REDIS_URL": (_scheme("redis", "rediss", "unix"), "must be a Redis address."),
    "SITE_ADDRESS": (_scheme("https"), "must begin with https://: it stands in what people are sent."),
    "EMAIL_URL": (
        _scheme("smtp", "smtps", "smtp+tls", "smtp+ssl"),
        "must be a mail server (smtp+tls://…): otherwise escalations would reach nobody.",
    ),
    "DEFAULT_FROM_EMAIL": (lambda value: not value.endswith(".invalid"), "must be an address of the force."),
}
