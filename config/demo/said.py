"""What the people of the demonstration say, and what their officers write: plainly fictional."""

from __future__ import annotations

from typing import Any

NARRATIVES = {
    1: "Red marks on the upper arm, seen by us. Not the first time.",
    2: "Shaking, would not sit down. “I thought that was it.”",
    3: "Being hurt worse next time, and what the children will see.",
    6: "Left in the spring. He has the new address from a friend.",
    8: "Thirty to forty messages a day, waits outside work.",
    13: "Every few weeks since the spring, before that twice a year.",
    14: "Used to be shouting, now things are thrown.",
    15: "Checks the telephone and the bank card, says who may visit.",
    18: "Hands to the neck for about ten seconds, vision went dark.",
    23: "Lost his job in June and takes what she earns.",
    24: "Drinks most days; says himself that he cannot stop.",
}
REASONS = {
    "high": "Hands to the neck or following every day, and it is getting worse. She believes he will kill her. He knows where she lives.",
    "medium": "It happens more often than it did and money or drink is behind it. Could get worse if she leaves or he loses his job.",
    "standard": "One argument, no injury, no threats and nothing on record before. Nothing said or seen that points to serious harm.",
}
VIEW = {
    "wants": "“I want it to stop. I do not want him hurt, I want him to leave us alone.”",
    "fears": "That it gets worse when he hears that she rang, and that the children see it.", "interpreter_needed": "no",
}  # fmt: skip
#: What every story of ours found: video, a neighbour, no camera, nobody hurt.
EVIDENCE = {
    "bwv_used": "yes", "bwv_ref": "BW-0001", "scene_examined": "yes", "injured": "no", "source_999": "sought",
    "source_medical": "not_there", "source_cctv": "not_there", "source_phones": "sought", "source_neighbours": "got",
}  # fmt: skip
YES = {"high": (1, 2, 3, 6, 8, 13, 14, 15, 18), "medium": (2, 6, 13, 24), "standard": (23,)}
#: Two children: one who spoke, and one who is too young to.
ELI: dict[str, Any] = {
    "child_of": "harmed", "lives_there": "yes", "whereabouts": "heard", "heard_what": "Shouting and a door, from the next room.",
    "seen_by_officer": "yes", "demeanour": "Quiet, kept looking at the door.", "spoken_to": "alone",
    "own_words": "They were shouting again.", "injuries": "no", "schooling": "school", "school": "Hillfield Primary",
    "social_care": "known", "protection_plan": "no",
}  # fmt: skip
MAYA: dict[str, Any] = {
    "child_of": "both", "lives_there": "yes", "whereabouts": "saw", "saw_what": "All of it, from her mother’s arms.",
    "seen_by_officer": "yes", "demeanour": "Clinging, then asleep.", "spoken_to": "no", "silent_code": "baby", "injuries": "no",
    "schooling": "none", "social_care": "not_known",
}  # fmt: skip
WAYS: dict[str, Any] = {
    "means": ["call", "text"], "call": "07700 900461", "text_to": "07700 900461", "days": ["mon", "tue", "wed", "thu", "fri"],
    "from_time": "09:30", "to_time": "14:30", "may_answer": "Nobody else", "if_answered_by_another": "Hang up. Say nothing.",
    "never_means": ["landline", "letters", "email"], "never_numbers": "01632 960 118", "code_word": "lighthouse",
}  # fmt: skip
NO_WAY = {
    "means": ["none"],
    "unknown_why": "Shares a telephone. Will ring us from her sister’s on Monday.",
    "never_means": ["call", "text"],
}
OFFENCES = {
    "strangled": "strangulation",
    "stalking": "stalking",
    "harassment": "harassment",
    "images": "intimate-images",
}
NO_CRIME = "Both say that they shouted about money. Nobody was touched or threatened, and nothing was broken."
