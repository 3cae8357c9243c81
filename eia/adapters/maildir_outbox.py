"""Mail that goes nowhere: kept in a Maildir, which the outbox page and any mail reader can show."""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from eia.domain.mail import Mail, Post


class MaildirOutbox:
    """A Maildir that is made at the first mail, readable by its owner only."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @contextmanager
    def connect(self) -> Iterator[Post]:
        """The opened Maildir."""
        self._directory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        box = mailbox.Maildir(self._directory, create=True)
        try:
            yield _MaildirPost(box)
        finally:
            box.close()


class _MaildirPost:
    def __init__(self, box: mailbox.Maildir) -> None:
        self._box = box

    def has(self, key: str) -> bool:
        """A Maildir is not asked: a copy in it harms nobody."""
        return False

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        """Keep one mail."""
        intend()
        self._box.add(mail.raw)
