"""The code word of safe contact: asked for on a page of its own, shown for half a minute, in no other page's source."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit import services as audit
from audit.models import Access
from cases.forms.reason import WhyCodeWord
from cases.models import Case, SafeContact
from cases.steps.safety import CAREFUL
from cases.views.door import open_case
from workflow.models import Refusal, Refused
from workflow.pages.records import page

SHOWN_FOR = 30  # seconds; a setting of the force


@never_cache
@require_http_methods(["GET", "POST"])
@page
def code_word_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why; show it once to who says so, and write it down where the case keeps who has looked."""
    case = open_case(request, reference)
    user: Any = request.user
    if not user.holds(CAREFUL, None):
        raise Refused(Refusal.ROLE, "Your role may not see the code word.")
    contact = SafeContact.objects.standing().filter(case=case).first()
    if contact is None or not contact.code_word:
        raise Http404
    form = WhyCodeWord(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _shown(request, case, contact, form.cleaned_data["reason"])
    context = {"case": case, "form": form, "seconds": SHOWN_FOR}
    return render(request, "cases/code_word.html", context, status=422 if form.errors else 200)


def _shown(request: HttpRequest, case: Case, contact: SafeContact, reason: str) -> HttpResponse:
    user: Any = request.user
    what = f"cases.safecontact:{contact.pk}:code_word"
    audit.looked(by=user, kind=Access.Kind.VIEW, what=what, folder=case, reason_code="code_word", reason=reason)
    context = {"case": case, "contact": contact, "seconds": SHOWN_FOR}
    answer = render(request, "cases/code_word_shown.html", context)
    answer.headers["Refresh"] = f"{SHOWN_FOR}; url={case.get_absolute_url()}"
    return answer
