"""Processes that may be killed: forked, with everything imported, from one that has done nothing yet."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PATIENCE = 90.0  # seconds: a child that takes longer hangs
KILLED = -signal.SIGKILL


class Child:
    """A process at work on an order."""

    def __init__(self, nursery: Nursery, pid: int, said: Path) -> None:
        self._nursery = nursery
        self._said = said
        self.pid = pid
        self.ended: int | None = None

    def kill(self) -> None:
        """It stops where it is, and nothing of it goes on."""
        if self.ended is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """How it ended: 0 when it was done, KILLED, or 1 after an error that `said` tells."""
        end = time.monotonic() + PATIENCE
        while self.ended is None:
            self.ended = self._nursery.ask({"ended": self.pid})
            if self.ended is None:
                assert time.monotonic() < end, f"a child hangs: {self.said}"
                time.sleep(0.003)
        return self.ended

    @property
    def said(self) -> str:
        """Its standard error."""
        return self._said.read_text("utf-8")


class Nursery:
    """The one process whose children they are; when it goes, they go."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def child(self, order: Mapping[str, Any]) -> Child:
        """A new process that does as ordered (see `roles.py`)."""
        self._count += 1
        said = self._folder / f"child-{self._count}"
        return Child(self, self.ask({"order": dict(order), "said": str(said)}), said)

    def ask(self, question: Mapping[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


def main() -> None:
    """Answers a question a line, until nobody asks any more."""
    from tests.crash.roles import act
    from tests.crash.warmth import warm_up

    warm_up()
    alive: set[int] = set()
    while line := sys.stdin.readline():
        question = json.loads(line)
        if "ended" in question:
            pid, status = os.waitpid(question["ended"], os.WNOHANG)
            alive.discard(pid)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        else:
            answer = os.fork()
            if answer == 0:
                _live(act, question)
            alive.add(answer)
        print(json.dumps(answer), flush=True)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _live(act: Any, question: Mapping[str, Any]) -> None:
    """What the child does with its life; it never returns to the parent's loop."""
    ended = 1
    try:
        said = os.open(question["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0), os.dup2(nothing, 1), os.dup2(said, 2)
        act(question["order"])
        ended = 0
    except BaseException:  # noqa: BLE001 - a fork must not come back
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(ended)


if __name__ == "__main__":
    main()
