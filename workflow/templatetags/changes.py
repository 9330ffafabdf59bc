"""Two versions of a text side by side: what was removed from the one, what was added in the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

REMOVED = '<del><span class="govuk-visually-hidden">removed: </span>{}</del>'
ADDED = '<ins><span class="govuk-visually-hidden">added: </span>{}</ins>'
#: Above this many words the whole is shown as changed: comparing word by word would take seconds.
COMPARED = 3000


@register.filter
def removed(before: object, after: object) -> SafeString:
    """The older text, with the words that the newer one lacks struck through."""
    return marked(said(before), said(after), REMOVED, lambda match: (match[1], match[2]), "delete")


@register.filter
def added(after: object, before: object) -> SafeString:
    """The newer text, with the words that the older one lacks underlined."""
    return marked(said(before), said(after), ADDED, lambda match: (match[3], match[4]), "insert")


def marked(
    before: str, after: str, mark: str, side: Callable[[tuple[str, int, int, int, int]], tuple[int, int]], kind: str
) -> SafeString:
    """One side of the comparison as HTML; every piece of the text is escaped."""
    old, new = words(before), words(after)
    shown = old if kind == "delete" else new
    if len(old) + len(new) > COMPARED:
        return format_html(mark, "".join(shown)) if before != after else format_html("{}", "".join(shown))
    pieces = []
    for match in SequenceMatcher(None, bare(old), bare(new), autojunk=False).get_opcodes():
        start, end = side(match)
        piece = "".join(shown[start:end])
        if piece:
            pieces.append((format_html(mark if match[0] in {"replace", kind} else "{}", piece),))
    return format_html_join("", "{}", pieces)


def words(text: str) -> list[str]:
    """Words with the space that follows them, so that joining them gives the text back."""
    return re.findall(r"\S+\s*|\s+", text)


def bare(texts: list[str]) -> list[str]:
    """Words without their spaces: the last word of a text is the same word in the middle of another."""
    return [text.strip() for text in texts]


def said(value: object) -> str:
    """The text of an answer; nothing for none."""
    return "" if value is None else str(value)
