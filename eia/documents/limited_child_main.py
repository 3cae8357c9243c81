"""The program of the limited child: it binds itself first, then imports, then reads the file.

Started by `eia.documents.limited_child` by path, with the standard library only.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from importlib import import_module
from math import ceil


def main(settings: str, *path: str) -> None:
    """One JSON object on what was stdout; whatever the function prints goes nowhere."""
    asked = json.loads(settings)
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bind(memory=asked["memory"], seconds=asked["seconds"])
    sys.path[:] = path
    stdout.write(outcome(asked["function"]))
    stdout.flush()
    os._exit(0)  # nobody waits for it to tidy up, and it never closes stdout before it ends


def bind(*, memory: int, seconds: float) -> None:
    """From here on there is no way back, not for root either."""
    signal.setitimer(signal.ITIMER_REAL, seconds)  # also when whoever started us has gone
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, ceil(seconds)),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),  # the file's words would be in it
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def outcome(function: str) -> bytes:
    """The function's value; or that it refused the file; or that it stumbled, and where in our code."""
    try:
        module, _, name = function.partition(":")
        read = getattr(import_module(module), name)
        from eia.domain.errors import Invalid
    except Exception as error:  # noqa: BLE001 - a module may do anything when it is imported
        return as_json("mistake", f"{function} cannot be had: {error!r}")
    try:
        return as_json("value", read(sys.stdin.buffer.read()))
    except Invalid as refusal:
        return as_json("refused", refusal.problems)
    except BaseException as error:  # noqa: BLE001 - a panic in Rust is no Exception
        return as_json("stumbled", f"{type(error).__name__} at {place_of(error)}")


def as_json(kind: str, value: object) -> bytes:
    """One thing said, in the fewest bytes."""
    return json.dumps({kind: value}, separators=(",", ":")).encode()


def place_of(error: BaseException) -> str:
    """Where it was raised, as file:line; never its message, which may quote the file."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"


if __name__ == "__main__":
    main(*sys.argv[1:])
