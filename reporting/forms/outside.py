"""What is said of a file of figures: where it is from, and the file itself, which the page has read already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models.outside import OutsideKind
from reporting.outside.reading import Reading
from workflow.forms import Choice, DayField, EvidenceForm, LongText, ShortText
from workflow.forms.field import Asked


class FileBox(forms.FileInput):
    """A box for one file."""

    template_name = "forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name) if files is not None else None


class FileSent(Asked, forms.FileField):
    """What the page takes: a file, read afterwards."""

    widget = FileBox

    def clean(self, data: Any, initial: Any = None) -> Any:
        if data is None:
            raise ValidationError(_("Choose a file"))
        return data


class FileRead(FileSent):
    """A file that the page has read. Nothing else is one: no words that somebody sends in its place."""

    whole = True

    def clean(self, data: Any, initial: Any = None) -> Reading:
        if not isinstance(data, Reading):
            raise ValidationError(_("Bring figures in on the page “Figures from outside”"))
        if bool(data.rejects) == self.whole:
            raise ValidationError(_("Some rows are wrong") if data.rejects else _("No row is wrong"))
        return data


class FileWithRejects(FileRead):
    whole = False


class WhereFrom(EvidenceForm):
    """Who published it, when, and what must be known of it."""

    source = ShortText(
        label="Who published it, and where?", called="The source", needed="Say who published it, and where", max_length=300,
        hint="For example: ONS, mid-year population estimates, table 4",
    )  # fmt: skip
    published_on = DayField(
        label="When was it published? (optional)", called="The day it was published", required=False, past=True
    )
    words = LongText(
        label="What must be known of it? (optional)", called="What must be known", required=False, max_length=2000, rows=3,
        hint="For example: provisional; without the British Transport Police",
    )  # fmt: skip


class BringIn(WhereFrom):
    """The page."""

    file = FileSent(label="The file (CSV)", called="The file", widget=FileBox(attrs={"accept": ".csv,text/csv"}))


class BroughtIn(WhereFrom):
    """The step: a file of which every row can be taken."""

    kind = Choice(OutsideKind, label="What is it of?", needed="Choose what it is of")
    file = FileRead(label="The file (CSV)", called="The file")


class Confirmed(EvidenceForm):
    """Somebody else has looked."""

    reason = LongText(
        label="What did you check them against?", called="What you checked them against", max_length=2000, min_length=10, rows=3,
        needed="Say what you checked them against", hint="For example: the published table, three months by hand.",
    )  # fmt: skip


class NotTaken(BroughtIn):
    """The step for a file with rows that are wrong: they are kept with why, so that they can be mended."""

    file = FileWithRejects(label="The file (CSV)", called="The file")
