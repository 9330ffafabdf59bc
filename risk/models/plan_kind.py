"""The kinds of action a safety plan may hold: a small reference table with the words to begin from, for a force to load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import NoSecret

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "plan-actions.json"
COLUMNS = ("code", "group", "label", "words", "factors", "child_to_parent", "authority")


class ActionKindQuerySet(NoSecret):
    def offered(self) -> Self:
        """What may be chosen now, group by group."""
        return self.filter(ended=False).order_by("order", "pk")


class PlanActionKind(models.Model):
    """One kind of action. Actions keep it for good, so a row is ended and never deleted.

    `words` is what an action of the kind begins from; `factors` are the keys of the questions that it answers, for which
    it is offered; `child_to_parent` marks what is for a parent who is harmed by their own child (S0-009).
    """

    class Group(models.TextChoices):
        IMMEDIATE = "immediate", "At once"
        VICTIM = "victim", "What the victim does"
        POLICE = "police", "What police and partners do"
        SUSPECT = "suspect", "Facing the suspect"
        CHILDREN = "children", "For the children"
        DIGITAL = "digital", "Phones, accounts, devices"

    code = models.SlugField(max_length=40, unique=True)
    group = models.CharField(max_length=10, choices=Group)
    label = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    factors = ArrayField(models.SlugField(max_length=30), default=list, blank=True)
    child_to_parent = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    authority = models.CharField(max_length=200)
    ended = models.BooleanField(default=False, help_text="Offered no longer; the actions of plans keep it")

    objects = ActionKindQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label


def read_action_kinds(path: Path) -> list[dict[str, Any]]:
    """The rows of a file. Raises ValueError with a sentence where it cannot be used."""
    rows: Any = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError("The file must be a list of kinds of action.")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not all(row.get(name) for name in ("code", "label", "authority")):
            raise ValueError(f"Kind {number}: it needs a code, a label and an authority.")
        if unknown := sorted(set(row) - set(COLUMNS)):
            raise ValueError(f"Kind {number}: {', '.join(unknown)} is no part of a kind.")
        if row.get("group") not in PlanActionKind.Group.values:
            raise ValueError(f"Kind {number}: {row.get('group')} is no group.")
    return rows


def load_action_kinds(rows: list[dict[str, Any]], *, model: Any = PlanActionKind, only: bool = False) -> int:
    """Bring the table up to the rows, in their order; how many are new. `only`: what is not among them is ended."""
    added = 0
    for order, row in enumerate(rows, start=1):
        rest = {"words": "", "factors": [], "child_to_parent": False, **row, "order": order, "ended": False}
        code = rest.pop("code")
        _, new = model.objects.update_or_create(code=code, defaults=rest)
        added += new
    if only:
        model.objects.exclude(code__in=[row["code"] for row in rows]).update(ended=True)
    return added
