from __future__ import annotations

import mailbox
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from eia.adapters.holidays_calendar import bank_holidays
from eia.adapters.maildir_outbox import MaildirOutbox
from eia.adapters.smtp import SmtpMailer
from eia.domain.mail import Mail, MailerRefused, NotSent, RecipientRefused, TryLater

MAIL = Mail(
    sender="equality@example.org",
    recipient="lead@example.org",
    raw=b"Subject: 1 thing needs you\r\nTo: lead@example.org\r\n\r\nHello\r\n",
)


class Sink:
    """A server that answers each verb as it was told to, and keeps what it accepts."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.kept: list[bytes] = []
        self.connections = 0

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 fine")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 fine")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.get("DATA", "250 kept")
        if answer.startswith("250"):
            self.kept.append(envelope.content)
        return answer


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    found = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    yield found, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_batch_goes_through_one_connection(sink: tuple[Sink, str]):
    server, url = sink
    with SmtpMailer(url).connect() as post:
        post.send(MAIL)
        post.send(MAIL)
    assert [content.startswith(b"Subject: 1 thing") for content in server.kept] == [True, True]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("verb", "answer", "kind"),
    [
        ("RCPT", "550 no such person lead@example.org", RecipientRefused),
        ("RCPT", "450 greylisted", TryLater),
        ("MAIL", "553 you may not send", MailerRefused),
        ("MAIL", "451 busy", TryLater),
        ("DATA", "554 not wanted", RecipientRefused),
        ("DATA", "452 full", TryLater),
    ],
)
def test_each_refusal_is_of_its_kind_and_names_no_address(
    sink: tuple[Sink, str], verb: str, answer: str, kind: type[NotSent]
):
    server, url = sink
    server.answers[verb] = answer
    with SmtpMailer(url).connect() as post, pytest.raises(kind) as refusal:
        post.send(MAIL)
    assert answer[:3] in str(refusal.value)
    assert "lead@example.org" not in str(refusal.value)


def test_a_refusal_leaves_the_connection_fit_for_the_next_mail(sink: tuple[Sink, str]):
    server, url = sink
    server.answers["RCPT"] = "550 no such person"
    with SmtpMailer(url).connect() as post:
        with pytest.raises(RecipientRefused):
            post.send(MAIL)
        server.answers.clear()
        post.send(MAIL)
    assert len(server.kept) == 1


def test_a_server_that_is_not_there_is_tried_later():
    with pytest.raises(TryLater), SmtpMailer("smtp://127.0.0.1:1").connect():
        pass


def test_a_password_never_travels_without_tls(sink: tuple[Sink, str]):
    _, url = sink
    with pytest.raises(MailerRefused), SmtpMailer(url.replace("//", "//user:secret@")).connect():
        pass


def test_the_local_outbox_keeps_the_very_bytes(tmp_path: Path):
    with MaildirOutbox(tmp_path / "data" / "outbox").connect() as post:
        post.send(MAIL)
    kept = list(mailbox.Maildir(tmp_path / "data" / "outbox"))
    assert kept[0]["Subject"] == "1 thing needs you"
    assert (tmp_path / "data" / "outbox").stat().st_mode & 0o077 == 0


def test_each_nation_has_its_own_bank_holidays():
    patrick, andrew, easter_monday = date(2026, 3, 17), date(2026, 11, 30), date(2026, 4, 6)
    days = {
        nation: bank_holidays(nation, 2026) for nation in ("england", "wales", "scotland", "northern_ireland")
    }
    assert [nation for nation, found in days.items() if patrick in found] == ["northern_ireland"]
    assert [nation for nation, found in days.items() if andrew in found] == ["scotland"]
    assert [nation for nation, found in days.items() if easter_monday not in found] == ["scotland"]
