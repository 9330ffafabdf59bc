"""Ethnicity as somebody defines it themselves (18+1), and how the older list (16+1) is read. A.6.

What an officer sees (IC1 to 6, 9) is another fact: it says nothing of how somebody defines themselves.
"""

from __future__ import annotations

from typing import NamedTuple

#: Self-defined ethnicity, 18+1: the eighteen. The one is NS, not stated, which wants a reason.
EIGHTEEN: tuple[tuple[str, str], ...] = (
    ("W1", "White: British"),
    ("W2", "White: Irish"),
    ("W3", "White: Gypsy or Irish Traveller"),
    ("W9", "White: other"),
    ("M1", "Mixed: White and Black Caribbean"),
    ("M2", "Mixed: White and Black African"),
    ("M3", "Mixed: White and Asian"),
    ("M9", "Mixed: other"),
    ("A1", "Asian: Indian"),
    ("A2", "Asian: Pakistani"),
    ("A3", "Asian: Bangladeshi"),
    ("A4", "Asian: Chinese"),
    ("A9", "Asian: other"),
    ("B1", "Black: Caribbean"),
    ("B2", "Black: African"),
    ("B9", "Black: other"),
    ("O2", "Arab"),
    ("O9", "Any other"),
)
NOT_STATED = "NS"
#: The five groups in which the eighteen are counted together; the first letter of a code says which.
GROUPS: tuple[tuple[str, str], ...] = (
    ("W", "White"), ("M", "Mixed"), ("A", "Asian"), ("B", "Black"), ("O", "Arab or any other"),
)  # fmt: skip
#: The older list knew no W3, A4 or O2; Chinese stood among the others, as O1.
SIXTEEN: tuple[str, ...] = (
    "W1", "W2", "W9", "M1", "M2", "M3", "M9", "A1", "A2", "A3", "A9", "B1", "B2", "B9", "O1", "O9",
)  # fmt: skip
MOVED = {"O1": "A4"}

#: As an officer sees somebody: the codes of the police national computer.
SEEN: tuple[tuple[str, str], ...] = (
    ("IC1", "IC1 White, North European"),
    ("IC2", "IC2 White, South European"),
    ("IC3", "IC3 Black"),
    ("IC4", "IC4 Asian"),
    ("IC5", "IC5 Chinese, Japanese or other South-East Asian"),
    ("IC6", "IC6 Arab or North African"),
    ("IC9", "IC9 Not known"),
)


class Migrated(NamedTuple):
    """A code of the 18+1, and the code of the older list that it was read from."""

    code: str
    source: str


def from_sixteen(code: str) -> Migrated:
    """A code of the 16+1 as the 18+1 has it; the source is kept as it was sent. ValueError for what is in neither."""
    said = code.strip().upper()
    if said not in (*SIXTEEN, NOT_STATED):
        raise ValueError(f"{code!r} is no code of the 16+1 list.")
    return Migrated(MOVED.get(said, said), said)


def group_of(code: str) -> str:
    """W, M, A, B or O for a code of the eighteen. ValueError for every other: not stated is in no group."""
    if code not in dict(EIGHTEEN):
        raise ValueError(f"{code!r} is none of the eighteen.")
    return code[0]
