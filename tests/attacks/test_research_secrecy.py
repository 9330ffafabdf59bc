"""What an agency has not released is read by that agency alone; what the table of fields withholds from an agency, by no page,
paper, search, notice or other system of it. Words that stand nowhere else are planted, and every address is walked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from marac import packs
from marac.models import AgendaItem, ForumAction, Meeting, Pack, Referral, ReferredPerson, Research, ResearchLine
from people.models import Address, Note, Person, Telephone, WarningMarker
from reporting import minutes as press
from safeguarding.models import Agency
from supervision.escalation import sweep
from tests.attacks.walked import everything_shown, looked
from tests.cast import client_of, person, take
from tests.marac.made import forum_of, meeting, referral
from tests.marac.room import agreed, called, here, sitting, summed_up
from tests.marac.test_research import known, line
from tests.partners import recorded, signed
from workflow import engine

#: Of what housing has written and not released: what it shares with nobody, what it holds back, its own summary.
UNRELEASED = ("Zqunsharedwords", "Zqheldbackwords", "Zqsummarywords", "Zqstruckwords", "Zqdangerwords")
RELEASED = "Zqreleasedwords"
#: What is planted of the referral, by the field of the table in which it stands.
PLANTED = {
    "address": "14 Zqaddresslane", "telephone": "07700 900977", "safe_contact": "Zqsafecontact", "mappa": "Zqmappalevel",
    "lives_with": "Zqliveswith", "school": "Zqschoolname", "home": "Zqlandlordname", "support": "Zqsupportedby",
}  # fmt: skip
#: Facts of the conference that stand in no field, and the account of the investigation: no agency is told them.
FILE_ONLY = ("Zqwarningwords", "Zqnotewords", "Zqinvestigation")
TERMS = [
    "Zqaddress", "0770090097", "Zqsafe", "Zqunshared", "Zqheldback", "Zqsummary", "Zqstruck", "Zqnote", "Hannah Okoro",
]  # fmt: skip


@dataclass
class Heard:
    """A case that was heard: what housing wrote, who else was there."""

    referral: Referral
    meeting: Meeting
    research: Research
    harmed: Person
    said: ResearchLine  # returned, not released


@pytest.fixture
def probation(hal: User) -> Agency:
    agency = recorded(hal, "Easterby probation", "EPRO", "probation")
    signed(hal, agency)
    return agency


@pytest.fixture
def pia(probation: Agency) -> User:
    """Represents probation."""
    return person("", "", "Pia Lund", ("partner", probation.unit))


@pytest.fixture
def care_manager(social_care: Agency) -> User:
    """Answers for what children's social care does not do."""
    return person("", "", "Carol Dean", ("partner_manager", social_care.unit))


def planted(one: Referral, ellen: User) -> Person:
    """The words in their places: in the columns of the referral, of its people, and in facts of the conference."""
    columns = {name: PLANTED[name] for name in ("safe_contact", "home", "support")}
    Referral.objects.filter(pk=one.pk).update(submitted_by=ellen, **columns)
    people = ReferredPerson.objects.filter(referral=one)
    people.filter(part="suspect").update(mappa=PLANTED["mappa"])
    people.filter(part="child").update(school=PLANTED["school"], lives_with=PLANTED["lives_with"])
    harmed = people.get(part="victim").person
    Address.objects.filter(person=harmed).update(line=PLANTED["address"])
    Telephone.objects.filter(person=harmed).update(number=PLANTED["telephone"])
    when = {"case": one.case, "person": harmed, "recorded_by": ellen}
    WarningMarker.objects.create(danger="weapons", what=FILE_ONLY[0], said_by="PC Hallam", **when)
    Note.objects.create(about="school", said_words=FILE_ONLY[1], **when)
    Incident.objects.filter(case=one.investigation).update(account=FILE_ONLY[2])
    return harmed


@pytest.fixture
def heard(
    hannahs_case: Case, hal: User, inez: User, ellen: User, cleo: User, housing: Agency, social_care: Agency,
    advisers: Agency, probation: Agency,
) -> Heard:  # fmt: skip
    """Beside Hannah's investigation: referred, sent to four agencies, written about by housing, heard, minuted on paper."""
    forum = forum_of(hal, housing, social_care, advisers, probation)
    one = referral(forum, hal, beside=hannahs_case, children=("Mia Okoro",))
    harmed = planted(one, ellen)
    held = take(meeting(forum, hal), "publish", hal)
    research = Research.objects.get(agency=housing)
    known(research, cleo, involved=f"{UNRELEASED[2]} since May", staff_safety=UNRELEASED[4])
    said = line(research, cleo, UNRELEASED[0])
    line(research, cleo, UNRELEASED[1], held_because="It would name who told us.")
    struck, shared = line(research, cleo, UNRELEASED[3]), line(research, cleo, RELEASED)
    fresh = Research.objects.get(pk=research.pk)
    engine.strike_out(struck, beneath=fresh, by=cleo, seen=struck.version, reason="Another family.")
    take(research, "return", cleo, lines=[f"line-{shared.pk}"])
    minuted(held, hal, inez, housing, social_care)
    sweep(timezone.now() + timedelta(days=40))  # everybody has been told of everything
    return Heard(one, held, research, harmed, said)


def minuted(held: Meeting, hal: User, inez: User, housing: Agency, social_care: Agency) -> None:
    Meeting.objects.filter(pk=held.pk).update(chair=inez)
    sitting(held, hal)
    osei = here(held, housing, "Mr Osei", hal)
    hearing = called(AgendaItem.objects.get(meeting=held, kind="referral"), hal)
    agreed(hearing, hal, osei, "Change the lock of the back door")
    agreed(hearing, hal, social_care, "See the child at school")
    take(summed_up(hearing, social_care), "finish", hal, outcome="actions")
    take(held, "close", inez)
    take(held, "issue", hal, checked="on")
    for copy in press.lacking():
        press.make(copy)


def leaked(user: User, words: Iterable[str]) -> list[tuple[str, str, str]]:
    looked_for = [word.lower() for word in words]
    return [
        (user.username, name, word)
        for name, text in everything_shown(user, TERMS)
        for word in looked_for if word in text.lower()
    ]  # fmt: skip


def test_nothing_that_housing_has_not_released_is_shown_to_anybody_else(
    heard: Heard, moira: User, care_manager: User, tess: User, ellen: User, hal: User
) -> None:
    assert [found for user in (moira, care_manager, tess, ellen, hal) for found in leaked(user, UNRELEASED)] == []


def test_housing_reads_all_of_it_and_what_it_released_is_read_by_whoever_hears_the_case(
    heard: Heard, cleo: User, housing_manager: User, moira: User, hal: User, ellen: User, sam: User
) -> None:
    for own in (cleo, housing_manager):
        base = f"/work/research/{heard.research.pk}/"
        rows = [f"{base}rows/line/{row.pk}/" for row in heard.research.lines.filter(struck_out_at__isnull=True)]
        told = " ".join(looked(client_of(own), path)[1] for path in (f"{base}sections/known/", *rows))
        assert [word for word in UNRELEASED if word != UNRELEASED[3] and word not in told] == []
    page = f"{heard.referral.case.get_absolute_url()}?panel=agencies-know"
    room = f"/marac/meetings/{heard.meeting.pk}/room/?item={AgendaItem.objects.get(kind='referral').pk}"
    for reader in (moira, hal, ellen):
        assert RELEASED in looked(client_of(reader), page)[1]
    assert RELEASED in looked(client_of(moira), room)[1]
    take(heard.research, "release", cleo, lines=[f"line-{heard.said.pk}"])
    assert UNRELEASED[0] in looked(client_of(moira), page)[1] and UNRELEASED[1] not in looked(client_of(moira), page)[1]
    assert tried_status(sam, page) == 404


def tried_status(user: User, path: str) -> int:
    return client_of(user).get(path).status_code


def withheld(agency: Agency) -> list[str]:
    """The planted words that the table gives to other kinds of agency, and not to this one."""
    to = {row.code: row.to for row in packs.FIELDS}
    return [words for code, words in PLANTED.items() if agency.kind not in to[code]]


def test_an_agency_is_shown_nothing_that_the_table_withholds_from_it(
    heard: Heard, pia: User, cleo: User, tess: User, probation: Agency, housing: Agency, advisers: Agency
) -> None:
    assert {PLANTED["address"], PLANTED["telephone"], PLANTED["safe_contact"]} <= set(withheld(probation))
    assert PLANTED["school"] in withheld(housing)
    found = []
    for user, agency in ((pia, probation), (cleo, housing), (tess, advisers)):
        found += leaked(user, [*withheld(agency), *FILE_ONLY, heard.referral.investigation.reference])
    assert found == [], found


def test_a_number_or_an_address_that_is_withheld_is_confirmed_by_no_search(heard: Heard, pia: User, cleo: User) -> None:
    for typed in ("07700 900977", "0770090097", "14 Zqaddresslane", "Hannah Okoro, 14 Zqaddresslane"):
        asked = {"q": typed, "what": ["people", "addresses", "numbers"]}
        for user in (pia, cleo):
            page = client_of(user).post("/search/", asked).content.decode()
            if not typed.startswith("Hannah"):
                assert f"/people/{heard.harmed.pk}/" not in page, (user.username, typed)
            assert "/places/" not in page and "address" not in " ".join(reasons(page))


def reasons(page: str) -> list[str]:
    """Why somebody was found, as the page of the search says it."""
    return [part.split("<")[0].lower() for part in page.split('class="app-why">')[1:]]


def test_what_an_agency_is_told_stands_on_its_page_of_the_case_as_in_its_pack(
    heard: Heard, cleo: User, pia: User, housing: Agency, probation: Agency
) -> None:
    for user, agency in ((cleo, housing), (pia, probation)):
        page = looked(client_of(user), heard.referral.case.get_absolute_url())[1]
        pack: Any = Pack.objects.get(agency=agency)
        assert all(words.splitlines()[0] in page for code, _label, words in pack.said if code in PLANTED)
        assert "Hannah Okoro" in page
    assert PLANTED["address"] in looked(client_of(cleo), heard.referral.case.get_absolute_url())[1]


def test_an_agency_reads_its_own_actions_and_no_other_agencys_record_of_theirs(heard: Heard, cleo: User) -> None:
    own, theirs = ForumAction.objects.order_by("pk")
    assert tried_status(cleo, own.get_absolute_url()) == 200
    assert tried_status(cleo, theirs.get_absolute_url()) == 404
