"""Thirty stories that together show every state. All invented; drawn with a fixed seed, timed back from now."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

SEED = 2026

HARMED = (
    ("Hannah", "Okoro", date(1991, 5, 3)), ("Gordon", "Blythe", date(1955, 2, 11)), ("Leanne", "Farrow", date(1999, 9, 30)),
    ("Sadia", "Mirza", date(1987, 7, 19)), ("Kirsty", "Vale", date(1994, 12, 1)), ("Tomasz", "Zielinski", date(1979, 3, 8)),
    ("Bronwen", "Pugh", date(1962, 10, 22)), ("Alison", "Teague", date(1983, 6, 14)), ("Femi", "Adewale", date(1990, 1, 27)),
    ("Imogen", "Sayle", date(1996, 8, 5)), ("Rosa", "Quintero", date(1985, 4, 16)), ("Joan", "Hesketh", date(1948, 11, 9)),
    ("Yusra", "Haddad", date(2001, 2, 2)), ("Megan", "Trelawny", date(1998, 5, 25)), ("Colin", "Ambrose", date(1971, 9, 13)),
    ("Priscilla", "Nkemelu", date(1989, 3, 30)), ("Dawn", "Sibley", date(1977, 7, 7)), ("Anya", "Petrova", date(1993, 10, 4)),
    ("Sheila", "Moorcroft", date(1959, 1, 18)), ("Chloe", "Winstanley", date(2003, 6, 21)), ("Nadia", "Rahmani", date(1986, 12, 12)),
    ("Bethan", "Carew", date(1992, 4, 9)), ("Lucy", "Thackray", date(1997, 2, 28)), ("Harriet", "Onslow", date(1981, 8, 17)),
    ("Zainab", "Siddiq", date(1995, 5, 11)), ("Margaret", "Illing", date(1951, 3, 23)), ("Ottilie", "Brand", date(1988, 9, 2)),
    ("Paula", "Venner", date(1976, 11, 29)),
)  # fmt: skip
SUSPECTS = (
    ("Daniel", "Reeve", "XCO"), ("Peter", "Blythe", "SD"), ("Craig", "Dunmor", "BG"), ("Imran", "Mirza", "SP"),
    ("Lee", "Holroyd", "XBG"), ("Ewa", "Zielinska", "SP"), ("Gareth", "Pugh", "SP"), ("Simon", "Teague", "XSP"),
    ("Tunde", "Bakare", "BG"), ("Marcus", "Sayle", "SI"), ("Hector", "Salas", "CO"), ("Brian", "Hesketh", "SD"),
)  # fmt: skip
ACCOUNTS = (
    "Neighbour heard shouting and called. {victim} says {suspect} threw her telephone against the wall and stood in the doorway "
    "so that she could not leave. Nobody else was in. No injury seen.",
    "{victim} rang after {suspect} came to the flat to collect post. He pushed past her and would not go. She says it has "
    "happened every few weeks since they parted, always when he has been drinking.",
    "Called by a friend. {victim} was crying in the kitchen with a red mark on her arm. {suspect} says they only argued. "
    "Accounts differ about who took the car keys.",
    "{victim} came to the front desk. {suspect} has sent forty messages since yesterday and waited outside work twice. "
    "She has kept the messages. She does not want to go home tonight.",
)
PLACES = (
    ("Flat 3, 14 Hillfield Road", "NR3 4QX", "victim_home"), ("8 Quarry Lane", "NR2 8TT", "shared_home"),
    ("27 Wharf Street", "NR1 6BD", "shared_home"), ("Outside 2 Tannery Row", "NR1 1AA", "street"),
    ("Flat 12, Mercer House", "NR4 2LN", "victim_home"), ("61 Orchard Close", "NR5 9PE", "suspect_home"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """One incident of the demonstration: who, when (hours before now), and how far it has come.

    `ends`: begun, half, complete, sent, returned, checked, closed. `grade`: high, medium, standard or "" for not yet.
    """

    harmed: int
    suspect: int
    officer: str
    sergeant: str
    hours_ago: float
    ends: str
    grade: str = ""
    account: str = ACCOUNTS[0]
    place: tuple[str, str, str] = PLACES[0]
    arrested: bool = False
    refused: bool = False
    child: bool = False
    baby: bool = False
    no_safe_way: bool = False
    unsafe: bool = False
    threat: bool = False
    restricted: bool = False
    signs: tuple[str, ...] = field(default=())


NR3, NR4, SR1 = ("2877", "4471"), ("3046", "3920"), ("5120", "5307")

# harmed, suspect, (officer, sergeant), hours ago, ends, grade, what else
PLOTS: tuple[tuple[int, int, tuple[str, str], float, str, str, dict[str, object]], ...] = (
    (0, 0, NR3, 4600.0, "closed", "standard", {}),
    (0, 0, NR3, 2700.0, "checked", "medium", {"child": True}),
    (0, 0, NR3, 6.5, "sent", "high", {"child": True, "baby": True, "arrested": True, "signs": ("strangled",)}),
    (1, 1, NR3, 27.5, "sent", "medium", {}),
    (2, 2, NR3, 2.0, "half", "", {"refused": True}),
    (3, 3, NR3, 26.0, "sent", "medium", {"child": True, "no_safe_way": True}),
    (4, 4, NR3, 1.2, "sent", "high", {"signs": ("stalking",)}),
    (5, 5, NR3, 8.0, "returned", "medium", {}),
    (6, 6, NR3, 21.0, "sent", "standard", {"refused": True}),
    (7, 7, NR3, 300.0, "checked", "high", {"arrested": True}),
    (8, 8, NR3, 0.4, "begun", "", {}),
    (9, 9, NR3, 7.0, "sent", "high", {"restricted": True, "signs": ("honour",)}),
    (10, 10, NR3, 30.0, "half", "", {"unsafe": True, "threat": True}),
    (11, 11, NR3, 90.0, "checked", "medium", {}),
    (12, 4, NR4, 5.0, "complete", "medium", {}),
    (13, 8, NR4, 31.0, "half", "", {}),
    (14, 10, NR4, 12.0, "sent", "standard", {}),
    (15, 2, NR4, 700.0, "closed", "standard", {}),
    (16, 7, NR4, 50.0, "checked", "standard", {}),
    (17, 4, NR4, 3.0, "sent", "medium", {"arrested": True}),
    (18, 6, NR4, 29.0, "returned", "medium", {}),
    (19, 8, SR1, 4.0, "sent", "high", {"signs": ("stalking", "technology")}),
    (20, 3, SR1, 10.0, "complete", "high", {"arrested": True}),
    (21, 10, SR1, 1.0, "begun", "", {"unsafe": True}),
    (22, 0, SR1, 1500.0, "checked", "high", {"arrested": True}),
    (23, 7, SR1, 20.0, "sent", "medium", {"child": True}),
    (24, 2, SR1, 400.0, "closed", "standard", {}),
    (25, 11, SR1, 15.0, "half", "", {}),
    (26, 5, SR1, 36.0, "checked", "medium", {}),
    (27, 6, SR1, 60.0, "checked", "standard", {"refused": True}),
)  # fmt: skip


def stories() -> list[Story]:
    """The thirty, oldest first, so that what a later one finds was recorded before it."""
    draw = random.Random(SEED)  # noqa: S311 - the same force each time, not a secret
    told = []
    for harmed, suspect, (officer, sergeant), hours_ago, ends, grade, more in PLOTS:
        told.append(
            Story(
                harmed,
                suspect,
                officer,
                sergeant,
                hours_ago,
                ends,
                grade,
                account=draw.choice(ACCOUNTS),
                place=draw.choice(PLACES),
                **more,  # type: ignore[arg-type]
            )  # fmt: skip
        )
    return sorted(told, key=lambda story: -story.hours_ago)
