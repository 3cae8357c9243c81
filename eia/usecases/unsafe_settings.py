"""Choices of an installation that are fine on one's own machine and unsafe before people."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from eia.settings import LOOPBACK, Settings
from eia.usecases.unsafe import Unsafe

FEWEST_SIGNS = 10  # different ones, in a secret that was made at random
ON = ("1", "true", "yes", "on")


def unsafe_settings(
    settings: Settings, environment: Mapping[str, str], *, processes: int
) -> Iterator[Unsafe]:
    """What is unsafe about these choices where `processes` answer pages."""
    yield from _address(settings)
    yield from _debugging(environment)
    yield from _secrets(settings)
    yield from _data_dir(settings)
    yield from _mail(settings)
    if processes > 1:
        yield from _sharing(settings)


def is_local(url: str) -> bool:
    """Whether the address is of this machine alone."""
    return (urlsplit(url).hostname or "") in (*LOOPBACK, "::1")


def _address(settings: Settings) -> Iterator[Unsafe]:
    wide = [host for host in settings.trusted_hosts if host.startswith((".", "*"))]
    if wide:
        yield Unsafe(
            name="trusted-hosts",
            why="EIA_TRUSTED_HOSTS lets anybody who has a name in the domain have links made for it.",
            how="Name each host by itself, without a dot or a star before it.",
            fatal=True,
        )
    if is_local(settings.base_url):
        yield Unsafe(
            name="base-url",
            why="EIA_BASE_URL is not set, so no host is trusted but this machine, and mails link to it.",
            how="Set EIA_BASE_URL to the address people use, such as https://eia.example.org.",
        )
    elif not settings.is_secure:
        yield Unsafe(
            name="https",
            why="EIA_BASE_URL begins with http, so passwords and cookies travel in the clear.",
            how="Put a proxy with a certificate in front (deploy/ has one) and set EIA_BASE_URL to https://.",
            fatal=True,
        )
    elif not settings.proxies:
        yield Unsafe(
            name="proxies",
            why="People come by https, which a proxy ends; without its word all tries count as one person's.",
            how="Set EIA_PROXIES to how many proxies stand in front, which is usually 1.",
        )


def _debugging(environment: Mapping[str, str]) -> Iterator[Unsafe]:
    for name in ("FLASK_DEBUG", "PYTHONDEVMODE"):
        if environment.get(name, "").strip().lower() in ON:
            yield Unsafe(
                name="debug",
                why=f"{name} is set, which shows people the inside of the program.",
                how=f"Take {name} out of the environment.",
                fatal=True,
            )


def _secrets(settings: Settings) -> Iterator[Unsafe]:
    if settings.secret_key and len(set(settings.secret_key)) < FEWEST_SIGNS:
        yield Unsafe(
            name="secret-key",
            why="EIA_SECRET_KEY can be guessed.",
            how="Set it to what `openssl rand -hex 32` prints.",
            fatal=True,
        )


def _data_dir(settings: Settings) -> Iterator[Unsafe]:
    folder = settings.data_dir
    if not folder.is_dir():
        yield Unsafe(
            name="data-dir",
            why=f"{folder}, where attached files belong, is no directory.",
            how="Make it, for the service's own user only, or name another one in EIA_DATA_DIR.",
        )
    elif folder.stat().st_mode & stat.S_IRWXO:
        yield Unsafe(
            name="data-dir",
            why=f"Everybody on this machine may look into {folder}, where secrets and attached files are.",
            how=f"Run: chmod o= {folder}",
            fatal=True,
        )


def _mail(settings: Settings) -> Iterator[Unsafe]:
    if not (settings.smtp_url or settings.notify_key):
        yield Unsafe(
            name="mail",
            why="No mail server is named, so reminders reach nobody.",
            how="Set EIA_SMTP_URL, or EIA_NOTIFY_KEY and EIA_NOTIFY_TEMPLATE.",
        )
    elif _is_in_the_clear(settings.smtp_url) or _is_in_the_clear(settings.notify_url):
        yield Unsafe(
            name="mail-tls",
            why="Mail leaves this machine in the clear, and tells who works on what.",
            how="Begin EIA_SMTP_URL with smtp+starttls:// or smtps://, and EIA_NOTIFY_URL with https://.",
        )
    if settings.mail_from.endswith("example.org"):
        yield Unsafe(
            name="mail-from",
            why="Mail comes from an address that nobody has.",
            how="Set EIA_MAIL_FROM to an address that somebody reads.",
        )


def _is_in_the_clear(url: str) -> bool:
    """A password brings TLS with it: the mailer never sends one without."""
    parts = urlsplit(url)
    return parts.scheme in ("smtp", "http") and not parts.username and not is_local(url)


def _sharing(settings: Settings) -> Iterator[Unsafe]:
    if settings.database_url.startswith("sqlite"):
        yield Unsafe(
            name="database",
            why="Several processes would write to one SQLite file, and wait for each other.",
            how="Name PostgreSQL in EIA_DATABASE_URL, or run one process: eia up",
        )
    if settings.broker_url.startswith(("filesystem", "memory")):
        yield Unsafe(
            name="broker",
            why="The embedded queue serves the one process of `eia up`; with several nobody sends mail.",
            how="Name Redis or Valkey in EIA_BROKER_URL, such as redis://127.0.0.1:6379/0.",
        )
    if settings.limits_url.startswith("memory"):
        yield Unsafe(
            name="limits",
            why="Each process counts tries at passwords by itself, so more get through than should.",
            how="Name Redis or Valkey in EIA_LIMITS_URL, such as redis://127.0.0.1:6379/1.",
        )
    if not settings.secret_key and not (settings.data_dir / "secret-key").exists():
        yield Unsafe(
            name="secret-key",
            why="There is no secret to sign tokens with, and each machine would make its own.",
            how="Set EIA_SECRET_KEY to what `openssl rand -hex 32` prints, the same on all machines.",
        )
