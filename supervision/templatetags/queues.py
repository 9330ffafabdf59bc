"""What the address of a row of a queue carries with it."""

from __future__ import annotations

from django import template

from supervision.queues.line import carried

register = template.Library()


@register.simple_tag
def carried_on(queue: str, pairs: list[tuple[str, str]], item: int) -> str:
    """The queue, its filters and the row itself: so that the page of the decision knows what comes next."""
    return carried(queue, pairs, item)
