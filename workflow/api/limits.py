"""How often one may ask: for each token and each person, counted in the database's cache, so by all processes together."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import Token


class Fair(SimpleRateThrottle):
    """`settings.API_RATES`: so many requests a minute for a token, fewer for a person."""

    rate = "1/min"  # read anew for each request, below

    def get_cache_key(self, request: Any, view: Any) -> str:
        of_token = isinstance(request.auth, Token)
        scope, key = ("token", request.auth.pk) if of_token else ("person", request.user.pk)
        self.num_requests, self.duration = self.parse_rate(settings.API_RATES[scope])
        return f"api-rate-{scope}-{key}"
