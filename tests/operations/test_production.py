"""Production starts only with everything it needs, and with nothing that is good enough for a trial only."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection

from config.local.paths import ROOT
from tests.journeys.conftest import address

WHOLE = {
    "DJANGO_ENV": "production",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "Zq8-rT2wKf_5LmXv9Ac3Hd7Yb1Ns6Pe0Gj4Uo8Iq2Rw5Et9Tk3Mz",
    "ALLOWED_HOSTS": "cases.northshire.example",
    "DATABASE_URL": "postgresql://da_app:long-and-random@database/cases",
    "REDIS_URL": "redis://broker:6379/0",
    "SITE_ADDRESS": "https://cases.northshire.example",
    "EMAIL_URL": "smtp+tls://cases:long-and-random@mail.northshire.example:587",
    "DEFAULT_FROM_EMAIL": "cases@northshire.example",
    "AUDIT_ANCHOR_FILE": "/srv/anchors/anchors.jsonl",
}
NEEDED = sorted(set(WHOLE) - {"DJANGO_ENV", "DJANGO_SETTINGS_MODULE"})
UNFIT = [
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("SECRET_KEY", "only-for-this-machine-never-for-a-real-person-0123456789"),
    ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789"),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "cases.northshire.example,*"),
    ("DATABASE_URL", "sqlite:///cases.sqlite3"),
    ("DATABASE_URL", "postgresql://postgres:secret@database/cases"),
    ("DATABASE_URL", "postgresql://da_owner:secret@database/cases"),
    ("REDIS_URL", "memory://"),
    ("SITE_ADDRESS", "http://cases.northshire.example"),
    ("EMAIL_URL", "consolemail://"),
    ("EMAIL_URL", "filemail:///outbox"),
    ("DEFAULT_FROM_EMAIL", "no-reply@cases.invalid"),
]


def python(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with these variables and no others of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept | surroundings, capture_output=True, text=True, check=False)


def test_production_starts_with_everything_it_needs() -> None:
    done = python(WHOLE, "-c", "import config.settings as s; print(s.DEBUG, s.PRODUCTION)")
    assert done.stdout.strip() == "False True", done.stderr[-1000:]


@pytest.mark.parametrize("name", NEEDED)
def test_production_refuses_to_start_without(name: str) -> None:
    done = python({key: value for key, value in WHOLE.items() if key != name}, "-c", "import config.settings")
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


@pytest.mark.parametrize(("name", "value"), UNFIT)
def test_production_refuses_to_start_with_a_value_for_trials_and_does_not_repeat_it(name: str, value: str) -> None:
    owner = {"DATABASE_OWNER_URL": "postgresql://da_owner:secret@database/cases"}
    done = python({**WHOLE, **owner, name: value}, "-c", "import config.settings")
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert f"ImproperlyConfigured: {name} must" in last
    if len(value) > 8:
        assert value not in last


def test_an_environment_that_is_not_named_is_production() -> None:
    done = python({"DJANGO_SETTINGS_MODULE": "config.settings"}, "-c", "import config.settings")
    assert "The program does not start without it" in done.stderr


@pytest.mark.django_db
def test_django_finds_nothing_to_warn_of_in_production() -> None:
    surroundings = WHOLE | {"DATABASE_URL": address(str(connection.settings_dict["NAME"]))}
    done = python(surroundings, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--database", "default")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.django_db
def test_the_demonstration_cannot_be_made_in_production() -> None:
    surroundings = WHOLE | {"DATABASE_URL": address(str(connection.settings_dict["NAME"]))}
    made = python(surroundings, "manage.py", "seed")
    assert made.returncode == 1
    assert "cannot be made in production" in made.stderr
    assert python(surroundings, "manage.py", "demo_signins").stdout == ""
