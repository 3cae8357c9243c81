"""Everything that cannot be made again in one file: the database and the attached files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from eia import __version__
from eia.domain.errors import Invalid
from eia.domain.mail_hold import HoldKind
from eia.store import copies, mail_holds, migrate, place
from eia.store.copies import NotCopied
from eia.store.mail_holds import Hold
from eia.usecases.services import Services

__all__ = ["Contents", "NotCopied", "back_up", "restore"]

DATABASE = "database"
FILES = "attachments/"
EVER = datetime.max.replace(tzinfo=UTC)
CONTENTS = "contents.json"  # the last member: a file that was cut short has none


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a backup says of itself."""

    made_at: str
    release: str
    revision: str
    dialect: str
    sha256: Mapping[str, str]

    @property
    def files(self) -> int:
        """How many attached files it holds."""
        return sum(name.startswith(FILES) for name in self.sha256)


def back_up(services: Services, file: Path) -> Contents:
    """Writes the backup under its name only when it is whole, for its owner only.

    Files are copied before the database and after it: one that comes or goes meanwhile is in one of both.

    Raises:
        Invalid: the file is there already, or the database is empty.
        NotCopied: the database's own program could not.
    """
    revision = migrate.current(services.database)
    if revision is None:
        raise Invalid({"database": "There is nothing to back up: the database is empty."})
    if file.exists():
        raise Invalid({"file": f"{file} is there already. A backup never writes over another file."})
    making = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            contents = _write(services, revision, out, beside=file.parent)
            out.flush()
            os.fsync(out.fileno())
        making.rename(file)
    finally:
        making.unlink(missing_ok=True)
    return contents


def _write(services: Services, revision: str, out: io.BufferedWriter, *, beside: Path) -> Contents:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w") as archive, tempfile.TemporaryDirectory(dir=beside) as folder:
        made_at = services.now()
        _add_files(services, archive, sums)
        dump = Path(folder, DATABASE)
        copies.copy_out(services.database, dump)
        sums[DATABASE] = _sum(dump)
        archive.add(dump, DATABASE)
        _add_files(services, archive, sums)
        contents = Contents(
            made_at=made_at.isoformat(timespec="seconds"),
            release=__version__,
            revision=revision,
            dialect=services.database.dialect,
            sha256=sums,
        )
        _add(archive, CONTENTS, json.dumps(asdict(contents), indent=1).encode())
    return contents


def _add_files(services: Services, archive: tarfile.TarFile, sums: dict[str, str]) -> None:
    """Every attached file that is not in it yet."""
    for name in services.files.kept_before(EVER):
        content = services.files.read(name) if FILES + name not in sums else None
        if content is not None:
            _add(archive, FILES + name, content)
            sums[FILES + name] = hashlib.sha256(content).hexdigest()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def restore(services: Services, file: Path) -> Contents:
    """Puts a backup back where there is no database yet, at this release's shape, with all mail on hold.

    What waited when the backup was made may have gone since: a person looks before any of it goes.

    Raises:
        Invalid: it is not whole, not of this kind of database, of a newer release, or something is there.
        NotCopied: the database's own program could not.
    """
    if not copies.is_empty(services.database):
        raise Invalid({"database": "There is a database already. Restore into an empty one."})
    with tempfile.TemporaryDirectory() as folder:
        contents = _unpacked(file, Path(folder))
        _refuse_what_does_not_fit(services, contents)
        for name in _files(contents):
            services.files.keep(name.removeprefix(FILES), Path(folder, name).read_bytes())
        # Last, so that a database that is there has its files, and next to nothing comes before the hold.
        copies.copy_in(services.database, Path(folder, DATABASE))
    migrate.upgrade(services.database)
    _hold_mail(services, contents)
    return contents


def _unpacked(file: Path, folder: Path) -> Contents:
    """Everything in it, each with the hash that it had when it was made."""
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        contents = Contents(**json.loads(Path(folder, CONTENTS).read_bytes()))
        changed = [name for name, kept in contents.sha256.items() if _sum(Path(folder, name)) != kept]
    except (tarfile.TarError, OSError, ValueError, TypeError) as fault:
        raise Invalid({"file": f"{file} is no whole backup of ours."}) from fault
    if changed or DATABASE not in contents.sha256:
        raise Invalid({"file": f"{file} is not as it was made: {', '.join(changed) or 'no database'}."})
    return contents


def _refuse_what_does_not_fit(services: Services, contents: Contents) -> None:
    if contents.dialect != services.database.dialect:
        raise Invalid(
            {"file": f"This is a backup of {contents.dialect}, not of {services.database.dialect}."}
        )
    if contents.revision > migrate.head():
        raise Invalid({"file": f"Release {contents.release} made it. Install that release, or a newer one."})


def _files(contents: Contents) -> Iterator[str]:
    return (name for name in contents.sha256 if name.startswith(FILES))


def _hold_mail(services: Services, contents: Contents) -> None:
    now, reason = services.now(), f"The backup of {contents.made_at} was put back"
    with services.database.write() as work:
        found = place.standing(work.connection)
        mark = max(services.place.mark(), found.mark if found else 0)
        stop = Hold(kind=HoldKind.RESTORED, reason=reason, since=now, detail=str(mark))
        mail_holds.add(work.connection, services.new_id(), stop)


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
