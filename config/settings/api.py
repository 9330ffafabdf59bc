"""The API and its schema."""

from typing import Any

from config.settings.service import SERVICE_NAME

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {"TITLE": SERVICE_NAME, "VERSION": "1", "SERVE_INCLUDE_SCHEMA": False}
SPECTACULAR_SETTINGS |= {"SWAGGER_UI_DIST": "SIDECAR", "REDOC_DIST": "SIDECAR"}
