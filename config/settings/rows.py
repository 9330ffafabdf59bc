"""Where rows are: the database and its two roles, sessions, the cache."""

import sys
from pathlib import Path
from typing import Any

import environ

from config.settings.environment import TESTING, env, required

#: What a request may cost the database, so that one page cannot hold the others up; gunicorn itself gives up at 60 s.
LIMITS = "-c statement_timeout=55s -c idle_in_transaction_session_timeout=60s"
#: Compiling a long question took a second and more where answering it took one millisecond.
PLANS = "-c jit=off"
SERVING = "gunicorn" in Path(sys.argv[0]).parts
#: Celery's processes fork, tests count connections: neither may share a pool.
POOLED = not TESTING and "celery" not in Path(sys.argv[0]).parts and env.bool("DATABASE_POOL", default=True)
#: Whether a connection may keep the plan of a statement (`cases/kept.py`): it must be ours for longer than one request.
DATABASE_KEEPS_PLANS = POOLED or TESTING


def database(url: str) -> dict[str, Any]:
    """Django's dictionary for a URL; a socket folder may be given as `?host=`, as PostgreSQL's own tools take it."""
    read: dict[str, Any] = dict(environ.Env.db_url_config(url))
    options = dict(read.get("OPTIONS", {}))
    read["HOST"] = options.pop("host", None) or read.get("HOST", "")
    options.setdefault("options", f"{LIMITS} {PLANS}" if SERVING else PLANS)
    if POOLED:
        options["pool"] = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 10}
    # asked of each pooled connection: after a restart of the server each dead one would cost somebody a fault page
    return read | {"OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": POOLED, "ATOMIC_REQUESTS": False}


DATABASES = {"default": database(required("DATABASE_URL", "postgresql://localhost/cases"))}
#: The role that owns the tables. Only `manage.py setup` uses it; the running program owns nothing.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_READER = database
#: The role of the public page, which may only put a request in (`config/owner.py`); where the server lacks it, nothing is granted.
PUBLIC_ROLE = env.str("PUBLIC_ROLE", default="da_public")
#: How long a migration waits for a table that somebody is using: everybody else queues behind it meanwhile.
MIGRATION_LOCK_SECONDS = env.int("MIGRATION_LOCK_SECONDS", default=5)
#: A streaming copy that reports may read, if there is one. Who may see what is always asked of the first database.
if REPLICA_URL := env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = database(REPLICA_URL)
    DATABASES["replica"]["OPTIONS"]["connect_timeout"] = 2
#: A copy further behind than this is not asked: figures would contradict the page that they stand on.
REPLICA_BEHIND_SECONDS = env.int("REPLICA_BEHIND_SECONDS", default=180)

# In the database, both: what somebody typed, and the count of failed sign-ins, must survive a flush of Redis.
SESSION_ENGINE = "accounts.sessions"  # rows that know their person
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "config_cache"}}
