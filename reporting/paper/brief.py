"""The brief on one page, for when systems are down: as it stood at a moment, and out of date when a turn of duty is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cases.models import Case, Involvement
from cases.services.brief_lines import Briefing
from cases.services.briefing import briefing_of
from people.services.places import words_at
from reporting.paper.case_file import other_cases

if TYPE_CHECKING:
    from reporting.models import Document


def written_brief(document: Document) -> str | None:
    """The brief with its asker's eyes, at the document's moment; of the code word only that there is one. None where what
    it is of is theirs to see no longer.
    """
    assert document.as_at is not None  # noqa: S101 - the worker has just set it
    case, user, subject = document.case, document.asked_by, document.subject
    if not type(subject).objects.visible_to(user).filter(pk=subject.pk).exists():
        return None
    briefing = briefing_of(subject, user, document.as_at)
    met = Involvement.objects.standing().filter(case__in=briefing.cases).order_by().values_list("person", flat=True)
    others = {*briefing.cases, *other_cases(case, dict.fromkeys(met, ""), user)}  # whose facts it says too
    document.shows, document.drawn_from = [], sorted(others - {case.pk})
    document.words_digest = briefing.digest
    context = {
        "heading": heading(document, briefing),
        "call": document.call,
        "briefing": briefing,
        "document": document,
        "as_at": document.as_at,
        "until": document.expires_at,
    }
    return render_to_string("reporting/brief.html", context)


def heading(document: Document, briefing: Briefing) -> str:
    """What it is of, in the words of whoever holds it: the number of the case, a name, or the address."""
    if document.place is not None:
        opened = Case.objects.open_to(document.asked_by).filter(pk__in=briefing.cases)
        return words_at(document.place, list(opened.values_list("pk", flat=True))) or _("This address")
    if document.person_id is not None:
        return briefing.names[0] if briefing.names else document.about
    return document.about
