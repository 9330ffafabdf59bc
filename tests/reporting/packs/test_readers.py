"""Who reads which pack: over its unit, by the roles of the pack; outside the force what is signed and kept back; nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Unit, User
from audit.models import Access
from reporting.models import Snapshot
from reporting.models.snapshot import OUTSIDE, READERS
from reporting.packs.declare import PACKS
from tests.cast import take, text_of
from tests.reporting.packs.packing import made, reports, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
FINE = "Read with the owners of the measures; the figures stand."


def pages(snapshot: Snapshot) -> list[str]:
    home = snapshot.get_absolute_url()
    return [home, f"{home}progress/", f"{home}file/", f"{home}figures/"]


def test_a_pack_is_not_there_for_whoever_it_is_not_for(
    ari: User, ellen: User, stranger: User, priya: User, dana: User, ikande: User, sign_in: Any
) -> None:
    performance, secret = made("performance", ari), made("police-suspects", ari)
    for who in (ellen, stranger, priya):
        for path in (*pages(performance), *pages(secret)):
            assert sign_in(who).get(path).status_code == 404, (who, path)
    assert [sign_in(dana).get(path).status_code for path in pages(secret)] == [200] * 4
    assert sign_in(dana).get(performance.get_absolute_url()).status_code == 404
    assert sign_in(stranger).get("/packs/").status_code == 403


def test_a_unit_s_pack_is_read_over_that_unit_and_not_next_door(
    iris: User, ruth: User, northgate: Unit, southmere: Unit, sr1: Unit, force: Unit, ari: User, sign_in: Any
) -> None:
    from tests.cast import person

    next_door = person("Insp", "1190", "Owen Hart", ("inspector", southmere))
    ours = made("caseload", iris, over="NG")
    assert sign_in(ruth).get(ours.get_absolute_url()).status_code == 200
    assert sign_in(next_door).get(ours.get_absolute_url()).status_code == 404
    assert ours.get_absolute_url() in text_of(sign_in(ruth).get("/packs/"))
    assert ours.get_absolute_url() not in text_of(sign_in(next_door).get("/packs/"))


@pytest.mark.requirement("S4-002")
def test_outside_the_force_a_pack_is_read_once_it_is_signed_and_no_other_pack_at_all(
    ari: User, kofi: User, piers: User, sign_in: Any
) -> None:
    shared, ours = made("partners", ari), made("performance", ari)
    assert sign_in(piers).get(shared.get_absolute_url()).status_code == 404
    take(sent(shared, ari, kofi), "sign", kofi, reason=FINE)
    assert sign_in(piers).get(f"{shared.get_absolute_url()}file/").status_code == 200
    take(sent(ours, ari, kofi), "sign", kofi, reason=FINE)
    assert sign_in(piers).get(ours.get_absolute_url()).status_code == 404
    take(shared, "hold", kofi, reason="Somebody could be known by a figure.")
    assert sign_in(piers).get(shared.get_absolute_url()).status_code == 404


def test_what_somebody_outside_reads_keeps_small_numbers_back() -> None:
    outside = [code for code, who in READERS.items() if who & OUTSIDE]
    assert outside and all(PACKS[code].suppressed and PACKS[code].marking == "OFFICIAL" for code in outside)
    assert PACKS["performance"].marking == "OFFICIAL-SENSITIVE"


def test_opening_a_pack_is_written_down(ari: User, sign_in: Any) -> None:
    snapshot = made("caseload", ari)
    sign_in(ari).get(f"{snapshot.get_absolute_url()}file/")
    looks = Access.objects.filter(by=ari, what=f"reporting.snapshot:{snapshot.pk}").values_list("kind", flat=True)
    assert Access.Kind.EXPORT in looks


def test_file_names_say_marking_pack_and_time_and_name_nobody(ari: User, sign_in: Any) -> None:
    snapshot = made("caseload", ari)
    name = sign_in(ari).get(f"{snapshot.get_absolute_url()}file/")["Content-Disposition"]
    assert "OFFICIAL-SENSITIVE caseload 2026-10 NP" in name and "Bloom" not in name
    figures = sign_in(ari).get(f"{snapshot.get_absolute_url()}figures/").json()
    assert figures["fingerprint"] == snapshot.figures.fingerprint and figures["pack"] == "caseload"


def test_a_page_of_the_explorer_is_put_on_paper_once_a_day(ari: User, nr3: Unit, ellen: User, sign_in: Any) -> None:
    reports(6, nr3, ellen)
    browser = sign_in(ari)
    page = "/figures/m06/paper/?from=2026-08&to=2026-10&by=division"
    first = browser.post(page, {"token": "a" * 32})
    again = browser.post(page, {"token": "b" * 32})
    assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
    snapshot = Snapshot.objects.get()
    assert (snapshot.pack, snapshot.of) == ("figure", "M06?part=rate&by=division")
    assert (f"{snapshot.first_on}", f"{snapshot.last_on}") == ("2026-08-01", "2026-10-31")
    assert browser.post("/figures/m06/paper/", {"token": "c" * 32})["Location"] != first["Location"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?by=officer&unit=NR3", "not put on paper"),
        ("?from=2026-10&to=2026-01", "ends before it begins"),
        ("?by=nothing", "cannot be broken down"),
    ],
)
def test_what_is_not_put_on_paper_is_said(query: str, sentence: str, priya: User, nr3: Unit, sign_in: Any) -> None:
    page = sign_in(priya).post(f"/figures/m01/paper/{query}", {"token": "a" * 32})
    assert page.status_code == 422 and sentence in text_of(page)
    assert not Snapshot.objects.exists()


def test_a_sergeant_puts_the_team_on_paper_and_not_the_team_next_door(
    priya: User, ikande: User, nr3: Unit, nr4: Unit, sign_in: Any
) -> None:
    answer = sign_in(priya).post("/figures/m01/paper/", {"token": "a" * 32})
    snapshot = Snapshot.objects.get()
    assert answer["Location"] == snapshot.get_absolute_url() and snapshot.unit == nr3
    assert sign_in(ikande).get(snapshot.get_absolute_url()).status_code == 404
    refused = sign_in(priya).post("/figures/m01/paper/?unit=NR4", {"token": "b" * 32})
    assert refused.status_code == 422 and "not yours to read" in text_of(refused)


def test_the_list_is_as_many_queries_for_one_pack_as_for_many(
    ari: User, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    made("caseload", ari)
    browser = sign_in(ari)
    browser.get("/packs/")
    with django_assert_max_num_queries(30) as one:
        browser.get("/packs/")
    for month in ("2026-04", "2026-05", "2026-06", "2026-08"):
        made("caseload", ari, begins=month)
    with django_assert_max_num_queries(30) as many:
        browser.get("/packs/")
    assert len(many) == len(one)
