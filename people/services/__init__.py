"""Verbs and answers about people: record them, say what is known, find out who it may be."""

from people.services.describing import describe, described
from people.services.facts import (
    NAME_NOT_KNOWN,
    Known,
    addresses_for,
    ages,
    births_for,
    facts_of,
    facts_of_all,
    names_for,
    names_seen,
    still_true,
    still_true_of,
)
from people.services.finding import Found, Match, find, hears_searches, look_for, tell_listeners
from people.services.privacy import RECORDED, Reader
from people.services.recording import affirm, create, learn, take_out

__all__ = [
    "NAME_NOT_KNOWN", "RECORDED", "Found", "Known", "Match", "Reader", "addresses_for", "affirm", "ages", "births_for",
    "create", "describe", "described", "facts_of", "facts_of_all", "find", "hears_searches", "learn", "look_for", "names_for",
    "names_seen", "still_true", "still_true_of", "take_out", "tell_listeners",
]  # fmt: skip
