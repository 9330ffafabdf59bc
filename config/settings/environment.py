"""What the settings are read from, and which of the three environments this is.

DJANGO_ENV is `production` (the default), `local` (set by ./run) or `test` (set by the tests).
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
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
