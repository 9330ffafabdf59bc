"""Logs and metrics: structured, and nobody's personal data."""

import structlog

from config.logs import PROCESSORS, logging_config
from config.settings.environment import TESTING, env

LOGGING = logging_config(env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO"))
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # it would also travel in the message of every task
structlog.configure(
    processors=PROCESSORS, logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True
)
#: Metrics have a listener of their own (`manage.py metrics`), which no public address may lead to.
METRICS_HOST = env.str("METRICS_HOST", default="127.0.0.1")
METRICS_PORT = env.int("METRICS_PORT", default=9102)
PROMETHEUS_EXPORT_MIGRATIONS = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
