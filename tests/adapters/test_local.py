"""What an installation keeps beside its database: its own mail, its calendar, its place."""

from __future__ import annotations

import mailbox
from datetime import date
from pathlib import Path

from eia.adapters.holidays_calendar import bank_holidays
from eia.adapters.maildir_outbox import MaildirOutbox
from eia.adapters.place import DataDirectory
from eia.domain.mail import Mail

MAIL = Mail(
    key="key",
    sender="equality@example.org",
    recipient="lead@example.org",
    subject="1 thing needs you",
    text="Hello",
    raw=b"Subject: 1 thing needs you\r\nTo: lead@example.org\r\n\r\nHello\r\n",
)


def test_the_local_outbox_keeps_the_very_bytes(tmp_path: Path):
    with MaildirOutbox(tmp_path / "data" / "outbox").connect() as post:
        post.send(MAIL, lambda: None)
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


def test_a_place_keeps_its_name(tmp_path: Path):
    here = DataDirectory(tmp_path / "data", host="eia.example.org")
    assert here.id() == DataDirectory(tmp_path / "data", host="eia.example.org").id()
    assert here.id().endswith("@eia.example.org")


def test_a_clone_of_the_whole_machine_under_another_name_is_another_place(tmp_path: Path):
    names = {DataDirectory(tmp_path, host=host).id() for host in ("eia.example.org", "test.example.org")}
    assert len(names) == 2


def test_machines_that_share_a_name_are_one_place(tmp_path: Path):
    names = {DataDirectory(tmp_path / each, host="eia.example.org", name="live").id() for each in "ab"}
    assert names == {"live@eia.example.org"}


def test_a_mark_only_grows_and_one_that_cannot_be_read_says_nothing(tmp_path: Path):
    here = DataDirectory(tmp_path, host="eia.example.org")
    assert here.mark() == 0
    here.keep(7)
    here.keep(3)
    assert here.mark() == 7
    (tmp_path / "high-water-mark").write_text("")
    assert here.mark() == 0
