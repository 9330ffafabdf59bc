"""The decision record of a consideration on paper: for the police alone, watermarked, each page marked (I2, H18)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from accounts.models import Unit, User
from audit.models import Access, Operation
from dvds.models import Application, TestAnswer, Triage
from reporting import services
from reporting.models import Document
from tests.cast import client_of, person, text_of
from tests.dvds.cast_of_disclosures import consideration

pytestmark = pytest.mark.django_db

S = Application.State


@pytest.fixture
def considered(disclosure_unit: Unit, perry: User) -> Application:
    """Graded High, with a test answered."""
    one = consideration(disclosure_unit, perry, S.REFERRED, applicant="Nora Quist")
    beneath: dict[str, Any] = {"application": one, "case": one.case, "recorded_by": perry}
    Triage.objects.create(
        grade="high", immediate="no", information="Two arrests.", judged="He strangled before.", options="A plan.", serial="yes",
        **beneath,
    )  # fmt: skip
    TestAnswer.objects.create(stage="police", test="T1", answer="yes", reason="She lives with him.", **beneath)
    return one


def asked(application: Application, by: User) -> Document:
    document, _new = services.ask_for_document(case=application.case, by=by, kind=Document.Kind.DECISION)
    return document


def made(application: Application, by: User) -> Document:
    document = asked(application, by)
    assert services.make(document.pk)
    return Document.objects.get(pk=document.pk)


def test_every_page_is_marked_and_watermarked_and_tells_every_decision(considered: Application, maya: User) -> None:
    document = made(considered, maya)
    reader = pypdf.PdfReader(BytesIO(bytes(document.content.pdf)))
    for page in reader.pages:
        words = page.extract_text()
        assert "OFFICIAL-SENSITIVE" in words and "Nothing of this is sent, left or handed over" in words
        assert f"of {len(reader.pages)}" in words and considered.case.reference in words
    whole = " ".join(page.extract_text() for page in reader.pages)
    for words in ("He strangled before.", "She lives with him.", "Rosa Field", "Karl Field", "High"):
        assert words in whole
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalogue
    assert "POLICE INTERNAL" in services.read(document)  # type: ignore[operator]  # the asker may see it
    ready = text_of(client_of(maya).get(reverse("document", args=[document.pk])))
    assert "Open it (PDF" in ready and "Open the case file" not in ready


def test_its_name_says_nothing_and_the_print_is_written_down(considered: Application, maya: User) -> None:
    document = asked(considered, maya)
    assert document.file_name.startswith(f"OFFICIAL-SENSITIVE {considered.case.reference} decision record")
    looked = Access.objects.get(by=maya, kind=Access.Kind.PRINT)
    assert looked.operation == Operation.DISCLOSURE and looked.chain == considered.case_id


def test_it_is_its_askers_alone_and_of_whoever_reads_the_case(
    considered: Application, maya: User, perry: User, ellen: User, hannahs_case: Any
) -> None:
    document = asked(considered, maya)
    assert not Document.objects.visible_to(perry).filter(pk=document.pk).exists()
    url = reverse("decision-record", args=[considered.case.reference])
    assert client_of(ellen).post(url).status_code == 404
    assert client_of(ellen).post(reverse("decision-record", args=[hannahs_case.reference])).status_code == 404
    answer = client_of(maya).post(url)
    assert answer.status_code == 302 and answer["Location"].startswith("/documents/")


def test_a_partner_never_has_it(considered: Application, force: Unit) -> None:
    cleo = person("", "", "Cleo Banner", ("partner", force))
    assert client_of(cleo).post(reverse("decision-record", args=[considered.case.reference])).status_code == 404
