"""The children of a case as they are read: each with what was said last, in the light of every incident they were in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Case, Incident, Involvement
from cases.models.answers import Answer
from cases.models.answers.children import Schooling, Whereabouts
from people.models import Person, PersonName
from people.services import create
from workflow import engine
from workflow.forms.field import lower_first

STILL_EXPECTED = timedelta(days=42)  # a baby may be late; after that a new record is of another one
CHILD, UNBORN = Involvement.Part.CHILD, "Unborn child"


def there_words(row: Any) -> str:
    """Heard it: a plate that broke. Seen by an officer: quiet."""
    seen = {"yes": _("Seen by an officer"), "no": _("Not seen by an officer")}.get(row.seen_by_officer, "")
    where = row.get_whereabouts_display() and _(row.get_whereabouts_display())
    what = {Whereabouts.SAW: row.saw_what, Whereabouts.HEARD: row.heard_what}.get(row.whereabouts, "")
    said = [": ".join(filter(None, (where, what.rstrip(".")))), ": ".join(filter(None, (seen, row.demeanour)))]
    return ". ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class Child:
    """One child, from the row of the latest incident in which it stands. `ever`, `lately`: incidents, this one counted."""

    row: Any
    name: str
    age: int | None
    own_right: bool

    @property
    def heading(self) -> str:
        """Eli Okoro, 8."""
        return f"{self.name}, {self.age}" if self.age is not None else self.name

    @property
    def exposures(self) -> str:
        """2 incidents in 12 months, 3 in all. "" for the unborn."""
        if self.row.unborn:
            return ""
        lately = ngettext("%(count)s incident in 12 months", "%(count)s incidents in 12 months", self.row.lately)
        return _("%(lately)s, %(ever)s in all") % {"lately": lately % {"count": self.row.lately}, "ever": self.row.ever}

    @property
    def was(self) -> str:
        """Heard it: a plate that broke. Seen by an officer: quiet."""
        return _("Not born yet") if self.row.unborn else there_words(self.row)

    @property
    def voice(self) -> str:
        """What the child said, or why it was not heard; "" while neither is known."""
        row = self.row
        if row.own_words:
            return f"“{row.own_words}”"
        return ": ".join(
            filter(None, (row.get_silent_code_display() and _(row.get_silent_code_display()), row.silent_because))
        )

    @property
    def care(self) -> list[str]:
        """School, social care, plan, referral: what is known, each as one phrase."""
        row = self.row
        said = lower_first(row.get_schooling_display())
        school = row.school if row.schooling == Schooling.SCHOOL else said and _("School: %(said)s") % {"said": said}
        known = [
            ": ".join(filter(None, (school, row.school_lead))),
            _("Social care: %(known)s")
            % {"known": ", ".join(filter(None, (lower_first(row.get_social_care_display()), row.social_worker)))}
            if row.social_care
            else "",
            _("Child-protection plan") if row.protection_plan == Answer.YES else "",
            _("Referred to %(whom)s") % {"whom": row.referred_to} if row.referred_to else "",
            _("Operation Encompass %(ref)s") % {"ref": row.encompass_ref} if row.encompass_ref else "",
            _("Special point of contact: %(who)s") % {"who": row.contact_point} if row.contact_point else "",
        ]
        return [words for words in known if words]


def child_rows(rows: Any, user: User, at: datetime) -> Any:
    """Rows of children with what is derived of each, in one query: exposures, and whether a victim in its own right."""
    own = Involvement.objects.in_own_right().filter(pk=OuterRef("pk"))
    return rows.children().with_exposures(user, at).annotate(own_right=Exists(own))


def latest_of_each(rows: Any) -> Any:
    """Of each child only the row of the latest incident, in the order in which the children were first recorded."""
    return rows.order_by("person", "-incident__reported_at", "-pk").distinct("person").select_related("incident")


def as_children(rows: Any, names: dict[int, str], ages: dict[int, int]) -> list[Child]:
    return [
        Child(
            row,
            names.get(row.person_id, _("Name not known")),
            None if row.unborn else ages.get(row.person_id),
            row.own_right,
        )
        for row in rows
    ]


@transaction.atomic
def involve_unborn(*, incident: Incident, by: User, due_on: date | None) -> Involvement:
    """An unborn child takes part in an incident: no birth date, and a name by which the record is found again.

    The one that was expected at an earlier incident about the same person harmed, where this person may see it, is the
    same: its date is not asked twice.
    """
    known = expected_before(incident, by)
    person = known.person if known else unnamed(incident, by)
    row = Involvement(incident=incident, person=person, part=CHILD, unborn=True, due_on=due_on)
    if known:
        row.due_on, row.child_of, row.tie = due_on or known.due_on, known.child_of, known.tie
    made: Involvement = engine.add(row, beneath=incident, by=by)
    now = Incident.objects.get(pk=incident.pk)
    if now.children_present != Answer.YES:
        engine.amend(now, {"children_present": Answer.YES}, by=by, seen=now.version)
    return made


def expected_before(incident: Incident, by: User) -> Involvement | None:
    """The unborn child of an earlier incident about the same person harmed, not yet long overdue and not in this record."""
    harmed = incident.people(Involvement.Part.VICTIM).values("person")
    about = Involvement.objects.standing().filter(part=Involvement.Part.VICTIM, person__in=harmed)
    rows = (
        Involvement.objects.standing()
        .visible_to(by)
        .filter(part=CHILD, unborn=True, incident__in=about.values("incident"))
        .filter(case__in=Case.objects.open_to(by).values("pk"))  # a pregnancy is told to nobody who has not said why
    )
    rows = rows.filter(due_on__gte=(incident.reported_at - STILL_EXPECTED).date()).exclude(incident=incident)
    here = incident.involvements.standing().values("person")
    found: Involvement | None = rows.exclude(person__in=here).select_related("person").order_by("-pk").first()
    return found


def unnamed(incident: Incident, by: User) -> Person:
    """ "Unborn child" with the surname of the person harmed, where that is known in this case."""
    harmed = incident.people(Involvement.Part.VICTIM).values("person")
    names = PersonName.objects.standing().filter(case=incident.case_id, person__in=harmed)
    surname = names.order_by("-recorded_at").values_list("surname", flat=True).first() or ""
    return create(beneath=incident, by=by, forename=UNBORN, surname=surname)
