"""A first incident with two children and photographs, from the doorstep to the sergeant and onto paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import expect

from cases.models import Attachment, Case, Incident
from config.local.rehearsal import System
from tests.cases.files import CAMERA, jpeg
from tests.journeys.looking import Looking, staff
from tests.journeys.notebook import Account, read
from workflow.clock import LONDON

pytestmark = pytest.mark.long
HEARD, SAID, SEEMED = "Shouting, then a plate that broke", "Daddy was shouting at mummy again", "Quiet, held my hand"
ASLEEP = "Warm in her cot, did not stir"
NECK, HALL = "Neck, both sides", "Kitchen wall with a dent, seen from the hall"


class Doorstep(Looking):
    """The walk of an officer who meets two children and takes photographs."""

    def children(self, said: Account) -> None:
        self.heading("Children")
        self.choose("children_present", "yes")
        self.child("Eli", date(2018, 2, 2))
        self.eli()
        self.child("Mia", date(2025, 6, 9))
        self.mia()
        self.look("family-children")
        self.save()

    def child(self, forename: str, born_on: date) -> None:
        """Looked for first; nobody like that is known."""
        self.page.get_by_role("button", name="Add a child").click()
        self.page.fill("[name=forename]", forename)
        self.page.fill("[name=surname]", "Okoro")
        self.day("born_on", born_on)
        self.press("Look for them")
        self.press("make a new person")

    def eli(self) -> None:
        """He heard it, and was spoken to alone."""
        self.heading("Eli Okoro")
        self.choose("child_of", "both")
        self.choose("whereabouts", "heard")
        self.page.fill("[name=heard_what]", HEARD)
        self.choose("seen_by_officer", "yes")
        self.page.fill("[name=demeanour]", SEEMED)
        self.choose("spoken_to", "alone")
        self.page.fill("[name=own_words]", SAID)
        self.choose("injuries", "no")
        self.look("family-eli")
        self.press("Save")
        self.care("Eli")

    def mia(self) -> None:
        """She slept through it, and that is why nobody spoke to her."""
        self.heading("Mia Okoro")
        self.choose("child_of", "both")
        self.choose("whereabouts", "in_house")
        self.choose("affected", "no")
        self.choose("seen_by_officer", "yes")
        self.page.fill("[name=demeanour]", ASLEEP)
        self.choose("spoken_to", "no")
        self.choose("silent_code", "asleep")
        self.choose("injuries", "no")
        self.look("family-mia")
        self.press("Save")
        self.care("Mia")

    def care(self, name: str) -> None:
        self.page.get_by_role("link", name="School and social care").filter(has_text=name).click()
        self.choose("schooling", "not_known")
        self.choose("social_care", "not_known")
        self.look("family-care")
        self.press("Save")

    def evidence(self) -> None:
        """Two photographs of her neck and one of the wall, then the section itself."""
        self.heading("Evidence and body-worn video")
        self.photographs("injury", NECK, jpeg("darkred"), jpeg("brown"))
        self.photographs("photograph", HALL, jpeg("tan"))
        super().evidence()

    def photographs(self, kind: str, words: str, *files: bytes) -> None:
        self.page.get_by_role("link", name="Add photographs or other files").click()
        self.heading("Add files")
        chosen: Any = [
            {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": body} for number, body in enumerate(files)
        ]
        self.page.locator("input[type=file]").set_input_files(chosen)
        self.choose("kind", kind)
        self.page.fill("[name=words]", words)
        self.look(f"family-add-{kind}")
        self.press("Add files")
        self.heading("Evidence and body-worn video")
        self.look(f"family-added-{kind}")


def story(today: Any) -> Account:
    """Hannah's night, with everything on the evening before, so that the clock need not be moved."""
    lines = read("hannah", today).lines
    return Account({**lines, "Arrest": "yes, yesterday 23:10, s47 assault, on the stairs outside"}, today)


def sent(officer: Doorstep, said: Account) -> Incident:
    path = officer.begin(said)
    officer.record(said)
    officer.look("family-sections")
    officer.assess(said)
    officer.send()
    return Incident.objects.select_related("case").get(pk=int(path.rstrip("/").rsplit("/", 1)[1]))


def check_photographs(visiting: Looking, case: Case, folder: Path) -> None:
    """Three kept, shown small, without what the camera wrote into them; each opens as what it is."""
    files = Attachment.objects.filter(case=case)
    assert sorted(files.values_list("kind", "words")) == [("injury", NECK), ("injury", NECK), ("photograph", HALL)]
    visiting.open(f"/cases/{case.reference}/files/")
    pictures = visiting.page.locator("main img")
    expect(pictures).to_have_count(3)
    for number in range(3):
        pictures.nth(number).scroll_into_view_if_needed()
        expect(pictures.nth(number)).to_have_js_property("complete", True)
        expect(pictures.nth(number)).not_to_have_js_property("naturalWidth", 0)
    visiting.look("family-files")
    small = visiting.page.request.get(f"{visiting.address}/files/{files[0].pk}/small/").body()
    assert small[:2] == b"\xff\xd8" and CAMERA.encode() not in small
    assert not list(folder.rglob("IMG_*")), "what a file is called on the device is not kept"


def check_panels(visiting: Looking, case: Case) -> None:
    visiting.open(f"/cases/{case.reference}/?panel=children", "family-panel-children")
    for words in ("Eli Okoro", HEARD, SAID, "Mia Okoro", "Asleep"):
        expect(visiting.page.locator("main")).to_contain_text(words)
    visiting.open(f"/cases/{case.reference}/?panel=evidence", "family-panel-evidence")
    for words in ("Photographs of injuries: 2", "Other photographs: 1"):
        expect(visiting.page.locator("#evidence")).to_contain_text(words)


@pytest.mark.requirement("S0-024")
def test_two_children_and_photographs_reach_the_sergeant_and_the_paper(
    at_work: Callable[..., Any], system: System, request: Any
) -> None:
    code = "F1" if "phone" in request.node.name else "F2"
    ada = staff("PC", f"78{code[1]}1", "Ada Quill", "officer", code)
    june = staff("PS", f"78{code[1]}2", "June Lathom", "sergeant", code)
    officer = at_work(ada, Doorstep)
    incident = sent(officer, story(system.clock.now().astimezone(LONDON).date()))
    case = incident.case

    sergeant = at_work(june)
    sergeant.open("/team/", "family-team")
    late = sergeant.page.locator("#group-critical tr", has_text=case.reference)
    for of_last_night in ("Review the risk: arrest", "Tell a school"):  # told of after the bell, these are late at once
        late = late.filter(has_not_text=of_last_night)
    expect(late).to_have_count(0)  # an inspector's task, told at once, is not late yet
    waiting = sergeant.page.locator("tr", has_text="Check DASH").filter(has_text=case.reference)
    waiting.get_by_role("link", name=case.reference).click()
    sergeant.heading("Check DASH")
    read_by_sergeant = sergeant.look("family-check")
    for words in (HEARD, SAID, "Asleep"):
        assert words in read_by_sergeant, words
    sergeant.decide("approve", "reason", "Both children accounted for, grade agrees.")
    incident.refresh_from_db()
    assert incident.state == Incident.State.CHECKED

    check_panels(officer, case)
    check_photographs(officer, case, system.folder / "documents")
    officer.open(f"/work/incident/{incident.pk}/sections/evidence/", "family-record-evidence")
    expect(officer.page.get_by_role("link", name="3 files")).to_be_visible()
    expect(officer.page.locator("main")).not_to_contain_text("Why was that not possible?")  # it was never asked
    words = officer.keep_case_file(case, f"family-{code}")
    for said in (HEARD, SAID, SEEMED, ASLEEP, NECK, HALL):
        assert said in words, said
    pages = pypdf.PdfReader(io.BytesIO((officer.pictures / f"family-{code}.pdf").read_bytes())).pages
    assert all("OFFICIAL-SENSITIVE" in page.extract_text() for page in pages)
