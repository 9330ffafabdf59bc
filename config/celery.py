"""The Celery application. Its schedule is code (settings.CELERY_BEAT_SCHEDULE), never rows."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep  # type: ignore[import-untyped]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# a worker's lines carry the reference of the request that asked for the task, and say when a task failed
app.steps["worker"].add(DjangoStructLogInitStep)
