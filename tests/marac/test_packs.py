"""A pack is what one agency may have of a case, by the table of fields; what was withheld is proved, and sent to nobody."""

from __future__ import annotations

import pytest

from accounts.models import User
from marac.models import Forum, Pack
from marac.packs import ALL, FIELDS
from reporting import services
from reporting.models import Document
from safeguarding.models import Agency, Exchange
from tests.cast import client_of, take, text_of
from tests.marac.made import forum_of, meeting, referral
from tests.partners import recorded, signed
from tests.reporting.conftest import words_of
from workflow import reactions


@pytest.fixture
def probation(hal: User) -> Agency:
    agency = recorded(hal, "Easterby probation", "EPRO", "probation")
    signed(hal, agency)
    return agency


@pytest.fixture
def forum(hal: User, housing: Agency, probation: Agency) -> Forum:
    return forum_of(hal, housing, probation)


def pack_for(agency: Agency) -> Pack:
    return Pack.objects.get(agency=agency)


def sent(forum: Forum, hal: User) -> None:
    referral(forum, hal, children=("Mia Okoro",), lgbt="yes")
    take(meeting(forum, hal), "publish", hal)


def test_every_field_that_somebody_does_not_get_says_why(db: None) -> None:
    assert [row.code for row in FIELDS if row.to != ALL and not row.why] == []
    assert len({row.code for row in FIELDS}) == len(FIELDS)


def test_housing_learns_how_she_is_reached_and_probation_neither_that_nor_where_she_lives(
    forum: Forum, hal: User, housing: Agency, probation: Agency
) -> None:
    sent(forum, hal)
    theirs = {code for code, _label, _words in pack_for(housing).said}
    assert {"victim", "address", "telephone", "safe_contact", "latest"} <= theirs and "school" not in theirs
    kept = pack_for(probation)
    assert (
        "Mill Lane" not in str(kept.said) and "07700 900123" not in str(kept.said) and "Hannah Okoro" in str(kept.said)
    )
    assert {"address", "telephone", "safe_contact", "counted", "school"} == {
        code for code, _label, _why in kept.withheld
    }
    assert "Mill Lane" not in str(kept.withheld), "the proof says that it was withheld, and not what"


def test_the_agency_reads_its_pack_and_whoever_runs_the_forum_the_proof(
    forum: Forum, hal: User, housing: Agency, probation: Agency, cleo: User, tess: User
) -> None:
    sent(forum, hal)
    page = text_of(client_of(cleo).get(pack_for(housing).get_absolute_url()))
    assert "He held her by the throat" in page and "Proof sheet" not in page and "withheld" not in page
    assert "Proof sheet" in text_of(client_of(hal).get(pack_for(housing).get_absolute_url()))
    assert client_of(cleo).get(pack_for(probation).get_absolute_url()).status_code == 404
    assert client_of(tess).get(pack_for(housing).get_absolute_url()).status_code == 404


def test_on_paper_it_is_what_was_sent_and_no_proof(forum: Forum, hal: User, housing: Agency, cleo: User) -> None:
    sent(forum, hal)
    pack = pack_for(housing)
    document, _ = services.ask_for_document(case=pack.case, by=cleo, kind=Document.Kind.PACK, pack=pack)
    assert services.make(document.pk)
    words = " ".join(words_of(Document.objects.select_related("content").get(pk=document.pk)))
    assert "He held her by the throat" in words and "Easterby housing" in words and "Proof" not in words
    assert "Hannah" not in document.file_name
    assert not Document.objects.visible_to(hal).filter(pk=document.pk).exists()


def test_every_pack_stands_in_the_exchange_log_by_itself_without_a_word_of_it(
    forum: Forum, hal: User, housing: Agency, probation: Agency
) -> None:
    sent(forum, hal)
    reactions.run_due()
    rows = list(Exchange.objects.select_related("agency"))
    assert {row.agency for row in rows} == {housing, probation} and len(rows) == 2
    assert all((row.basis, row.state, row.case) == ("public_task", "logged", pack_for(housing).case) for row in rows)
    assert not any("throat" in row.what or "Hannah" in row.what for row in rows)
    reactions.run_due()
    assert Exchange.objects.count() == 2
