"""Everything that a planted case knows, put in it as an import leaves it: who is in it, what is dangerous, what was told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cases.models import (
    Call,
    Case,
    CheckedSystem,
    Incident,
    Intelligence,
    Involvement,
    SafeContact,
    SafetyWarning,
    SystemCheck,
    UnsafeReport,
)
from people.models import (
    Address,
    Birth,
    Handle,
    Identifier,
    Link,
    Note,
    Person,
    PersonName,
    Place,
    Telephone,
    Vehicle,
    WarningMarker,
)
from tests.attacks.planted import WORDS, Planted, World, born, number_of, word
from tests.people.population import learned


def plant(world: World, kind: str, unit: int, *, restricted: bool = False, thin: bool = False) -> Planted:
    """A case with everything in it; `thin`: with names alone. The man and the woman of every case are in it too."""
    number, now, by = len(world.cases), timezone.now(), world.by
    case = Case.begin(kind, world.units[unit], now - timedelta(days=30))
    Case.objects.filter(pk=case.pk).update(restricted=restricted)
    said = {name: word(number, name) for name in WORDS}
    kept: dict[str, Any] = {"case": case, "recorded_by": by, "recorded_at": now - timedelta(days=number + 1)}
    own, twin = Person.objects.create(), Person.objects.create()
    known_by(case, world, own, said, number, thin=thin)
    learned(PersonName, case, twin, by, forename="Gareth", surname="Pollitt")
    learned(Birth, case, twin, by, born_on=date(1988, 4, 11))
    call = Call.objects.create(
        **kept, received_at=now - timedelta(days=3), channel="999", said=f"He {said['said']} the door.",
        caller=said["caller"], place="14 Tannery Row", postcode="NG5 2AB", grade="immediate", flagged="yes", state="closed",
        log_ref=said["log"], at_risk="Kerry Dunmore", closed_at=now, result="attended", harmed=world.woman,
    )  # fmt: skip
    incident = Incident.objects.create(
        **kept, state="checked", reported_at=now - timedelta(days=3, minutes=-number), channel="999", call=call,
        account=f"He {said['account']} her.", place="14 Tannery Row", postcode="NG5 2AB", weapon="yes",
        weapon_what=said["weapon"], abuse_types=["violent"], log_ref=f"L{number}-{said['log']}",
    )  # fmt: skip
    for someone, part in ((world.woman, "victim"), (world.man, "suspect"), (own, "witness")):
        words = {"own_words": f"I {said['own']} it."} if part == "witness" else {}
        tie = {"relationship": "XBG"} if part == "suspect" else {}
        Involvement.objects.create(**kept, incident=incident, person=someone, part=part, **words, **tie)
    entry = dangers(kept, world, said, call)
    home = Place.objects.get(key=Address.objects.get(case=case, person=own).place_key)
    found = Planted(number, case, restricted, incident, call, entry, own, twin, home)
    world.cases.append(found)
    world.place = Place.objects.get(key=Incident.objects.get(pk=incident.pk).place_key)
    case.refresh_from_db()
    return found


def known_by(case: Case, world: World, own: Person, said: dict[str, str], number: int, *, thin: bool) -> None:
    """What the case learned of whoever is in it."""
    by = world.by
    learned(PersonName, case, own, by, forename=said["forename"].title(), surname=said["surname"].title())
    learned(PersonName, case, world.man, by, forename="Gareth", surname="Pollitt")
    learned(PersonName, case, world.man, by, forename="Gaz", surname=said["alias"].title(), kind="alias")
    learned(PersonName, case, world.woman, by, forename="Kerry", surname="Dunmore")
    learned(Birth, case, own, by, born_on=born(number))
    for someone in (own, world.man):
        learned(
            Address, case, someone, by, line=f"{number + 3} {said['street'].title()} Row", postcode=f"NG7 {number}AB"
        )
        learned(Telephone, case, someone, by, number=number_of(number))
        learned(Note, case, someone, by, about="email", said_words=f"{said['mail']}@example.org")
        learned(Note, case, someone, by, about="school", said_words=said["school"])
        learned(Note, case, someone, by, about="works", said_words=said["works"])
        learned(Vehicle, case, someone, by, plate=said["plate"].upper(), looks=said["looks"])
        learned(Handle, case, someone, by, network="x", handle=said["handle"])
        learned(Identifier, case, someone, by, series="custody", number=said["identifier"].upper())
        learned(WarningMarker, case, someone, by, danger="weapons", what=said["warning"], said_by="PC Hallam")
    learned(Link, case, own, by, other=world.man, tie="friend", said_words=said["tie"])


def dangers(kept: dict[str, Any], world: World, said: dict[str, str], call: Call) -> Intelligence:
    """What is dangerous, how contact is made, what other systems and intelligence hold."""
    SafetyWarning.objects.create(**kept, what=said["danger"])
    UnsafeReport.objects.create(**kept, what=said["unsafe"])
    SafeContact.objects.create(
        **kept, means=["in_person"], meet_at=said["meet"], never_use=said["never"], code_word=said["code"]
    )
    SystemCheck.objects.create(
        **kept, system=CheckedSystem.objects.get(code="pnc"), person=world.man, names=["Gareth Pollitt"], found="something",
        births_unknown=True, checked_at=kept["recorded_at"], result=said["result"], reference=said["check"],
        state="recorded",
    )  # fmt: skip
    entry: Intelligence = Intelligence.objects.create(
        **kept, state="recorded", known_at=kept["recorded_at"], person=world.man, provenance="public",
        provenance_words=said["source"], source="2", assessment="B", handling="P", original=said["original"],
        sanitised=said["sanitised"], review_on=date(2030, 1, 1),
    )  # fmt: skip
    return entry
