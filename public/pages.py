"""One address, one view: a post carries the sealed page and one answer, and the answer to it is the next page.

There is no way back and nothing to come back to: a page that is loaded afresh begins anew. What was said is never shown
again; only what was typed for the very question before the person stands there still when it is refused or looked away from.
"""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from public import leaves, letterbox, settings
from public.drawn import frame, leaf_page, question_page
from public.limits import EVERYBODY, Limit, nameless
from public.questions import BY_NAME, following
from public.reading import read, typed_in
from public.said import Said
from public.sealed import Page, seal, unseal

STEPS = Limit(*settings.STEPS)
SENDINGS = Limit(*settings.SENDINGS)
ALL_SENDINGS = Limit(*settings.ALL_SENDINGS)
SEND, DONE = "send", "done"


def page(request: HttpRequest) -> HttpResponse:
    """The start, or what follows from a post."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return leaf(request, Page(), leaves.NOWHERE, status=405)
    if request.method != "POST" or from_elsewhere(request):
        return leaf(request, Page(language=wanted(request)), leaves.START)
    before = opened(request.POST.get("page", ""))
    if before is None:
        return again(request, wanted(request))
    if STEPS.bites(who(request), time.monotonic()):
        return too_often(request, keeping(before, request))
    return acted(request, before)


def acted(request: HttpRequest, before: Page) -> HttpResponse:
    """What the button that was pressed asks for."""
    if (language := request.POST.get("speak")) in {"en", "cy"}:
        before.language = str(language)
        return shown(request, keeping(before, request))
    if aside := leaves.ASIDES.get(request.POST.get("aside", "")):
        return leaf(request, keeping(before, request), aside, button="back")
    if "back" in request.POST:
        return shown(request, before)
    return sent(request, before) if before.at == SEND else answered(request, before)


def answered(request: HttpRequest, before: Page) -> HttpResponse:
    """The answer to a question: kept, and the next asked; or refused with what is wrong. From the start, the first."""
    if before.at == DONE:
        return shown(request, Page(language=before.language))
    question = BY_NAME.get(before.at)
    if question:
        said, faults = read(question, keeping(before, request).typed)
        if faults:
            return draw(request, before, "question.html", question_page(before, question, faults))
        before.said |= said
        before.typed = {}
    after = following(before.at if question else "", before.said)
    before.at = after.name if after else SEND
    return shown(request, before)


def sent(request: HttpRequest, before: Page) -> HttpResponse:
    """The request is put through the letterbox."""
    now = time.monotonic()
    if SENDINGS.bites(who(request), now) or ALL_SENDINGS.bites(EVERYBODY, now):
        return too_often(request, before)
    try:
        letterbox.put_in(before.said, key=before.key, language=before.language, letterbox=settings.LETTERBOX)
    except letterbox.NotTaken:
        return leaf(request, before, leaves.NOT_TAKEN, button="retry", status=503)
    left = {name: before.said.get(name, "") for name in ("danger", "reach")}  # what the last page says still depends on
    return shown(request, Page(language=before.language, at=DONE, said=left))


def shown(request: HttpRequest, now: Page) -> HttpResponse:
    """The page at which the person is."""
    if question := BY_NAME.get(now.at):
        return draw(request, now, "question.html", question_page(now, question, {}))
    if now.at == DONE:
        reached = leaves.COME_TO_US if now.said.get("reach") == "none" else leaves.IN_YOUR_WAY
        return leaf(request, now, leaves.DONE, reached, button="")
    return leaf(request, now, leaves.SEND, button="send") if now.at == SEND else leaf(request, now, leaves.START)


def again(request: HttpRequest, language: str) -> HttpResponse:
    """What was typed is wiped."""
    return leaf(request, Page(language="cy" if language == "cy" else "en"), leaves.WIPED)


def stay(request: HttpRequest) -> HttpResponse:
    """The same page, sealed anew: asked by a page in which somebody has just typed. 410 when it was too late."""
    before = opened(request.POST.get("page", ""))
    if before is None or from_elsewhere(request) or STEPS.bites(who(request), time.monotonic()):
        return HttpResponse(status=410, content_type="text/plain")
    return HttpResponse(sealed_now(before), content_type="text/plain; charset=utf-8")


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def too_often(request: HttpRequest, before: Page) -> HttpResponse:
    """Never a bare refusal: the numbers that answer, and a way to try again with what was typed."""
    answer = leaf(request, before, leaves.TOO_OFTEN, button="retry", status=429)
    answer["Retry-After"] = "300"
    return answer


def nowhere(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return leaf(request, Page(language=wanted(request)), leaves.NOWHERE, status=404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return leaf(request, Page(), leaves.NOWHERE, status=400)


def fault(request: HttpRequest) -> HttpResponse:
    return leaf(request, Page(), leaves.NOT_TAKEN, status=500)


def leaf(
    request: HttpRequest, now: Page, words: leaves.Leaf, *more: Said, button: str = "start", status: int = 200
) -> HttpResponse:
    """A page of sentences and its one button: start, send, back, retry or none."""
    return draw(request, now, "leaf.html", leaf_page(now, words, more) | {"button": button}, status)


def draw(request: HttpRequest, now: Page, template: str, body: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page, with itself sealed in it."""
    return render(request, template, frame(now) | body | {"sealed": sealed_now(now)}, status=status)


def keeping(before: Page, request: HttpRequest) -> Page:
    """The page with what is typed on it now; a post that says nothing of the question leaves it as it was."""
    question = BY_NAME.get(before.at)
    if question and "answering" in request.POST:
        before.typed = typed_in(question, dict(request.POST.lists()))
    return before


def opened(token: str) -> Page | None:
    return unseal(token, settings.SECRET_KEY, int(time.time()), settings.QUIET)


def sealed_now(now: Page) -> str:
    return seal(now, settings.SECRET_KEY, int(time.time()))


def wanted(request: HttpRequest) -> str:
    """The language of whoever comes without a page: what their browser prefers."""
    return "cy" if request.headers.get("Accept-Language", "").lower().startswith("cy") else "en"


def from_elsewhere(request: HttpRequest) -> bool:
    """Another site’s form: it begins at the start like anybody else."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


def who(request: HttpRequest) -> str:
    """Whose turn is counted; behind our proxy only the address that it added itself is believed."""
    passed_on = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return nameless(passed_on.rpartition(",")[2] or request.META.get("REMOTE_ADDR", ""))
