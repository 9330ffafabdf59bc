"""A place as somebody says it, reduced to what tells one place from another: a postcode, a number, the words of the street."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
NUMBER = re.compile(r"[0-9]+[a-z]?")
IN_FULL = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "dr": "drive", "cl": "close",
    "ct": "court", "crt": "court", "ln": "lane", "gdns": "gardens", "gdn": "garden", "pl": "place", "sq": "square",
    "cres": "crescent", "cresc": "crescent", "ter": "terrace", "terr": "terrace", "pk": "park", "gr": "grove",
    "blvd": "boulevard", "apt": "flat", "hse": "house",
}  # fmt: skip
#: Words that stand in every second address: they tell nothing by themselves.
COMMON = frozenset(IN_FULL.values()) | frozenset(
    "way row walk hill view mews green rise the of and near at in off behind opposite upper lower floor room unit block".split()
)


@dataclass(frozen=True, slots=True)
class Street:
    """`telling` are its words that tell something, in order: of what people say the street comes before the town."""

    postcode: str
    number: str
    words: tuple[str, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if word not in COMMON and len(word) > 2)

    def __bool__(self) -> bool:
        return bool(self.postcode or self.telling)


def plain_letters(text: str) -> str:
    """Small letters without accents. Names in other scripts are the database's to tell (`people_letters`)."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower().replace("ł", "l")


def street_of(said: str, postcode: str = "") -> Street:
    """What was said of a place, in one box or as it is recorded."""
    text = plain_letters(re.sub(r"['’‘`´]", "", f"{said} {postcode}"))
    code = POSTCODE.search(text)
    if code:
        text = text.replace(code.group(), " ")
    words = [IN_FULL.get(word, word) for word in re.split(r"[\W_]+", text) if word]
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    named = tuple(word for word in words if word not in numbers)
    return Street("".join(code.groups()) if code else "", numbers[0] if numbers else "", named)
