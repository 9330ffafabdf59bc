"""What is said with a file. The file itself is looked at, scanned and put away before (`cases.services.storing`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.answers.evidence import FileKind
from cases.models.attachment import Taken
from workflow.forms import Choice, EvidenceForm, MomentField, ShortText


class FileBox(forms.ClearableFileInput):
    """A box for several files at once."""

    template_name = "forms/widgets/file.html"
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Of a page what the browser sent, as a list; of a verb the one file that was put away."""
        if files is None:
            return None
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PutAway(forms.FileField):
    """A file that the page has put away already. Nothing else is one: no digest that somebody writes, no bytes past the scan."""

    widget = FileBox
    waits = False

    def clean(self, data: Any, initial: Any = None) -> Taken:
        if not isinstance(data, Taken):
            raise ValidationError(_("Add files on the page “Files” of the case"))
        if data.waits != self.waits:
            raise ValidationError(_("This file must wait for the virus scan"))
        return data


class Waiting(PutAway):
    waits = True


class SeveralFiles(forms.FileField):
    """What the page takes: one file or several, looked at one by one afterwards."""

    widget = FileBox

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            raise ValidationError(_("Choose a file"))
        return list(data)


class WhatItShows(EvidenceForm):
    """The boxes beside the file, the same for every file of one press."""

    kind = Choice(FileKind, label="What are they?", needed="Choose what they are")
    taken_at = MomentField(
        label="When were they taken or made?", called="Time they were taken", past=True, required=False,
        hint="Leave empty if just now.",
    )  # fmt: skip
    words = ShortText(
        label="What do they show? (optional)", called="What they show", max_length=300, required=False,
        hint="For example: left forearm, inside; kitchen door from the hall",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A photograph of an injury has its moment: the next one is owed from it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("kind") == FileKind.INJURY and not said.get("taken_at") and "taken_at" not in self.errors:
            said["taken_at"] = self.at or timezone.now()
        return said


class AddFiles(WhatItShows):
    added = SeveralFiles(label="Files")


class KeepFile(WhatItShows):
    file = PutAway(label="File")


class HoldFile(WhatItShows):
    file = Waiting(label="File")
