"""One id for all that follows from one request or one ring of the clock: tasks, mails, lines of the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

HEADER = "X-Request-ID"

_FIT = re.compile(r"[A-Za-z0-9_-]{8,64}")  # nothing that could be words, or begin another header
_current: ContextVar[str] = ContextVar("correlation", default="")


def current() -> str:
    """The id of what is going on; "" where nothing is."""
    return _current.get()


def begin(given: str | None = None) -> str:
    """From now on this is about `given`, or about a new id where that is none that may travel."""
    _current.set(given if given and _FIT.fullmatch(given) else uuid4().hex)
    return current()


def end() -> None:
    """Whatever it was, it is over."""
    _current.set("")


@contextmanager
def carrying(given: str | None) -> Iterator[str]:
    """Meanwhile it is about `given`, and then about what it was about before."""
    before = current()
    try:
        yield begin(given)
    finally:
        _current.set(before)
