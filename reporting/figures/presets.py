"""THE TABLE of questions that are asked often: each an address of the explorer, so that it is one click and can be shared."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_noop as noop

from reporting.figures.asked import OF_FORCE


@dataclass(frozen=True, slots=True)
class Preset:
    """A question in the words of whoever asks it. `said`: the rest of the address; the months are those that are usual."""

    question: str
    measure: str
    said: tuple[tuple[str, str], ...] = ()
    force: bool = False  # asked of the whole force alone

    @property
    def address(self) -> str:
        return f"{reverse('figure', args=[self.measure.lower()])}{'?' if self.said else ''}{urlencode(self.said)}"


# fmt: off
PRESETS: tuple[Preset, ...] = (
    Preset(noop("Are more people telling us of domestic abuse than a year ago?"),    "M01", (("part", "reports"), ("compare", "year"))),
    Preset(noop("Do the divisions arrest alike?"),                                   "M06", (("by", "division"),), force=True),
    Preset(noop("Why do victims not support a prosecution, and is that changing?"),  "M10", (("part", "no-support"),)),
    Preset(noop("Are people of every ethnicity charged alike?"),                     "M44", (("of", "m08"), ("by", "ethnicity"))),
    Preset(noop("Is DASH asked within 24 hours, and by whom is it not?"),            "M25", (("part", "in-time"), ("by", "team"))),
    Preset(noop("Who is harmed again and again, and at which risk?"),                "M20", (("by", "risk"),)),
    Preset(noop("Do schools hear before the bell?"),                                 "M33"),
    Preset(noop("Are people whose risk is high referred to MARAC?"),                 "M27"),
    Preset(noop("How many cases does each officer hold?"),                           "M45", (("by", "team"),)),
    Preset(noop("What share of all crime is domestic abuse?"),                       "M04", force=True),
    Preset(noop("Do the courts convict?"),                                           "M16", force=True),
    Preset(noop("Are the people whom we helped satisfied, and at which stage not?"), "M38", (("by", "stage"),), force=True),
)
# fmt: on


def presets_for(user: Any) -> list[Preset]:
    """Those that the person may ask."""
    return [preset for preset in PRESETS if not preset.force or user.holds(OF_FORCE, None)]
