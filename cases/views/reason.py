"""Why do you need to open this? Asked of whoever opens what is not their own work; it never keeps anybody out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from audit import services as audit
from audit.models import Access
from cases import visibility
from cases.forms.reason import NOT_GIVEN, Answers, WhyOpen, as_reason
from cases.models import Case
from cases.views.door import denied
from workflow.api.door import asks_why


@login_required
@require_http_methods(["GET", "POST"])
def reason_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, write the answer down, and open. "I will say later" opens as well, and that is written down too."""
    user: Any = request.user
    case = Case.objects.visible_to(user).filter(reference=reference).first()
    if case is None:
        denied(Case, user, reference=reference)
        raise Http404
    onward = _onward(request, case)
    if request.method == "POST":
        form = WhyOpen(request.POST)
        if "later" in request.POST:
            return _opened(user, case, onward, {"reason_code": NOT_GIVEN})
        if form.is_valid():
            return _opened(user, case, onward, as_reason(form))
        return _ask(request, case, form, onward, status=422)
    if not visibility.reason_needed(case, user):
        return redirect(onward)
    return _ask(request, case, WhyOpen(), onward)


def _ask(request: HttpRequest, case: Case, form: WhyOpen, onward: str, status: int = 200) -> HttpResponse:
    return render(
        request, "cases/reason.html", {"reference": case.reference, "form": form, "onward": onward}, status=status
    )


def _opened(user: Any, case: Case, onward: str, said: dict[str, str]) -> HttpResponse:
    _keep(user, case, said)
    return redirect(onward)


def _keep(user: Any, case: Case, said: dict[str, str]) -> None:
    audit.looked(by=user, kind=Access.Kind.REASON, what=f"cases.case:{case.pk}", folder=case, **said)


def _onward(request: HttpRequest, case: Case) -> str:
    """Where the person was going, if that is a page of ours; else the case."""
    said = str(request.POST.get("next") or request.GET.get("next") or "")
    safe = url_has_allowed_host_and_scheme(said, allowed_hosts=None) and said.startswith("/")
    return said if safe else case.get_absolute_url()


# the same question by the API: a code in a header
asks_why(Answers(), lambda user, case, code: _keep(user, case, {"reason_code": code}))
