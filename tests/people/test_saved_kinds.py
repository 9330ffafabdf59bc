"""An alert comes for every kind of search that promises one, from the same rows as the search shows, and is refused else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import ArrestDecision, Call, Case, Exhibit, Incident, Involvement
from cases.services import restrict
from people.kinds import Asked
from people.models import (
    Address,
    Handle,
    Identifier,
    Note,
    Person,
    SavedHit,
    SavedSearch,
    SearchWatch,
    Telephone,
    Vehicle,
)
from people.services import watching
from people.services.searching import Chosen, search
from tests.cast import text_of
from tests.people.population import learned
from tests.people.test_saved import SAID, saved, swept, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
#: What is looked for, of which kind, and the record that is an answer.
KINDS: list[tuple[str, str, Any, dict[str, Any]]] = [
    ("900 862", "numbers", Telephone, {"number": "07700 900862"}),
    ("LK19 abc", "numbers", Vehicle, {"plate": "lk19abc"}),
    ("gp88@example", "numbers", Note, {"about": "email", "said_words": "GP88@example.org"}),
    ("22/0447", "numbers", Identifier, {"series": "custody", "number": "22/0447"}),
    ("@gaz_p88", "numbers", Handle, {"network": "x", "handle": "Gaz_P88"}),
    ("14 Tannery Row", "addresses", Address, {"line": "Flat 2, 14 Tannery Row, Easterby", "postcode": "NG5 2AB"}),
    ("tannery rd ng52ab", "addresses", Incident, {"place": "14 Tannery Road", "postcode": "NG5 2AB"}),
    ("14 tannery", "addresses", Call, {"place": "14 Tannery Row", "postcode": "NG5 2AB"}),
    ("0412/26", "references", Incident, {"log_ref": "0412/26"}),
    ("0412/26", "references", Call, {"log_ref": "0412/26"}),
    ("nr/0447/26", "references", ArrestDecision, {"custody_ref": "NR/0447/26"}),
    ("EM/1", "references", Exhibit, {"reference": "em/1", "kind": "photo"}),
    ("kettle", "narratives", Incident, {"account": "He threw a kettle."}),
    ("kettle", "narratives", Call, {"said": "He throws kettles."}),
    ("kettle", "narratives", Involvement, {"own_words": "He threw the kettle at me."}),
]


def recorded(model: Any, case: Case, by: User, **said: Any) -> Any:
    """A record as the engine's verbs leave it."""
    now = timezone.now()
    kept: dict[str, Any] = {"case": case, "recorded_by": by, "recorded_at": now}
    if issubclass(model, Telephone | Vehicle | Note | Identifier | Handle | Address):
        return learned(model, case, Person.objects.create(), by, **said)
    if model is Call:
        kept |= {"received_at": now, "channel": "999", "grade": "priority", "flagged": "yes", "state": "taken"}
    if model is Incident:
        kept |= {"reported_at": now, "channel": "999", "state": "recording"}
    if model in (ArrestDecision, Involvement):
        kept["incident"] = recorded(Incident, case, by)
    if model is Involvement:
        kept |= {"person": Person.objects.create(), "part": "victim"}
    return model.objects.create(**kept, **said)


@pytest.mark.parametrize(("q", "kind", "model", "said"), KINDS)
def test_every_kind_that_promises_an_alert_gives_it_once_and_to_nobody_who_may_not_see(
    hannahs_case: Case, ellen: User, tom: User, stranger: User, sign_in: SignIn,
    q: str, kind: str, model: Any, said: dict[str, Any],
) -> None:  # fmt: skip
    for user in (tom, stranger):
        saved(sign_in(user), q=q, what=[kind])
    hannahs_case.holdings.all().delete()
    record = recorded(model, hannahs_case, ellen, **said)
    found = search(Asked(q), user=tom, chosen=Chosen(frozenset({kind})), after={}, because={})
    assert [section.count for section in found.sections if section.kind.name == kind] == [1], "the search shows it"
    assert swept() == 1 and swept() == 0
    assert [len(told(user)) for user in (tom, stranger)] == [1, 0]
    assert list(SavedHit.objects.values_list("search__owner", "key")) == [(tom.pk, record.pk)]


@pytest.mark.parametrize(("q", "kind", "model", "said"), KINDS)
def test_nobody_is_told_of_what_a_restricted_case_records_or_of_anything_else(
    hannahs_case: Case, second: Case, ellen: User, tom: User, priya: User, sign_in: SignIn,
    q: str, kind: str, model: Any, said: dict[str, Any],
) -> None:  # fmt: skip
    saved(sign_in(tom), q=q, what=[kind])
    saved(sign_in(tom), q="zzyzx 9912", what=[kind])
    hannahs_case.holdings.all().delete()
    restrict(case=hannahs_case, by=priya)
    recorded(model, hannahs_case, ellen, **said)
    assert swept() == 0 and told(tom) == []
    recorded(model, second, ellen, **said)
    assert swept() == 1, "of the case that is open he is told, by the search that it answers"


@pytest.mark.parametrize(
    "q", ["14 Tannery Row", "4 tannery row", "tannery rd", "row tannery", "ng5 2ab", "NG52AB 14", "14a mill"]
)
@pytest.mark.parametrize("line", ["14 Tannery Row", "Flat 2, 14 Tannery Road", "14A Mill Lane", "114 Tanneryside"])
def test_an_address_is_told_of_exactly_where_the_search_finds_it(
    hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn, q: str, line: str
) -> None:
    saved(sign_in(tom), q=q, what=["addresses"])
    recorded(Address, hannahs_case, ellen, line=line, postcode="NG5 2AB")
    found = search(Asked(q), user=tom, chosen=Chosen(frozenset({"addresses"})), after={}, because={})
    (section,) = [one for one in found.sections if one.kind.name == "addresses"]
    assert swept() == section.count


@pytest.mark.parametrize(
    ("q", "what"), [("kettle", "intelligence"), ("gareth pollitt", "numbers"), ("kettle", "references")]
)
def test_where_no_alert_can_come_none_is_promised_and_nothing_is_saved(
    ellen: User, sign_in: SignIn, q: str, what: str
) -> None:
    client = sign_in(ellen)
    for more in ({}, SAID):
        answer = client.post("/search/saved/new/", {"q": q, "what": [what], **more})
        assert answer.status_code == 422 and "No alert can come for what you look for" in text_of(answer)
        assert "you are told" not in text_of(answer) and "Save and tell me" not in text_of(answer)
    assert not SavedSearch.objects.exists()


def test_the_page_says_for_which_kinds_alerts_come_and_for_which_none(ellen: User, sign_in: SignIn) -> None:
    asked = {"q": "14 tannery row", "what": ["people", "addresses", "intelligence"]}
    said = text_of(sign_in(ellen).post("/search/saved/new/", asked))
    assert "Alerts come of what is recorded from now on: people, addresses." in said
    assert "None come of: intelligence. Search again yourself." in said


def test_the_sweep_passes_what_is_settled_and_looks_again_at_what_is_young(
    hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    saved(sign_in(tom), q="LK19 ABC", what=["numbers"])
    first = SearchWatch.objects.get(kind="numbers.vehicle").upto
    newest = recorded(Vehicle, hannahs_case, ellen, plate="AB12 CDE")
    swept()
    assert SearchWatch.objects.get(kind="numbers.vehicle").upto == first
    Vehicle.objects.update(recorded_at=F("recorded_at") - watching.SETTLED)
    swept()
    assert SearchWatch.objects.get(kind="numbers.vehicle").upto == newest.pk
