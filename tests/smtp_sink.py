"""A mail server that does as it is told at each verb: answers, refuses, waits or drops the line."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

DROP = "drop"
Answer = str | Callable[[], str]
"""What is answered at a verb: a reply, DROP, or a function that waits or looks and then says which."""


@dataclass
class Sink:
    """What is said at each verb, the first of several first; and what was kept, and asked."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()
    context: ssl.SSLContext | None = None
    kept: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Sink:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._talking: list[threading.Thread] = []
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for each in self._open:
            each.close()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def tell(self, verb: str, *answers: Answer) -> None:
        """At the next times this verb comes; after that it is fine again."""
        self.answers.setdefault(verb, []).extend(answers)

    def hang_up(self) -> None:
        """Every conversation is over, whoever is at the other end; what was kept stays."""
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RD)
        for talking in self._talking:
            talking.join(10)
        self._open.clear()
        self._talking.clear()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            talking = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._talking.append(talking)
            talking.start()

    def _talk(self, connection: socket.socket) -> None:
        try:
            self._conversation(connection)
        except OSError:
            pass  # the other side went away, as it may
        finally:
            connection.close()

    def _conversation(self, connection: socket.socket) -> None:
        if not _say(connection, self._answer("CONNECT", "220 sink")):
            return
        lines = connection.makefile("rb")
        while line := lines.readline():
            verb = line.decode("ascii", "replace").strip().upper()
            self.asked.append(verb)
            verb = verb.split(" ")[0].split(":")[0]
            answer = self._answer(verb, self._usual(verb))
            if not _say(connection, answer) or verb == "QUIT":
                return
            if verb == "STARTTLS" and answer.startswith("220"):
                assert self.context is not None
                connection = self.context.wrap_socket(connection, server_side=True)
                lines = connection.makefile("rb")
            if verb == "DATA" and answer.startswith("354") and not self._take(connection, lines):
                return

    def _take(self, connection: socket.socket, lines: object) -> bool:
        content = []
        while (line := lines.readline()) != b".\r\n":  # type: ignore[attr-defined]
            if not line:
                return False
            content.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = self._answer("CONTENT", "250 kept")
        if answer == "drop after keeping":
            self.kept.append(b"".join(content))
            answer = DROP
        elif answer.startswith("250"):
            self.kept.append(b"".join(content))
        return _say(connection, answer)

    def _answer(self, verb: str, usual: str) -> str:
        told = self.answers.get(verb)
        answer = told.pop(0) if told else usual
        return answer if isinstance(answer, str) else answer()

    def _usual(self, verb: str) -> str:
        if verb == "EHLO":
            return "\r\n".join([f"250-{each}" for each in ("sink", *self.extensions)] + ["250 HELP"])
        return {"DATA": "354 go ahead", "QUIT": "221 bye", "STARTTLS": "220 begin", "AUTH": "235 in"}.get(
            verb, "250 fine"
        )


def _say(connection: socket.socket, answer: str) -> bool:
    if answer == DROP:
        connection.shutdown(socket.SHUT_RDWR)
        return False
    connection.sendall(f"{answer}\r\n".encode("ascii"))
    return True
