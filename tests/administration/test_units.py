"""Units: planted, moved with all beneath them, closed when empty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from supervision import escalation
from supervision.models import Notice
from tests.cast import client_of, person, take
from tests.supervision.conftest import owe
from workflow.models import Deadline, Refusal, Refused

pytestmark = pytest.mark.django_db


def lines() -> dict[str, list[str]]:
    codes = dict(Unit.objects.values_list("pk", "code"))
    return {unit.code: [codes[one] for one in unit.lineage] for unit in Unit.objects.all()}


def test_a_unit_is_planted_beneath_another(una: User, northgate: Unit) -> None:
    take(northgate, "plant", una, name="Northgate Response 5", code="nr5")
    assert lines()["NR5"] == ["NP", "NG", "NR5"]


def test_a_move_takes_everything_beneath_along(una: User, northgate: Unit, nr3: Unit, southmere: Unit) -> None:
    take(nr3, "plant", una, name="Night turn", code="NT")
    take(nr3, "move", una, parent="SM")
    assert lines()["NR3"] == ["NP", "SM", "NR3"] and lines()["NT"] == ["NP", "SM", "NR3", "NT"]


def test_no_unit_is_moved_beneath_itself(una: User, northgate: Unit, nr3: Unit) -> None:
    for above in ("NR3", "NG"):
        with pytest.raises(Refused) as refused:
            take(northgate, "move", una, parent=above)
        assert refused.value.kind is Refusal.GUARD
    assert lines()["NG"] == ["NP", "NG"]


def test_a_moved_unit_is_heard_of_by_its_new_line(
    una: User, nr3: Unit, ruth: User, southmere: Unit, ellen: User
) -> None:
    """The inspector of Northgate would have heard; after the move the inspector of Southmere does, and of the same case."""
    abel = person("Insp", "1204", "Abel Stroud", ("inspector", southmere))
    now = timezone.now()
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, now)
    deadline = owe(case, now)
    take(nr3, "move", una, parent="SM")
    escalation.sweep(now + timedelta(hours=48))
    told = set(Notice.objects.filter(deadline=deadline).values_list("person", flat=True))
    assert abel.pk in told and ruth.pk not in told
    moved = Unit.objects.get(pk=nr3.pk)
    assert abel.holds({"inspector"}, moved) and not ruth.holds({"inspector"}, moved)


def test_what_nobody_could_hear_is_asked_again_after_a_move(una: User, nr3: Unit, southmere: Unit, ellen: User) -> None:
    now = timezone.now()
    deadline = owe(Case.begin(Case.Kind.INVESTIGATION, nr3, now), now)
    Deadline.objects.filter(pk=deadline.pk).update(unheard_at=now, next_rung_at=now + timedelta(hours=9))
    take(nr3, "move", una, parent="SM")
    deadline.refresh_from_db()
    assert deadline.next_rung_at <= timezone.now()


def test_a_unit_closes_only_when_it_is_empty(una: User, nr3: Unit, ellen: User, hannahs_case: Any) -> None:
    with pytest.raises(Refused, match="posting"):
        take(nr3, "close", una)
    for one in User.objects.filter(postings__unit=nr3).distinct():
        take(one, "leave", una)
    with pytest.raises(Refused, match="Open cases of this unit: 1"):
        take(nr3, "close", una)


def test_an_empty_unit_closes_and_opens_again_and_takes_nobody_meanwhile(una: User, nr4: Unit, ellen: User) -> None:
    take(nr4, "close", una)
    with pytest.raises(Refused) as refused:
        take(ellen, "change", una, username="2877", first_name="Ellen", last_name="Marsh", unit="NR4")
    assert refused.value.kind is Refusal.FORM
    assert take(nr4, "reopen", una).state == Unit.State.OPEN


def test_the_force_itself_is_neither_moved_nor_closed(una: User, force: Unit, nr4: Unit) -> None:
    for step, said in (("move", {"parent": "NR4"}), ("close", {})):
        with pytest.raises(Refused) as refused:
            take(force, step, una, **said)
        assert refused.value.kind is Refusal.STATE


def test_the_pages_of_units(una: User, ruth: User, nr3: Unit, nr4: Unit) -> None:
    browser = client_of(una)
    assert "Northgate Response 4" in browser.get("/administration/units/").content.decode()
    page = browser.get(f"/administration/units/{ruth.postings.get().unit_id}/").content.decode()
    assert "Insp 1188 Ruth Calder" in page and "Move beneath another unit" in page
    assert browser.get("/administration/units/999999/").status_code == 404
    assert browser.get(f"/work/unit/{nr3.pk}/rename/").status_code == 200
