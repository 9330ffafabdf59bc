"""The environment that the program runs in here: whatever was given, completed with our private servers."""

import fcntl
import os
import secrets
from typing import IO

from config.local.paths import LOCAL
from config.local.postgres import APP, OWNER, PUBLIC, Cluster
from config.local.redis import Redis

DATABASE = "cases"


class Guest:
    """Whoever uses the private servers holds this; the last to leave stops them (`leave`)."""

    def __init__(self) -> None:
        LOCAL.mkdir(parents=True, exist_ok=True)
        self.handle: IO[str] = (LOCAL / "guests.lock").open("a")
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def stay(self) -> None:
        """Keep the seat through an exec."""
        os.set_inheritable(self.handle.fileno(), True)

    def leave(self) -> None:
        """Stop the private servers, unless somebody else of this checkout is using them."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            if "REDIS_URL" not in os.environ:
                Redis().stop()
            if "DATABASE_URL" not in os.environ:
                Cluster().stop()
        self.handle.close()


def prepare(kind: str = "local") -> dict[str, str]:
    """Start what is private and return the environment for the program. `kind` is DJANGO_ENV: local or test."""
    made = {"DJANGO_ENV": kind, "DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": _secret()}
    if "DATABASE_URL" not in os.environ:
        cluster = Cluster()
        cluster.ensure()
        if kind == "local":
            cluster.create(DATABASE)
        # tests make and copy databases, which only the owner of the tables may
        made["DATABASE_URL"] = cluster.url(DATABASE, OWNER if kind == "test" else APP)
        made["DATABASE_OWNER_URL"] = cluster.url(DATABASE, OWNER)
        made["PUBLIC_DATABASE_URL"] = cluster.url(DATABASE, PUBLIC)
    if "REDIS_URL" not in os.environ:
        redis = Redis()
        redis.ensure()
        made["REDIS_URL"] = redis.url
    return {**made, **os.environ}


def _secret() -> str:
    """This checkout's own key, made once, so that a restart signs nobody out."""
    path = LOCAL / "secret_key"
    if not path.exists():
        LOCAL.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
