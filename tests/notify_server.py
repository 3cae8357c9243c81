"""A GOV.UK Notify of our own: it checks tokens, keeps what it takes, and fails as it was told to."""

from __future__ import annotations

import hmac
import json
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"a-key-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"

DROP = "drop"
DROP_AFTER = "drop after keeping"
Told = tuple[int, str] | str
"""A status with a message, or the line broken before or after the mail is kept."""


@dataclass
class Notify:
    """What it took, what it was asked for, and how it fails at the next posts."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)
    answers_about: int = 200
    connections: int = 0

    def __enter__(self) -> Notify:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"


def _handler(notify: Notify) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            notify.connections += 1
            super().setup()

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not _is_genuine(self.headers["Authorization"]):
                return self._say(403, {"errors": [{"message": "Invalid token: signature"}]})
            fault = notify.faults.pop(0) if notify.faults else None
            if isinstance(fault, tuple):
                return self._say(fault[0], {"errors": [{"error": "Error", "message": fault[1]}]})
            if fault != DROP:
                notify.taken.append({**sent, "status": "sending"})
            if fault is not None:
                self.close_connection = True
                return None
            return self._say(201, {"id": "740e5834-3a29-46b4-9a6f-16142fde533a"})

        def do_GET(self) -> None:
            notify.asked.append(self.path)
            reference = parse_qs(urlsplit(self.path).query)["reference"][0]
            found = [each for each in notify.taken if each["reference"] == reference]
            self._say(notify.answers_about, {"notifications": found})

        def _say(self, status: int, answer: object) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _is_genuine(authorization: str) -> bool:
    """Made with the key's secret for the key's service within half a minute."""
    head, said, signature = authorization.removeprefix("Bearer ").split(".")
    expected = hmac.digest(SECRET.encode(), f"{head}.{said}".encode(), "sha256")
    claims = json.loads(urlsafe_b64decode(said + "=="))
    right = urlsafe_b64encode(expected).rstrip(b"=").decode() == signature
    return right and claims["iss"] == SERVICE and abs(time.time() - claims["iat"]) < 30
