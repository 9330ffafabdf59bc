"""What the considerations of the demonstration say, and how far each has come. Everybody is invented, every number is Ofcom’s for drama."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Plot:
    """One consideration: who, how many days ago it was first heard of, and the last act that was done.

    `pace` stretches the ordinary days between its acts; `held` are the systems that hold something of the subject.
    """

    at_risk: str
    subject: str
    days_ago: float
    ends: str
    grade: str = "medium"
    pace: float = 1.0
    route: str = "ask"
    asker: str = ""  # a third party; "" where the person at risk asks herself
    children: tuple[str, ...] = ()
    held: tuple[str, ...] = ("pnd",)
    holder: str = "disclosure"
    more: tuple[str, ...] = ()


# fmt: off
PLOTS: tuple[Plot, ...] = (
    # ended: what the pace of the unit is reckoned from
    Plot("Peggy Arden",      "Clive Rowley",    52,   "stopped",   "standard", held=()),
    Plot("Una Selwyn",       "Barney Flint",    44,   "stopped",   "standard", held=()),
    Plot("Ivy Sandall",      "Mark Treen",      26,   "closed",    "medium"),
    # on its way, the oldest first
    Plot("Petra Dunne",      "Wayne Hoskin",    26.5, "signed",    "medium", held=("pnd", "intelligence"), holder="disclosure2", more=("delay-forum",)),
    Plot("Mina Faraday",     "Lewis Grote",     25,   "told",      "high", children=("Theo Faraday",)),
    Plot("Agnes Holm",       "Barry Quill",     24,   "concluded", "medium"),
    Plot("Sally Marchbank",  "Ian Corrie",      24,   "decided",   "high", children=("Lottie Marchbank",), held=("pnc", "pnd")),
    Plot("Ruby Hallam",      "Gareth Pollard",  23,   "listed",    "high", children=("Finn Hallam", "Esme Hallam"), held=("pnc", "pnd"), more=("renew",)),
    Plot("Joyce Pell",       "Tom Rudkin",      22,   "untold",    "standard", held=()),
    Plot("Hilda Crewe",      "Ross Tindle",     18,   "progressed", "medium", asker="Mavis Crewe", holder="disclosure2", more=("delay", "try", "try")),
    Plot("Bea Lomax",        "Gavin Reddle",    17,   "met",       "high", children=("Polly Lomax", "Sid Lomax"), pace=1.15, more=("care",)),
    Plot("Carys Bevan",      "Leon Strake",     15,   "categorised", "medium", holder="disclosure2"),
    Plot("Orla Finch",       "Dean Sproat",     12,   "progressed", "high", children=("Wilf Finch",), held=("pnc", "pnd"), more=("try", "try")),
    Plot("Dora Keel",        "Phil Amos",       6,    "withdrawn", "medium"),
    Plot("Tessa Vaughan",    "Sean Moxley",     5,    "triaged",   "medium", route="know"),
    Plot("Nell Ashby",       "Craig Tolley",    0.85, "looking",   held=("pnc",), more=("unsafe",)),
    Plot("Gwen Tarrant",     "Alfie Munn",      0.6,  "checked",   children=("Jem Tarrant",), held=("pnd",)),
)  # fmt: skip
# fmt: on

#: Days after the first contact at which each act is done, in the order of the way.
DAYS = {
    "taken": 0.03, "named": 0.04, "forward": 0.06, "looking": 0.2, "checked": 0.5, "progressed": 0.55, "stopped": 0.6, "tried": 2.2, "met": 8.1,
    "assessed": 10, "planned": 10.3, "categorised": 11.1, "signed": 12.1, "listed": 13,
}  # fmt: skip

HEARD: dict[str, Any] = {
    "ask": {"channel": "phone", "feared": ["assault", "control"], "danger": "none",
            "why": "He has begun to say who she may see. His last partner moved away at night, and nobody says why."},
    "know": {"source": "investigation", "danger": "none",
             "why": "Named as his new partner in interview. Two partners before her were hurt in the same way."},
}  # fmt: skip
TAKEN: dict[str, Any] = {
    "subject_staff": "no", "relationship": "BG", "together": "together", "living_together": "no", "danger": "none", "crime_alleged": "no",
}  # fmt: skip
SAID_BY: dict[str, Any] = {
    "ask": {"sharing_explained": "yes", "sharing_consent": "consented", "support_given": "yes",
            "support_words": "Northshire advisers and the national helpline, in words"},
    "know": {"source_grade": "2", "information_grade": "B"},
}  # fmt: skip
#: The place at which she is met, and the hours in which she may be called: within them lies whatever the demonstration does.
LIBRARY = "The library in Mill Lane"
SAFE: dict[str, Any] = {
    "means": ["call", "in_person"], "call": "07700 900144", "meet_at": LIBRARY, "from_time": "09:00", "to_time": "18:00",
    "never_means": ["voicemail", "letters"], "code_word": "heron",
}  # fmt: skip
FOUND = {
    "pnc": ("conviction", "Assault on a former partner by the throat, Northshire Magistrates", "unspent"),
    "pnd": ("incident", "Two calls to an address shared with a former partner; she would not say more", "no"),
    "intelligence": ("incident", "Seen waiting outside a former partner’s work on four days in a month", "no"),
}  # fmt: skip
JUDGED: dict[str, Any] = {
    "immediate": "no", "information": "What she said, and what the systems hold of two partners before her.",
    "judged": "Controlling, getting worse, and as he was with the partner before.", "serial": "no",
    "options": "Meet her within the safe plan this week; nothing is done that he could notice.",
}  # fmt: skip
MEETING: dict[str, Any] = {
    "place": LIBRARY, "attended": "The applicant, DC Holt, an adviser of Northshire advisers", "by_expert": "yes",
    "identity": ["passport", "bill"], "further": "He took her telephone twice this month and read it through in front of her.",
    "malice": "none", "malice_because": "Her account is her own and holds together.", "undertaking_explained": "yes",
    "pack": "spoken", "interim": "She stays with her mother at weekends, who rings us if she does not come.", "wants_idva": "yes",
}  # fmt: skip
ASSESSED: dict[str, Any] = {
    "judgement": "Controlling now, violent to two partners before, and both times when they spoke of leaving.",
    "no_dash_because": "She answered it on paper with her adviser, who keeps it.",
    "children": "They hear it. The school has been asked what it sees.",
}  # fmt: skip
CARE: dict[str, Any] = {
    "agency_kind": "children", "not_asked": "ask", "who": "The duty desk of children’s services",
    "basis": "Children live with her; what they know bears on whether she is told.",
}  # fmt: skip
CARED = "Known to them since May. No worry about her; they want to hear what is decided."
PLAN: dict[str, Any] = {
    "wishes": "That he does not learn of it, and that she can stay where she lives.", "agreed": "yes", "safe_copy": "by_heart",
    "out_of_hours": "Northshire helpline, 01632 960377",
}  # fmt: skip
#: (kind of action, what is done)
ACTIONS = (
    ("code-word", "Her sister knows the word, and rings 999 when she hears it."),
    ("patrols", "The neighbourhood team passes the address on its evening rounds."),
)
LEFT = {
    "suspect": "To face him now would tell him of her; it is looked at again once it is decided.",
    "children": "They stay with their grandmother on the nights when he comes; the school knows.",
}
CONCERN: dict[str, Any] = {
    "category": "concern", "factors": ["intelligence", "to_her"], "recipient": "The person at risk: she asked, and can keep it to herself.",
    "reasons": "Two partners before her were hurt in the same way, and she means to live with him.", "malice": "none",
    "wording": "Police were called twice to a former partner of his, who had been hurt.", "representations": "dispensed",
    "representations_because": "To ask him would tell him that somebody asked.",
}  # fmt: skip
NO_CONCERN: dict[str, Any] = {
    "category": "no_concern", "factors": ["no_conviction", "no_information"], "malice": "none", "representations": "dispensed",
    "reasons": "No system holds anything of him, and she fears nothing that he has done.",
    "representations_because": "There is nothing to put to him.",
}  # fmt: skip
STOPPED: dict[str, Any] = {
    "stopped_as": "out_of_scope", "reason": "They share a house as tenants and were never partners; she was told where to turn.",
    "support_given": "yes", "support_words": "Northshire advisers, and the national helpline", "stop_pack": "taken",
}  # fmt: skip
WITHDRAWN: dict[str, Any] = {
    "said_to": "DC Holt, by telephone, a voice in the background", "safe_to_ask": "no", "pressed": "yes",
    "pressed_words": "She spoke as if she read it out, and rang off when a door went.",
}  # fmt: skip
SAT: dict[str, Any] = {
    "police_how": "present", "police_who": "DI Farrar", "probation_how": "written", "probation_view": "Not under supervision.",
    "idva_how": "present", "idva_who": "Tess Arkwright", "children_how": "present", "children_who": "Moira Teague",
}  # fmt: skip
WHY = "Two partners before her were hurt in the same way."
TELL: dict[str, Any] = {
    "words": CONCERN["wording"], "recipients": ["at_risk"], "at_risk_why": "She lives with the danger, asked herself, and can keep it.",
    "how": "By DC Holt at the library, an adviser with her.", "representations": "dispensed", "reasons": WHY,
    "representations_because": CONCERN["representations_because"], "subject_informed": "no",
    "management": "Integrated offender management is asked to take him on.",
}  # fmt: skip
TELL_NOT: dict[str, Any] = {
    "category": "no_concern", "reasons": NO_CONCERN["reasons"], "representations": "dispensed", "searched_again": "on",
    "representations_because": NO_CONCERN["representations_because"], "management": "Considered, and not needed.",
}  # fmt: skip
TOLD: dict[str, Any] = {
    "place": LIBRARY, "by_whom": "DC Holt and Tess Arkwright", "to_chosen": "yes", "identity": "Her passport.",
    "text": f"{CONCERN['wording']} That is all that we may tell you.", "spent_checked": "on",
    "advised": ["safety", "confidential", "law"], "signature": "Signed by her and by DC Holt; cabinet 4, unit’s office.",
    "response": "She was not surprised. She wants her sister to know the word.", "plan_gone_through": "on", "nothing_left": "yes",
    "pack": "spoken", "follow_up": "Tess Arkwright on Monday.",
}  # fmt: skip
MANAGED: dict[str, Any] = {
    "routes": ["iom"],
    "reasons": "He goes from partner to partner.",
    "owner_words": "IOM Northgate",
}
CONCLUDED: dict[str, Any] = {"support": "Northshire advisers, 01632 960200", "helpline": "yes", "pack": "spoken"}
DELAYED: dict[str, Any] = {
    "why": "applicant", "words": "She works away until next week and can be met only at the library.",
    "holding_plan": "Her daughter sees her each evening and rings us if she does not come. The address has a marker.",
}  # fmt: skip
DELAYED_AT_FORUM: dict[str, Any] = {
    "why": "forum", "words": "The forum that sat last week was full; an urgent one is asked for.",
    "holding_plan": "An adviser rings her on Mondays and Thursdays within the plan.",
}  # fmt: skip
NEW = "Called to her address on Sunday night: shouting, no injury seen, he had left. Recorded on the incident."
UNSAFE = "He texted that he is on his way to her. A car has been sent; she is at her mother’s."
