"""OUTCOMES AS THEY ARE PUBLISHED: our codes, mapped to the pair that is published (application; disclosure yes or no).

Only here: “not told” is many different things, and the record never lumps them (dvds.md, trap 3; F).
"""

from __future__ import annotations

from enum import Enum

from dvds.models import Outcome


class Published(Enum):
    YES = "Disclosure made"
    NO = "No disclosure made"
    ELSEWHERE = "Not counted here: it is counted where it went on"


PUBLISHED: dict[str, Published] = {
    Outcome.DISCLOSED: Published.YES,
    Outcome.NO_UNDERTAKING: Published.YES,
    Outcome.EMERGENCY: Published.YES,
    Outcome.DECLINED: Published.NO,
    Outcome.UNREACHABLE: Published.NO,
    Outcome.NOTHING_HELD: Published.NO,
    Outcome.TESTS_NOT_MET: Published.NO,
    Outcome.OUT_OF_SCOPE: Published.NO,
    Outcome.MALICIOUS: Published.NO,
    Outcome.NO_RISK: Published.NO,
    Outcome.WITHDRAWN: Published.NO,
    Outcome.CONVERTED: Published.ELSEWHERE,
    Outcome.MERGED: Published.ELSEWHERE,
    Outcome.TRANSFERRED: Published.ELSEWHERE,
    Outcome.NOT_APPLICABLE: Published.NO,
    Outcome.OTHER_POWER: Published.NO,
}
TOLD = frozenset(code for code, pair in PUBLISHED.items() if pair is Published.YES)
#: Decided to be told, whether or not the recipient would hear it: lumped with “no” elsewhere, and said apart here (H8).
TO_TELL = TOLD | {Outcome.DECLINED, Outcome.UNREACHABLE}
#: What a forum, or an act in danger, decided.
DECIDED = TO_TELL | {Outcome.NOTHING_HELD, Outcome.TESTS_NOT_MET}
