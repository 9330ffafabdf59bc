"""Where the front-end libraries are served from: a folder that carries its version in its name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

register = template.Library()

#: The name of the folder, and the package whose locked version completes it.
PACKAGES = {"govuk-frontend": "govuk-frontend", "moj-frontend": "@ministryofjustice/frontend"}


@register.simple_tag
def vendor(library: str, file: str) -> str:
    """The address of one file of a library. Raises ImproperlyConfigured for a library that is not locked."""
    return static(f"{folder(library)}/{file}")


@cache
def folder(library: str) -> str:
    """`govuk-frontend-6.6.0`: the version is read once, from the lock file that the assets were copied by."""
    try:
        lock = json.loads(Path(settings.BASE_DIR, "package-lock.json").read_text())
        return f"{library}-{lock['packages'][f'node_modules/{PACKAGES[library]}']['version']}"
    except (OSError, KeyError) as problem:
        raise ImproperlyConfigured(f"No locked version of {library}: see package-lock.json.") from problem
