"""Runs one function over bytes from outside in a fresh child that may use little and take no time.

    run_limited("eia.documents.file_kind:kind_found", data) -> JSON

`function` is "module:name" of a function at the top of a module: bytes in, JSON out. It raises
`Invalid` to refuse the file, and whoever called `run_limited` gets that `Invalid`. The module is imported
in the child each time, so it should import little. The child is a new program, never a fork of our threads.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from time import monotonic
from typing import IO, TypeAlias

from eia.documents.refusals import DAMAGED, TOO_BIG, TOO_LONG, TOO_MUCH
from eia.domain.errors import Invalid, Unavailable

JSON: TypeAlias = bool | int | float | str | list["JSON"] | dict[str, "JSON"] | None

_MAIN = Path(__file__).with_name("limited_child_main.py")
_TURNS = BoundedSemaphore(2)  # however many people upload at once, this many children hold memory
_ENDED_BY: dict[int, str] = {
    signal.SIGABRT: TOO_MUCH,  # a library that is not Python's got no memory
    signal.SIGALRM: TOO_LONG,
    signal.SIGKILL: TOO_LONG,
    signal.SIGXCPU: TOO_LONG,
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may cost: bytes of file, of memory and of answer; seconds by the clock."""

    file: int = 10_000_000
    memory: int = 512_000_000
    answer: int = 20_000_000
    seconds: float = 4.5  # with the start of the child, under the five that we promise


def run_limited(function: str, data: bytes, *, limits: Limits | None = None) -> JSON:
    """What `function` makes of `data`. Raises `Invalid` with what to do, `Unavailable` when all are busy."""
    limits = limits or Limits()
    if len(data) > limits.file:
        raise Invalid({"file": TOO_BIG})
    with _turn(limits), _child(function, data, limits) as child:
        said = _all_said(child, limits)
    return _outcome(function, said, child.returncode)


@contextmanager
def _turn(limits: Limits) -> Iterator[None]:
    if not _TURNS.acquire(timeout=2 * limits.seconds):
        raise Unavailable
    try:
        yield
    finally:
        _TURNS.release()


@contextmanager
def _child(function: str, data: bytes, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    """A child that reads `data`; however this ends, it has ended too."""
    with TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        child = _start(function, given, limits)
        try:
            yield child
        finally:
            child.kill()  # one that has ended by itself keeps its own return code
            child.wait()
            if child.stdout:
                child.stdout.close()


def _start(function: str, given: IO[bytes], limits: Limits) -> subprocess.Popen[bytes]:
    # -I -S -B: it looks at no environment, home, .pth file or current folder, and leaves nothing behind.
    settings = json.dumps({"function": function, "memory": limits.memory, "seconds": limits.seconds})
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", str(_MAIN), settings, *map(os.path.abspath, sys.path)],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a trace may quote the file
        env={},
        cwd="/",
        start_new_session=True,
    )


def _all_said(child: subprocess.Popen[bytes], limits: Limits) -> bytes:
    """The child's answer, whole. Raises `Invalid` when it is too long in coming, or too long."""
    assert child.stdout
    until, said = monotonic() + limits.seconds, bytearray()
    with DefaultSelector() as selector:
        selector.register(child.stdout, EVENT_READ)
        while selector.select(max(0, until - monotonic())):
            part = os.read(child.stdout.fileno(), 1 << 16)
            said += part
            if len(said) > limits.answer:
                raise Invalid({"file": TOO_MUCH})
            if not part:
                return bytes(said)
    raise Invalid({"file": TOO_LONG})


def _outcome(function: str, said: bytes, code: int) -> JSON:
    if code != 0:
        _log.warning("%s ended with %d over a file", function, code)
        raise Invalid({"file": _ENDED_BY.get(-code, DAMAGED)})
    outcome = json.loads(said)
    if "value" in outcome:
        value: JSON = outcome["value"]
        return value
    if "refused" in outcome:
        raise Invalid(outcome["refused"])
    if "mistake" in outcome:
        raise LookupError(outcome["mistake"])
    _log.warning("%s stumbled over a file: %s", function, outcome["stumbled"])
    raise Invalid({"file": TOO_MUCH if outcome["stumbled"].startswith("MemoryError") else DAMAGED})
