"""Nothing about a consideration is ever written to anybody outside: every paper, mail and page is walked (I2, S3-223); and every
contact that is made with anybody in it is held to what they said is safe (I1, S4-014).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.core import mail
from django.urls import get_resolver
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, SafeContact
from dvds.models import Application, ContactAttempt, Telling
from reporting import services as papers
from reporting.models import Document
from supervision import services as mails
from supervision.escalation import sweep
from supervision.models import Notice
from tests.api.conftest import Caller
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.forum import (
    LIBRARY,
    NOTHING,
    ago,
    fresh,
    local,
    managed,
    plan,
    referred,
    to_be_told,
    told_nothing,
    told_said,
    unsafe,
    visit,
)
from tests.dvds.judged import MET
from tests.dvds.test_in_danger import at_once
from tests.dvds.test_invariants import typed
from workflow.models import Refused

pytestmark = pytest.mark.django_db
SPOKEN = "Quillvarn"
APPS = (
    "accounts",
    "audit",
    "cases",
    "dvds",
    "marac",
    "orders",
    "people",
    "public",
    "reporting",
    "risk",
    "safeguarding",
    "supervision",
    "workflow",
)


# --- nothing is written


def sources() -> list[tuple[str, str]]:
    base = Path(settings.BASE_DIR)
    return [(str(path.relative_to(base)), path.read_text()) for app in APPS for path in (base / app).rglob("*.py")]


@pytest.fixture
def told(disclosure_unit: Unit, hal: User, inez: User, perry: User) -> Telling:
    """Nora Quist asked, and Rosa was told in words that stand nowhere else."""
    telling = to_be_told(referred(disclosure_unit, perry, applicant="Nora Quist"), hal, inez, perry)
    done: Telling = take(telling, "tell", perry, **told_said(text=f"He strangled a partner. {SPOKEN}."))
    return done


@pytest.fixture
def untold(disclosure_unit: Unit, hal: User, inez: User, perry: User) -> Application:
    """Ida Moss asked, and was informed that there is nothing to tell."""
    application = told_nothing(
        referred(disclosure_unit, perry, at_risk="Ida Moss", category="no_concern"), hal, inez, perry
    )
    done: Application = take(application, "inform", perry, **visit(**NOTHING))
    return done


@pytest.mark.requirement("S3-223")
def test_every_mail_that_a_consideration_ever_causes_goes_to_staff_and_says_nothing(
    disclosure_unit: Unit, hal: User, inez: User, perry: User, maya: User
) -> None:
    for user in (hal, inez, perry, maya):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@northshire.police.uk")
    telling = to_be_told(referred(disclosure_unit, perry, applicant="Nora Quist"), hal, inez, perry)
    untold = told_nothing(referred(disclosure_unit, perry, at_risk="Ida Moss", category="no_concern"), hal, inez, perry)
    later = timezone.now() + timedelta(days=30)
    sweep(later)
    take(telling, "tell", perry, **told_said(text=f"He strangled a partner. {SPOKEN}."))
    take(untold, "inform", perry, **visit(**NOTHING))
    for application in (telling.application, untold):
        take(application, "review-management", perry, **managed())
    sweep(later + timedelta(days=60))
    mails.send_notices(later + timedelta(days=61))

    assert {notice.case_id for notice in Notice.objects.all()} >= {telling.case_id, untold.case_id} and mail.outbox
    staff = set(User.objects.exclude(email="").values_list("email", flat=True))
    for sent in mail.outbox:
        assert set(sent.recipients()) <= staff
        said = f"{sent.subject} {sent.body}"
        words = (SPOKEN, "Rosa", "Nora", "Moss", "Field", "Clare", "DVDS", "isclosure")
        assert not [word for word in words if word in said]


#: Of people, places and agencies, and never of a consideration: what they tell of one is walked by tests/attacks.
OF_OTHERS = {Document.Kind.BRIEF, Document.Kind.NARRATIVE, Document.Kind.PAIR, Document.Kind.PACK}


@pytest.mark.requirement("S3-223")
@pytest.mark.parametrize("kind", sorted(set(Document.Kind.values) - OF_OTHERS))
def test_no_paper_but_the_polices_own_record_has_the_words_and_each_sheet_of_it_is_watermarked(
    kind: str, told: Telling, perry: User, ellen: User
) -> None:
    paper, _new = papers.ask_for_document(case=told.case, by=perry, kind=kind)
    assert papers.make(paper.pk)
    sheets = pypdf.PdfReader(io.BytesIO(bytes(Document.objects.get(pk=paper.pk).content.pdf))).pages
    said = [sheet.extract_text() for sheet in sheets]
    if kind == Document.Kind.DECISION:
        assert all("Nothing of this is sent, left or handed over" in sheet for sheet in said)
        assert "POLICE INTERNAL" in str(papers.read(paper))
    else:
        assert SPOKEN not in " ".join(said)
    assert not Document.objects.visible_to(ellen).filter(pk=paper.pk).exists()


@pytest.mark.requirement("S3-223")
def test_every_page_of_it_is_watermarked_on_each_sheet_that_a_browser_prints(
    told: Telling, untold: Application, hannahs_case: Case, perry: User, ellen: User
) -> None:
    pages = [
        told.get_absolute_url(), told.application.get_absolute_url(), told.case.get_absolute_url(),
        f"/work/consideration/{untold.pk}/", f"/work/consideration/{untold.pk}/review-management/",
    ]  # fmt: skip
    for page in pages:
        assert 'class="app-police-only"' in text_of(client_of(perry).get(page, follow=True)), page
    assert "app-police-only" not in text_of(client_of(ellen).get(hannahs_case.get_absolute_url()))
    rules = (Path(settings.BASE_DIR) / "templates/static/css/print.css").read_text()
    assert "position: fixed" in rules.partition(".app-police-only")[2].partition("}")[0]


@pytest.mark.requirement("S3-223")
def test_the_program_has_no_way_to_write_to_an_applicant() -> None:
    """Mails are made in two places: for staff, and for the safeguarding lead of a school. Nothing sends texts or letters."""
    makes = {
        name
        for name, text in sources()
        if re.search(r"EmailMessage\(|EmailMultiAlternatives\(|send_mail\(|mail_admins\(", text)
    }
    assert makes == {"supervision/services.py", "safeguarding/services/mailboxes.py"}
    speaks = {
        name for name, text in sources() if re.search(r"twilio|notifications_python_client|govuk_notify|vonage", text)
    }
    assert speaks == set()
    names = {str(pattern.pattern) for pattern in get_resolver("dvds.urls").url_patterns}
    assert not [name for name in names if re.search(r"letter|mail|sms|text|print|export|pdf|download", name)]


# --- every contact is within what is safe


def narrowed(application: Any, by: User) -> None:
    """Safe by telephone alone from a moment ago: no place is safe any more."""
    SafeContact.objects.create(
        case=application.case, recorded_by=by, recorded_at=timezone.now(), means=["call"], call="07700 900123",
        meet_at="Her mother’s house", when="Any time", never_means=["in_person"],
    )  # fmt: skip


Made = tuple[Any, str, User, dict[str, Any]]


def a_call(unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Made:
    said = {"made_at": local(timezone.now()), "how": "in_person", "where": LIBRARY, "result": "spoke"}
    return consideration(unit, perry, "checks"), "contact", perry, said


def the_meeting(unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Made:
    return consideration(unit, perry, "meeting"), "hold-meeting", perry, {**MET, "place": LIBRARY}


def a_telling(unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Made:
    return to_be_told(referred(unit, perry), hal, inez, perry), "tell", perry, told_said()


def a_telling_declined(unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Made:
    said = visit(why_not="She does not want to know.", pack="taken", follow_up="Tess on Monday.")
    return to_be_told(referred(unit, perry), hal, inez, perry), "decline", perry, said


def nothing_to_tell(unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Made:
    return (
        told_nothing(referred(unit, perry, category="no_concern"), hal, inez, perry),
        "inform",
        perry,
        visit(**NOTHING),
    )


def told_in_danger(unit: Unit, perry: User, maya: User, hal: User, inez: User) -> Made:
    application = consideration(unit, perry, "checks")
    plan(application, perry)
    unsafe(application, perry)
    return application, "tell-in-danger", maya, at_once()


MOMENT = {"contact": "made_at", "hold-meeting": "held_at"}
WAYS = [a_call, the_meeting, a_telling, a_telling_declined, nothing_to_tell, told_in_danger]


@pytest.mark.requirement("S4-014")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_contact_is_held_to_what_they_said_is_safe_by_page_api_and_engine(
    way: Callable[..., Made], disclosure_unit: Unit, perry: User, maya: User, hal: User, inez: User
) -> None:
    record, step, by, said = way(disclosure_unit, perry, maya, hal, inez)
    application = record if isinstance(record, Application) else record.application
    made, tellings = ContactAttempt.objects.count(), Telling.objects.count()
    narrowed(application, perry)
    said = {**said, MOMENT.get(step, "at"): local(timezone.now())}

    with pytest.raises(Refused, match="Never use|outside the safe contact plan"):
        take(record, step, by, **said)
    name = "telling" if isinstance(record, Telling) else "consideration"
    sent = Caller(client_of(by)).post(
        f"/api/v1/{name}/{record.pk}/{step}/", said, **{"If-Match": f'"{fresh(record).version}"'}
    )
    assert sent.status_code == 422, sent.content
    page = client_of(by).post(f"/work/{name}/{record.pk}/{step}/", typed(record, step, said))
    assert page.status_code == 422
    assert (ContactAttempt.objects.count(), Telling.objects.count()) == (made, tellings)
    assert fresh(record).state == record.state


@pytest.mark.requirement("S4-014")
def test_what_became_safe_only_later_makes_no_earlier_contact_safe(
    disclosure_unit: Unit, perry: User, in_checks: Application
) -> None:
    SafeContact.objects.filter(case=in_checks.case).update(recorded_at=timezone.now() - timedelta(days=2))
    SafeContact.objects.create(
        case=in_checks.case, recorded_by=perry, recorded_at=timezone.now(), means=["call", "in_person"], call="07700 900555",
        meet_at="The church hall", when="At any time",
    )  # fmt: skip
    earlier = {"how": "in_person", "where": "The church hall", "result": "spoke", "made_at": ago(hours=1)}
    with pytest.raises(Refused, match="Safe place: The library in Mill Lane"):
        take(in_checks, "contact", perry, **earlier)
    take(in_checks, "contact", perry, **{**earlier, "where": LIBRARY})
    take(in_checks, "contact", perry, **{**earlier, "made_at": local(timezone.now())})
    plans = ContactAttempt.objects.filter(application=in_checks).order_by("pk").values_list("plan__meet_at", flat=True)
    assert list(plans) == [LIBRARY, "The church hall"]
