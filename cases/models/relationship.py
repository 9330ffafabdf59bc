"""How the suspect is connected to the person harmed: one table. Class and legal ground are read from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

PARTNER_NOW, PARTNER_BEFORE, PARTNER, FAMILY, NEITHER = (
    "Intimate partner, current", "Intimate partner, former", "Intimate partner", "Family", "",
)  # fmt: skip

# Domestic Abuse Act 2021 s2(1): any one of these makes two people personally connected.
GROUNDS = {
    "a": "are or were married",
    "b": "are or were civil partners",
    "c": "agreed to marry",
    "d": "agreed to a civil partnership",
    "e": "are or were in an intimate personal relationship",
    "f": "each have or had a parental relationship with the same child",
    "g": "are relatives",
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """One row: "the suspect is the {label} of the person harmed". No ground: not connected in law, or not known."""

    code: str
    label: str
    kind: str
    grounds: str = ""

    @property
    def former(self) -> bool:
        return self.kind == PARTNER_BEFORE

    @property
    def connected(self) -> bool:
        return bool(self.grounds)

    @property
    def in_law(self) -> str:
        """Former partner: connected by law (s2(1)(e): are or were in an intimate personal relationship)."""
        if not self.grounds:
            return _("Not known yet") if self.code == NOT_KNOWN else _("Not personally connected in law")
        words = _(" or ").join(f"s2(1)({ground}): {_(GROUNDS[ground])}" for ground in self.grounds)
        return _("Personally connected, %(grounds)s") % {"grounds": words}


NOT_KNOWN = "NK"

# The finer code is the Homicide Index's, mapped on the grounds of s2. Direction matters.
# fmt: off
TABLE: tuple[Relationship, ...] = (
    Relationship("SP",  "husband or wife",                                  PARTNER_NOW,    "a"),
    Relationship("CP",  "civil partner",                                    PARTNER_NOW,    "b"),
    Relationship("CO",  "partner, living together",                         PARTNER_NOW,    "e"),
    Relationship("BG",  "partner, boyfriend or girlfriend, living apart",   PARTNER_NOW,    "e"),
    Relationship("XSP", "former husband or wife",                           PARTNER_BEFORE, "a"),
    Relationship("XCP", "former civil partner",                             PARTNER_BEFORE, "b"),
    Relationship("XCO", "former partner who lived with them",               PARTNER_BEFORE, "e"),
    Relationship("XBG", "former partner who lived apart",                   PARTNER_BEFORE, "e"),
    Relationship("EN",  "fiancé or fiancée, now or before",                 PARTNER,        "cd"),
    Relationship("AD",  "lover in an affair",                               PARTNER,        "e"),
    Relationship("PC",  "other parent of the same child, with no other tie", PARTNER_BEFORE, "f"),
    Relationship("SD",  "son or daughter, step and adopted included",       FAMILY,         "g"),
    Relationship("PA",  "parent, step and adoptive included",               FAMILY,         "g"),
    Relationship("SI",  "brother or sister, half and step included",        FAMILY,         "g"),
    Relationship("OR",  "other relative: grandparent, aunt, uncle, cousin, in-law", FAMILY, "g"),
    Relationship("NO",  "none of these",                                    NEITHER),
    Relationship(NOT_KNOWN, "not known yet",                                NEITHER),
)
# fmt: on

RELATIONSHIPS: dict[str, Relationship] = {row.code: row for row in TABLE}
PARTNERS = (PARTNER_NOW, PARTNER_BEFORE, PARTNER)
PARTNER_CODES = frozenset(row.code for row in TABLE if row.kind in PARTNERS)
FAMILY_CODES = frozenset(row.code for row in TABLE if row.kind == FAMILY)
PARENTS = "PC"  # former partners unless somebody says otherwise
CHOICES: list[tuple[str, str]] = [(row.code, row.label[:1].upper() + row.label[1:]) for row in TABLE]


def kind_of(code: str, partnership: str = "") -> str:
    """The class of a connection, never typed (000:46). Parents of one child count as former partners by default."""
    row = RELATIONSHIPS.get(code)
    if row is not None and row.code == PARENTS and partnership == "current":
        return PARTNER_NOW
    return row.kind if row else ""
