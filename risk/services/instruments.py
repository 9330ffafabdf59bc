"""Loading instruments and numbers from files: what is shipped, and what a force brings."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.db import transaction

DATA = Path(__file__).resolve().parent.parent / "data"
DASH_2009 = DATA / "dash-2009.json"
THRESHOLDS = DATA / "thresholds.json"


def digest_of(said: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a version's whole content."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load_instrument(path: Path = DASH_2009, apps: Any = installed) -> Any:
    """Publish the version that the file holds and return it; the same file twice changes nothing.

    `apps` is the registry to take the models from: a migration passes its own. Raises ValueError where another content
    was published under the same number: a mended typing error is a new version.
    """
    said = json.loads(path.read_text(encoding="utf-8"))
    instrument, _ = apps.get_model("risk", "Instrument").objects.get_or_create(
        code=said["code"], defaults={"name": said["name"]}
    )
    versions = apps.get_model("risk", "InstrumentVersion").objects
    digest = digest_of(said)
    held = versions.filter(instrument=instrument, number=said["number"]).first()
    if held is None:
        held = versions.create(
            instrument=instrument, number=said["number"], valid_from=date.fromisoformat(said["valid_from"]),
            scoring=said["scoring"], source=said["source"],
        )  # fmt: skip
        _write_parts(held, said["sections"], apps)
        versions.filter(pk=held.pk).update(status="published", sha256=digest)
    elif held.sha256 != digest:
        raise ValueError(
            f"{said['name']} version {said['number']} is published with other words. Give the file a new number."
        )
    return versions.get(pk=held.pk)


def _write_parts(version: Any, sections: list[dict[str, Any]], apps: Any) -> None:
    section_model, question_model = apps.get_model("risk", "Section"), apps.get_model("risk", "Question")
    for order, part in enumerate(sections, 1):
        section = section_model.objects.create(version=version, order=order, key=part["key"], label=part["label"])
        question_model.objects.bulk_create(
            question_model(
                version=version, section=section, number=row["number"], key=row["key"], label=row["label"],
                help=row.get("help", ""), prompt=row.get("prompt", ""), is_critical=row.get("critical", False),
                counts_toward=row["counts"],
            )
            for row in part["questions"]
        )  # fmt: skip


def load_thresholds(apps: Any = installed) -> int:
    """Bring in the shipped numbers that are not held yet; returns how many were new."""
    model = apps.get_model("risk", "RiskThreshold")
    held = set(model.objects.values_list("name", "valid_from"))
    rows = [{**row, "valid_from": date.fromisoformat(row["valid_from"])} for row in json.loads(THRESHOLDS.read_text())]
    new = [model(**row) for row in rows if (row["name"], row["valid_from"]) not in held]
    model.objects.bulk_create(new)
    return len(new)
