"""Two who record a new address at the same moment: neither waits for the other, and it is found as one place."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from people.kinds import Asked
from people.models import Address, Place
from people.services import addresses
from tests import factories
from tests.cases.calls import called
from tests.cast import client_of, involve
from tests.races.together import at_once, raised
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)
NEW = {"line": "9 Quarry Lane", "postcode": "NR2 8TT"}


def test_whoever_records_a_new_address_waits_for_nobody_who_has_not_saved_it_yet(
    ellen: User, tom: User, rafi: User
) -> None:
    """Both have written, neither is saved: they meet there, which they could not if one waited for the other."""
    met = Barrier(2, timeout=15)

    def recording(by: User) -> Any:
        incident = factories.begun(by)
        person = involve(incident, by, "victim", "Hannah Okoro").person

        def act() -> None:
            with transaction.atomic():
                engine.add(Address(person=person, **NEW), beneath=incident, by=by)
                met.wait()

        return act

    assert raised(at_once(recording(ellen), recording(tom))) == []
    rows = list(Place.objects.filter(key="NR28TT 9").order_by("pk"))
    assert len(rows) == 2, "nothing was waited for, so both wrote it"
    found = addresses.find(Asked(where="9 Quarry Lane"), ellen, "").hits
    assert [hit.url for hit in found] == [rows[0].get_absolute_url()]
    answer = client_of(ellen).get(rows[1].get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, rows[0].get_absolute_url())
    page = client_of(ellen).get(answer["Location"])
    assert page.status_code == 200 and page.content.decode().count("Hannah Okoro") >= 2
    called(rafi, case=Address.objects.get(recorded_by=ellen).case, place=NEW["line"], postcode=NEW["postcode"])
    assert Place.objects.filter(key="NR28TT 9").count() == 2, "and nobody writes it a third time"
