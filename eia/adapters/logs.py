"""The log as lines of JSON, in which nobody's words can stand.

Our own modules say a fixed sentence and give ids and figures beside it. Of what libraries say only the
template and the numbers are kept, and of an exception its kind and where it was: their texts quote addresses,
answers and tokens.
"""

from __future__ import annotations

import logging.config
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from eia import correlation

FIELDS = ("endpoint", "method", "status", "took_ms", "task", "mail", "attempt", "because_of")
"""What may stand beside a sentence: names that we gave, ids and figures."""

OURS = ("eia", "worker")
OF_THE_MACHINE = ("celery.beat", "celery.worker.consumer", "kombu")  # they speak of brokers and schedules
HIDDEN = "…"

Trace = tuple[type[BaseException], BaseException, TracebackType | None]


def json_lines() -> logging.Formatter:
    """Makes one line of JSON of each record, whoever logs it."""
    return structlog.stdlib.ProcessorFormatter(
        use_get_message=False,
        pass_foreign_args=True,
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ExtraAdder(FIELDS),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        ],
        processors=[
            _about,
            _sentence,
            _exception,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


LOGS: Mapping[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": json_lines}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "eia.web": {"handlers": []},  # where Flask would put one of its own
        "celery": {"level": "WARNING"},  # a line for every ring would hide the others
        "transitions": {"level": "WARNING"},  # tells of each callback that nobody asked for
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},  # has whole addresses
    },
}


def set_up_logs() -> None:
    """Every line of this process, a library's too, is one of JSON on the standard error."""
    logging.raiseExceptions = False  # what cannot be logged would be printed, with its arguments
    logging.config.dictConfig(dict(LOGS))


def _about(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    if about := correlation.current():
        event["correlation"] = about
    return event


def _sentence(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The sentence with its arguments; a stranger's arguments only when they are numbers."""
    said, given = str(event["event"]), event.pop("positional_args", None)
    if given:
        event["event"] = _filled(said, given if _is_trusted(str(event["logger"])) else _hidden(given))
    return event


def _exception(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """What kind of exception it was and where, of each that led to it; never what it says."""
    trace: Trace | None = event.pop("exc_info", None)
    fault = trace[1] if trace else None
    if fault is not None:
        event["exception"] = [_place_of(each) for each in _chain(fault)]
    return event


def _chain(fault: BaseException) -> list[BaseException]:
    chain = [fault]
    while (earlier := chain[-1].__cause__ or chain[-1].__context__) and earlier not in chain:
        chain.append(earlier)
    return chain


def _place_of(fault: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(fault.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"type": f"{type(fault).__module__}.{type(fault).__qualname__}", "at": places}


def _is_trusted(name: str) -> bool:
    return any(name == known or name.startswith(f"{known}.") for known in (*OURS, *OF_THE_MACHINE))


def _hidden(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _number(value) for name, value in given.items()}
    return tuple(map(_number, given))


def _number(value: object) -> object:
    return value if isinstance(value, int | float) else HIDDEN


def _filled(said: str, given: Any) -> str:
    try:
        return str(said % given)
    except (TypeError, ValueError, KeyError):
        return said  # a template that wants what we hid
