"""Loading instruments and numbers from files: what is shipped, and what a force brings."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.db import transaction

from accounts.models import User
from risk.services.instrument_file import faults_of

DATA = Path(__file__).resolve().parent.parent / "data"
DASH_2009 = DATA / "dash-2009.json"
THRESHOLDS = DATA / "thresholds.json"
NO_REASONS = DATA / "no-reasons.json"
NO_REASONS_BY = "R-16: what may never be the reason for lowering a grade; the phrases are a force's own to add to [R]"
#: What came after the first release, in the order in which it is loaded.
SHIPPED = (
    "s-dash", "h-dash", "ric", "frontline", "merit", "ppit", "technology", "police-suspect", "stalking-screen",
)  # fmt: skip


def digest_of(said: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a version's whole content."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load_instrument(path: Path = DASH_2009, apps: Any = installed) -> Any:
    """Publish the version that the file holds and return it; the same file twice changes nothing. For what is shipped.

    `apps` is the registry to take the models from: a migration passes its own. Raises ValueError where another content
    is held under the same number: a mended typing error is a new version.
    """
    said = json.loads(path.read_text(encoding="utf-8"))
    held = _held(said, apps)
    if held is None:
        held = _write(said, apps)
        publish(held, apps=apps)
    return apps.get_model("risk", "InstrumentVersion").objects.get(pk=held.pk)


@transaction.atomic
def load_draft(path: Path, *, by: User) -> Any:
    """Load the version that a force's file holds, as a draft that somebody else publishes; returns it.

    Raises ValueError with a sentence for each fault of the file, one to a line, or where the number is taken.
    """
    said = read_file(path)
    if _held(said, installed) is not None:
        raise ValueError(f"{said['name']} version {said['number']} is there already. Nothing was loaded.")
    return _write(said, installed, loaded_by=by)


def read_file(path: Path) -> dict[str, Any]:
    """What the file says. Raises ValueError where it cannot be used, with a sentence for each fault."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise ValueError(f"The file cannot be read as JSON: {fault}.") from fault
    if faults := faults_of(said):
        raise ValueError("\n".join(faults))
    return said  # type: ignore[no-any-return]


def publish(version: Any, *, apps: Any = installed, by: User | None = None) -> None:
    """From now on nothing of the version can be changed. `by` is nobody where it is shipped."""
    more = {"published_by": by} if by else {}
    apps.get_model("risk", "InstrumentVersion").objects.filter(pk=version.pk).update(status="published", **more)


def _held(said: dict[str, Any], apps: Any) -> Any:
    """The version of that number; None if there is none. Raises ValueError where it is here with other content."""
    versions = apps.get_model("risk", "InstrumentVersion").objects
    held = versions.filter(instrument__code=said["code"], number=said["number"]).first()
    if held is not None and held.sha256 != digest_of(said):
        raise ValueError(
            f"{said['name']} version {said['number']} is here with other words. Give the file a new number."
        )
    return held


def _write(said: dict[str, Any], apps: Any, **more: Any) -> Any:
    instruments, versions = apps.get_model("risk", "Instrument"), apps.get_model("risk", "InstrumentVersion")
    named = known(instruments, {"name": said["name"], "kind": said.get("kind", "primary")})
    instrument, _ = instruments.objects.get_or_create(code=said["code"], defaults=named)
    version = versions.objects.create(
        instrument=instrument,
        **known(versions, {
            "number": said["number"], "valid_from": date.fromisoformat(said["valid_from"]), "scoring": said["scoring"],
            "source": said["source"], "bands": said.get("bands", []), "sha256": digest_of(said), **more,
        }),
    )  # fmt: skip
    _write_parts(version, said["sections"], apps)
    return version


def _write_parts(version: Any, sections: list[dict[str, Any]], apps: Any) -> None:
    section_model, question_model = apps.get_model("risk", "Section"), apps.get_model("risk", "Question")
    for order, part in enumerate(sections, 1):
        section = section_model.objects.create(version=version, order=order, key=part["key"], label=part["label"])
        question_model.objects.bulk_create(
            question_model(version=version, section=section, **known(question_model, _columns(row)))
            for row in part["questions"]
        )


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"], "key": row["key"], "label": row["label"], "help": row.get("help", ""),
        "prompt": row.get("prompt", ""), "is_critical": row.get("critical", False),
        "counts_toward": row.get("counts", []), "answer_type": row.get("answers", "yes_no"),
        "options": row.get("options", []), "weight": row.get("weight", 1),
    }  # fmt: skip


def known(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The values whose column the model has: the first migration loads with tables that know fewer."""
    names = {field.name for field in model._meta.get_fields()}
    return {name: value for name, value in values.items() if name in names}


def load_thresholds(apps: Any = installed) -> int:
    """Bring in the shipped numbers that are not held yet; returns how many were new."""
    model = apps.get_model("risk", "RiskThreshold")
    held = set(model.objects.values_list("name", "valid_from"))
    rows = [{**row, "valid_from": date.fromisoformat(row["valid_from"])} for row in json.loads(THRESHOLDS.read_text())]
    new = [model(**row) for row in rows if (row["name"], row["valid_from"]) not in held]
    model.objects.bulk_create(new)
    return len(new)


def load_no_reasons(apps: Any = installed) -> int:
    """Bring in the shipped phrases that are no reason to lower a grade and are not held yet; returns how many were new."""
    model = apps.get_model("risk", "NoReason")
    held = set(model.objects.values_list("phrase", flat=True))
    rows = [row for row in json.loads(NO_REASONS.read_text(encoding="utf-8")) if row["phrase"] not in held]
    model.objects.bulk_create(model(**row, authority=NO_REASONS_BY) for row in rows)
    return len(rows)
