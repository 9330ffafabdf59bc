"""Whether two addresses and two telephone numbers, typed by different people, are the same."""

from __future__ import annotations

import re

LEAST_DIGITS = 6  # of a number that is nobody else's


def numbers_in(place: str) -> list[str]:
    """The numbers of house and flat, however they are written: "Flat 3, 14 Mill Lane" and "3/14 Mill Lane" agree."""
    return sorted(re.findall(r"\d+[a-z]?\b", place.lower()))


def same_place(one: str, other: str) -> bool:
    """Within one postcode: the same numbers, or no number to tell them apart by."""
    ours, theirs = numbers_in(one), numbers_in(other)
    return not ours or not theirs or ours == theirs


def spaced(postcode: str) -> list[str]:
    """A postcode as it may have been typed: NR3 4QX and NR34QX."""
    plain = "".join(postcode.split()).upper()
    return [plain, f"{plain[:-3]} {plain[-3:]}"] if len(plain) > 3 else []


def digits_of(number: str) -> list[str]:
    """The digits of a telephone number as they may have been typed: 07700..., +44 7700..., 0044 7700..."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < LEAST_DIGITS:
        return []
    local = re.sub(r"^(0044|44)0?", "0", digits)
    return sorted({digits, local, f"44{local[1:]}", f"0044{local[1:]}"})
