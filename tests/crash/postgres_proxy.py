"""A line to PostgreSQL that breaks where a test wants it: before or after the server has made a COMMIT."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Proxy:
    """Passes everything on between clients on the loopback and the server's socket in `folder`."""

    folder: str
    cuts: int = 0
    _until: int = 0
    _arrives: bool = True
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Proxy:
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def cut(self, at: int, *, arrives: bool) -> None:
        """The so-manieth COMMIT from now breaks the line: its answer is not heard, or it never arrives."""
        with self._turn:
            self._until, self._arrives = at, arrives

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(f"{self.folder}/.s.PGSQL.5432")
            except OSError:
                client.close()
                continue
            line = _Line(self, client, server)
            for way in (line.there, line.back):
                threading.Thread(target=way, daemon=True).start()

    def breaks_here(self) -> bool:
        """Whether this COMMIT is the one."""
        with self._turn:
            self._until -= 1
            self.cuts += self._until == 0
            return self._until == 0

    @property
    def arrives(self) -> bool:
        return self._arrives


class _Line:
    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy, self._client, self._server = proxy, client, server
        self._deaf = False

    def there(self) -> None:
        with suppress(OSError):
            while said := self._client.recv(65536):
                if b"COMMIT\0" in said and self._proxy.breaks_here():
                    self._deaf = True
                    if not self._proxy.arrives:
                        break
                self._server.sendall(said)
        self._end()

    def back(self) -> None:
        """The first that comes after a COMMIT says that it was made."""
        with suppress(OSError):
            while (said := self._server.recv(65536)) and not self._deaf:
                self._client.sendall(said)
        self._end()

    def _end(self) -> None:
        for each in (self._client, self._server):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
