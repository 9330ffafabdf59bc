"""Papers that are made from the code say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from config.management.commands.document import stale_papers
from config.requirements import RULES, proofs, proved_rows
from workflow.declare import WORKFLOWS, step_named
from workflow.policies import POLICIES

DOCS = Path(settings.BASE_DIR) / "docs"


def test_the_generated_papers_are_as_the_code_is() -> None:
    assert stale_papers(DOCS) == [], "Run manage.py document."


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_each_policy_names_events_that_happen_and_its_authority(name: str) -> None:
    policy = POLICIES[name]
    assert policy.authority
    assert not policy.wants or step_named(policy.wants)
    for event in policy.starts | policy.stops | policy.drops | policy.refits:
        workflow, _, verb = event.partition(".")
        assert verb in ("amend", "add") or (workflow in WORKFLOWS and step_named(event)), event


def test_marks_are_read_whatever_stands_between_them_and_the_test(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(
        '@pytest.mark.requirement("S3-004", "S3-005")\n@pytest.mark.parametrize(\n    "a", [1]\n)\ndef test_a() -> None: ...\n'
    )
    assert proofs(tmp_path / "tests") == {
        "S3-004": ["tests/test_it.py::test_a"],
        "S3-005": ["tests/test_it.py::test_a"],
    }


def test_no_rule_of_risk_is_without_a_proof() -> None:
    rules = proved_rows(RULES, "rule")
    assert {row["id"] for row, _tests in rules} >= {f"R-{n:02}" for n in (1, 2, 3, *range(10, 21))}
    assert [row["id"] for row, tests in rules if not tests] == []
