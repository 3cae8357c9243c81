"""Mail by SMTP: one connection for a batch, and every refusal sorted into the kinds we know."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, unquote, urlsplit

from eia.domain.mail import Mail, MailerRefused, NotSent, Post, RecipientRefused, TryLater

SECONDS = 30


class SmtpMailer:
    """`smtp://user:password@host:587?starttls=yes`, or `smtps://` for TLS from the first byte.

    STARTTLS is used whenever there is a password, so that it never travels in the clear.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 25)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._starttls = bool(self._user) or parse_qs(parts.query).get("starttls") == ["yes"]

    @contextmanager
    def connect(self) -> Iterator[Post]:
        """One connection, closed politely; raises `TryLater` or `MailerRefused` when there is none."""
        try:
            server = self._open()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError) as refusal:
            raise MailerRefused(_said(refusal)) from refusal
        except (OSError, smtplib.SMTPException) as fault:
            raise TryLater(_said(fault)) from fault
        try:
            yield _SmtpPost(server)
        finally:
            _close(server)

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self._tls:
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=SECONDS)
            if self._starttls:
                server.starttls(context=context)
        if self._user:
            server.login(self._user, self._password)
        return server


class _SmtpPost:
    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, mail: Mail) -> None:
        """Hand over one mail to one recipient."""
        try:
            self._server.sendmail(mail.sender, [mail.recipient], mail.raw)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, said = refusal.recipients[mail.recipient]
            raise _kind(code, RecipientRefused)(_words(code, said, mail)) from refusal
        except smtplib.SMTPSenderRefused as refusal:
            raise _kind(refusal.smtp_code, MailerRefused)(
                _words(refusal.smtp_code, refusal.smtp_error, mail)
            ) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise _kind(refusal.smtp_code, RecipientRefused)(
                _words(refusal.smtp_code, refusal.smtp_error, mail)
            ) from refusal
        except (OSError, smtplib.SMTPException) as fault:
            raise TryLater(_said(fault)) from fault


def _kind(code: int, permanent: type[NotSent]) -> type[NotSent]:
    return permanent if code >= 500 else TryLater


def _words(code: int, said: bytes | str, mail: Mail) -> str:
    """What the server said, without the address it said it about."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}".replace(mail.recipient, "the address")[:300]


def _said(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:300]


def _close(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        pass  # whatever was accepted was accepted; the connection is gone either way
