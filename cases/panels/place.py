"""What the folder says on the page of a place: what happened there, what is dangerous, and whether it is a hotspot."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models import SafetyWarning
from cases.services.at_place import Happenings, happenings
from cases.services.repeat import Flag
from cases.services.repeat_places import flags_of_places
from cases.visibility import markers_for
from people.panels import AtPlaceNow, PlacePanel, show_at_place

MOST_WARNINGS = 10


@dataclass(frozen=True, slots=True)
class Danger:
    """What whoever goes there must know, and where it is said; no source for what the reader may not open."""

    words: str
    reference: str = ""
    url: str = ""


def happened(asked: AtPlaceNow) -> Happenings:
    return happenings(asked.place, asked.user, asked.cases, asked.after)


def dangers(asked: AtPlaceNow) -> list[Danger]:
    """Safety warnings of the cases that know of the place; and the least of what may not be opened, of those who live
    there and of the postcode. One query, and those of the markers.
    """
    rows = SafetyWarning.objects.standing().filter(case__in=asked.cases).select_related("case").order_by("-recorded_at")
    found = [
        Danger(_("Safety warning: %(what)s") % {"what": row.what}, row.case.reference, row.case.get_absolute_url())
        for row in rows[:MOST_WARNINGS]
    ]
    sentences = [marker.sentence for marker in markers_for(asked.user, asked.residents, postcodes_of(asked))]
    return found + [Danger(words) for words in dict.fromkeys(sentences) if words not in {one.words for one in found}]


def postcodes_of(asked: AtPlaceNow) -> list[str]:
    """The postcode, of a place that the reader may name: without one it is told by no marker which address it is."""
    code = asked.place.key.split(" ")[0]
    return [code] if asked.words and code != "-" else []


def hotspot(asked: AtPlaceNow) -> Flag | None:
    """The flag that the definition in force gives the place, with the events that make it."""
    return flags_of_places([asked.place.key], asked.user, asked.now).get(asked.place.key)


show_at_place(
    PlacePanel("hotspot", N_("Repeat location"), hotspot, "cases/panels/place_flag.html", order=5, side=True),
    PlacePanel("dangers", N_("Before you go there"), dangers, "cases/panels/place_dangers.html", order=10, side=True),
    PlacePanel("happened", N_("What happened there"), happened, "cases/panels/place_happened.html", order=20),
)
