"""The attack list of docs/threat-model.md: each row is a test that exists, and no test of tests/attacks is left out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
LEAST = 45
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| (`[^|]+`) \|$", re.MULTILINE)


def listed() -> list[tuple[int, str, str, list[str]]]:
    """Number, attempt, what answers, tests."""
    paper = (BASE / "docs" / "threat-model.md").read_text().partition("## Attack list")[2]
    rows = ROW.findall(paper)
    assert len(rows) == sum(line.startswith("| ") for line in paper.splitlines()) - 2, "A row has not four cells."
    return [(int(number), attempt, answer, re.findall(r"`([^`]+)`", tests)) for number, attempt, answer, tests in rows]


def declared_in(path: Path) -> set[str]:
    """The tests of a file as they are named to pytest; read, not run."""
    found = ast.parse(path.read_text()).body
    return {
        f"{path.relative_to(BASE)}::{node.name}"
        for node in found
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_each_attempt_names_tests_that_exist() -> None:
    rows = listed()
    assert len(rows) >= LEAST
    assert [number for number, *_ in rows] == list(range(1, len(rows) + 1))
    named = {test for *_, tests in rows for test in tests}
    files = {BASE / test.partition("::")[0] for test in named}
    assert [str(file) for file in files if not file.exists()] == []
    assert sorted(named - set().union(*map(declared_in, files))) == []


def test_no_attempt_is_told_twice() -> None:
    attempts = [attempt for _, attempt, *_ in listed()]
    assert len(attempts) == len(set(attempts))


def test_every_test_of_attacks_is_in_the_list() -> None:
    named = {test for *_, tests in listed() for test in tests}
    there = set().union(*map(declared_in, (BASE / "tests" / "attacks").glob("test_*.py")))
    assert sorted(there - named) == []
