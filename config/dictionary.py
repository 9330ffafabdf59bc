"""docs/data-dictionary.md, made from the models: every table and column, what it means, whether it is about somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import GeneratedField, Model

from config.personal import Kind, kind_of, tables

HEAD = """# Data dictionary

Made by `manage.py document` from the models and from `config/personal.py`; not to be changed by hand.

Every table that is ours. Beside many stands a history table (`..._event`) with the same columns, written by the database
at each change: what this says of a column holds for its history. Tables of libraries (sessions, rights, sign-in) are
not listed; no case material is in them.

*About somebody*: whether a person's data can stand there. *Kept*: as long as the case (C), as long as the person works
here and the log must be kept (L), until the work it is for is done (W), or for as long as the force uses the service (S).
The schedule of the cases themselves is the force's (see [the assessment](dpia.md), part 6). *Source*: who says it.
"""
KEPT = {
    "people": "C", "cases": "C", "risk": "C", "reporting": "C", "accounts": "L", "audit": "L", "workflow": "S",
    "supervision": "W", "safeguarding": "C", "marac": "C", "dvds": "C",
}  # fmt: skip
OTHERWISE = {
    "workflow.Approval": "C", "workflow.Deadline": "C", "workflow.DueChange": "C", "workflow.Draft": "W", "workflow.Once": "W",
    "workflow.Outbox": "W", "accounts.Unit": "S", "risk.Instrument": "S", "risk.InstrumentVersion": "S", "risk.Section": "S",
    "risk.Question": "S", "risk.RiskThreshold": "S", "risk.InstrumentUse": "S", "cases.Presence": "W",
    "safeguarding.Agency": "S", "safeguarding.Agreement": "S", "marac.Forum": "S", "marac.ForumTerms": "S",
    "marac.ForumMember": "S", "marac.ForumUnit": "S",
    "marac.NationalValue": "S", "marac.QuarterReturn": "S", "marac.SelfAssessment": "S",
    "reporting.OutsideFile": "S", "reporting.OutsideImport": "S", "reporting.OutsideFigure": "S",
    "marac.FigureBand": "S", "marac.SteeringPaper": "S", "dvds.Number": "S", "dvds.ProfileFrom": "S",
}  # fmt: skip
BY_THE_PROGRAM = frozenset(
    {"id", "version", "recorded_at", "struck_out_at", "state", "digest", "previous", "number", "chain"}
)


def dictionary_paper() -> str:
    return HEAD + "".join(f"\n{_table(model)}" for model in tables())


def _table(model: type[Model]) -> str:
    label = model._meta.label
    meaning = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    rows = "\n".join(_row(model, field) for field in model._meta.concrete_fields)
    kept = OTHERWISE.get(label, KEPT[model._meta.app_label])
    return (
        f"## {label}\n\n{meaning}\n\nTable `{model._meta.db_table}`. Kept: {kept}.\n\n"
        f"| column | type | meaning | about somebody | source |\n|---|---|---|---|---|\n{rows}\n"
    )


def _row(model: type[Model], field: Any) -> str:
    kind = kind_of(model, field.name)
    cells = [f"`{field.column}`", _type(field), _meaning(field), _about(field, kind), _source(field)]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _type(field: Any) -> str:
    if field.is_relation:
        return f"row of {field.related_model._meta.label}"
    return str(field.get_internal_type())


def _meaning(field: Any) -> str:
    """What the model says of the column; the words of its choices where it says nothing else."""
    said = [str(field.help_text)] if field.help_text else [str(field.verbose_name)]
    if field.choices:
        said.append("one of: " + ", ".join(_words(field)))
    return ". ".join(" ".join(part.split()) for part in said)


def _words(field: Any) -> Iterator[str]:
    offered = [str(words) for code, words in field.choices if code not in (None, "")]
    yield from offered[:6]
    if len(offered) > 6:
        yield f"and {len(offered) - 6} more"


def _about(field: Any, kind: Kind | None) -> str:
    if field.is_relation:
        return "who" if field.related_model._meta.label in ("accounts.User", "people.Person") else "no"
    if isinstance(field, GeneratedField):
        return "as what it is made from"
    return kind.value if kind else "no"


def _source(field: Any) -> str:
    made = isinstance(field, GeneratedField) or field.name in BY_THE_PROGRAM or field.name.endswith("_type")
    return "the program" if made or not field.editable else "a person, or what they caused"
