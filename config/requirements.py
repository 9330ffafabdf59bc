"""docs/requirements.md: which rows of the requirements are proved by a test, read from the marks in the tests."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

from django.conf import settings

MARK = re.compile(r"@pytest\.mark\.requirement\(([^)]*)\)\s*(?:@[^\n]*\n\s*)*(?:async )?def (\w+)")
ROWS = Path("docs/requirements.csv")


def proofs(tests: Path) -> dict[str, list[str]]:
    """Row id → the tests that carry its mark, as file::name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        for marks, name in MARK.findall(path.read_text(encoding="utf-8")):
            for row in re.findall(r"[A-Z]\d+-\d+", marks):
                found[row].append(f"{path.relative_to(tests.parent)}::{name}")
    return found


def requirements_paper() -> str:
    """Every row with what proves it; counts by priority first. Raises LookupError for a mark that names no row."""
    root: Path = settings.BASE_DIR
    with (root / ROWS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    proved = proofs(root / "tests")
    if unknown := proved.keys() - {row["id"] for row in rows}:
        raise LookupError(f"Tests are marked with rows that do not exist: {', '.join(sorted(unknown))}.")
    lines = ["# Requirements: done, not yet", "", "*Made by `manage.py document` from `docs/requirements.csv` and the marks "
             "in the tests. Do not edit: a test compares it.*", ""]  # fmt: skip
    for priority, words in (("M", "musts"), ("S", "shoulds"), ("C", "coulds")):
        of = [row for row in rows if row["priority"] == priority]
        lines.append(f"- {sum(row['id'] in proved for row in of)} of {len(of)} {words} done")
    lines += [
        "",
        "| row | priority | app | completed by | what was asked | proved by |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        proof = "<br>".join(f"`{name}`" for name in proved.get(row["id"], [])) or "not yet"
        asked = row["asked"].replace("|", "\\|")
        lines.append(f"| {row['id']} | {row['priority']} | {row['app']} | {row['completed_by']} | {asked} | {proof} |")
    return "\n".join(lines) + "\n"
