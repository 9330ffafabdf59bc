"""What forms accept, how they refuse, and that they never lose a word."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.template import Context, Template

from workflow.forms import (
    Choice,
    Choices,
    DayField,
    EvidenceForm,
    LongText,
    Number,
    Reason,
    ShortText,
    Telephone,
    YesNo,
)

NOW = datetime(2026, 8, 30, 13, 2, tzinfo=UTC)  # 14:02 in London


class Incident(EvidenceForm):
    reported_on = DayField(label="Day reported", required=False)
    account = LongText(label="What happened?", needed="Say what happened", max_length=200)
    place = ShortText(label="Place", max_length=40, required=False)
    weapon = Choice(
        [("yes", "Yes"), ("no", "No"), ("unknown", "Not known", "Nobody could say")],
        label="Was a weapon used?",
        reveals={"yes": ["weapon_words"]},
        required=False,
    )
    weapon_words = ShortText(label="What was it?", max_length=100)
    children = YesNo(label="Were children at home?", required=False)
    kinds = Choices([("physical", "Physical"), ("economic", "Economic")], label="Kinds of abuse", required=False)
    telephone = Telephone(required=False)
    earlier = Number(label="Earlier incidents", min_value=0, max_value=99, required=False)


def said(**typed: Any) -> Incident:
    return Incident({"account": "He shouted.", **typed}, at=NOW)


def drawn(form: forms.BaseForm) -> str:
    return Template("{{ form }}").render(Context({"form": form}))


def the_refusal(form: forms.BaseForm, field: str) -> str:
    assert not form.is_valid()
    return str(form.errors[field][0])


# --- Words ---------------------------------------------------------------------------------------------------------


def test_text_without_a_greatest_length_stops_the_program() -> None:
    with pytest.raises(ImproperlyConfigured, match="max_length"):
        type("Endless", (EvidenceForm,), {"words": forms.CharField()})


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\ud800"])
def test_characters_that_cannot_be_seen_are_refused_with_a_sentence(hidden: str) -> None:
    assert "cannot be seen" in the_refusal(said(account=f"He{hidden} shouted"), "account")


def test_new_lines_belong_in_long_text_and_not_in_a_line() -> None:
    assert said(account="One\r\ntwo\tthree").is_valid()
    assert "cannot be seen" in the_refusal(said(place="Kitchen\nhall"), "place")


def test_line_ends_count_the_same_from_a_page_and_from_the_api() -> None:
    form = said(account="One\r\ntwo")
    assert form.is_valid()
    assert form.cleaned_data["account"] == "One\ntwo"


def test_names_in_other_scripts_are_kept() -> None:
    form = said(place="  Zażółć, Ołówek 名前 👩‍👧 ")
    assert form.is_valid()
    assert form.cleaned_data["place"] == "Zażółć, Ołówek 名前 👩‍👧"


def test_what_is_too_long_is_refused_and_shown_again_whole() -> None:
    long = "x" * 201
    form = said(account=long)
    assert the_refusal(form, "account") == "What happened must be 200 characters or fewer"
    assert long in drawn(form)


@pytest.mark.parametrize("odd", [{"a": 1}, ["a"], True])
def test_the_api_cannot_send_something_else_as_text(odd: Any) -> None:
    assert the_refusal(said(account=odd), "account") == "What happened must be text"


def test_a_reason_must_say_something() -> None:
    assert the_refusal(Reason({"reason": "   "}), "reason") == "Say why"
    assert the_refusal(Reason({"reason": "because"}), "reason") == "The reason must be 10 characters or more"
    assert Reason({"reason": "She asked for it to be moved."}).is_valid()


@pytest.mark.parametrize("number", ["07700 900461", "+44 (0)20 7946 0018", "01632 960001 ext 12", "999"])
def test_telephone_numbers_are_kept_as_typed(number: str) -> None:
    form = said(telephone=number)
    assert form.is_valid()
    assert form.cleaned_data["telephone"] == number


def test_words_are_no_telephone_number() -> None:
    assert the_refusal(said(telephone="ask her mum"), "telephone").startswith("Enter a telephone number")


@pytest.mark.parametrize(
    ("typed", "sentence"), [("three", "whole number"), ("-1", "0 or more"), ("100", "99 or fewer")]
)
def test_numbers_say_their_bounds(typed: str, sentence: str) -> None:
    assert sentence in the_refusal(said(earlier=typed), "earlier")


# --- Choices -------------------------------------------------------------------------------------------------------


def test_yes_and_no_are_understood_from_page_and_api() -> None:
    for typed, meant in (("yes", True), ("no", False), (True, True), (False, False), ("", None)):
        form = said(children=typed)
        assert form.is_valid()
        assert form.cleaned_data["children"] is meant


def test_a_stored_no_is_shown_as_no() -> None:
    shown = Template("{{ form.children }}").render(Context({"form": Incident(initial={"children": False})}))
    assert 'value="no" id="id_children_1" checked' in shown


@pytest.mark.parametrize("odd", [{"a": 1}, ["yes"], "perhaps"])
def test_an_answer_that_was_not_offered_is_refused(odd: Any) -> None:
    assert "one of the answers shown" in the_refusal(said(weapon=odd), "weapon")


def test_several_answers_come_from_boxes_or_a_list() -> None:
    page = QueryDict("account=x&kinds=physical&kinds=economic")
    for data in (page, {"account": "x", "kinds": ["physical", "economic"]}):
        form = Incident(data, at=NOW)
        assert form.is_valid()
        assert form.cleaned_data["kinds"] == ["physical", "economic"]


def test_a_field_beneath_an_answer_is_asked_only_when_that_answer_is_given() -> None:
    assert the_refusal(said(weapon="yes"), "weapon_words") == "Answer: What was it?"
    form = said(weapon="no", weapon_words="a pan")
    assert form.is_valid()
    assert form.cleaned_data["weapon_words"] == ""


def test_a_field_beneath_an_answer_is_drawn_once_inside_it() -> None:
    shown = drawn(said(weapon="yes"))
    assert shown.count('name="weapon_words"') == 1
    assert 'data-aria-controls="conditional-id_weapon"' in shown
    assert '<div class="govuk-radios__conditional" id="conditional-id_weapon">' in shown


def test_revealing_what_is_not_there_stops_the_program() -> None:
    stray = {"weapon": Choice([("yes", "Yes")], reveals={"yes": ["nowhere"]})}
    with pytest.raises(ImproperlyConfigured, match="nowhere"):
        type("Stray", (EvidenceForm,), stray)


# --- How it is drawn -----------------------------------------------------------------------------------------------


def test_hints_and_errors_describe_their_field() -> None:
    class Asked(EvidenceForm):
        words = ShortText(label="Words", hint="Two are enough", max_length=20)

    shown = drawn(Asked({}))
    assert 'aria-describedby="id_words_helptext id_words_error"' in shown
    assert 'id="id_words_helptext" class="govuk-hint">Two are enough' in shown
    assert 'id="id_words_error" class="govuk-error-message"' in shown
    assert "Enter words" in shown


def test_the_summary_and_the_field_say_the_same_sentence() -> None:
    form = said(account="")
    summary = Template('{% include "components/error_summary.html" %}').render(Context({"form": form}))
    assert '<a href="#id_account">Say what happened</a>' in summary
    assert "Say what happened" in str(form["account"].as_field_group())


def test_a_draft_is_shown_as_typed_and_not_judged() -> None:
    draft = Incident({"reported_on_day": "31"}, kept=True)
    assert 'value="31"' in drawn(draft)
    assert "govuk-error-message" not in drawn(draft)
    assert not draft.is_valid()


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in drawn(said(place="<script>alert(1)</script>"))
