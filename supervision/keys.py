"""THE TABLE of the keys that move in a queue and on the page of a decision. Optional, off until somebody turns them on.

WCAG 2.1.4: every one can be turned off, changed to another key, and none fires while somebody types in a field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Act:
    """What one key does: its code in the page, the key as shipped, and its words in the help."""

    code: str
    key: str
    words: str


# fmt: off
ACTS: tuple[Act, ...] = (
    Act("down",     "j", N_("The next row of the list")),
    Act("up",       "k", N_("The row before it")),
    Act("open",     "o", N_("Open the row")),
    Act("tick",     "x", N_("Select the row, or leave it out again")),
    Act("decide",   "a", N_("To your decision: its first answer is chosen and you write why")),
    Act("check",    "c", N_("To the quality check")),
    Act("next",     "n", N_("The next of your queue")),
    Act("previous", "p", N_("The one before it")),
    Act("queue",    "q", N_("Back to the queue")),
    Act("help",     "?", N_("These keys")),
)
# fmt: on
CODES = tuple(act.code for act in ACTS)
#: Keys of the search box and of the browser's own quick find.
TAKEN = frozenset({"/", "'"})


def keys_with(changed: Mapping[str, str]) -> dict[str, str]:
    """Act → key: as shipped, with what somebody changed. Codes that are gone are not heard."""
    return {act.code: changed.get(act.code) or act.key for act in ACTS}


def lines_of(keys: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each act with its key and its words, as the page draws them; none where the keys are off."""
    return [(act.code, keys[act.code], act.words) for act in ACTS] if keys else []


def keys_wrong(keys: Mapping[str, str]) -> dict[str, str]:
    """The sentence for each act whose key cannot be used: not one character, taken, or given to two acts."""
    wrong = {}
    for code, key in keys.items():
        if len(key) != 1 or key.isspace() or not key.isprintable():
            wrong[code] = N_("Give one character, for example j")
        elif key in TAKEN:
            wrong[code] = N_("This key is taken by the search box or the browser: choose another")
        elif list(keys.values()).count(key) > 1:
            wrong[code] = N_("Two acts have this key: give each its own")
    return wrong
