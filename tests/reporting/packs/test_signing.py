"""Signed off by a named person who did not send it; words beside the figures; sent back, taken back, withdrawn, shut."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Unit, User
from reporting.models import Snapshot
from reporting.packs import making, printing
from tests.cast import take, text_of
from tests.reporting.packs.packing import figures_of, made, reports, sent, withdrawn
from workflow.models import Approval, Deadline, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
FINE = "Read with the owners of the measures; the figures stand."
WORDS = "The two months since August are back within the limits."


def pressed(snapshot: Snapshot) -> str:
    """What its paper says when it is pressed anew."""
    assert making.make(snapshot.pk)
    fresh = Snapshot.objects.select_related("unit", "recorded_by", "signer").get(pk=snapshot.pk)
    return printing.written(fresh, figures_of(fresh), fresh.job.run)


@pytest.mark.requirement("S2-026")
def test_a_named_person_signs_a_pack_off_and_it_stands_on_the_paper(ari: User, kofi: User) -> None:
    snapshot = sent(made("caseload", ari), ari, kofi)
    assert (snapshot.state, snapshot.signer) == ("sent", kofi)
    signed = take(snapshot, "sign", kofi, reason=FINE)
    assert (signed.state, signed.signed_words) == ("signed", FINE) and signed.signed_at is not None
    paper = pressed(signed)
    assert "signed off by Supt 0077 Kofi Rowe" in paper and FINE in paper
    assert snapshot.papers.count() == 2
    approval = Approval.objects.get(subject_id=snapshot.pk, of="pack")
    assert (approval.asked_by, approval.decided_by, approval.verdict) == (ari, kofi, "approved")


def test_nobody_else_signs_it_and_nobody_what_they_sent(ari: User, kofi: User, maud: User) -> None:
    snapshot = made("caseload", ari)
    with pytest.raises(Refused, match="somebody else must decide"):
        sent(snapshot, kofi, kofi)
    sent(snapshot, ari, kofi)
    for other in (maud, ari):
        with pytest.raises(Refused):
            take(snapshot, "sign", other, reason=FINE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(sent_by=kofi)


def test_it_is_sent_to_nobody_whose_role_does_not_sign_it(ari: User, noor: User, ellen: User) -> None:
    snapshot = made("caseload", ari)
    for nobody in (noor, ellen):
        with pytest.raises(Refused) as refused:
            sent(snapshot, ari, nobody)
        assert "does not sign this pack off" in str(refused.value.errors.errors)


def test_sent_back_with_a_reason_it_is_written_on_and_sent_again(ari: User, kofi: User) -> None:
    snapshot = sent(made("performance", ari), ari, kofi)
    back = take(snapshot, "return", kofi, reason="Say why arrests rose in August.")
    assert back.state == "returned"
    take(snapshot, "write", ari, theme="Arrests", words=WORDS)
    assert WORDS in pressed(snapshot)
    assert take(sent(snapshot, ari, kofi), "sign", kofi, reason=FINE).state == "signed"


def test_it_is_taken_back_from_whoever_was_to_sign_it(ari: User, kofi: User, maud: User) -> None:
    snapshot = sent(made("caseload", ari), ari, kofi)
    back = take(snapshot, "recall", ari, reason="Kofi is on leave until Monday.")
    assert (back.state, back.signer) == ("made", None)
    assert take(sent(snapshot, ari, maud), "sign", maud, reason=FINE).signer == maud


def test_what_is_not_ready_is_not_sent_and_not_signed(ari: User, kofi: User) -> None:
    snapshot = made("performance", ari)
    take(snapshot, "write", ari, theme="Arrests", words=WORDS)
    with pytest.raises(Refused, match="still being made"):
        sent(snapshot, ari, kofi)
    assert making.make(snapshot.pk)
    assert sent(snapshot, ari, kofi).state == "sent"


@pytest.mark.requirement("S4-011")
def test_somebody_s_words_stand_beside_a_theme_and_the_figures_stay(ari: User, nr3: Unit, ellen: User) -> None:
    reports(5, nr3, ellen)
    snapshot = made("performance", ari)
    before = figures_of(snapshot).fingerprint
    take(snapshot, "write", ari, theme="Arrests", words=WORDS)
    take(snapshot, "write", ari, theme="Arrests", words=f"{WORDS} We look again in December.")
    paper = pressed(snapshot)
    assert f"{WORDS} We look again in December." in paper and paper.count(WORDS) == 1
    assert "Ari Bloom" in paper and figures_of(snapshot).fingerprint == before == figures_of(snapshot).fingerprint
    with pytest.raises(Refused) as refused:
        take(snapshot, "write", ari, theme="Arrests", words="As in DA-2026-000123, he was arrested at once.")
    assert refused.value.errors is not None


def test_withdrawn_it_says_why_and_stays_readable(ari: User, sign_in: Any) -> None:
    snapshot = withdrawn(made("caseload", ari), ari)
    assert snapshot.state == "withdrawn"
    page = text_of(sign_in(ari).get(snapshot.get_absolute_url()))
    assert "It does not stand any longer." in page and snapshot.withdrawn_because in page


def test_shut_it_is_opened_by_nobody_but_those_who_make_and_sign_it(
    ari: User, noor: User, kofi: User, sign_in: Any
) -> None:
    snapshot = made("caseload", ari)
    assert sign_in(noor).get(f"{snapshot.get_absolute_url()}file/").status_code == 200
    shut = take(snapshot, "hold", ari, reason="Somebody could be known by a figure.")
    assert shut.held_at is not None and shut.state == "made"
    assert sign_in(noor).get(f"{snapshot.get_absolute_url()}file/").status_code == 409
    assert "Cases in one officer" not in text_of(sign_in(noor).get(snapshot.get_absolute_url()))
    assert sign_in(ari).get(f"{snapshot.get_absolute_url()}file/").status_code == 200
    with pytest.raises(Refused):
        take(snapshot, "release", ari, reason="It is fine after all.")
    assert take(snapshot, "release", kofi, reason="Nobody can be known by it.").held_at is None


def test_two_clocks_run_until_it_is_read_and_signed(ari: User, kofi: User) -> None:
    snapshot = made("caseload", ari)
    signed_by = Deadline.objects.get(subject_type="reporting.snapshot", subject_id=snapshot.pk, policy="pack-signed")
    assert signed_by.stopped_at is None and signed_by.length == "working-days:10"
    sent(snapshot, ari, kofi)
    read_by = Deadline.objects.get(subject_id=snapshot.pk, policy="pack-read")
    assert (read_by.holder, read_by.length) == (kofi, "working-days:5")
    take(snapshot, "sign", kofi, reason=FINE)
    assert not Deadline.objects.open().filter(subject_type="reporting.snapshot", subject_id=snapshot.pk).exists()


def test_withdrawn_it_is_owed_no_longer(ari: User) -> None:
    snapshot = withdrawn(made("caseload", ari), ari)
    assert not Deadline.objects.open().filter(subject_type="reporting.snapshot", subject_id=snapshot.pk).exists()
