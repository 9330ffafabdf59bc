"""Recording an incident as an officer's browser does it: pages opened, boxes filled, buttons pressed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from cases.models import Incident, Offence
from tests.cast import HER_VIEW

HIDDEN = re.compile(r'<input type="hidden" name="(seen|token|original)" value="([^"]*)"')


def boxes(name: str, moment: datetime) -> dict[str, str]:
    """The four boxes of a moment, in London's time."""
    local = timezone.localtime(moment)
    return {
        f"{name}_day": str(local.day),
        f"{name}_month": str(local.month),
        f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }


def hidden(page: str) -> dict[str, str]:
    """What the page sends back with its form, unseen."""
    return dict(HIDDEN.findall(page))


def press(browser: Client, url: str, said: dict[str, Any]) -> Any:
    """Open a page and send its form with what was said."""
    page = browser.get(url)
    assert page.status_code == 200, (url, page.status_code, page.get("Location"))
    return browser.post(url, {**hidden(page.content.decode()), **said})


def words(response: Any) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def begin(browser: Client, reported_at: datetime | None = None) -> Incident:
    """Begin a record; the report came an hour ago."""
    moment = reported_at or timezone.now() - timedelta(hours=1)
    answer = press(browser, "/incidents/new/", {**boxes("reported_at", moment), "channel": "999", "log_ref": "0388"})
    assert answer.status_code == 302, words(answer)
    return Incident.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[1]))


def section(incident: Incident, name: str) -> str:
    return f"/work/incident/{incident.pk}/sections/{name}/"


def save(browser: Client, incident: Incident, name: str, **said: Any) -> Any:
    """Fill a section and save it; a moment is given as a moment."""
    typed: dict[str, Any] = {}
    for key, value in said.items():
        typed |= boxes(key, value) if isinstance(value, datetime) else {key: value}
    return press(browser, section(incident, name), typed)


def safe(browser: Client, incident: Incident) -> Any:
    said = {"everyone_safe": "yes", "threat_to_life": "no", "household": "no"}
    return save(browser, incident, "safe", **said, made_safe="She is at her sister's; he is in custody.")


def made_safe(browser: Client, reported_at: datetime | None = None) -> Incident:
    """A record begun, with its first section saved: the others are open."""
    begun = begin(browser, reported_at)
    safe(browser, begun)
    return begun


#: How she may be reached: one way, the days and hours, and what never.
SAFE_WAYS: dict[str, Any] = {
    "means": ["call"], "call": "07700 900461", "days": ["mon", "tue", "wed", "thu", "fri"], "from_time": "09:30",
    "to_time": "14:30", "never_means": ["landline", "letters"],
}  # fmt: skip


def offence(code: str) -> str:
    """The value of an offence in the list of the page."""
    return str(Offence.objects.get(code=code).pk)


def add_person(
    browser: Client, incident: Incident, part: str, choose: dict[str, str] | None = None, **said: str
) -> Any:
    """Look for somebody and then add them: somebody new, or the one chosen."""
    url = f"/incidents/{incident.pk}/people/{part}/"
    found = press(browser, url, said)
    assert found.status_code == 200, words(found)
    return browser.post(url, {**hidden(found.content.decode()), **said, **(choose or {"new": "1"})})


#: The evidence of a quiet scene: one tap each.
EVIDENCE = {
    "bwv_used": "yes", "bwv_ref": "BW-2877-14", "scene_examined": "yes", "injured": "no", "source_999": "sought",
    "source_medical": "not_there", "source_cctv": "not_there", "source_phones": "not_there", "source_neighbours": "got",
}  # fmt: skip


def record_all(browser: Client, incident: Incident) -> None:
    """Every section of the record but the assessment, as in the story of Hannah Okoro."""
    began = incident.reported_at - timedelta(minutes=25)
    saved = [
        safe(browser, incident),
        save(
            browser,
            incident,
            "place",
            place="Flat 3, 14 Hillfeild Rd, Northgate",
            postcode="nr34qx",
            place_kind="shared_home",
        ),
        save(
            browser,
            incident,
            "happened",
            occurred_from=began,
            account="He pushed past her and put both hands on her neck.",
            weapon="no",
        ),
        save(browser, incident, "kinds", abuse_types=["physical", "controlling"]),
        add_person(
            browser,
            incident,
            "victim",
            forename="Hannah",
            surname="Okoro",
            born_on_day="3",
            born_on_month="5",
            born_on_year="1991",
        ),
        add_person(browser, incident, "suspect", forename="Daniel", surname="Reeve"),
        add_person(browser, incident, "child", forename="Eli", surname="Okoro", age="8"),
    ]
    suspect, child = incident.people("suspect").get(), incident.people("child").get()
    row = f"/work/incident/{incident.pk}/rows"
    saved += [
        press(browser, f"{row}/victim/{incident.people('victim').get().pk}/", HER_VIEW),
        press(browser, f"{row}/suspect/{suspect.pk}/", {"relationship": "XCO", "cohabiting": "no"}),
        press(
            browser,
            f"{row}/child/{child.pk}/",
            {
                "child_of": "harmed",
                "lives_there": "yes",
                "whereabouts": "heard",
                "heard_what": "Shouting in the next room",
                "seen_by_officer": "yes",
                "demeanour": "Quiet",
                "spoken_to": "alone",
                "own_words": "He was shouting at mummy again",
                "injuries": "no",
            },
        ),
        press(
            browser,
            f"{row}/care/{child.pk}/",
            {"schooling": "school", "school": "Hillfield Primary", "social_care": "no"},
        ),
        press(browser, f"/work/incident/{incident.pk}/safe-contact/", SAFE_WAYS),
        save(browser, incident, "suspects", suspect_known="yes"),
        save(browser, incident, "children", children_present="yes"),
        save(browser, incident, "witnesses", witnesses_seen="no"),
        save(
            browser,
            incident,
            "arrest",
            arrested="yes",
            arrested_at=began + timedelta(minutes=20),
            place="On the stairs",
            offences="s47 assault",
            necessity=["protect"],
            camera_on="yes",
        ),
        save(browser, incident, "done", actions=["arrest", "refuge"]),
        save(browser, incident, "evidence", **EVIDENCE),
        save(browser, incident, "crime", classed="crime", da_confirmed="yes"),
        press(browser, f"{row}/offence/", {"offence": offence("actual-bodily-harm"), "suspect": str(suspect.pk)}),
        save(browser, incident, "severity", severity="volume"),
    ]
    assert [answer.status_code for answer in saved] == [302] * len(saved), [
        words(a) for a in saved if a.status_code != 302
    ]
