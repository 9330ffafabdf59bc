"""The extract: single records without anybody's name, whole, checked, locked, and written down as a disclosure."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import pyzipper
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Posting, Unit, User
from audit.models import Access, Operation
from cases.models import Case, Crime, Incident, Involvement
from people.models import Birth, Description
from reporting import exports
from reporting.extract import columns, made, reading
from reporting.extract.columns import DICTIONARY, FILES, VERSION, band, fingerprint, heads
from reporting.extract.made import MANIFEST, ask_for_extract
from reporting.extract.pseudonym import pseudonyms
from reporting.models import Export, ExportPart
from tests import factories
from tests.cast import person, take, text_of

SignIn = Callable[[User | None], Client]
PASSWORD = "correct horse battery"
FOR = {"recipient": "Home Office, annual data requirement", "basis": "Police Act 1996 section 44, notice of 1 April."}
Files = dict[str, list[dict[str, str]]]


def asked_by(by: User, days: int = 30) -> Export:
    today = timezone.localdate()
    return ask_for_extract(purpose="annual", since=today - timedelta(days=days), until=today, by=by, **FOR)


def made_for(by: User, days: int = 30) -> Export:
    export = asked_by(by, days)
    assert exports.make(export.pk) and not exports.make(export.pk)
    return Export.objects.get(pk=export.pk)


def opened(export: Export) -> dict[str, bytes]:
    with pyzipper.AESZipFile(exports.locked_zip(export, PASSWORD)) as file:
        file.setpassword(PASSWORD.encode())
        return {name: file.read(name) for name in file.namelist()}


def files_of(export: Export) -> Files:
    return {
        name: list(csv.DictReader(io.StringIO(content.decode())))
        for name, content in opened(export).items() if name in FILES
    }  # fmt: skip


@pytest.fixture
def sent(ellen: User) -> Incident:
    """Hannah's report, sent: Daniel suspected and arrested, a crime, a grade."""
    record: Incident = factories.sent(ellen)
    return record


def test_each_report_stands_in_it_with_its_people_crimes_and_arrests(sent: Incident, ellen: User, ari: User) -> None:
    hannah, daniel = (sent.people(part).get() for part in ("victim", "suspect"))
    of_hannah = {"person": hannah.person, "case": sent.case, "recorded_by": ellen}
    Birth.objects.create(born_on=timezone.localdate() - timedelta(days=365 * 30), **of_hannah)
    Description.objects.create(topic="ethnicity", answer="B1", **of_hannah)
    found = files_of(made_for(ari))
    (report,) = found["incidents.csv"]
    assert (report["area"], report["place_kind"], report["classed"]) == ("NG", "shared_home", "crime")
    assert report["reported_on"] == timezone.localtime(sent.reported_at).date().isoformat()
    assert report["abuse_types"] == "physical controlling"
    people = {row["part"]: row for row in found["people.csv"]}
    assert people.keys() == {"victim", "suspect"} and {row["incident"] for row in people.values()} == {
        report["incident"]
    }
    assert (people["victim"]["age"], people["victim"]["ethnicity"]) == ("25-34", "B1")
    assert people["suspect"]["relationship"] == daniel.relationship
    (crime,) = found["crimes.csv"]
    stands = Crime.objects.get(incident=sent)
    assert (crime["incident"], crime["offence"]) == (report["incident"], stands.offence.code)
    assert crime["counted"] == "yes"
    (arrest,) = found["arrests.csv"]
    assert (arrest["person"], arrest["arrested"]) == (people["suspect"]["person"], "yes")


def test_nobody_s_name_address_reference_or_birth_date_is_in_it(sent: Incident, ellen: User, ari: User) -> None:
    hannah = sent.people("victim").get().person
    Birth.objects.create(person=hannah, case=sent.case, recorded_by=ellen, born_on=date(1991, 5, 4))
    content = b"\n".join(opened(made_for(ari)).values()).decode()
    secrets = ("Hannah", "Okoro", "Daniel", "Reeve", "Mill Lane", "NR3", "1991", sent.case.reference, factories.ACCOUNT)
    assert [one for one in secrets if one in content] == []
    numbers = {str(sent.pk), str(sent.case_id), str(hannah.pk)}
    cells = {cell for rows in files_of(made_for(ari)).values() for row in rows for cell in row.values()}
    assert not numbers & cells


def test_the_same_thing_has_one_pseudonym_in_an_extract_and_another_in_the_next(sent: Incident, ari: User) -> None:
    first, second = files_of(made_for(ari)), files_of(made_for(ari))
    assert first["incidents.csv"][0]["incident"] != second["incidents.csv"][0]["incident"]
    name, other = pseudonyms(), pseudonyms()
    assert name("person", 7) == name("person", 7) != other("person", 7)
    assert name("person", 7) != name("crime", 7) and name("person", None) == ""


def test_the_manifest_has_the_checksum_and_rows_of_each_file_and_the_schema(sent: Incident, ari: User) -> None:
    content = opened(made_for(ari))
    said = json.loads(content[MANIFEST])
    assert [one["name"] for one in said["files"]] == [*FILES, DICTIONARY]
    assert content.keys() == {*FILES, DICTIONARY, MANIFEST}
    for one in said["files"]:
        body = content[one["name"]]
        assert (one["sha256"], one["bytes"]) == (hashlib.sha256(body).hexdigest(), len(body))
        assert one["rows"] == len(list(csv.reader(io.StringIO(body.decode())))) - 1
    assert (said["version"], said["columns"], said["force"], said["encoding"]) == (
        VERSION,
        fingerprint(),
        "NP",
        "UTF-8",
    )
    lines = list(csv.reader(io.StringIO(content[DICTIONARY].decode())))
    assert {(row[0], row[1]) for row in lines[1:]} == {(file, name) for file in FILES for name in heads(file)}


#: What each version of the schema looks like. A change of files or columns wants a new version, and a line here.
SCHEMAS = {"1.0": "9e617c8b7e7933f3"}


def test_a_change_of_the_columns_is_a_new_version_of_the_schema() -> None:
    assert SCHEMAS[VERSION] == fingerprint()


def test_every_row_is_as_wide_as_its_headings_also_where_nothing_was_said(ellen: User, ari: User) -> None:
    factories.peopled(factories.begun(ellen), ellen)
    content = opened(made_for(ari))
    for name in FILES:
        rows = list(csv.reader(io.StringIO(content[name].decode())))
        assert {len(row) for row in rows} == {len(heads(name))}, name


def test_what_begins_like_a_formula_is_escaped(sent: Incident, ari: User) -> None:
    offence = Crime.objects.get(incident=sent).offence
    type(offence).objects.filter(pk=offence.pk).update(ho_class="=HYPERLINK(1)")
    assert files_of(made_for(ari))["crimes.csv"][0]["ho_class"] == "'=HYPERLINK(1)"


def test_restricted_cases_and_what_was_no_domestic_abuse_are_not_in_it(
    sent: Incident, ellen: User, priya: User, ari: User
) -> None:
    other = factories.peopled(factories.begun(ellen), ellen)
    Incident.objects.filter(pk=other.pk).update(da_confirmed="no")
    assert len(files_of(made_for(ari))["incidents.csv"]) == 1
    take(sent.case, "restrict", priya, reason="He is an officer of this force.")
    found = files_of(made_for(ari))
    assert all(rows == [] for rows in found.values())


def test_children_and_witnesses_are_not_in_it(sent: Incident, ellen: User, ari: User) -> None:
    child = Involvement.objects.filter(incident=sent, part="suspect").update(part="child", relationship="")
    assert child == 1
    assert [row["part"] for row in files_of(made_for(ari))["people.csv"]] == ["victim"]


def test_only_reports_of_the_days_asked_for_and_recorded_by_then(sent: Incident, ari: User) -> None:
    today = timezone.localtime(sent.reported_at).date()
    window = reading.Window(today, today, timezone.now(), ari)
    assert [one.pk for batch in reading.batches(window) for one in batch] == [sent.pk]
    for since, until, as_at in (
        (today + timedelta(days=1), today + timedelta(days=2), timezone.now()),
        (today - timedelta(days=9), today - timedelta(days=1), timezone.now()),
        (today, today, sent.recorded_at - timedelta(seconds=1)),
    ):
        assert list(reading.batches(reading.Window(since, until, as_at, ari))) == []


def test_each_batch_asks_as_much_for_many_as_for_one_and_none_is_left_out_or_twice(
    ellen: User, ari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() - timedelta(days=1)
    records = [factories.peopled(factories.begun(ellen), ellen) for _ in range(7)]
    for one in records:
        factories.crime(one, ellen)
    Incident.objects.filter(pk__in=[one.pk for one in records[2:6]]).update(reported_at=at)  # at one moment
    today = timezone.localdate()
    window = reading.Window(today - timedelta(days=9), today, timezone.now(), ari)
    monkeypatch.setattr(reading, "AT_A_TIME", 3)
    found = [one.pk for batch in reading.batches(window) for one in batch]
    assert sorted(found) == sorted(one.pk for one in records)
    few, many = (counted(window, records[:number]) for number in (1, 7))
    assert few == many <= 9


def counted(window: Any, records: list[Incident]) -> int:
    incidents = list(Incident.objects.filter(pk__in=[one.pk for one in records]).select_related("case__unit"))
    areas = reading.areas_of_force()
    with CaptureQueriesContext(connection) as queries:
        reading.read(incidents, window, pseudonyms(), areas)
    return len(queries)


def test_memory_holds_one_part_of_a_file_and_the_parts_come_together_again(
    sent: Incident, ari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PART", 64)
    export = made_for(ari)
    parts = ExportPart.objects.filter(export=export)
    assert parts.filter(file=0).count() > 1 and max(len(part.content) for part in parts) <= 64
    for place, one in enumerate(export.files):
        body = b"".join(exports.text_in(export, place))
        assert hashlib.sha256(body).hexdigest() == one["sha256"]


def test_an_attempt_that_was_given_up_leaves_nothing_and_the_next_makes_it_whole(
    sent: Incident, ari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked_by(ari)

    def overtaken(one: Export) -> Any:
        yield exports.Piece("incidents.csv", 1, b"half")
        Export.objects.filter(pk=one.pk).update(run="00000000-0000-0000-0000-000000000000", stage="queued")
        yield exports.Piece("incidents.csv", 1, b"of it")

    monkeypatch.setitem(
        exports.KINDS, "extract", exports.Kind("extract", "extract", made.EXTRACTS, overtaken, made.said, "extracts")
    )
    assert not exports.make(export.pk)
    monkeypatch.setitem(exports.KINDS, "extract", made.EXTRACT)
    assert exports.make(export.pk)
    exports.sweep(timezone.now())
    export.refresh_from_db()
    assert export.rows == 1 and set(ExportPart.objects.values_list("run", flat=True)) == {export.run}


def test_after_a_day_nothing_of_it_is_kept(sent: Incident, ari: User) -> None:
    export = made_for(ari)
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    exports.sweep(timezone.now())
    export.refresh_from_db()
    assert export.stage == Export.Stage.GONE and not ExportPart.objects.exists()


def test_it_is_asked_for_on_the_page_with_who_it_is_for_and_taken_locked(
    sent: Incident, ari: User, sign_in: SignIn
) -> None:
    browser, today = sign_in(ari), timezone.localdate()
    assert browser.post("/extracts/new/", {}).status_code == 422
    said = {
        "purpose": "national",
        "since": f"{today - timedelta(days=9)}",
        "until": f"{today}",
        **FOR,
        "token": "t" * 32,
    }
    answer = browser.post("/extracts/new/", said)
    export = Export.objects.get()
    assert answer["Location"] == browser.post("/extracts/new/", said)["Location"] == f"/exports/{export.pk}/"
    assert exports.make(export.pk)
    assert "National analysts" in text_of(browser.get("/extracts/"))
    answer = browser.post(f"/exports/{export.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    assert answer["Content-Type"] == "application/zip" and f"extract {export.pk}.zip" in answer["Content-Disposition"]
    body = answer.getvalue()
    with pyzipper.AESZipFile(io.BytesIO(body)) as file, pytest.raises(RuntimeError, match="[Pp]assword"):
        file.setpassword(b"another password")
        file.read("incidents.csv")
    assert sent.case.reference.encode() not in body
    kept = Access.objects.filter(what=f"reporting.export:{export.pk}", operation=Operation.DISCLOSURE)
    assert kept.count() == 2 and kept[0].reason == f"To {FOR['recipient']}. {FOR['basis']}"
    assert kept[0].terms.startswith("national 1.0; since ")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"until": "2026-01-01", "since": "2026-02-01"}, "The last day cannot be before the first"),
        ({"since": "2001-01-01", "until": "2026-01-01"}, "Ask for five years at most"),
        ({"since": "2026-02-30"}, "The first day"),
        ({"until": "2190-01-01"}, "The last day"),
        ({"recipient": ""}, "Say who it is for"),
        ({"purpose": ""}, "Choose what it is for"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_sentence(ari: User, sign_in: SignIn, said: dict[str, str], sentence: str) -> None:
    good = {"purpose": "annual", "since": "2026-01-01", "until": "2026-02-01", **FOR}
    answer = sign_in(ari).post("/extracts/new/", {**good, **said})
    assert answer.status_code == 422 and sentence in text_of(answer) and not Export.objects.exists()


def test_who_one_is_is_proved_first(ari: User, sign_in: SignIn, settings: Any) -> None:
    export = asked_by(ari)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    for path in ("/extracts/new/", f"/exports/{export.pk}/"):
        answer = sign_in(ari).get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/"), path


def test_an_extract_is_for_roles_over_the_whole_force_and_its_asker_alone(
    sent: Incident, ari: User, iris: User, ellen: User, dana: User, force: Unit, sign_in: SignIn
) -> None:
    export = made_for(ari)
    assert "over the whole force" in text_of(sign_in(iris).get("/extracts/new/"))  # a superintendent of one division
    other = person("Analyst", "", "Mo Lindqvist", ("analyst", force))
    for who in (iris, ellen, dana, other):
        for path in (f"/exports/{export.pk}/", f"/exports/{export.pk}/progress/"):
            assert sign_in(who).get(path).status_code == 404
    assert sign_in(ellen).get("/extracts/").status_code == 403
    Posting.objects.filter(user=ari).update(unit=Unit.objects.get(code="NG"))
    assert sign_in(ari).get(f"/exports/{export.pk}/").status_code == 404


def test_the_dictionary_is_a_page_and_a_file(ari: User, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    page = text_of(browser.get("/extracts/dictionary/"))
    assert all(name in page for name in FILES) and f"Schema version {VERSION}" in page
    file = browser.get("/extracts/dictionary/file/")
    assert file.content == exports.text_of(columns.dictionary())


def test_ages_are_bands() -> None:
    assert [band(age) for age in (None, 0, 15, 16, 17, 18, 24, 25, 74, 75, 104)] == [
        "", "0-15", "0-15", "16-17", "16-17", "18-24", "18-24", "25-34", "65-74", "75+", "75+",
    ]  # fmt: skip


def test_the_case_stands_in_it_by_a_pseudonym_that_joins_its_reports(
    ellen: User, ari: User, hannahs_case: Case
) -> None:
    for _ in range(2):
        factories.peopled(factories.begun(ellen, hannahs_case), ellen, "Hannah Okoro", "Daniel Reeve")
    cases = {row["case"] for row in files_of(made_for(ari))["incidents.csv"]}
    assert len(cases) == 1 and len(cases.pop()) == 24
