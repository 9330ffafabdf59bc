"""The catalogue of words: what the program says, found in the code and its tables; each language's answers, compiled.

English is the source. A word that a language lacks is shown in English, so a catalogue may grow page by page.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.forms import ModelChoiceField
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from accounts.roles import ROLES
from cases.models.relationship import GROUNDS, RELATIONSHIPS
from cases.panels import PANELS
from people.panels import PANELS as OF_PEOPLE
from risk.models import DEFINITIONS
from supervision.queues import GROUPS, QUEUES
from supervision.queues.page import SAID
from workflow.declare import WORKFLOWS, Workflow
from workflow.forms import EvidenceForm
from workflow.pages.furniture import ENTRIES
from workflow.policies import POLICIES
from workflow.templatetags.words import counted_words

LANGUAGES = ("cy",)
SENTENCE = re.compile(r"[A-Z][^<>{}]+ [^<>{}]+")
REFUSALS = {"Refused", "ValidationError", "add_error"}
SPOKEN = re.compile(r'_\("([^"]+)"\)')
STATUS = re.compile(r'status_tag "([^"]+)"')
COUNTED = re.compile(r'\|counted:"([^"]+)"')
#: What is said of one thing, and of several where the number matters.
Words = str | tuple[str, str]
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

#: How each language tells numbers apart: as Django's own catalogue of it does, with which ours is read.
PLURALS = {"cy": "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;"}
HEAD = """# A beginning, not a finished translation. A qualified Welsh translator must check every sentence before it is used.
# What is left empty is shown in English. Written by manage.py words; translate here, then run it again.
# A refusal that begins as one of these does must begin with its translation, because pages take the two apart:
# "You cannot do this. ", "Not available. ", "Not yet. "
# Notices, mails, papers and the record itself are kept in English, the language of the record.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {0}\\n"
"Plural-Forms: {1}\\n"

"""


def catalogue_file(language: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def words_of_the_program() -> set[Words]:
    """Every sentence and label that may be translated."""
    found = {*in_templates(), *in_code(), *in_tables(), *in_refusals()}
    pairs = {words for words in found if isinstance(words, tuple)}
    ones = {one for one, _ in pairs}
    return pairs | {words for words in found if isinstance(words, str) and words.strip() and words not in ones}


def in_templates() -> Iterator[Words]:
    """What stands in `{% translate %}`, in `{% blocktranslate %}` and in `_("…")`, as Django itself reads them."""
    folder = Path(settings.BASE_DIR) / "templates"
    for file in sorted(folder.rglob("*.html")):
        nodes: Any = get_template(str(file.relative_to(folder))).template.nodelist  # type: ignore[attr-defined]
        for node in nodes.get_nodes_by_type(TranslateNode):
            yield str(node.filter_expression.var.literal or "")
        for block in nodes.get_nodes_by_type(BlockTranslateNode):
            one = block.render_token_list(block.singular)[0]
            yield (one, block.render_token_list(block.plural)[0]) if block.plural else one
        text = file.read_text(encoding="utf-8")
        yield from (*SPOKEN.findall(text), *STATUS.findall(text))
        yield from (counted_words(noun) for noun in COUNTED.findall(text))


def in_code() -> Iterator[Words]:
    """What stands in gettext's calls in our apps."""
    for app in (*settings.OUR_APPS, "config"):
        for file in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            for _, message, _, _ in extract_from_file("python", file, keywords=KEYWORDS):
                yield message if isinstance(message, str) else (message[0], message[1])


def in_refusals() -> Iterator[Words]:
    """The sentences with which guards, forms and verbs refuse, translated where they are shown; and counted nouns."""
    for app in settings.OUR_APPS:
        for file in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                yield from (word for word in said_by(node) if SENTENCE.fullmatch(word))
                yield from (counted_words(noun) for noun in counted_by(node))


def said_by(node: ast.AST) -> list[str]:
    """The constant sentences that a refusal or a guard's answer carries."""
    given: list[ast.expr | None] = []
    if isinstance(node, ast.Return):
        given = [node.value]
    elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in REFUSALS:
        given = list(node.args)
    return [part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def counted_by(node: ast.AST) -> list[str]:
    """The noun that a call of `counted(3, "answer")` counts."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "counted":
        return []
    return [part.value for part in node.args[1:] if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def in_tables() -> Iterator[str]:
    """The labels of what is declared: steps, sections, rows, forms, clocks, queues, roles, links."""
    for table in WORKFLOWS.values():
        yield from _of_workflow(table)
    yield from (
        words for policy in POLICIES.values() for words in (policy.label, policy.missed, policy.meets, policy.why)
    )
    yield from _of_models()
    for form in declared_forms(EvidenceForm):
        yield from _of_form(form)
    yield from (queue.label for queue in QUEUES.values())
    yield from (words for group in GROUPS for words in (group.name, SAID.get(group.key, "")))
    yield from (role.label for role in ROLES.values())
    yield from (row.label for row in RELATIONSHIPS.values())
    yield from (*DEFINITIONS.values(), *GROUNDS.values())
    yield from (entry.label for entry in ENTRIES.values())
    yield from (panel.label for panel in PANELS.values())
    yield from (panel.label for panel in OF_PEOPLE.values())


def declared_forms(form: type[Any]) -> Iterator[type[Any]]:
    """Every form of ours that a module holds; one that a page puts together as it is drawn has no words of its own."""
    import_module(settings.ROOT_URLCONF)  # with every page, every form is there
    for one in form.__subclasses__():
        if getattr(sys.modules[one.__module__], one.__name__, None) is one and one.__module__[:6] != "tests.":
            yield one
        yield from declared_forms(one)


def _of_models() -> Iterator[str]:
    """The words of what a column may hold: statuses, kinds, grades."""
    for model in apps.get_models():
        if model._meta.app_label in settings.OUR_APPS and not hasattr(model, "pgh_tracked_model"):
            yield label if isinstance(label := getattr(model, "label", ""), str) else ""
            for column in model._meta.fields:
                yield from (str(label) for value, label in column.flatchoices if value and "_" not in str(label))


def _of_workflow(table: Workflow) -> Iterator[str]:
    yield table.label
    yield from (str(label) for _, label in table.states.choices)
    for step in table.steps:
        yield from (step.label, step.done)
        yield from _of_form(step.evidence)
    for section in table.sections:
        yield from (section.label, section.group)
        yield from _of_form(section.form)
    for kind in table.all_rows():
        yield kind.label
        yield from _of_form(kind.form)


def _of_form(form: type[Any]) -> Iterator[str]:
    yield from (str(words) for words in getattr(form, "needed", {}).values() if isinstance(words, str))
    yield from (sentence for _, sentence in getattr(form, "needed_when", {}).values())
    for field in getattr(form, "base_fields", {}).values():
        yield from (str(field.label or ""), str(field.help_text or ""))
        yield from (str(getattr(field, name, "")) for name in ("needed", "called", "prompts_title", "not_before_is"))
        yield from map(str, getattr(field, "prompts", ()))
        yield from map(str, getattr(field.widget, "hints", {}).values())
        choices = () if isinstance(field, ModelChoiceField) else getattr(field, "choices", ())
        yield from (str(label) for value, label in choices if value and isinstance(label, str))


def catalogue(language: str) -> Catalog:
    """What the language says already, with every word of today; a word that is no longer said is dropped."""
    path = catalogue_file(language)
    known = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    made = read_po(BytesIO(HEAD.format(language, PLURALS[language]).encode()), locale=language)
    for words in sorted(words_of_the_program(), key=str):
        before = known.get(words)
        same = before is not None and isinstance(before.string, tuple) == isinstance(words, tuple)
        made.add(words, string=before.string if before and same else "")
    return made


def written(found: Catalog) -> str:
    """The catalogue as its file holds it: one line a sentence, no dates, so that it changes only when words do."""
    text = BytesIO()
    write_po(text, found, width=0, omit_header=True, sort_output=True, no_location=True)
    language = str(found.locale)
    return HEAD.format(language, PLURALS[language]) + text.getvalue().decode()


def compile_catalogues() -> None:
    """Write the compiled form beside each catalogue that is newer than it."""
    for language in LANGUAGES:
        source = catalogue_file(language)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        half = target.with_suffix(f".{os.getpid()}")
        with half.open("wb") as file:
            write_mo(file, read_po(BytesIO(source.read_bytes()), locale=language))
        half.replace(target)
