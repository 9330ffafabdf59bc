"""Other systems: the list, one with its tokens and the addresses that are told, and the page that shows a secret once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import SystemAccount, Token
from accounts.models.token import KEEPERS_OF_ACCOUNTS
from accounts.proof import proof_first
from accounts.roles import ROLES
from supervision.models import Subscription
from supervision.steps.system_account import SYSTEM_ACCOUNT, TOKEN, WEBHOOK
from workflow import engine
from workflow.declare import Step, Workflow
from workflow.models import Refusal, Refused
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, number, older
from workflow.pages.records import once, page

MOST = 100
ALREADY = "This was done already, and its secret was shown then. If nobody kept it, revoke it and make another."


@require_safe
@for_roles(KEEPERS_OF_ACCOUNTS)
def system_accounts_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    rows = SystemAccount.objects.visible_to(user).select_related("user", "over").order_by("-pk")
    if before := number(request.GET.get("before")):
        rows = rows.filter(pk__lt=before)
    found, onward = older(list(rows[: PAGE + 1]))
    context = {
        "accounts": found, "older": onward, "may_ask": may_begin(SYSTEM_ACCOUNT.name, "ask", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/system_accounts.html", context)


@require_safe
@login_required
def system_account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: what it is for, what it may do, its tokens and who is told."""
    account, user, now = _account(request, pk), request.user, timezone.now()
    tokens = account.tokens.order_by("-pk")[:MOST]
    told = account.subscriptions.order_by("-pk")[:MOST]
    held = user.roles_over(account.scope)  # type: ignore[union-attr]
    is_open = account.state == SystemAccount.State.OPEN
    context = {
        "account": account, "roles": [ROLES[role].label for role in account.roles],
        "acts": acts_on(account, user, held),  # type: ignore[arg-type]
        "tokens": [(token, token.said(now), acts_on(token, user, held)) for token in tokens],  # type: ignore[arg-type]
        "subscriptions": [(row, acts_on(row, user, held)) for row in told],  # type: ignore[arg-type]
        "may_issue": is_open and bool(TOKEN.step("issue").who & held),
    }  # fmt: skip
    return render(request, "supervision/system_account.html", context)


def _account(request: HttpRequest, pk: int) -> SystemAccount:
    user: Any = request.user
    found: SystemAccount | None = (
        SystemAccount.objects.visible_to(user).select_related("user", "unit", "over").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


@never_cache
@page
@require_http_methods(["GET", "POST"])
@proof_first
def issue_token(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    return _make(request, account, TOKEN, TOKEN.step("issue"), lambda: Token(account=account))


@never_cache
@page
@require_http_methods(["GET", "POST"])
@proof_first
def subscribe(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    return _make(request, account, WEBHOOK, WEBHOOK.step("subscribe"), lambda: Subscription(account=account))


def _make(
    request: HttpRequest, account: SystemAccount, table: Workflow, step: Step, blank: Callable[[], Any]
) -> HttpResponse:
    """Take the step and show the secret that it made: on this one answer, which no browser keeps."""
    user: Any = request.user
    if request.method != "POST":
        engine.refuse_unless_allowed(table, step, blank(), user, seen=None, at=timezone.now())
        return _ask(request, account, table, step, step.evidence())
    made: list[Any] = []

    def act() -> str:
        made.append(engine.perform(blank(), step.name, by=user, evidence=request.POST))
        return "made"

    try:
        once(request, act)
    except Refused as refusal:
        if refusal.kind is not Refusal.FORM:
            raise
        return _ask(request, account, table, step, refusal.errors, status=422)
    context = {"account": account, "made": made[0] if made else None, "table": table, "already": ALREADY}
    return render(request, "supervision/system_secret.html", context)


def _ask(
    request: HttpRequest, account: SystemAccount, table: Workflow, step: Step, form: Any, status: int = 200
) -> HttpResponse:
    context = {"account": account, "workflow": table, "step": step, "form": form, "token": uuid.uuid4().hex}
    return render(request, "supervision/system_new.html", context, status=status)
