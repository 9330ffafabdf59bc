"""The document says what the program does: compared with the tables, with the paper, and with a browser."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from accounts.models import User
from tests.api.conftest import Caller
from tests.cast import client_of
from workflow.api.schema import document, openapi_paper
from workflow.api.tables import first_steps, later_steps, served
from workflow.declare import NEW


def test_every_step_section_and_row_of_case_work_has_its_path() -> None:
    paths = document()["paths"]
    for table in served():
        for step in [*first_steps(table), *later_steps(table)]:
            where = "" if step.source is NEW else "{record}/"
            body = paths[f"/api/v1/{table.name}/{where}{step.name}/"]["post"]["requestBody"]
            asked = body["content"]["application/json"]["schema"]["properties"]
            assert set(step.evidence.base_fields) <= set(asked)
        for section in table.sections:
            assert "patch" in paths[f"/api/v1/{table.name}/{{record}}/sections/{section.name}/"]


def test_the_paper_says_what_the_program_says() -> None:
    paper = Path(settings.BASE_DIR) / "docs" / "openapi.json"
    assert paper.read_text(encoding="utf-8") == openapi_paper(), "Run manage.py document."


def test_every_reference_in_the_document_leads_somewhere() -> None:
    found = document()
    for chunk in openapi_paper().split('"$ref": "')[1:]:
        place = found
        for word in chunk.partition('"')[0].removeprefix("#/").split("/"):
            place = place[word]


def test_whoever_is_signed_in_may_read_it_and_nobody_else(ellens: Caller, stranger: User) -> None:
    assert ellens.get("/api/v1/schema/").json()["openapi"] == "3.1.0"
    assert ellens.client.get("/api/v1/docs/").status_code == 200
    page = client_of(stranger).get("/api/v1/docs/?of=incident").content.decode()
    assert "/api/v1/incident/{record}/submit/" in page and "<script>" not in page and "style=" not in page
    assert ellens.client.get("/api/v1/docs/?of=nothing").status_code == 404
