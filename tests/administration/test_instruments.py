"""An instrument from a file: checked, loaded as a draft, published by a second person; and which unit uses which."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Incident
from risk.models import InstrumentUse, InstrumentVersion, Question
from risk.services.instruments import DASH_2009
from supervision.models import UseChange, VersionPublication
from tests.cast import client_of, take, text_of
from tests.risk.story import begun, incident_of
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db


def wording(folder: Path, **changed: Any) -> Path:
    said = json.loads(DASH_2009.read_text()) | {"number": 2, "source": "Licensed wording", **changed}
    for part in said["sections"]:
        for row in part["questions"]:
            row["label"] = f"Licensed wording of {row['number']}?"
    path = folder / "licensed.json"
    path.write_text(json.dumps(said))
    return path


def loaded(path: Path, by: User) -> VersionPublication:
    call_command("load_instrument", str(path), by=by.username, stdout=StringIO())
    return VersionPublication.objects.latest("pk")


def use(by: User, unit: Unit, code: str = "frontline", days: int = 0) -> UseChange:
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    said = {"unit": unit.code, "instrument": code, "valid_from": day, "authority": "Force order 12 of 2026"}
    change: UseChange = take(UseChange(), "propose", by, **said)
    return change


def test_a_file_is_loaded_as_a_draft_that_nobody_assesses_with(una: User, tmp_path: Path) -> None:
    waits = loaded(wording(tmp_path), una)
    version = waits.instrument_version
    assert (version.status, version.loaded_by, version.published_by) == ("draft", una, None)
    assert Question.objects.filter(version=version).count() == 27
    assert InstrumentVersion.objects.in_force("dash", timezone.localdate()).number == 1


def test_a_second_person_reads_it_and_publishes_it(una: User, june: User, tmp_path: Path) -> None:
    waits = loaded(wording(tmp_path), una)
    page = text_of(client_of(june).get(f"/administration/instruments/{waits.instrument_version_id}/"))
    assert "Licensed wording of 18?" in page and "Publish this version" in page
    take(waits, "approve", june)
    version = InstrumentVersion.objects.get(pk=waits.instrument_version_id)
    assert (version.status, version.published_by) == ("published", june)
    assert InstrumentVersion.objects.in_force("dash", timezone.localdate()).number == 2


def test_whoever_loaded_it_does_not_publish_it_and_the_database_holds_to_it(june: User, tmp_path: Path) -> None:
    waits = loaded(wording(tmp_path), june)
    with pytest.raises(Refused) as refused:
        take(waits, "approve", june)
    assert refused.value.kind is Refusal.GUARD
    for by in (june.pk, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            InstrumentVersion.objects.filter(pk=waits.instrument_version_id).update(status="published", published_by=by)


def test_a_version_that_does_harm_is_out_of_use_at_once_where_another_takes_its_place(
    una: User, june: User, tmp_path: Path
) -> None:
    waits = take(loaded(wording(tmp_path), una), "approve", june)
    take(waits, "retire", una)
    assert InstrumentVersion.objects.in_force("dash", timezone.localdate()).number == 1
    only = loaded(wording(tmp_path, code="ours", name="Ours", number=1), una)
    with pytest.raises(Refused, match="No other version"):
        take(take(only, "approve", june), "retire", una)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda said: said.update(scoring="stars"), "The file, scoring: it must be one of count, none, weighted."),
        (lambda said: said.update(valid_from="soon"), "The file, valid_from: the first day must be written like 2026-11-01."),
        (lambda said: said.update(sections=[]), "The file, sections: there must be at least one section with questions."),
        (lambda said: said.update(bands=[{"least": 1, "name": "Gold"}]), "The file, bands: only where points are added up"),
        (lambda said: said["sections"][0]["questions"][2].update(label="x" * 201),
         "Section 1, question 3, label: it must be 200 characters or fewer, and has 201."),
        (lambda said: said["sections"][0]["questions"][0].update(answers="maybe"),
         "Section 1, question 1, answers: it must be one of yes_no, frequency, rating."),
        (lambda said: said["sections"][0]["questions"][0].update(answers="rating"),
         "Section 1, question 1, options: a rating needs two to ten options, the least first."),
        (lambda said: said["sections"][1]["questions"][0].update(key="injury"),
         "The questions, key: injury stands 2 times; each must have its own."),
        (lambda said: said["sections"][1]["questions"][0].update(colour="red"),
         "Section 2, question 1: nothing here is called colour."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_where_and_why_and_loads_nothing(
    una: User, tmp_path: Path, change: Any, sentence: str
) -> None:
    path = wording(tmp_path)
    said = json.loads(path.read_text()) | {"number": 3}
    change(said)
    path.write_text(json.dumps(said))
    with pytest.raises(CommandError) as refused:
        loaded(path, una)
    assert sentence in str(refused.value)
    assert not InstrumentVersion.objects.filter(number=3).exists() and not VersionPublication.objects.exists()


def test_who_may_not_load_and_what_is_no_json_is_said_in_a_sentence(una: User, sam: User, tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    path.write_text("{")
    for by, file in ((una, path), (sam, wording(tmp_path)), (una, tmp_path / "none.json")):
        with pytest.raises(CommandError):
            loaded(file, by)
    assert not InstrumentVersion.objects.filter(number=2).exists()


def test_a_unit_uses_an_instrument_from_its_day_once_two_people_decided(
    una: User, june: User, ellen: User, hannahs_case: Any, northgate: Unit, sr1: Unit
) -> None:
    day = timezone.localdate()
    assert InstrumentUse.objects.code_for(hannahs_case.unit, day) == "dash"
    change = use(una, northgate)
    assert InstrumentUse.objects.code_for(hannahs_case.unit, day) == "dash"
    take(change, "approve", june)
    assert InstrumentUse.objects.code_for(hannahs_case.unit, day) == "frontline"
    assert InstrumentUse.objects.code_for(hannahs_case.unit, day - timedelta(days=1)) == "dash"
    assert InstrumentUse.objects.code_for(sr1, day) == "dash"
    incident: Incident = incident_of(hannahs_case, ellen)
    assert begun(incident, ellen).instrument.code == "frontline"


def test_who_proposed_does_not_approve_and_it_is_out_of_use_at_once_where_it_does_harm(
    una: User, june: User, northgate: Unit
) -> None:
    with pytest.raises(Refused):
        take(use(june, northgate), "approve", june)
    change = take(use(una, northgate, "ric"), "approve", june)
    assert InstrumentUse.objects.code_for(northgate, timezone.localdate()) == "ric"
    take(change, "withdraw", una)
    assert InstrumentUse.objects.code_for(northgate, timezone.localdate()) == "dash"


@pytest.mark.parametrize(
    "said", [{"instrument": "s-dash"}, {"instrument": "dash"}, {"unit": "NONE"}, {"authority": ""}, {"valid_from": "x"}]
)
def test_what_cannot_be_used_is_refused(una: User, northgate: Unit, said: dict[str, str]) -> None:
    day = timezone.localdate().isoformat()
    full = {"unit": northgate.code, "instrument": "ric", "valid_from": day, "authority": "Order 1"} | said
    with pytest.raises(Refused) as refused:
        take(UseChange(), "propose", una, **full)
    assert refused.value.kind is Refusal.FORM


def test_the_page_of_instruments_lists_them_and_shows_what_waits(una: User, northgate: Unit, sam: User) -> None:
    use(una, northgate)
    page = text_of(client_of(una).get("/administration/instruments/"))
    assert "S-DASH, version 1" in page and "Frontline assessment" in page and "Take this proposal back" in page
    assert client_of(sam).get("/administration/instruments/").status_code == 403
    assert (
        client_of(sam).get(f"/administration/instruments/{InstrumentVersion.objects.latest('pk').pk}/").status_code
        == 404
    )
