"""Files and mail: static files, documents, what is sent."""

import environ

from config.settings.environment import BASE_DIR, ENVIRONMENT, LOCAL_DIR, PRODUCTION, TESTING, env, required

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(LOCAL_DIR / "static"))()
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
if (LOCAL_DIR / "assets").is_dir():
    STATICFILES_DIRS.append(LOCAL_DIR / "assets")
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(LOCAL_DIR / "documents"))()
#: Compressing takes a minute of processor time and saves nothing on the machine's own wire.
STATIC_BACKEND = {
    "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "local": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
}[ENVIRONMENT]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_BACKEND},
}
if TESTING:
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

EMAIL_URL = required("EMAIL_URL", "") if PRODUCTION else env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = LOCAL_DIR / "outbox"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "no-reply@cases.invalid")
SITE_ADDRESS = required("SITE_ADDRESS", f"http://127.0.0.1:{env.int('PORT', default=8000)}")
