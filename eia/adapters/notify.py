"""Mail by GOV.UK Notify: one HTTP connection for a batch, each mail under our own reference.

Notify's own client would bring requests, PyJWT and docopt, and does not say whether a request that failed
had been on its way: which is what decides whether a mail may be sent again. So this speaks HTTP itself.
The template at Notify has the subject ((subject)) and the body ((body)).
"""

from __future__ import annotations

import hmac
import json
import ssl
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from eia.domain.mail import (
    Mail,
    MailerRefused,
    MailRefused,
    NotSent,
    Post,
    RecipientRefused,
    Unreachable,
    Unsure,
)

SECONDS = 30
UUID_LENGTH = 36
TOOK = 201
TOO_MANY = 429
FAILURES = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})


class NotifyMailer:
    """`key` is an API key as Notify shows it once: a name, the service's id and a secret."""

    def __init__(self, key: str, *, template: str, url: str, clock: Callable[[], float] = time.time) -> None:
        self._secret = key[-UUID_LENGTH:]
        self._service = key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1]
        self._template = template
        self._url = urlsplit(url)
        self._clock = clock

    @contextmanager
    def connect(self) -> Iterator[Post]:
        """One connection; raises `Unreachable` when there is none."""
        connection = self._connection()
        try:
            connection.connect()
        except OSError as fault:
            raise Unreachable(_said(fault)) from fault
        try:
            yield _NotifyPost(connection, self._template, self._token)
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "http":
            return HTTPConnection(host, port, timeout=SECONDS)
        return HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())

    def _token(self) -> str:
        """A JSON web token that Notify takes for half a minute (RFC 7519, HS256)."""
        said = {"iss": self._service, "iat": int(self._clock())}
        signed = b".".join(_base64(json.dumps(each).encode()) for each in (_TOKEN_KIND, said))
        signature = hmac.digest(self._secret.encode(), signed, "sha256")
        return (signed + b"." + _base64(signature)).decode("ascii")


class _NotifyPost:
    def __init__(self, connection: HTTPConnection, template: str, token: Callable[[], str]) -> None:
        self._connection = connection
        self._template = template
        self._token = token

    def has(self, key: str) -> bool:
        """Whether Notify took a mail under this reference and does not say that it failed.

        A reference names any number of mails: nothing but asking keeps a second one from going.
        """
        try:
            status, answer = self._ask("GET", f"/v2/notifications?reference={quote(key)}")
        except (OSError, HTTPException) as fault:
            raise Unreachable(_said(fault)) from fault
        if status != 200:
            raise (MailerRefused if status in (401, 403) else Unreachable)(_errors(status, answer))
        return any(each.get("status") not in FAILURES for each in answer.get("notifications", ()))

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        """Hand over one mail; once the request is on its way, no answer means that nobody knows."""
        intend()
        body = {
            "email_address": mail.recipient,
            "template_id": self._template,
            "personalisation": {"subject": mail.subject, "body": mail.text},
            "reference": mail.key,
        }
        try:
            status, answer = self._ask("POST", "/v2/notifications/email", json.dumps(body))
        except (OSError, HTTPException) as fault:
            raise Unsure(_said(fault)) from fault
        if status != TOOK:
            said = _errors(status, answer).replace(mail.recipient, "the address")
            raise _kind(status, said)(said)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, Mapping[str, Any]]:
        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        raw = response.read()
        try:
            answer = json.loads(raw)
        except ValueError:
            answer = {}
        return response.status, answer if isinstance(answer, dict) else {}


_TOKEN_KIND = {"typ": "JWT", "alg": "HS256"}


def _kind(status: int, said: str) -> type[NotSent]:
    """Whose fault it is: too many at once is nobody's, a fault of theirs tells us nothing."""
    if status >= 500:
        return Unsure
    if status == TOO_MANY:
        return Unreachable
    if status == 400 and "email_address" in said:
        return RecipientRefused
    if status == 400 and "too long" in said.lower():
        return MailRefused
    return MailerRefused


def _errors(status: int, answer: Mapping[str, Any]) -> str:
    errors = answer.get("errors")
    named = [str(each.get("message", "")) for each in errors] if isinstance(errors, list) else []
    return f"{status} {'; '.join(named)}"[:300]


def _base64(raw: bytes) -> bytes:
    return urlsafe_b64encode(raw).rstrip(b"=")


def _said(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:300]
