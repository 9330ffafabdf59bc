"""What happened on a case, newest first: acts by their names, with the words that the records themselves hold.

Only the columns of the record of acts are read, never what it keeps of before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, DateTimeField, Expression, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.models import User
from audit.models import Event
from cases.kept import kept
from cases.models import Case, Incident, Safeguarding, SafetyWarning, UnsafeReport
from workflow.declare import step_named
from workflow.models import Approval
from workflow.telling import told

PAGE = 25
LATER = timedelta(minutes=1)  # entered this long after it was done is worth saying
SHORT = 300


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of an act are kept: rows whose `at` is the act's own moment, and the column that says it.

    `step` is a step of whatever workflow, since safety acts stand in every table, or one event (incident.begin). `text`
    is a column or an expression. `happened` names the column of the fact's own moment, where the record keeps one.
    `itself`: the rows are what the acts were taken on, so that of several of one moment each act finds its own. `history`:
    they are its history, so that of several acts on one record each finds what that act wrote; `at` says nothing then.
    """

    step: str
    rows: Callable[[Case], Any]
    at: str
    text: Any
    risk: bool = False
    happened: str = ""
    title: str = (
        ""  # of a row that was added (arrestdecision.add): it stands in the timeline although no step was taken
    )
    itself: bool = False
    history: bool = False

    @property
    def name(self) -> Q:
        return Q(name=self.step) if "." in self.step else Q(name__endswith=f".{self.step}")


TOLD: dict[str, Words] = {}


def tell(*words: Words) -> None:
    """Declare the words of acts; a step told twice stops the program."""
    for row in words:
        if row.step in TOLD:
            raise LookupError(f"The words of {row.step} are declared twice.")
        TOLD[row.step] = row


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as the timeline shows it."""

    title: str
    at: datetime
    by: str
    recorded_at: datetime | None
    words: str
    risk: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: list[Entry]
    earlier: int | None  # the act before which the next page begins; None at the end


def timeline_of(case: Case, user: User, at: datetime, before: int | None = None) -> Timeline:
    """One page of what had been recorded by `at` (UTC), before the act with that id. One query for the newest, whose
    words are kept: it puts a question together for each kind of words, and every case asks the same (docs/adr/0025).
    """
    if before is None:
        page = kept("timeline", lambda one: newest(acts_of(one, at)), case, at)
    else:
        page = list(newest(acts_before(case, at, before)))
    shown = page[:PAGE]
    return Timeline([entry_of(act) for act in shown], shown[-1]["id"] if len(page) > PAGE else None)


WHO = ("rank", "collar_number", "first_name", "last_name", "username")


def acts_of(case: Case, at: datetime) -> Any:
    """Steps taken on the folder or anything in it; what was typed in between is in the records, not here."""
    names = told() | {row.step for row in TOLD.values() if row.title}
    acts = Event.objects.filter(chain=case.pk, name__in=sorted(names), recorded_at__lte=at)
    moment = Coalesce(kept_in(case, "happened", DateTimeField()), F("at"))
    return acts.annotate(happened=moment, words=kept_in(case, "text", TextField()))


def acts_before(case: Case, at: datetime, before: int) -> Any:
    """Those that stand after an act (id) in the timeline; all of them where there is no such act."""
    rows = acts_of(case, at)
    mark = rows.filter(pk=before).values_list("happened", flat=True).first()
    return rows.filter(Q(happened__lt=mark) | Q(happened=mark, pk__lt=before)) if mark else rows


def newest(acts: Any) -> Any:
    who = [f"by__{name}" for name in WHO]
    return acts.order_by("-happened", "-pk").values("id", "name", "at", "happened", "words", *who)[: PAGE + 1]


def kept_in(case: Case, what: str, output: Any) -> Expression:
    """A column of the record that an act wrote: of the row of the same moment. Null where no record keeps it."""
    told = [(row, getattr(row, what)) for row in TOLD.values() if getattr(row, what)]
    rows = [(row.name, row.rows(case).filter(**of_act(row)).order_by(), column) for row, column in told]
    found = (When(name, then=Subquery(same.values(kept=Cast(column, output))[:1])) for name, same, column in rows)
    return Choose(*found, default=Value(None), output_field=output)


def of_act(row: Words) -> dict[str, Any]:
    """Which of its rows an act wrote."""
    if row.history:
        return {"pgh_obj": OuterRef("subject_id"), "version": Subquery(version_after())}
    return {row.at: OuterRef("at")} | ({"pk": OuterRef("subject_id")} if row.itself else {})


def version_after() -> Any:
    """The version that a record had after an act: each act on it adds one, its making the first. Index: event_of_subject."""
    same = {name: OuterRef(OuterRef(name)) for name in ("subject_type", "subject_id")}
    acts = Event.objects.filter(pk__lte=OuterRef(OuterRef("pk")), **same).order_by()
    return acts.values("subject_id").annotate(number=Count("pk")).values("number")


def entry_of(act: dict[str, Any]) -> Entry:
    name, at, happened = act["name"], act["at"], act["happened"]
    step, told = step_named(name), TOLD.get(name) or TOLD.get(name.partition(".")[2])
    by = User(**{column: act[f"by__{column}"] for column in WHO})
    return Entry(
        title=step.title if step else told.title if told else name, at=happened, by=by.title(),
        recorded_at=at if at - happened >= LATER else None, words=(act["words"] or "")[:SHORT],
        risk=bool(told and told.risk),
    )  # fmt: skip


def decided(model: Any) -> Callable[[Case], Any]:
    """The decisions about the records of a model in a case: their reason is what the act said."""

    def rows(case: Case) -> Any:
        mine = model.objects.filter(case=case).values("pk")
        return Approval.objects.filter(subject_type=model._meta.label_lower, subject_id__in=mine)

    return rows


LOG = Choose(When(log_ref="", then=Value("")), default=Concat(Value("Log "), "log_ref"), output_field=TextField())

tell(
    Words("unsafe", lambda case: UnsafeReport.objects.standing().filter(case=case), "since_at", "what", risk=True),
    Words("safe", lambda case: UnsafeReport.objects.standing().filter(case=case), "answered_at", "answer"),
    Words(
        "safeguard",
        lambda case: Safeguarding.objects.standing().filter(case=case),
        "recorded_at",
        "what",
        happened="done_at",
    ),
    Words("warn", lambda case: SafetyWarning.objects.standing().filter(case=case), "recorded_at", "what", risk=True),
    Words("incident.begin", lambda case: Incident.objects.filter(case=case), "recorded_at", LOG),
    *(
        Words(f"incident.{step}", decided(Incident), "decided_at", "reason")
        for step in ("approve", "return", "hand-back")
    ),
)
