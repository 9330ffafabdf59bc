"""What the people of the demonstration say at its forums: plainly fictional."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

#: (harmed, hours ago) of the stories that are referred: once heard, listed now, the first of them again, and one that waits.
OLD, LISTED, AGAIN, WAITS = (0, 2700.0), (7, 300.0), (0, 6.5), (20, 10.0)
FORUMS: tuple[dict[str, Any], ...] = (
    {
        "name": "Northshire MARAC", "kind": "marac", "area": "Northshire", "venue": "Town hall, room 2", "runs": "DAU",
        "women_over_16": "96400", "women_source": "Invented for the demonstration",
    },
    {
        "name": "Northshire daily meeting", "kind": "daily", "area": "Northshire", "venue": "By telephone, 09:30", "runs": "DAU",
        "women_over_16": "", "women_source": "",
    },
)  # fmt: skip
AUTHORITY = "Steering group of the demonstration: the rules as shipped."
CONTACT = "The duty desk, 01632 960111, weekdays"
SAID: dict[str, Any] = {
    "contact": "PC Marsh, late turns", "changed": "He knows where she has gone, and the tenancy ends next month.",
    "afraid_of": "Him and his brother.", "aware": "yes", "consent": "refused", "basis": "public_task",
    "no_consent_because": "He has said that he will kill her, and two agencies hold half of it each.",
    "necessity": "Housing cannot move her without knowing why.", "done_already": "He is on bail not to go near her.",
    "safe_contact": "Her sister, weekdays before three. Hang up if anybody else answers.",
    "wishes": "That he stays away and the children see him only where somebody is with them.",
    "latest": "He put both hands on her neck in the kitchen; the child was in the next room.",
    "judgement": "What she does not say worries me more than what she says.", "grounds": ["judgement"],
}  # fmt: skip
LACKING = {"lacks": ["contact"], "words": "Say at which hours the number is hers alone. By noon tomorrow, please."}
LATE = "Graded high last night with two children in the house: it cannot wait two weeks."
SEARCHED = "The record system, by name and date of birth, for both adults."
SIGNS_IN = {"DHOU": "partner", "DIDV": "idva", "DHEA": "health", "DCSC": "children"}
LINES: dict[str, tuple[dict[str, Any], ...]] = {
    "DHOU": (
        {"about": "victim", "sort": "fact", "words": "Joint tenancy since 2021; two reports of noise this year.", "source": "Tenancy file at Northshire housing"},
        {"about": "suspect", "sort": "opinion", "words": "He tries to be alone with staff.", "source": "Housing officer of the block"},
    ),
    "DIDV": (
        {"about": "victim", "sort": "fact", "words": "Afraid of his brother as well. Safe to ring mornings only.", "source": "Telephone call of the adviser"},
        {"about": "victim", "sort": "opinion", "words": "She will leave if the tenancy is hers alone.", "source": "Adviser who works with her"},
        {
            "about": "child", "sort": "fact", "words": "Told to the adviser by a third party.", "source": "Telephone call of the adviser",
            "held_because": "Somebody else told it, who would be known by it.",
        },
    ),
}  # fmt: skip
SEATS = (
    ("DPOL", "PS Iqbal", "here"), ("DHOU", "Mr Osei", "here"), ("DIDV", "J. Farrow", "here"), ("DHEA", "A. Quill", "here"),
    ("DCSC", "M. Teague", "apology"),
)  # fmt: skip
ANALYSIS = {
    "harm": "To her: being killed or badly hurt by strangulation. To the child: seeing it.",
    "likely": "Very likely when he is refused at the door.",
    "worse": "His brother nearby, money. Her sister and her employer protect her.",
    "risks": "A joint home\nShe is alone with it\nThe lock", "tells_who": "J. Farrow", "tells_where": "At work, in the morning",
}  # fmt: skip
SHE_SAID = "She agrees with the plan and asks that nobody writes to the house."
DONE = {"evidence": "Reached eleven times in twelve weeks, at work in the morning.", "effect": "reduced"}
NOT_DONE = {"reason": "The landlord refused, and nobody told the meeting. The risk stands."}


def actions(now: datetime) -> tuple[dict[str, Any], ...]:
    """Taken on at the meeting before; the third is late now, the fourth not due yet. Days are counted from `now`."""

    def by(days: int) -> str:
        return (now + timedelta(days=days)).date().isoformat()

    return (
        {"code": "DHOU", "what": "Change the locks", "answers": "The lock", "due": by(-84)},
        {"code": "DIDV", "what": "Ring her weekly, mornings at her work", "answers": "She is alone with it", "due": by(-70)},
        {"code": "DHOU", "what": "Put the tenancy in her name alone", "answers": "A joint home", "due": by(-6)},
        {"code": "DHEA", "what": "See the child at a clinic away from home", "answers": "The child is not seen", "due": by(14)},
    )  # fmt: skip
