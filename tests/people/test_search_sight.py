"""Whatever the cases, grants and shut-outs: no search shows, counts, suggests or alerts what the rule of sight hides."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Posting, Unit, User
from accounts.roles import TABLE
from cases.models import Case, Incident, ShutOut
from cases.services import name_person
from people.kinds import PEOPLE, Asked
from people.models import AtPlace, PersonName, Place, SavedSearch, Telephone
from people.services import watching
from people.services.searching import Answer, Chosen, search
from supervision.models import Notice
from tests.cast import person
from tests.people.population import known
from workflow import reactions

pytestmark = [pytest.mark.django_db, pytest.mark.long]
EVERY = frozenset({PEOPLE, "addresses", "numbers", "references", "narratives"})
ROLES = [role.code for role in TABLE if role.code != "system"]

CASES = st.lists(
    st.fixed_dictionaries({
        "kind": st.sampled_from(Case.Kind.values), "unit": st.integers(0, 2), "restricted": st.booleans(),
        "named": st.sets(st.integers(0, len(ROLES) - 1), max_size=3),
        "out": st.sets(st.integers(0, len(ROLES) - 1), max_size=3),
    }),
    min_size=1, max_size=5,
)  # fmt: skip


@pytest.fixture
def staff(nr3: Unit, sr1: Unit, force: Unit) -> list[User]:
    """One person for each role, by turns of the team, of the next beat and of the whole force; each watches for him."""
    units = (nr3, sr1, force)
    people = [person("", f"X{n:03d}", f"Pat Role{n}", (role, units[n % 3])) for n, role in enumerate(ROLES)]
    SavedSearch.objects.bulk_create(
        SavedSearch(
            owner=who, name="him", why="x", q="gareth pollitt", forename="gareth", surname="pollitt", kinds=["people"]
        )
        for who in people
    )
    return people


def laid(said: dict[str, Any], units: list[Unit], staff: list[User], by: User) -> Case:
    """One case as it was drawn: a man, his number and address, an account; named and shut-out people."""
    now = timezone.now()
    case = Case.begin(said["kind"], units[said["unit"]], now)
    Case.objects.filter(pk=case.pk).update(restricted=said["restricted"])
    known(case, by, "Gareth", "Pollitt", address="14 Tannery Row", telephone="07700 900 862")
    Incident.objects.create(
        case=case, recorded_by=by, reported_at=now, channel="999", log_ref="0388", account="Gareth Pollitt kicked the door.",
        state=Incident.State.RECORDING,
    )  # fmt: skip
    for place in said["named"]:
        name_person(case=case, person=staff[place])
    for place in said["out"]:
        ShutOut.objects.create(case=case, person=staff[place], reason="Related.", recorded_by=by)
    return case


def looked_for(q: str, user: User) -> Answer:
    return search(Asked(q), user=user, chosen=Chosen(EVERY), after={}, because={})


def counts_of(answer: Answer) -> dict[str, int]:
    return {option.value: option.count for option in answer.filters[0].options}


@pytest.mark.requirement("S3-187")
@settings(
    max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True
)
@given(drawn=CASES)
def test_rows_counts_suggestions_and_alerts_hold_nothing_hidden_from_any_role(
    drawn: list[dict[str, Any]], staff: list[User], nr3: Unit, sr1: Unit, nr4: Unit, ellen: User
) -> None:
    with transaction.atomic():
        watching.sweep(timezone.now())  # notes where the rows end
        cases = [laid(said, [nr3, sr1, nr4], staff, ellen) for said in drawn]
        watching.sweep(timezone.now())
        reactions.run_due(timezone.now())
        for user in staff:
            holds_nothing_hidden(user, cases)
        transaction.set_rollback(True)


def holds_nothing_hidden(user: User, cases: list[Case]) -> None:
    seen = set(Case.objects.visible_to(user).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    role = Posting.objects.get(user=user).role
    names = looked_for("gareth pollitt", user)
    hidden_people = PersonName.objects.exclude(case__in=seen).values_list("person", flat=True)
    assert names.people is not None
    assert not {match.person_id for match in names.people.matches} & set(hidden_people), role
    assert names.people.total == counts_of(names)[PEOPLE] == len(seen), role
    assert names.unopened is None or names.unopened.person_id not in set(hidden_people), role
    for option in (option for group in names.filters[1:] for option in group.options):
        assert option.count <= len(seen), (role, option)
    for q, kind, right in (
        ("07700 900 862", "numbers", Telephone.objects.filter(case__in=seen).count()),
        ("kicked", "narratives", Incident.objects.filter(case__in=seen).exclude(account="").count()),
        ("0388", "references", Incident.objects.filter(case__in=seen, log_ref="0388").count()),
        ("14 Tannery Row", "addresses", len(places_in(seen))),
    ):
        answer = looked_for(q, user)
        (section,) = [one for one in answer.sections if one.kind.name == kind]
        assert section.count == counts_of(answer)[kind] == right, (role, kind)
        assert len(section.page.hits) == min(right, 10), (role, kind)
        if kind in ("narratives", "references"):
            assert {hit.about for hit in section.page.hits} <= seen, (role, kind)
    assert Notice.objects.filter(person=user).exists() == bool(seen), role


def places_in(seen: set[int]) -> set[int]:
    keys = {
        key
        for kind in AtPlace.kinds()
        for key in kind.objects.filter(case__in=seen).values_list("place_key", flat=True)
    }
    return set(Place.objects.filter(key__in=keys - {""}).values_list("pk", flat=True))
