"""Logs as structured lines without personal data: names of things that happened, row ids, references; nothing typed."""

import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import structlog

#: What a log line may never carry, whoever asks: typed text, search terms, addresses, credentials.
NEVER = frozenset(
    {"body", "query", "query_string", "data", "POST", "GET", "password", "cookies", "headers", "ip", "user_agent"}
    | {"email", "username", "name", "terms", "address", "error", "exception", "reason"}
)


def without_personal_data(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop the keys in NEVER and cut the query string from a logged request line or path."""
    for key in NEVER & event.keys():
        del event[key]
    for key in ("request", "path"):
        if isinstance(event.get(key), str):
            event[key] = event[key].partition("?")[0]
    return event


def fault_without_words(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A fault as its kind and the places it came through. Its text is left out: a database repeats whole rows in it."""
    given = event.pop("exc_info", None)
    raised = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(raised, BaseException):
        event["fault"] = [kind_and_places(one) for one in chain_of(raised)]
    return event


def chain_of(raised: BaseException | None) -> Iterator[BaseException]:
    """The exception, and those it was raised from, newest first."""
    while raised is not None:
        yield raised
        raised = raised.__cause__ or raised.__context__


def kind_and_places(raised: BaseException) -> str:
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(raised.__traceback__)]
    return " < ".join([type(raised).__name__, *reversed(places)])


def words_of_the_program(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of a library's line only the sentence as its author wrote it: what is filled into it may be anybody's name.

    Of what was filled in, numbers stay, and the kind of the rest; they say where to look, and nobody typed them.
    """
    given = event.pop("positional_args", ())
    if str(event.get("logger", "")).startswith("django.security"):
        event["event"] = "refused as unsafe"  # Django's own sentence repeats the host or the field that was sent
    if given:
        filled = given if isinstance(given, tuple) else tuple(given.values())
        event["given"] = [one if isinstance(one, int | float) else type(one).__name__ for one in filled]
    return event


PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.filter_by_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    fault_without_words,
    without_personal_data,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]


def logging_config(level: str) -> dict[str, Any]:
    """Python's logging dictionary: JSON lines on standard error, for our loggers and everybody else's."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "use_get_message": False,
        "pass_foreign_args": True,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_personal_data,
            structlog.processors.JSONRenderer(),
        ],
        "foreign_pre_chain": [
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            fault_without_words,
            words_of_the_program,
        ],
    }
    quiet = {"level": "WARNING", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            # what these say, our own line of the request says without the path, and our record without the name
            "django.request": {"level": "CRITICAL", "propagate": True},
            "django.server": quiet,
            "fontTools": quiet,
            "weasyprint": {"level": "ERROR", "propagate": True},
            # its lines repeat the text of a fault; django_structlog writes the same failure without it
            "celery.app.trace": {"level": "CRITICAL", "propagate": True},
            "celery.worker.strategy": quiet,
            "celery.beat": quiet,
        },
    }
