"""How services and agencies were used in the last twelve months, and what advisers carry."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import COMMAND, SPECIALISTS, roles
from safeguarding.services.use import advisers_carry, agencies_used, services_used
from workflow.pages.door import for_roles

COUNTS = SPECIALISTS | COMMAND | roles("marac_coordinator", "chief_officer", "analyst")
A_YEAR = timedelta(days=365)


@require_safe
@for_roles(COUNTS)
def service_use_page(request: HttpRequest) -> HttpResponse:
    """Counts of the whole force, so nobody's case is told. Five queries beside the door's, whatever their number."""
    since = timezone.now() - A_YEAR
    context = {
        "agencies": agencies_used(since),
        "services": services_used(since),
        "advisers": advisers_carry(),
        "since": since,
    }
    return render(request, "safeguarding/service_use.html", context)
