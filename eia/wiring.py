"""Builds the services that the doors hand their requests to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from eia import content
from eia.adapters.clock import SystemClock
from eia.adapters.file_storage import FolderFiles
from eia.adapters.holidays_calendar import bank_holidays
from eia.adapters.ids import new_id as fresh_id
from eia.adapters.maildir_outbox import MaildirOutbox
from eia.adapters.notify import NotifyMailer
from eia.adapters.password import Argon2Passwords
from eia.adapters.place import DataDirectory
from eia.adapters.smtp import SmtpMailer
from eia.documents.record.own_template import check_template
from eia.domain.mail import Letterhead, Mailer, MailRules
from eia.settings import Settings, kept_secret
from eia.store.database import Database
from eia.usecases.services import Clock, Services

__all__ = ["Mailer", "Settings", "build_mailer", "build_services"]


def build_services(
    settings: Settings, *, clock: Clock | None = None, new_id: Callable[[], UUID] | None = None
) -> Services:
    """What every use case is handed, as the settings ask."""
    if settings.rulebook_dir:
        content.lay_beside(settings.rulebook_dir)
        if template := content.record_template():
            check_template(template)
    return Services(
        database=Database(settings.database_url),
        clock=clock or SystemClock(),
        new_id=new_id or fresh_id,
        passwords=Argon2Passwords(),
        bank_holidays=bank_holidays,
        letterhead=Letterhead(sender=settings.mail_from, base_url=settings.base_url),
        mail_rules=_mail_rules(settings),
        place=DataDirectory(
            settings.data_dir, host=urlsplit(settings.base_url).hostname or "", name=settings.place
        ),
        files=FolderFiles(settings.data_dir / "attachments"),
        secret=partial(kept_secret, settings),
    )


def _mail_rules(settings: Settings) -> MailRules:
    resend = settings.mail_in_doubt == "resend"
    if settings.mail_hours is None:
        return MailRules(always_open=True, resend_when_in_doubt=resend)
    opens, closes = settings.mail_hours
    return MailRules(opens=opens, closes=closes, resend_when_in_doubt=resend)


def build_mailer(settings: Settings) -> Mailer:
    """Where mail goes: GOV.UK Notify, the SMTP server that is named, or a Maildir beside the data."""
    if settings.notify_key:
        return NotifyMailer(settings.notify_key, template=settings.notify_template, url=settings.notify_url)
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url)
    return MaildirOutbox(settings.data_dir / "outbox")


def set_up_logs() -> None:
    """Every line that this process logs is one of JSON."""
    from eia.adapters import logs  # half a second of imports that a command need not spend

    logs.set_up_logs()


def log_settings() -> dict[str, Any]:
    """The same for a server that sets up its log from a dictionary."""
    from eia.adapters import logs

    return dict(logs.LOGS)
