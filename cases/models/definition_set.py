"""What the force means by repeat, serial and vulnerable (risk and MARAC, part F): versions, each in force from a day."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import NoSecret, Unit, Versioned

LIFETIME = 1200  # months: longer than any life, where a definition names no window
YEAR, MONTHS = 12, 28  # months of a year; days that every month has
#: "Within 12 months" where the words of a page or of a rule say so and no definition names the window: who is new in a life,
#: a child's exposures, the third incident, what a brief tells of reports and bail. Whatever is a term is counted by its own.
TWELVE_MONTHS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is defined: of whom it is said, and what is counted for it ("": nothing, a person judges, as `how` says)."""

    code: str
    label: str
    of: str
    counts: str = ""
    how: str = ""

    @property
    def is_counted(self) -> bool:
        return self.counts != ""


# fmt: off
TERMS: dict[str, Term] = {row.code: row for row in (
    Term("repeat_victim",  "Repeat victim",   "a person harmed",           "incidents in which they were harmed, by whomever"),
    Term("repeat_pair",    "Repeat pair",     "two people",                "incidents in which the one was harmed and the other is the suspect"),
    Term("repeat_suspect", "Repeat suspect",  "a suspect",                 "incidents in which the same person was harmed by them"),
    Term("serial_suspect", "Serial suspect",  "a suspect",                 "different people harmed by them"),
    Term("repeat_place",   "Repeat location", "a place",                   "calls about domestic abuse there, and incidents there that came by no call"),
    Term("marac_repeat",   "MARAC repeat",    "a person harmed, and whoever harms them", how="Not counted yet: it will be once referrals to MARAC are recorded here. Until then whoever reads the history says so."),
    Term("vulnerable",     "Vulnerable",      "a person harmed",           how="Not counted: a person marks a case, and says why. The flag shows who, when and why."),
    Term("high_harm",      "High harm",       "a suspect",                 how="Not counted: a person marks a case, and says why. The flag shows who, when and why."),
)}

#: code, window in months (None: a lifetime, or nothing is counted), least number, words, authority. The product's own, for the force to confirm.
SHIPPED: tuple[tuple[str, int | None, int | None, str, str], ...] = (
    ("repeat_victim",  12, 2, "Somebody harmed in two or more incidents of domestic abuse, crime or not, by any suspect, within 12 months. Earlier ones are shown beside them.", "Police training cards [S]; how it is counted [R]"),
    ("repeat_pair",    12, 2, "The same two people in two or more incidents within 12 months, one as the person harmed and one as the suspect. The third is asked about for MARAC.", "Police training cards [S]; how it is counted [R]"),
    ("repeat_suspect", 12, 2, "Somebody who is suspected again of domestic abuse against the same person within 12 months.", "Police training cards [S]; how it is counted [R]"),
    ("serial_suspect", 36, 2, "Somebody suspected of domestic abuse against two or more different people: partners, former partners or family, violent or not, within 36 months.", "Police training cards name no window; Northumbria counts three years [S]"),
    ("repeat_place",   12, 3, "A place to which three or more calls about domestic abuse came within 12 months.", "For tasking a neighbourhood [R]"),
    ("marac_repeat",   12, None, "Any further abuse of somebody who was referred to MARAC, by the same person, within 12 calendar months of the last referral. It need be no crime, and need not have been reported to the police.", "SafeLives, definition in use: any abuse within 12 months [S]"),
    ("vulnerable",     None, None, "Somebody whose condition or circumstances leave them unable to care for themselves, or to protect themselves from harm or exploitation. Think of age, disability, mental health, drink or drugs, pregnancy, language, immigration or no recourse to public funds, isolation, care needs, so-called honour, homelessness, debt, and of whether they were a victim before. A person judges it, and says why.", "Wording of the NPCC; to be confirmed by the force [K]"),
    ("high_harm",      None, None, "Somebody suspected of domestic abuse whose abuse does, or may soon do, the gravest harm. Think of strangulation, threats to kill, sexual abuse, weapons, stalking, so-called honour, abuse that gets graver or more frequent, and several people harmed. Low numbers are no reason not to say it: one incident can be enough. A person judges it by the force’s own tool, and says why.", "The force’s own tool; wording of this product, to be confirmed by the force [R]"),
)
# fmt: on
FROM_THE_FIRST = date(
    1900, 1, 1
)  # what is shipped holds for every event, however long ago, until the force says otherwise


class DefinitionQuerySet(NoSecret):
    def approved(self) -> Self:
        return self.filter(state=DefinitionSet.State.APPROVED)

    def in_force(self, on: date) -> dict[str, DefinitionSet]:
        """The version of each term in force on a day (London). One query."""
        rows = self.approved().filter(valid_from__lte=on).order_by("code", "-valid_from", "-pk").distinct("code")
        return {row.code: row for row in rows}


class DefinitionSet(Versioned):
    """One version of one term. Words and numbers are never edited: another version follows from a day on."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a second person"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"

    code = models.CharField("term", max_length=20, choices=[(row.code, row.label) for row in TERMS.values()])
    text = models.TextField(max_length=2000)
    window_months = models.PositiveSmallIntegerField(null=True, blank=True)
    at_least = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)
    state = models.CharField(max_length=30, choices=State, editable=False)
    out_of_use_at = models.DateTimeField(null=True, editable=False)
    # A shipped version names nobody and no unit: it is the product's
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    folder = None

    objects: ClassVar[Any] = DefinitionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["code", "state", "-valid_from", "-id"], name="definition_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")), name="definition_by_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"])
                | Q(recorded_by__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="definition_decision_has_decider",
            ),
            models.CheckConstraint(
                condition=Q(window_months__isnull=True) | Q(window_months__range=(1, LIFETIME)),
                name="definition_window_is_a_window",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="definition_says_something"),
        ]

    def __str__(self) -> str:
        return self.term.label

    @property
    def term(self) -> Term:
        return TERMS[self.code]

    @property
    def months(self) -> int:
        return self.window_months or LIFETIME

    @property
    def scope(self) -> Unit:
        """The force's own words: kept over the whole of it."""
        return self.unit or Unit.objects.root()

    def get_absolute_url(self) -> str:
        return reverse("definitions")


class DefinitionRead(models.Model):
    """Somebody has read a version, and said that they know what it means."""

    definition = models.ForeignKey(DefinitionSet, models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "definition"], name="definition_read_once")]

    def __str__(self) -> str:
        return f"{self.definition} read by {self.person}"


def load_definitions(model: Any = DefinitionSet) -> int:
    """Bring in the shipped versions that are not held yet; returns how many were new."""
    held = set(model.objects.filter(recorded_by__isnull=True).values_list("code", flat=True))
    new = [
        model(
            code=code, window_months=months, at_least=least, text=text, authority=authority, state="approved",
            valid_from=FROM_THE_FIRST,
        )
        for code, months, least, text, authority in SHIPPED
        if code not in held
    ]  # fmt: skip
    model.objects.bulk_create(new)
    return len(new)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of its month where that month is shorter, as the database has it."""
    years, month = divmod(day.year * YEAR + day.month - 1 - months, YEAR)
    if years < 1:
        return date.min
    for last in range(day.day, MONTHS - 1, -1):
        try:
            return date(years, month + 1, last)
        except ValueError:
            continue
    return date(years, month + 1, day.day)
