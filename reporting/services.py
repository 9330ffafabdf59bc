"""The verbs of papers: ask for one, make it, and look after those that nobody is making."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
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
from cases.models import Call, Case
from cases.panels import panels_of
from cases.services.brief_lines import Briefing
from cases.services.briefing import Subject, briefing_of
from people.models import Person, Place
from reporting import paper
from reporting.models import OF, TRIES, Document, DocumentContent
from workflow.models import Refusal, Refused

GAVE_UP = f"It was tried {TRIES} times and could not be made. Ask again; if that fails too, ring the service desk."
HIDDEN_NOW = "Whoever asked for this may no longer open the case, so it was not made."
NOTHING_OPEN = "Nothing of theirs stands open to you that could be printed. Open a case of theirs first, and say why."
SWEPT_AT_ONCE = 100


def ask_for_document(
    *, case: Case, by: User, kind: str = Document.Kind.CASE_FILE, hits: Sequence[int] = (), **of: Any
) -> tuple[Document, bool]:
    """The paper that this person asks for, and whether it is new: one that is still being made is given again.

    The caller has found the case visible to them. Written down as a print, which is a disclosure (DPA 2018 s62), with the
    cases it draws on as far as they are known (`hits`). `of`: whom or what it is of, where that is not the case.
    """
    with transaction.atomic():
        document, new = begun(case=case, by=by, kind=kind, **of)
        if new or document.ahead:
            write_down_print(document, hits)
    return document, new


def begun(*, case: Case, by: User, kind: str, ahead: bool = False, **of: Any) -> tuple[Document, bool]:
    """The paper of this that is not made yet, and whether it is new. Nothing is written down: nobody may have asked."""
    about = {name: of.get(name) for name in ("other", "pack", *OF)}
    asked = {"case": case, "kind": kind, "asked_by": by, **about}
    return Document.objects.unfinished().get_or_create(**asked, defaults={"asked_at": timezone.now(), "ahead": ahead})


def write_down_print(document: Document, hits: Sequence[int]) -> None:
    """A print of it, and of each whom it is about, so that whoever asks who printed what of somebody finds it under them."""
    said: dict[str, Any] = {"by": document.asked_by, "kind": Access.Kind.PRINT, "operation": Operation.DISCLOSURE}
    audit.looked(what=f"reporting.document:{document.pk}", folder=document.case, **said)
    for person in document.people:
        audit.looked(what=f"people.person:{person}", hits=list(hits), **said)


def ask_about(*people: int, by: User) -> tuple[Document, bool]:
    """A paper about one person, or about what is between two, by id. Written down as a print of each of them, with the
    cases it draws on. The caller has found each of them visible. Raises Refused where no case of theirs stands open.
    """
    case, drawn = paper.kept_with(people, by)
    if case is None:
        raise Refused(Refusal.GUARD, NOTHING_OPEN)
    kind = Document.Kind.NARRATIVE if len(people) == 1 else Document.Kind.PAIR
    of = dict(zip(("person", "other"), (Person(pk=one) for one in people), strict=False))
    return ask_for_document(case=case, by=by, kind=kind, hits=drawn, **of)


def ask_for_brief(subject: Subject, *, by: User) -> tuple[Document, bool]:
    """The brief of a call, an incident, a person, a place or a case on paper. The copy that was made ahead for them is
    given where it says what the brief says now. The caller has found it visible. Raises Refused where nothing is known.
    """
    now = timezone.now()
    found = briefing_of(subject, by, now)
    case = kept_case(subject, found.cases, by)
    if isinstance(subject, Call) and (ready := ahead_of(subject, by)) and holds(ready, found, now):
        write_down_print(ready, ())
        write_down_others(ready)
        return ready, False
    of = {} if isinstance(subject, Case) else {str(subject._meta.model_name): subject}
    return ask_for_document(case=case, by=by, kind=Document.Kind.BRIEF, hits=sorted(found.cases), **of)


def kept_case(subject: Subject, cases: Sequence[int], user: User) -> Case:
    """The case that the paper of a brief is kept with: its own; of a person or a place the newest that the brief tells of,
    rather one that stands open to them.
    """
    if not isinstance(subject, Person | Place):
        found: Case = subject.folder
        return found
    rows = Case.objects.visible_to(user).filter(pk__in=cases).select_related("unit").order_by("-opened_at", "-pk")
    kept = rows.filter(pk__in=Case.objects.open_to(user).values("pk")).first() or rows.first()
    if kept is None:
        raise Refused(Refusal.GUARD, NOTHING_OPEN)
    return kept  # type: ignore[no-any-return]


def ahead_of(call: Call, user: User) -> Document | None:
    """The newest copy of its brief that was made ahead for them. Index: document_ahead."""
    return Document.objects.filter(ahead=True, call=call, asked_by=user).order_by("-pk").first()


def holds(document: Document, found: Briefing, now: datetime) -> bool:
    """Whether a copy is ready, says what the brief says now, and may be opened by whom it was made for."""
    made = document.stage == Document.Stage.MADE and not out_of_date(document, now)
    return made and document.words_digest == found.digest and may_read(document, document.asked_by)


def out_of_date(document: Document, now: datetime) -> bool:
    """Whether the paper was for a turn of duty that is over."""
    return document.expires_at is not None and document.expires_at <= now


def may_read(document: Document, user: User) -> bool:
    """Whether somebody who may open the case may read this paper of it: its asker, and whoever sees no less than they.

    The paper was made with its asker's eyes: names and history may come from other cases that they could open. One about
    people, and a brief, is read by its asker alone, and only as long as they may open every case that it draws on.
    """
    own = document.asked_by_id == user.pk
    of_many = document.of_many or document.kind == Document.Kind.BRIEF
    if own and not of_many:
        return True
    others = Case.objects.visible_to(user).filter(pk__in=document.drawn_from).count()
    if of_many or others != len(document.drawn_from):
        return own and others == len(document.drawn_from)
    case = document.case
    seen = {panel.name for panel in panels_of(case, user.roles_over(case.unit), paper=True)}
    return set(document.shows) <= seen


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
        cases = Case.objects.select_related("unit")
        of_pack = document.kind == Document.Kind.PACK
        visible = cases.visible_to(document.asked_by) if of_pack else cases.read_by(document.asked_by)
        case = visible.filter(pk=document.case_id).first()
        if case is None:
            return None
        document.as_at = now = timezone.now()
        if document.kind == Document.Kind.BRIEF:
            return paper.written_brief(document)
        if document.kind == Document.Kind.PACK:
            return paper.written_pack(document)
        if document.kind == Document.Kind.DECISION:
            return paper.written_decision(document)
        if document.people:
            return read_about_people(document, now)
        file = paper.read_case(case, document.asked_by, document.as_at)
        document.shows, document.drawn_from = file.shows, file.drawn_from
        return paper.written(file, document)


def read_about_people(document: Document, now: datetime) -> str | None:
    """The same for a paper about people; None where its asker may see nothing of them any longer."""
    file = paper.read_people(document, document.asked_by, now)
    if file is None:
        return None
    document.shows, document.drawn_from = file.shows, file.drawn_from
    return paper.written_about(file, document)


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
            words_digest=document.words_digest,
        )  # fmt: skip
        if kept:
            DocumentContent.objects.create(document=document, pdf=pdf)
            if not document.ahead:
                write_down_others(document)
    return bool(kept)


def write_down_others(document: Document) -> None:
    """A brief says what other cases know: each of them has it in its record that it was printed, now that they are known."""
    if document.kind == Document.Kind.BRIEF and document.drawn_from:
        what = f"reporting.document:{document.pk}"
        audit.looked(
            by=document.asked_by, kind=Access.Kind.PRINT, what=what, folder=document.case,
            hits=sorted(document.drawn_from), operation=Operation.DISCLOSURE,
        )  # fmt: skip


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
