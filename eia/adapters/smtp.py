"""Mail by SMTP: one connection for a batch, and every refusal sorted into the kinds we know."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from eia.domain.mail import (
    Lost,
    Mail,
    MailerRefused,
    MailRefused,
    NotSent,
    Post,
    RecipientRefused,
    TryLater,
    Unreachable,
    Unsure,
)

SECONDS = 30
CLOSING = 421  # the server will take no more on this connection
GO_AHEAD = 354
LOGIN_NEEDED = frozenset({530, 535, 538})


class SmtpMailer:
    """`smtp+starttls://user:password@host:587`, `smtps://` for TLS from the first byte, or plain `smtp://`.

    With a password STARTTLS is used whatever the scheme, so that it never travels in the clear. The server's
    certificate must be for its name and from an authority that this machine trusts.
    """

    def __init__(self, url: str, *, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._tls = parts.scheme == "smtps"
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._starttls = parts.scheme == "smtp+starttls" or bool(self._user and not self._tls)
        self._port = parts.port or (465 if self._tls else 587 if self._starttls else 25)
        self._context = context

    @contextmanager
    def connect(self) -> Iterator[Post]:
        """One connection, closed politely; raises `Unreachable` or `MailerRefused` when there is none."""
        server = self._connected()
        try:
            yield _SmtpPost(server)
        finally:
            _close(server)

    def _connected(self) -> smtplib.SMTP:
        try:
            return self._open()
        except (smtplib.SMTPNotSupportedError, ssl.SSLError) as refusal:
            raise MailerRefused(_said(refusal)) from refusal
        except smtplib.SMTPResponseException as refusal:
            kind = MailerRefused if refusal.smtp_code >= 500 else Unreachable
            raise kind(_said(refusal)) from refusal
        except OSError as fault:
            raise Unreachable(_said(fault)) from fault

    def _open(self) -> smtplib.SMTP:
        server: smtplib.SMTP
        if self._tls:
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=self._trusted())
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=SECONDS)
            if self._starttls:
                server.starttls(context=self._trusted())
        if self._user:
            server.login(self._user, self._password)
        server.ehlo_or_helo_if_needed()
        return server

    def _trusted(self) -> ssl.SSLContext:
        """Whose certificates are believed; reading them takes as long as sending fifty mails."""
        self._context = self._context or ssl.create_default_context()
        return self._context


class _SmtpPost:
    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server
        self._pipelines = server.has_extn("pipelining")

    def has(self, key: str) -> bool:
        """SMTP cannot be asked: a copy carries the same Message-ID."""
        return False

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        """Hand over one mail to one recipient; the intent is kept between RCPT and DATA."""
        try:
            self._address(mail)
        except OSError as fault:
            raise Lost(_said(fault)) from fault
        try:
            intend()
        except BaseException:
            self._forget()
            raise
        self._hand_over(mail)

    def _address(self, mail: Mail) -> None:
        """MAIL and RCPT, in one packet where the server takes them so (RFC 2920)."""
        sender, recipient = f"MAIL FROM:<{mail.sender}>", f"RCPT TO:<{mail.recipient}>"
        if self._pipelines:
            self._server.send(f"{sender}\r\n{recipient}\r\n")
            sender_reply, recipient_reply = self._server.getreply(), self._server.getreply()
        else:
            sender_reply = self._server.docmd(sender)
            recipient_reply = self._server.docmd(recipient) if sender_reply[0] < 400 else sender_reply
        if sender_reply[0] >= 400:
            self._refused(sender_reply, mail, MailerRefused)
        if recipient_reply[0] >= 400:
            self._refused(recipient_reply, mail, _of_recipient(*recipient_reply))

    def _hand_over(self, mail: Mail) -> None:
        """DATA and the mail. Until the server says go ahead it cannot have it; after that nobody knows."""
        try:
            reply = self._server.docmd("DATA")
        except OSError as fault:
            raise Lost(_said(fault)) from fault
        if reply[0] != GO_AHEAD:
            self._refused(reply, mail, MailRefused)
        try:
            self._server.send(_dotted(mail.raw))
            reply = self._server.getreply()
        except OSError as fault:
            raise Unsure(_said(fault)) from fault
        if reply[0] >= 400:
            self._refused(reply, mail, MailRefused)

    def _refused(self, reply: tuple[int, bytes], mail: Mail, permanent: type[NotSent]) -> None:
        """What the server said, without the address it said it about."""
        code, text = reply[0], reply[1].decode("utf-8", "replace")
        said = f"{code} {text}".replace(mail.recipient, "the address")[:300]
        if code == CLOSING:
            raise Lost(said)
        self._forget()
        raise (permanent if code >= 500 else TryLater)(said)

    def _forget(self) -> None:
        """What was begun is not meant any more; a connection that breaks here is noticed by the next mail."""
        try:
            self._server.rset()
        except OSError:
            self._server.close()


def _of_recipient(code: int, text: bytes) -> type[NotSent]:
    """Whose fault a refused RCPT is: ours when we may not relay, nobody's address when policy says no."""
    if code in LOGIN_NEEDED or b"relay" in text.lower():
        return MailerRefused
    return MailRefused if text.startswith(b"5.7.") else RecipientRefused


def _dotted(raw: bytes) -> bytes:
    """The message as it travels: a line that begins with a dot gets another, and a lone dot ends it."""
    lines = raw.removesuffix(b"\r\n").replace(b"\r\n.", b"\r\n..")
    return (b"." if lines.startswith(b".") else b"") + lines + b"\r\n.\r\n"


def _said(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:300]


def _close(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except OSError:
        pass  # whatever was accepted was accepted; the connection is gone either way
