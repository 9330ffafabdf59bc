"""The pages of referrals, services, exchanges, a partner and exposed children: usable on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Case
from safeguarding.models import Agency
from tests import factories
from tests.cast import involve
from tests.looks import usable
from tests.safeguarding.referring import adviser_asked, answered, children_referred, offered
from tests.safeguarding.test_children_exposed import lived_through
from tests.safeguarding.test_exchanges import agreed, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worked(
    hannahs_case: Case,
    ellen: User,
    hal: User,
    social_care: Agency,
    advisers: Agency,
    housing: Agency,
    moira: User,
    tess: User,
) -> Case:
    """Two referrals, one of them answered; one exchange that waits; one action; two services; a child who heard it twice."""
    incident = factories.complete(ellen, hannahs_case)
    child = involve(
        incident, ellen, "child", "Mia Okoro", spoken_to="no", silent_because="Asleep.", whereabouts="heard"
    )
    lived_through(ellen, hannahs_case, child.person, 30)
    offered(hal, housing)
    offered(
        hal, advisers, name="Advisers", needs=["advice", "legal"], serves=[], languages=["pl", "so", "bfi"], places=1
    )
    children_referred(hannahs_case, ellen, social_care, threshold="s47")
    asked = answered(adviser_asked(hannahs_case, ellen, advisers), "accept", tess, adviser=tess.pk, decision_words="")
    now = timezone.now().isoformat()
    answered(asked, "attempt", tess, channel="call", safe="yes", reached="yes", words="Her sister answered.", at=now)
    agreed(hannahs_case, ellen, housing)
    told(hannahs_case, ellen, housing, whom="Cleo Banner")
    return Case.objects.get(pk=hannahs_case.pk)


def test_the_pages_of_referrals_and_services_are_usable_by_everybody(
    browser: Browser, live_server: Any, worked: Case, ellen: User, priya: User, hal: User
) -> None:
    begin = f"/cases/{worked.reference}/referrals/"
    paths = [
        begin, f"{begin}refer-children/", f"{begin}refer-adult/", f"/cases/{worked.reference}/shared/",
        f"/services/?case={worked.reference}", f"/cases/{worked.reference}/?panel=onward-referrals",
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, paths, "referrals")
    usable(browser, live_server.url, priya, ["/children-exposed/"], "exposed")
    usable(browser, live_server.url, hal, ["/services/use/", "/services/", "/work/service/new/record/"], "services")


def test_the_pages_of_a_partner_are_usable_by_everybody(
    browser: Browser, live_server: Any, worked: Case, tess: User
) -> None:
    theirs = worked.onwardreferral_set.get(kind="idva").received
    paths = [
        "/agency/",
        "/agency/referrals/",
        theirs.get_absolute_url(),
        f"/work/received-referral/{theirs.pk}/attempt/",
    ]
    usable(browser, live_server.url, tess, paths, "partner")
