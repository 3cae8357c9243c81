"""What an installation may choose, read once at start."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PSEUDO = "en_XA"  # every sentence wrapped in marks, for the test that none bypasses translation

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NOTIFY_KEY = re.compile(rf"\S*-{_UUID}-{_UUID}")


class SettingsError(Exception):
    """A variable of the environment that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """An installation's choices; the defaults are those of one machine without anything else."""

    data_dir: Path
    database_url: str
    base_url: str = "http://127.0.0.1:8000"
    broker_url: str = "filesystem://"
    limits_url: str = "memory://"
    smtp_url: str = ""  # "": mail is kept in the outbox page and goes nowhere
    mail_from: str = "equality@example.org"
    mail_hours: tuple[time, time] | None = (time(8), time(18))  # London; None: at any hour of any day
    mail_in_doubt: str = "resend"  # or "ask": what may have gone is listed, and a person decides
    notify_key: str = ""  # GOV.UK Notify in place of SMTP
    notify_template: str = ""  # its subject is ((subject)) and its body ((body))
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_callback_token: str = ""  # what Notify shows when it says what became of a mail
    metrics_token: str = ""  # "": /metrics answers this machine alone
    place: str = ""  # one name for all machines of an installation; "": kept in the data directory
    trusted_hosts: tuple[str, ...] = ()  # beside the base URL's own
    rulebook_dir: Path | None = None  # a body's own workflows and forms, beside ours
    language: str = "en"
    proxies: int = 0  # in front of it: as many X-Forwarded-For entries are believed
    secret_key: str = ""  # "": made once and kept in the data directory

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings as the EIA_ variables give them. Raises `SettingsError` naming the variable."""
        read = _Reader(os.environ if environment is None else environment)
        data_dir = Path(read.text("EIA_DATA_DIR", "eia-data")).expanduser().resolve()
        return cls(
            data_dir=data_dir,
            database_url=read.url("EIA_DATABASE_URL", sqlite_in(data_dir), ("sqlite", "postgresql+psycopg")),
            base_url=read.url("EIA_BASE_URL", cls.base_url, ("http", "https")).rstrip("/"),
            broker_url=read.url(
                "EIA_BROKER_URL", cls.broker_url, ("filesystem", "redis", "rediss", "memory")
            ),
            limits_url=read.url("EIA_LIMITS_URL", cls.limits_url, ("memory", "redis", "rediss")),
            smtp_url=read.url("EIA_SMTP_URL", "", ("smtp", "smtp+starttls", "smtps")),
            mail_from=read.text("EIA_MAIL_FROM", cls.mail_from),
            mail_hours=read.hours("EIA_MAIL_HOURS", cls.mail_hours),
            mail_in_doubt=read.choice("EIA_MAIL_IN_DOUBT", cls.mail_in_doubt, ("resend", "ask")),
            notify_key=read.notify_key("EIA_NOTIFY_KEY"),
            notify_template=read.beside("EIA_NOTIFY_KEY", "EIA_NOTIFY_TEMPLATE"),
            notify_url=read.url("EIA_NOTIFY_URL", cls.notify_url, ("https", "http")),
            notify_callback_token=read.secret("EIA_NOTIFY_CALLBACK_TOKEN"),
            metrics_token=read.secret("EIA_METRICS_TOKEN"),
            place=read.text("EIA_PLACE", ""),
            trusted_hosts=read.words("EIA_TRUSTED_HOSTS"),
            rulebook_dir=read.directory("EIA_RULEBOOK_DIR"),
            language=read.choice("EIA_LANGUAGE", cls.language, ("en", "cy", PSEUDO)),
            proxies=read.count("EIA_PROXIES"),
            secret_key=read.secret("EIA_SECRET_KEY"),
        )

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names this installation answers to: its own and those it was told of."""
        own = urlsplit(self.base_url).hostname or ""
        local = LOOPBACK if own in {"localhost", "127.0.0.1", "::1"} else (own,)
        return tuple(dict.fromkeys(host for host in (*local, *self.trusted_hosts) if host))

    @property
    def is_secure(self) -> bool:
        """Whether people reach it by https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def sqlite_in(data_dir: Path) -> str:
    """The address of the database that an installation keeps in its own data directory."""
    return f"sqlite:///{data_dir / 'eia.sqlite'}"


def kept_secret(settings: Settings) -> str:
    """The secret that signs tokens: as set, or made once in the data directory for its owner only."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret-key"
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text("ascii").strip()


class _Reader:
    """Reads one variable at a time, and says what is wrong with it.

    In place of a value, NAME_FILE may name a file that holds it: a secret is then in no environment.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, default: str) -> str:
        return self._environment.get(name, "").strip() or self._in_file(f"{name}_FILE") or default

    def _in_file(self, name: str) -> str:
        path = self._environment.get(name, "").strip()
        try:
            return Path(path).read_text("utf-8").strip() if path else ""
        except (OSError, UnicodeDecodeError) as fault:
            raise SettingsError(f"{name} is {path!r}, which cannot be read.") from fault

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self.text(name, "").replace(",", " ").split())

    def choice(self, name: str, default: str, known: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in known:
            raise SettingsError(f"{name} is {value!r}: choose one of {', '.join(known)}.")
        return value

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value and value.partition("://")[0] not in schemes:
            # The value itself may hold a password, so only its beginning is named.
            starts = " or ".join(f"{scheme}://" for scheme in schemes)
            raise SettingsError(f"{name} must start with {starts}.")
        return value

    def count(self, name: str) -> int:
        value = self.text(name, "0")
        if not value.isdecimal():
            raise SettingsError(f"{name} is {value!r}: give a number, such as 1.")
        return int(value)

    def hours(self, name: str, default: tuple[time, time] | None) -> tuple[time, time] | None:
        """Such as 08:00-18:00, or "always"."""
        value = self.text(name, "")
        if value in ("", "always"):
            return None if value else default
        try:
            opens, closes = (time.fromisoformat(part.strip()) for part in value.split("-"))
        except ValueError:
            opens = closes = time(0)
        if opens >= closes:
            raise SettingsError(f"{name} is {value!r}: give hours such as 08:00-18:00, or always.")
        return opens, closes

    def directory(self, name: str) -> Path | None:
        value = self.text(name, "")
        if value and not Path(value).is_dir():
            raise SettingsError(f"{name} is {value!r}, which is not a directory.")
        return Path(value).resolve() if value else None

    def notify_key(self, name: str) -> str:
        value = self.text(name, "")
        if value and not _NOTIFY_KEY.fullmatch(value):
            raise SettingsError(f"{name} is no API key of GOV.UK Notify: copy it whole, as it was shown.")
        return value

    def beside(self, other: str, name: str) -> str:
        """Needed where the other is set."""
        value = self.text(name, "")
        if self.text(other, "") and not value:
            raise SettingsError(f"{other} is set: give {name} too.")
        return value

    def secret(self, name: str) -> str:
        value = self.text(name, "")
        if value and len(value) < 32:
            raise SettingsError(f"{name} is too short: use at least 32 characters, made at random.")
        return value
