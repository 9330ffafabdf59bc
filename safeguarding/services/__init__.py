"""Verbs of safeguarding: what goes out with a referral, what comes back, and what asks for one by itself."""

from safeguarding.services.answering import carry_back, close_theirs
from safeguarding.services.going_out import about_words, goes_out, reach_words
from safeguarding.services.high_grade import refer_to_adviser
from safeguarding.services.logging_sent import log_sent

__all__ = ["about_words", "carry_back", "close_theirs", "goes_out", "log_sent", "reach_words", "refer_to_adviser"]
