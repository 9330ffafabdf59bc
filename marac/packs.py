"""WHICH FIELD OF A REFERRAL GOES TO WHICH KIND OF AGENCY, as one table, and why it is withheld from the others (D.5, D.8).

What an agency is sent of a case, on a page, on paper or by another system, is what `said_to` gives, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from marac.models import Consent, Ground, LawfulBasis, Part, Referral, ReferredPerson
from people.models import Address, Birth, Fact, PersonName, Telephone
from safeguarding.models import AgencyKind as K

Kinds = frozenset[str]


def kinds(*codes: str) -> Kinds:
    return frozenset(codes)


ALL = frozenset(K.values)
SUPPORT = kinds(K.POLICE, K.IDVA, K.VOLUNTARY, K.CHILDREN, K.ADULTS, K.MASH)
HEALTH = kinds(K.PRIMARY, K.ACUTE, K.MENTAL, K.MIDWIFERY)
WITH_HIM = kinds(K.PROBATION, K.SUBSTANCE)  # who may sit with whoever is said to harm
OF_CHILDREN = kinds(K.POLICE, K.IDVA, K.CHILDREN, K.MASH, K.EDUCATION, K.MIDWIFERY, K.PRIMARY)
REACH_HER = SUPPORT | HEALTH | kinds(K.HOUSING)

HOW_SHE_IS_REACHED = "Only whoever may have to reach her: a number in the wrong file is a way to her"
WHERE_SHE_LIVES = "It works with whoever is said to harm, so her address stays out of its files"
COUNTED_ONLY = "Asked for the data return; it is no part of what makes her safer"
SCHOOLS = "Where a child is by day is for whoever works with children"
MANAGED = "How somebody is managed in law is for whoever manages or assesses"
AT_HOME = "Her tenancy is for whoever houses or supports her"
HER_SUPPORT = "Who supports her is for whoever supports or treats her"


@dataclass(frozen=True, slots=True)
class Conference:
    """One referral with its people and what its own conference has learned of them: {person id: facts}."""

    referral: Referral
    people: Sequence[ReferredPerson] = ()
    facts: Mapping[int, Sequence[Fact]] = field(default_factory=dict)

    def of(self, part: str) -> list[ReferredPerson]:
        return [row for row in self.people if row.part == part]

    def known(self, row: ReferredPerson, *kinds_of_fact: type[Fact]) -> str:
        """What is known of one of them, in one line."""
        found = [fact.words for fact in self.facts.get(row.person_id, ()) if isinstance(fact, kinds_of_fact)]
        return ", ".join(dict.fromkeys(filter(None, found)))


Words = Callable[[Conference], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One row: what it is called, its words ("": nothing was said), who gets it, and why nobody else does."""

    code: str
    label: str
    words: Words
    to: Kinds = ALL
    why: str = ""


def column(name: str) -> Words:
    return lambda one: str(getattr(one.referral, name) or "")


def chosen(name: str, choices: Any) -> Words:
    return lambda one: str(choices(getattr(one.referral, name)).label) if getattr(one.referral, name) else ""


def each(part: str, *of: type[Fact]) -> Words:
    """A line for each person of a part: what is known of these kinds of fact."""
    return lambda one: "\n".join(filter(None, (one.known(row, *of) for row in one.of(part))))


def each_said(part: str, *names: str) -> Words:
    """A line for each person of a part: their name, and what the referral says of them in these columns."""

    def words(one: Conference) -> str:
        lines = []
        for row in one.of(part):
            said = [str(getattr(row, name)) for name in names if getattr(row, name)]
            lines += [f"{one.known(row, PersonName) or _('Name not known')}: {', '.join(said)}"] if said else []
        return "\n".join(lines)

    return words


def grounds(one: Conference) -> str:
    return "\n".join(str(Ground(code).label) for code in one.referral.grounds)


COUNTED = {"ethnic_minority": "Ethnic minority", "lgbt": "LGBT+", "disabled": "Disabled", "male": "A man"}


def counted(one: Conference) -> str:
    said = {label: getattr(one.referral, name) for name, label in COUNTED.items()}
    return "\n".join(f"{_(label)}: {YesOrNo(answer).label}" for label, answer in said.items() if answer)


# fmt: off
FIELDS: tuple[Field, ...] = (
    Field("victim",       "Person harmed",                      each(Part.VICTIM, PersonName, Birth)),
    Field("address",      "Where she lives",                    each(Part.VICTIM, Address), ALL - WITH_HIM, WHERE_SHE_LIVES),
    Field("telephone",    "Her telephone",                      each(Part.VICTIM, Telephone), REACH_HER, HOW_SHE_IS_REACHED),
    Field("safe_contact", "How she is reached safely",          column("safe_contact"), REACH_HER, HOW_SHE_IS_REACHED),
    Field("suspects",     "Said to harm",                       each(Part.SUSPECT, PersonName, Birth, Address)),
    Field("connection",   "How they are connected",             each_said(Part.SUSPECT, "connection")),
    Field("standing",     "Custody, bail, orders, licence",     each_said(Part.SUSPECT, "standing")),
    Field("mappa",        "MAPPA", each_said(Part.SUSPECT, "mappa"), SUPPORT | kinds(K.PROBATION, K.MENTAL), MANAGED),
    Field("children",     "Children",                           each(Part.CHILD, PersonName, Birth)),
    Field("lives_with",   "With whom children live", each_said(Part.CHILD, "lives_with"), OF_CHILDREN | kinds(K.HOUSING), SCHOOLS),
    Field("school",       "School or nursery",                  each_said(Part.CHILD, "school"), OF_CHILDREN, SCHOOLS),
    Field("grounds",      "Why it is referred",                 grounds),
    Field("score",        "Yes answers of the 24",              column("score")),
    Field("incidents",    "Incidents in the period",            column("incidents")),
    Field("judgement",    "Professional judgement",             column("judgement")),
    Field("latest",       "What happened last",                 column("latest")),
    Field("history",      "What happened before",               column("history")),
    Field("changed",      "What has changed",                   column("changed")),
    Field("afraid_of",    "Of whom she is afraid",              column("afraid_of")),
    Field("safe_to_tell", "With whom it is safe to talk",       column("safe_to_tell")),
    Field("not_to_tell",  "With whom it is not",                column("not_to_tell")),
    Field("wishes",       "What she wishes",                    column("wishes")),
    Field("aware",        "Whether she knows of it",            chosen("aware", YesOrNo)),
    Field("not_aware",    "Why she does not know",              column("not_aware_because")),
    Field("consent",      "Whether she agrees",                 chosen("consent", Consent)),
    Field("no_consent",   "Why it is shared without consent",   column("no_consent_because")),
    Field("basis",        "Lawful basis",                       chosen("basis", LawfulBasis)),
    Field("necessity",    "Why it is necessary",                column("necessity")),
    Field("done_already", "What was done already",              column("done_already")),
    Field("home",         "Housing and landlord",               column("home"), SUPPORT | kinds(K.HOUSING), AT_HOME),
    Field("support",      "Support that is there", column("support"), SUPPORT | HEALTH | kinds(K.HOUSING), HER_SUPPORT),
    Field("counted",      "How she is counted",                 counted, kinds(K.POLICE), COUNTED_ONLY),
    Field("contact",      "Who is asked about the referral",    column("contact")),
)
# fmt: on


def said_to(kind: str, one: Conference) -> list[list[str]]:
    """What an agency of this kind is sent: [[code, label, words], ...]. What nobody has said is left out."""
    rows = [(row, row.words(one)) for row in FIELDS if kind in row.to]
    return [[row.code, row.label, words] for row, words in rows if words]


def withheld_from(kind: str, one: Conference) -> list[list[str]]:
    """The proof sheet: what was said and is held back from an agency of this kind, and why: [[code, label, why], ...]."""
    return [[row.code, row.label, row.why] for row in FIELDS if kind not in row.to and row.words(one)]
