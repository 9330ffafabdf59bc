"""docs/requirements.md: which requirements, and which rules of the domain, a test proves; read from the marks in the tests."""

from __future__ import annotations

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROWS = Path("docs/requirements.csv")
#: The rules of the domain, in short. A rule that is built gets its row here, and with it must have its proof.
RULES = Path("docs/rules.csv")
Test = ast.FunctionDef | ast.AsyncFunctionDef


def proofs(tests: Path, mark: str = "requirement") -> dict[str, list[str]]:
    """Row id → the tests that carry its mark, as file::name. The mark is `requirement`, or `rule`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if f"mark.{mark}(" not in text:
            continue
        for test in ast.walk(ast.parse(text)):
            if isinstance(test, Test):
                for row in marked(test, mark):
                    found[row].append(f"{path.relative_to(tests.parent)}::{test.name}")
    return found


def marked(test: Test, mark: str) -> Iterator[str]:
    """What the marks of one test name, whatever stands between them and the test."""
    for one in test.decorator_list:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == mark:
            yield from (str(said.value) for said in one.args if isinstance(said, ast.Constant))


def rows_in(path: Path) -> list[dict[str, str]]:
    with (settings.BASE_DIR / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def proved_rows(path: Path, mark: str) -> list[tuple[dict[str, str], list[str]]]:
    """Each row of a file with the tests that prove it. Raises LookupError for a mark that names no row."""
    rows, proved = rows_in(path), proofs(settings.BASE_DIR / "tests", mark)
    if unknown := proved.keys() - {row["id"] for row in rows}:
        raise LookupError(f"Tests are marked with rows that do not exist: {', '.join(sorted(unknown))}.")
    return [(row, proved.get(row["id"], [])) for row in rows]


def requirements_paper() -> str:
    """Every row with what proves it; counts by priority first, the rules of the domain last."""
    rows = proved_rows(ROWS, "requirement")
    lines = ["# Requirements: done, not yet", "", "*Made by `manage.py document` from `docs/requirements.csv`, "
             "`docs/rules.csv` and the marks in the tests. Do not edit: a test compares it.*", ""]  # fmt: skip
    for priority, words in (("M", "musts"), ("S", "shoulds"), ("C", "coulds")):
        of = [bool(proof) for row, proof in rows if row["priority"] == priority]
        lines.append(f"- {sum(of)} of {len(of)} {words} done")
    lines += [
        "",
        "| row | priority | app | completed by | what was asked | proved by |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row, proof in rows:
        lines.append(
            f"| {row['id']} | {row['priority']} | {row['app']} | {row['completed_by']} | {in_cell(row['asked'])} "
            f"| {tests_in_cell(proof)} |"
        )
    return "\n".join([*lines, *rules_lines()]) + "\n"


def rules_lines() -> Iterator[str]:
    yield from ("", "## Rules of risk", "", "| rule | what it says | proved by |", "| --- | --- | --- |")
    for row, proof in proved_rows(RULES, "rule"):
        yield f"| {row['id']} | {in_cell(row['rule'])} | {tests_in_cell(proof)} |"


def in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def tests_in_cell(names: list[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names) or "not yet"
