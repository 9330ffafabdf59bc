"""The questions that a force begins with; each edition after the first begins as a copy of the one before it."""

from __future__ import annotations

from reporting.models.feedback import Asks, Audience, Stage

Q = tuple[str, str, str, bool]
SCALE, WORDS = Asks.SCALE, Asks.WORDS
FIRST, INQUIRY, OUTCOME, COURT, TOGETHER = (
    Stage.FIRST_RESPONSE, Stage.INVESTIGATION, Stage.OUTCOME, Stage.COURT, Stage.TOGETHER,
)  # fmt: skip
OVERALL = "Taking everything together, how satisfied are you with "

# fmt: off
SHIPPED: dict[str, tuple[Q, ...]] = {
    Audience.HARMED: (
        (FIRST,   SCALE, "How satisfied are you with how quickly the police came or rang you?", False),
        (FIRST,   SCALE, "How satisfied are you with how you were listened to and believed?", False),
        (FIRST,   SCALE, "How satisfied are you with what was done to make you safer?", False),
        (FIRST,   SCALE, f"{OVERALL}how the police first responded?", True),
        (FIRST,   WORDS, "What should the police have done differently when they first responded?", False),
        (INQUIRY, SCALE, "How satisfied are you with how you were kept informed?", False),
        (INQUIRY, SCALE, "How satisfied are you with the help you were offered by others?", False),
        (INQUIRY, SCALE, f"{OVERALL}how the police investigated?", True),
        (INQUIRY, WORDS, "What should have been done differently in the investigation?", False),
        (OUTCOME, SCALE, "How satisfied are you with how the decision was explained to you?", False),
        (OUTCOME, SCALE, f"{OVERALL}what came of it?", True),
        (OUTCOME, WORDS, "What would have been a good outcome for you?", False),
        (COURT,   SCALE, "How satisfied are you with how you were prepared and protected at court?", False),
        (COURT,   SCALE, f"{OVERALL}how you were treated while it went to court?", True),
        (COURT,   WORDS, "What would have made court easier?", False),
    ),
    Audience.PARTNER: (
        (TOGETHER, SCALE, "How satisfied are you with what the police tell you, and when?", False),
        (TOGETHER, SCALE, "How satisfied are you with how the police treat the people you support?", False),
        (TOGETHER, SCALE, "How satisfied are you with how the police answer your referrals and actions?", False),
        (TOGETHER, SCALE, f"{OVERALL}how the police work with you on domestic abuse?", True),
        (TOGETHER, WORDS, "What should the police do differently?", False),
    ),
}
# fmt: on
