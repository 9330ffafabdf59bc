"""The API, its schema and its limits; where webhooks may go."""

from typing import Any

from config.settings.environment import PRODUCTION, env
from config.settings.service import SERVICE_NAME

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["workflow.api.limits.Fair"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "workflow.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "workflow.api.problems.told",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": SERVICE_NAME,
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["workflow.api.schema.whole"],
}
#: How often a token, and a person, may ask.
API_RATES = {
    "token": env.str("API_RATE_TOKEN", default="600/min"),
    "person": env.str("API_RATE_PERSON", default="300/min"),
}
#: Webhooks go to no address of the force's own network in production: a subscriber could otherwise knock on any door inside.
WEBHOOKS_MAY_GO_INSIDE = not PRODUCTION
