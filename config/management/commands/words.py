"""`manage.py words`: bring each language's catalogue up to today's words; `--check` only compares."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.words import LANGUAGES, catalogue, catalogue_file, compile_catalogues, written


class Command(BaseCommand):
    help = "Write every word that may be translated into locale/, and compile; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        for language in LANGUAGES:
            found, path = catalogue(language), catalogue_file(language)
            said = sum(bool(message.string) for message in found if message.id)
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != written(found):
                    raise CommandError(
                        f"Run manage.py words: the catalogue of {language} lacks words or has stale ones."
                    )
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(written(found), encoding="utf-8")
            self.stdout.write(f"{language}: {said} of {len(found)} said.")
        compile_catalogues()
