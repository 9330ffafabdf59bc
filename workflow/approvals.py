"""Four ordinary steps for one question: ask, approve, return, withdraw. An approval is a row; a waiting record is read-only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Event
from workflow.declare import WORKFLOWS, Effect, Guard, Step, Who, parts_tables, workflow_of
from workflow.forms import EvidenceForm, Reason
from workflow.models import Approval
from workflow.models.record import about


def approval(
    of: str, *, source: Any, waiting: Any, target: Any, ask: Who, decide: Who, names: Names, evidence: type[EvidenceForm],
    verdict: type[EvidenceForm] = Reason, guards: tuple[Guard, ...] = (), back_to: Any = None,
    withdrawn_to: Any = None,
) -> tuple[Step, ...]:  # fmt: skip
    """The rows of one question. `guards` must be satisfied before it may be asked; `verdict` is what approving takes.

    Nobody decides what they asked for or wrote, not after a change of role either. `back_to`: where it stands once it is
    returned (where it was asked from, if not given); `withdrawn_to`: once it is taken back (there too, if not given).
    """
    back = source if back_to is None else back_to
    withdrawn = back if withdrawn_to is None else withdrawn_to
    another = (by_somebody_else(of),)
    return (
        Step(names.ask, names.ask_label, source, waiting, ask, evidence, guards=guards, effect=_ask(of), done=names.asked),
        Step(names.approve, names.approve_label, waiting, target, decide, verdict, guards=another,
             effect=_decide(of, Approval.Verdict.APPROVED), done=names.approved, question=of),
        Step(names.give_back, names.return_label, waiting, back, decide, guards=another,
             effect=_decide(of, Approval.Verdict.RETURNED), done=names.returned, question=of),
        Step(names.withdraw, names.withdraw_label, waiting, withdrawn, ask, guards=(by_the_asker(of),),
             effect=_withdraw(of), done=names.withdrawn),
    )  # fmt: skip


def also(steps: tuple[Step, ...], **effects: Effect) -> tuple[Step, ...]:
    """The same rows, some of which do something more than keep the question: an effect for each name (`ask_outcome`)."""
    more = {name.replace("_", "-"): effect for name, effect in effects.items()}
    return tuple(
        replace(step, effect=_both(step.effect, more[step.name])) if step.name in more else step for step in steps
    )


def _both(first: Effect | None, then: Effect) -> Effect:
    def effect(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
        if first:
            first(subject, said, by, at)
        then(subject, said, by, at)

    return effect


@dataclass(frozen=True, slots=True)
class Names:
    """What the four steps of a question are called, on buttons and afterwards."""

    ask: str
    ask_label: str
    asked: str
    approve: str = "approve"
    approve_label: str = "Approve"
    approved: str = "Approved"
    give_back: str = "return"
    return_label: str = "Return with reasons"
    returned: str = "Returned with reasons"
    withdraw: str = "withdraw"
    withdraw_label: str = "Take back to change it"
    withdrawn: str = "Taken back to change it"


def by_somebody_else(of: str) -> Guard:
    def guard(subject: Any, user: User) -> str:
        """Refuse whoever asked, and whoever wrote any of it."""
        acts = written_by(subject, user)
        waiting = subject.question_waiting = waiting_about(subject, of).annotate(decider_wrote=Exists(acts)).first()
        if waiting and waiting.asked_by_id == user.pk:
            return "You cannot do this. You sent it, so somebody else must decide."
        if waiting.decider_wrote if waiting else acts.exists():
            return "You cannot do this. You wrote part of it, so somebody else must decide."
        return ""

    guard.__name__ = "decided_by_somebody_else"
    return guard


def by_the_asker(of: str) -> Guard:
    def guard(subject: Any, user: User) -> str:
        waiting = subject.question_waiting = open_approval(subject, of)
        if waiting and waiting.asked_by_id != user.pk:
            words = _("You cannot do this. %(person)s sent it, so only they may take it back.")
            return words % {"person": waiting.asked_by.short_title()}
        return ""

    guard.__name__ = "taken_back_by_the_asker"
    return guard


def written_by(subject: Any, user: User) -> Any:
    """The acts by which this person began or changed the record, a row beneath it or a part, whatever their role now."""
    return acts_of_writing(subject).filter(by=user)


def acts_of_writing(subject: Any) -> Any:
    """The acts by which anybody began or changed the record, a row beneath it or a part."""
    authored = Q(name=workflow_of(subject).event("amend"), **about(subject))
    authored |= Q(name=workflow_of(subject).event("begin"), **about(subject))
    for part in parts_tables(subject):
        ids = part.model.objects.standing().filter(**{part.part_of: subject}).values("pk")
        names = [part.event("amend"), part.event("begin")]
        authored |= Q(name__in=names, subject_type=part.model._meta.label_lower, subject_id__in=ids)
    for kind in workflow_of(subject).all_rows():
        row, rows = kind.model._meta, kind.model._default_manager.filter(**{kind.field: subject})
        names = [f"{row.model_name}.add", *(f"{stem}.amend" for stem in stems_of(kind.model))]
        authored |= Q(name__in=names, subject_type=row.label_lower, subject_id__in=rows.values("pk"))
    chain = subject.folder.pk if subject.folder is not None else 0
    return Event.objects.filter(authored, chain=chain)


def stems_of(model: type[Any]) -> list[str]:
    """What stands before the point in the name of a change of a row: its table's name where a table moves it."""
    return [table.name for table in WORKFLOWS.values() if table.model is model] or [str(model._meta.model_name)]


def _ask(of: str) -> Effect:
    def effect(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
        plain = {name: str(value) for name, value in said.items()}
        Approval.objects.create(
            **about(subject), of=of, asked_by=by, asked_at=at, evidence=plain, seen_version=subject.version + 1
        )

    return effect


def _decide(of: str, verdict: str) -> Effect:
    def effect(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
        waiting = subject.question_waiting  # found by the guard, under the same lock
        waiting.decided_by, waiting.decided_at, waiting.verdict = by, at, verdict
        waiting.reason = said.get("reason", "")
        waiting.save(update_fields=["decided_by", "decided_at", "verdict", "reason"])

    return effect


def _withdraw(of: str) -> Effect:
    def effect(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
        waiting = subject.question_waiting  # found by the guard, under the same lock
        waiting.verdict, waiting.reason = Approval.Verdict.WITHDRAWN, said.get("reason", "")
        waiting.save(update_fields=["verdict", "reason"])

    return effect


def open_approval(subject: Any, of: str = "") -> Approval | None:
    """The question now waiting about this subject, if one is."""
    found: Approval | None = waiting_about(subject, of).first()
    return found


def waiting_about(subject: Any, of: str = "") -> Any:
    rows = Approval.objects.filter(**about(subject), verdict=Approval.Verdict.OPEN)
    return (rows.filter(of=of) if of else rows).select_related("asked_by")


def last_decided(subject: Any) -> Approval | None:
    """The newest decision on this subject that was not a withdrawal."""
    decided = Approval.objects.filter(**about(subject), decided_at__isnull=False)
    return decided.select_related("decided_by", "asked_by").order_by("-decided_at").first()
