"""Logs: structured, and nobody's personal data."""

import structlog

from config.logs import PROCESSORS, logging_config
from config.settings.environment import TESTING, env

LOGGING = logging_config(env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO"))
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
structlog.configure(
    processors=PROCESSORS, logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True
)
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
