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

#: The virus scanner: tcp://host:port or unix:///path of a clamd; empty where there is none, and then nothing is scanned.
CLAMD = env.str("CLAMD", default="")
CLAMD_PATIENCE = env.float("CLAMD_PATIENCE", default=20.0)  # seconds without a word from it
#: The largest file of each family, in megabytes; what is larger is refused while it is still arriving.
FILE_MEGABYTES = {
    "picture": env.int("FILE_MEGABYTES_PICTURE", default=25),
    "document": env.int("FILE_MEGABYTES_DOCUMENT", default=25),
    "sound": env.int("FILE_MEGABYTES_SOUND", default=100),
    "film": env.int("FILE_MEGABYTES_FILM", default=200),
}
#: Everything that one request may carry, in megabytes.
UPLOAD_MEGABYTES = env.int("UPLOAD_MEGABYTES", default=400)
DATA_UPLOAD_MAX_NUMBER_FILES = 20
#: Where what is larger than 2.5 MB lies while it arrives; a container's own /tmp is memory.
FILE_UPLOAD_TEMP_DIR = env.str("UPLOAD_FOLDER", default="") or None
FILE_UPLOAD_HANDLERS = [
    "config.uploads.Measured",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o400
