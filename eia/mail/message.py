"""Words as the bytes that travel."""

from __future__ import annotations

import re
from base64 import encodebytes
from binascii import b2a_qp
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from eia import correlation
from eia.domain.mail import Letterhead, RecipientRefused, Words

SHORT = 60


def message_bytes(
    words: Words, *, letterhead: Letterhead, address: str, message_id: str, at: datetime, because_of: str = ""
) -> bytes:
    """The whole message: nothing in it tracks its reader, and nobody unsubscribes from work.

    `because_of` is the correlation id of what it is owed to, which leads from a mail to the lines of the log.
    Put together from its parts, since `EmailMessage` takes longer for one than everything else it needs.

    Raises `RecipientRefused` for an address that cannot stand in a header: it is one person's, and must not
    hold up everybody else's mail.
    """
    if not _ADDRESS.fullmatch(address):
        raise RecipientRefused("The address cannot be written into a mail.")
    return (_WITH_CALENDAR if words.calendar else _HEADERS + _WORDS) % {
        b"subject": _header(words.subject),
        b"from": _name(letterhead.service_name),
        b"sender": letterhead.sender.encode("ascii"),
        b"to": address.encode("ascii"),
        b"date": format_datetime(at).encode("ascii"),
        b"message_id": message_id.encode("ascii"),
        b"because_of": f"{correlation.HEADER}: {because_of}\r\n".encode("ascii") if because_of else b"",
        b"text": _quoted(words.text),
        b"html": _quoted(words.html),
        b"calendar": encodebytes(words.calendar.encode("utf-8")).replace(b"\n", b"\r\n"),
    }


# What every mail server takes, and nothing that could begin another header or another command.
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
# The boundary holds "=_", which quoted-printable never does, so no words can end a part.
_HEADERS = b"\r\n".join(
    (
        b"Subject: %(subject)b",
        b"From: %(from)b <%(sender)b>",
        b"To: %(to)b",
        b"Date: %(date)b",
        b"Message-ID: %(message_id)b",
        b"%(because_of)bAuto-Submitted: auto-generated",  # so that nobody's absence note answers it
        b"MIME-Version: 1.0",
        b"",
    )
)
_WORDS = b"\r\n".join(
    (
        b'Content-Type: multipart/alternative; boundary="=_eia_=_"',
        b"",
        b"--=_eia_=_",
        b'Content-Type: text/plain; charset="utf-8"',
        b"Content-Transfer-Encoding: quoted-printable",
        b"",
        b"%(text)b",
        b"--=_eia_=_",
        b'Content-Type: text/html; charset="utf-8"',
        b"Content-Transfer-Encoding: quoted-printable",
        b"",
        b"%(html)b",
        b"--=_eia_=_--",
        b"",
    )
)
_WITH_CALENDAR = b"\r\n".join(
    (
        _HEADERS + b'Content-Type: multipart/mixed; boundary="=_eia_with_days_=_"',
        b"",
        b"--=_eia_with_days_=_",
        _WORDS + b"--=_eia_with_days_=_",
        b'Content-Type: text/calendar; charset="utf-8"; method=PUBLISH',
        b"Content-Transfer-Encoding: base64",
        b'Content-Disposition: attachment; filename="dates.ics"',
        b"",
        b"%(calendar)b--=_eia_with_days_=_--",
        b"",
    )
)


def _header(text: str) -> bytes:
    """Words in a header: as they are when they are plain and short, else encoded and folded (RFC 2047)."""
    if len(text) < SHORT and text.isascii() and text.isprintable() and "=?" not in text:
        return text.encode("ascii")
    return Header(text, "utf-8").encode(linesep="\r\n").encode("ascii")


def _name(text: str) -> bytes:
    """A name before an address: in quotes when it is plain."""
    header = _header(text)
    plain = header == text.encode() and '"' not in text and "\\" not in text
    return b'"%b"' % header if plain else Header(text, "utf-8").encode(linesep="\r\n").encode("ascii")


def _quoted(text: str) -> bytes:
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return b2a_qp(lines.encode("utf-8"), istext=True)
