"""The verbs of papers: ask for one, make it, and look after those that nobody is making."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from audit import services as audit
from audit.models import Access, Operation
from cases.models import Case
from cases.panels import panels_of
from reporting import paper
from reporting.models import TRIES, Document, DocumentContent

GAVE_UP = f"It was tried {TRIES} times and could not be made. Ask again; if that fails too, ring the service desk."
HIDDEN_NOW = "Whoever asked for this may no longer open the case, so it was not made."
SWEPT_AT_ONCE = 100


def ask_for_document(*, case: Case, by: User, kind: str = Document.Kind.CASE_FILE) -> tuple[Document, bool]:
    """The paper that this person asks for, and whether it is new: one that is still being made is given again.

    The caller has found the case visible to them. Written down as a print, which is a disclosure (DPA 2018 s62).
    """
    with transaction.atomic():
        asked = {"case": case, "kind": kind, "asked_by": by}
        document, new = Document.objects.unfinished().get_or_create(**asked, defaults={"asked_at": timezone.now()})
        if new:
            what = f"reporting.document:{document.pk}"
            audit.looked(by=by, kind=Access.Kind.PRINT, what=what, folder=case, operation=Operation.DISCLOSURE)
    return document, new


def may_read(document: Document, user: User) -> bool:
    """Whether somebody who may open the case may read this paper of it: its asker, and whoever sees no less than they.

    The paper was made with its asker's eyes: names and history may come from other cases that they could open.
    """
    if document.asked_by_id == user.pk:
        return True
    case = document.case
    seen = {panel.name for panel in panels_of(case, user.roles_over(case.unit), paper=True)}
    others = Case.objects.visible_to(user).filter(pk__in=document.drawn_from).count()
    return set(document.shows) <= seen and others == len(document.drawn_from)


@override(settings.LANGUAGE_CODE)  # papers are made in the language of the record
def make(document_id: int, *, again: bool = False) -> bool:
    """Make a paper that waits; True if this call made it. Safe to run twice, at once or one after the other.

    `again`: the broker gave the task back because the worker that had it is gone, so an attempt in hand is taken over.
    What goes wrong is raised, once the paper is back in the queue or, after the last attempt, said to have failed.
    """
    document = take(document_id, again=again)
    if document is None:
        return False
    try:
        return make_taken(document)
    except Exception:
        put_back(document)
        raise


def take(document_id: int, *, again: bool) -> Document | None:
    """The paper, now this attempt's own; None if it is finished or another has it. The database decides who wins."""
    free = Q(stage=Document.Stage.QUEUED)
    if again:
        free |= Q(stage=Document.Stage.MAKING)
    run = uuid.uuid4()
    taken = Document.objects.filter(free, pk=document_id, attempts__lt=TRIES).update(
        stage=Document.Stage.MAKING, run=run, attempts=F("attempts") + 1, taken_at=timezone.now(), progress=5,
        words="Reading the case",
    )  # fmt: skip
    if not taken:
        return None
    return Document.objects.select_related("asked_by", "case__unit").get(pk=document_id)


def make_taken(document: Document) -> bool:
    """Read the case, lay it out, keep the bytes; False if the asker may not open it or another attempt took over."""
    html = read(document)
    if html is None:
        own(document).update(stage=Document.Stage.FAILED, failed_because=HIDDEN_NOW, words="Could not be made")
        return False
    say(document, 25, "Laying out the pages")
    pdf, pages = paper.press(html, telling(document))
    return keep(document, pdf, pages)


def read(document: Document) -> str | None:
    """The paper as HTML, with what its asker may see at one moment; None if that is nothing.

    One snapshot of the database for all of it, so that no page tells of a state that another does not know.
    """
    with one_snapshot():
        visible = Case.objects.visible_to(document.asked_by).select_related("unit")
        case = visible.filter(pk=document.case_id).first()
        if case is None:
            return None
        document.as_at = timezone.now()
        file = paper.read_case(case, document.asked_by, document.as_at)
        document.shows, document.drawn_from = file.shows, file.drawn_from
        return paper.written(file, document)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction whose every question sees the same moment; inside another transaction, that one's."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def telling(document: Document) -> Callable[[int, int], None]:
    """What the press calls as it goes: the page being laid out, and how many there are (0 while that is not known)."""

    def tell(page: int, pages: int) -> None:
        if pages:
            say(document, 90, f"Writing {pages} page{'' if pages == 1 else 's'}")
        else:
            say(document, 30 + min(page, 50), f"Laying out page {page}")

    return tell


def say(document: Document, progress: int, words: str) -> None:
    own(document).update(progress=min(progress, 99), words=words)


def own(document: Document) -> Any:
    """The row, as long as it is still this attempt's."""
    return Document.objects.filter(pk=document.pk, run=document.run, stage=Document.Stage.MAKING)


def keep(document: Document, pdf: bytes, pages: int) -> bool:
    """Keep the bytes and say that it is ready; False, and nothing kept, if another attempt took over meanwhile."""
    with transaction.atomic():
        kept = own(document).update(
            stage=Document.Stage.MADE, progress=100, words="Ready", as_at=document.as_at, made_at=timezone.now(),
            pages=pages, digest=hashlib.sha256(pdf).hexdigest(), shows=document.shows, drawn_from=document.drawn_from,
        )  # fmt: skip
        if kept:
            DocumentContent.objects.create(document=document, pdf=pdf)
    return bool(kept)


def put_back(document: Document) -> None:
    """After a fault: to the queue again, or failed with a sentence when it was the last attempt."""
    if document.attempts < TRIES:
        own(document).update(stage=Document.Stage.QUEUED, progress=0, words="Waiting for its turn")
    else:
        own(document).update(stage=Document.Stage.FAILED, failed_because=GAVE_UP, words="Could not be made")


def sweep(now: datetime) -> list[int]:
    """Ids of the papers that a worker must be told of again as at the moment (UTC), the oldest first, one batch.

    Those that nobody began, because the broker was down, and those whose worker is gone; these fail in the end.
    """
    with transaction.atomic():
        stuck = Document.objects.stuck(now).select_for_update(skip_locked=True).order_by("asked_at")[:SWEPT_AT_ONCE]
        for document in stuck:
            put_back(document)
    return list(Document.objects.unheard(now).order_by("asked_at").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
