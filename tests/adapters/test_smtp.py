from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eia.adapters.smtp import SmtpMailer
from eia.domain.mail import (
    Lost,
    Mail,
    MailerRefused,
    MailRefused,
    NotSent,
    RecipientRefused,
    TryLater,
    Unreachable,
    Unsure,
)
from tests.smtp_sink import DROP, Sink

MAIL = Mail(
    key="key",
    sender="equality@example.org",
    recipient="lead@example.org",
    subject="1 thing needs you",
    text="Hello",
    raw=b"Subject: 1 thing needs you\r\nTo: lead@example.org\r\n\r\nHello\r\n.\r\n..dots\r\n",
)


@pytest.fixture(params=[(), ("PIPELINING",)], ids=["one by one", "pipelined"])
def sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    with Sink(extensions=request.param) as found:
        yield found


def nothing() -> None:
    """An intent that is kept without more ado."""


def send(sink: Sink, mail: Mail = MAIL) -> None:
    with SmtpMailer(sink.url).connect() as post:
        post.send(mail, nothing)


def test_a_batch_goes_through_one_connection_as_it_was_written(sink: Sink):
    with SmtpMailer(sink.url).connect() as post:
        post.send(MAIL, nothing)
        post.send(MAIL, nothing)
    assert sink.kept == [MAIL.raw, MAIL.raw]
    assert sink.connections == 1


def test_the_intent_is_kept_after_the_recipient_was_taken_and_before_the_mail_is_on_its_way(sink: Sink):
    asked_before: list[str] = []
    with SmtpMailer(sink.url).connect() as post:
        post.send(MAIL, lambda: asked_before.extend(sink.asked))
    assert asked_before[-1] == "RCPT TO:<LEAD@EXAMPLE.ORG>"
    assert "DATA" in sink.asked


def test_an_intent_that_is_not_kept_sends_nothing_and_leaves_the_connection_for_the_next(sink: Sink):
    def overtaken() -> None:
        raise LookupError

    with SmtpMailer(sink.url).connect() as post:
        with pytest.raises(LookupError):
            post.send(MAIL, overtaken)
        post.send(MAIL, nothing)
    assert len(sink.kept) == 1
    assert sink.connections == 1


@pytest.mark.parametrize(
    ("verb", "answer", "kind"),
    [
        ("MAIL", "553 you may not send", MailerRefused),
        ("MAIL", "451 busy", TryLater),
        ("MAIL", "421 closing", Lost),
        ("MAIL", DROP, Lost),
        ("RCPT", "550 5.1.1 no such person lead@example.org", RecipientRefused),
        ("RCPT", "550 5.7.1 not in this list", MailRefused),
        ("RCPT", "554 Relay access denied", MailerRefused),
        ("RCPT", "450 greylisted", TryLater),
        ("RCPT", "421 closing", Lost),
        ("RCPT", DROP, Lost),
        ("DATA", "451 not now", TryLater),
        ("DATA", "554 no mails today", MailRefused),
        ("DATA", DROP, Lost),
        ("CONTENT", "554 not wanted", MailRefused),
        ("CONTENT", "452 full", TryLater),
        ("CONTENT", "421 closing", Lost),
        ("CONTENT", DROP, Unsure),
        ("CONTENT", "drop after keeping", Unsure),
    ],
)
def test_each_refusal_is_of_its_kind_and_names_no_address(
    sink: Sink, verb: str, answer: str, kind: type[NotSent]
):
    sink.tell(verb, answer)
    with pytest.raises(kind) as refusal:
        send(sink)
    assert type(refusal.value) is kind
    assert "lead@" not in str(refusal.value)


@pytest.mark.parametrize(("verb", "answer"), [("RCPT", "550 gone"), ("CONTENT", "452 full")])
def test_after_a_refusal_the_next_mail_goes_through_the_same_connection(sink: Sink, verb: str, answer: str):
    sink.tell(verb, answer)
    with SmtpMailer(sink.url).connect() as post:
        with pytest.raises(NotSent):
            post.send(MAIL, nothing)
        post.send(replace(MAIL, raw=b"Subject: second\r\n\r\n"), nothing)
    assert [content.splitlines()[0] for content in sink.kept] == [b"Subject: second"]
    assert sink.connections == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("554 not you", MailerRefused), ("421 busy", Unreachable), (DROP, Unreachable)],
)
def test_a_server_that_does_not_let_us_in_is_away_or_refuses_us_all(answer: str, kind: type[NotSent]):
    with Sink() as sink:
        sink.tell("CONNECT", answer)
        with pytest.raises(kind):
            send(sink)


def test_a_server_that_nobody_runs_is_away():
    with Sink() as sink:
        url = sink.url
    with pytest.raises(Unreachable), SmtpMailer(url).connect():
        pass


def test_a_password_never_travels_without_encryption():
    with Sink(extensions=("AUTH PLAIN",)) as sink:
        with pytest.raises(MailerRefused), SmtpMailer(f"smtp://user:pass@127.0.0.1:{sink.port}").connect():
            pass
        assert not any(line.startswith("AUTH") for line in sink.asked)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for localhost in one file."""
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    try:
        subprocess.run(
            [*command, *names, "-keyout", str(path), "-out", f"{path}.crt"], check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("NO OPENSSL: install it to try encrypted mail")
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def encrypted(certificate: Path) -> Sink:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return Sink(extensions=("STARTTLS", "AUTH PLAIN"), context=context)


def test_starttls_comes_before_the_password_and_the_certificate_is_checked(certificate: Path):
    with encrypted(certificate) as sink:
        trusting = ssl.create_default_context(cafile=str(certificate))
        url = f"smtp+starttls://user:pass@localhost:{sink.port}"
        with SmtpMailer(url, context=trusting).connect() as post:
            post.send(MAIL, nothing)
        assert sink.kept == [MAIL.raw]
        verbs = [line.split(" ")[0] for line in sink.asked]
        assert verbs.index("STARTTLS") < verbs.index("AUTH")


def test_a_certificate_that_nobody_vouches_for_is_a_fault_of_the_installation(certificate: Path):
    with encrypted(certificate) as sink:
        url = f"smtp+starttls://user:pass@localhost:{sink.port}"
        with pytest.raises(MailerRefused), SmtpMailer(url).connect():
            pass
        assert not any(line.startswith("AUTH") for line in sink.asked)


def test_a_refused_login_is_a_fault_of_the_installation(certificate: Path):
    with encrypted(certificate) as sink:
        sink.tell("AUTH", "535 wrong", "535 wrong", "535 wrong")
        trusting = ssl.create_default_context(cafile=str(certificate))
        url = f"smtp+starttls://user:pass@localhost:{sink.port}"
        with pytest.raises(MailerRefused), SmtpMailer(url, context=trusting).connect():
            pass
