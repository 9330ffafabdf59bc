"""Sections: saved as far as they go, and plain about what is left."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.test.utils import isolate_apps

from workflow.forms import Choice, LongText, ModelSection, MomentField, Number, ShortText, YesNo

with isolate_apps():

    class Visit(models.Model):
        arrived_at = models.DateTimeField("arrived", null=True, blank=True)
        account = models.TextField("what happened", max_length=4000, blank=True)
        alone = models.BooleanField("seen alone", null=True)
        attended = models.CharField("who attended", max_length=10, choices=[("one", "One"), ("two", "Two")], blank=True)
        why_not = models.CharField("why not alone", max_length=100, blank=True)
        earlier = models.PositiveIntegerField("earlier visits", null=True, blank=True)

        class Meta:
            app_label = "workflow"


class VisitSection(ModelSection):
    needed = {"account": "Say what happened", "alone": "Say whether you saw her alone"}
    needed_when = {"why_not": (lambda visit: visit.alone is False, "Say why you did not see her alone")}

    class Meta:
        model = Visit
        fields = ["arrived_at", "account", "alone", "attended", "why_not", "earlier"]


def test_a_section_s_columns_become_the_house_s_fields() -> None:
    kinds = {name: type(field) for name, field in VisitSection.base_fields.items()}
    assert kinds == {
        "arrived_at": MomentField,
        "account": LongText,
        "alone": YesNo,
        "attended": Choice,
        "why_not": ShortText,
        "earlier": Number,
    }


def test_a_section_is_saved_as_far_as_it_goes() -> None:
    section = VisitSection({"alone": "no"}, instance=Visit())
    assert section.is_valid()
    assert section.instance.alone is False


def test_missing_says_what_is_left_in_the_order_of_the_page() -> None:
    assert VisitSection.missing(Visit()) == [
        ("account", "Say what happened"),
        ("alone", "Say whether you saw her alone"),
    ]
    assert VisitSection.missing(Visit(account="He left.", alone=False)) == [
        ("why_not", "Say why you did not see her alone")
    ]
    assert VisitSection.missing(Visit(account="He left.", alone=True)) == []


def test_spaces_are_not_an_account() -> None:
    assert ("account", "Say what happened") in VisitSection.missing(Visit(account="  ", alone=True))


def test_a_section_that_needs_what_it_does_not_ask_stops_the_program() -> None:
    meta = type("Meta", (), {"model": Visit, "fields": ["account"]})
    with pytest.raises(ImproperlyConfigured, match="alone"):
        type(VisitSection)("Partial", (ModelSection,), {"Meta": meta, "needed": {"alone": "Say it"}})
