"""Checks of how the house is set up; `manage.py check` and every start run them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.database)
def pool_without_persistent_connections(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A pool together with CONN_MAX_AGE fails on every request, and Django itself says nothing until then."""
    return [
        Error(
            f"DATABASES['{alias}'] has both a pool and CONN_MAX_AGE; every request would fail.",
            hint="Keep the pool and set CONN_MAX_AGE to 0.",
            id="house.E001",
        )
        for alias, database in settings.DATABASES.items()
        if database.get("OPTIONS", {}).get("pool") and database.get("CONN_MAX_AGE") != 0
    ]


@register()
def task_limit_below_visibility(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A task that outlives the broker's visibility timeout is delivered a second time while the first still runs."""
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    if visibility > settings.CELERY_TASK_TIME_LIMIT:
        return []
    return [Error("CELERY_TASK_TIME_LIMIT must be shorter than the broker's visibility_timeout.", id="house.E002")]
