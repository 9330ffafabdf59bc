"""`manage.py document`: write the papers that are made from the code; `--check` only compares them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.dictionary import dictionary_paper
from config.requirements import requirements_paper
from reporting.measures.paper import measures_paper
from workflow.api.schema import openapi_paper
from workflow.diagrams import deadlines_paper, permissions_paper, workflows_paper

PAPERS = {
    "workflows.md": workflows_paper,
    "permissions.md": permissions_paper,
    "deadlines.md": deadlines_paper,
    "measures.md": measures_paper,
    "requirements.md": requirements_paper,
    "data-dictionary.md": dictionary_paper,
    "openapi.json": openapi_paper,
}


def stale_papers(folder: Path) -> list[str]:
    """The names of the papers that no longer say what the code says."""
    return [name for name, make in PAPERS.items() if not _same(folder / name, make())]


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


class Command(BaseCommand):
    help = "Write the generated papers in docs/, or compare them with --check."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        if options["check"]:
            if stale := stale_papers(folder):
                raise CommandError(f"Run manage.py document: {', '.join(stale)} no longer say what the code says.")
            return
        for name, make in PAPERS.items():
            (folder / name).write_text(make(), encoding="utf-8")
