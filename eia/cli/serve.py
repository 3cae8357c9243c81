"""`eia up` and `eia demo`: the pages, the clock and the mail in one process."""

from __future__ import annotations

import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol

import click

from eia.cli.services import settings_from_environment
from eia.settings import Settings, sqlite_in

if TYPE_CHECKING:
    from eia.usecases.services import Services

PORT = 8000
LARGEST_REQUEST = 50_000_000  # bytes: more is not even kept until we have looked who sends it
MOMENT = 2.0  # seconds
STOPS_WITHIN = 3.0  # seconds after Ctrl-C, whatever is still going on: nothing is lost that is not a row


class Background(Protocol):
    """The embedded worker and its clock."""

    def stop(self) -> None:
        """Ends what runs, soon."""
        ...


_port = click.option("--port", type=click.IntRange(0, 65535), help=f"Default: {PORT}, or a free one.")
_no_browser = click.option("--no-browser", is_flag=True, help="Do not open a browser.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@_port
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Where it keeps its data (EIA_DATA_DIR)."
)
@_no_browser
def up(host: str, port: int | None, data: Path | None, no_browser: bool) -> None:
    """Run the pages, the clock and the mail in one process.

    What an installation may choose is in variables of the environment that begin with EIA_.
    """
    from eia.usecases.begin import kind
    from eia.wiring import set_up_logs

    listening = _listen(host, port)
    settings = _reachable(_placed(settings_from_environment(), data), listening)
    set_up_logs()
    _migrate(settings)
    if kind(_services(settings)) is None:
        raise click.ClickException("Nobody can sign in yet. First run: eia begin")
    _refuse_what_is_unsafe(settings)
    _serve(settings, listening, None if no_browser else settings.base_url)


@click.command()
@_port
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Where the demonstration is kept; delete it to begin anew.",
)
@_no_browser
def demo(port: int | None, data: Path, no_browser: bool) -> None:
    """Open a council with years of invented work in the browser."""
    listening = _listen("127.0.0.1", port)
    place = data.expanduser().resolve()
    settings = Settings(
        data_dir=place,
        database_url=sqlite_in(place),
        base_url=_address(listening),
        mail_from="eia@example.org",
        mail_hours=None,  # whoever looks round in the evening sees what goes
    )
    _make_demo(settings)
    _serve(settings, listening, None if no_browser else settings.base_url)


def _refuse_what_is_unsafe(settings: Settings) -> None:
    from eia.usecases import deployment

    if wrong := deployment.fatal(settings, _services(settings), os.environ):
        raise click.ClickException("\n".join(map(str, wrong)))


def _make_demo(settings: Settings) -> None:
    """The data directory holds a finished demonstration, made now if there is none."""
    from eia.usecases.begin import kind

    database = settings.data_dir / "eia.sqlite"
    if database.exists():
        _migrate(settings)
        if kind(_services(settings)) != "demo":
            raise click.ClickException(
                f"{settings.data_dir} holds a real installation, not a demonstration. "
                "Choose another directory with --data."
            )
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    click.echo("Making a council with years of work (the first time only)")
    _build_beside(settings, database)


def _build_beside(settings: Settings, database: Path) -> None:
    """Built under another name, then renamed: one that was cut short is never taken for a demonstration."""
    from eia.usecases.demo.build import build_demo

    making = database.with_name(f"making-{os.getpid()}.sqlite")
    making.unlink(missing_ok=True)
    services = _services(replace(settings, database_url=f"sqlite:///{making}"))
    try:
        build_demo(services)
    finally:
        services.database.close()
    making.rename(database)


def _serve(settings: Settings, listening: socket.socket, open_at: str | None) -> None:
    """Answers pages until it is told to stop."""
    from waitress import create_server

    from eia.web import create_app

    server = create_server(
        create_app(_services(settings), settings),
        sockets=[listening],
        threads=8,
        ident=None,
        max_request_body_size=LARGEST_REQUEST,
    )
    background = _Later(lambda: _embedded(settings))
    background.start()
    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):  # also where a script's background ignores Ctrl-C
        signal.signal(asked_to_stop, _interrupted)
    click.echo(f"Ready at {settings.base_url}/  (stop with Ctrl-C)")
    if open_at:
        threading.Thread(target=webbrowser.open, args=(f"{open_at}/",), daemon=True).start()
    try:
        server.run()
    finally:
        _end(server.close, background.stop)


class _Later(threading.Thread):
    """Starts the worker a moment later: Celery is a second of imports, and the first page goes first."""

    def __init__(self, start: Callable[[], Background]) -> None:
        super().__init__(name="eia-background", daemon=True)
        self._start_background = start
        self._background: Background | None = None
        self._stopping = threading.Event()

    def run(self) -> None:
        if not self._stopping.wait(MOMENT):
            self._background = self._start_background()

    def stop(self) -> None:
        self._stopping.set()
        self.join(STOPS_WITHIN)
        if self._background:
            self._background.stop()


def _embedded(settings: Settings) -> Background:
    """The worker and its clock; found by name, because nothing may import the worker."""
    try:
        module = import_module("worker.embedded")
    except ModuleNotFoundError:  # in a wheel it lives inside the package
        module = import_module("eia.worker.embedded")
    started: Background = module.start(settings)
    return started


def _end(*stops: Callable[[], None]) -> None:
    """Stops everything, and the process with it when something does not heed."""
    click.echo("\nStopping")
    deadline = threading.Timer(STOPS_WITHIN, lambda: os._exit(0))
    deadline.daemon = True
    deadline.start()
    for stop in stops:
        stop()


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket at the port that was asked for; at the usual one, or any free one when that is taken."""
    wanted = [port] if port is not None else [PORT, 0]
    for each in wanted:
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, each))
        except OSError:
            listening.close()
            continue
        return listening
    raise click.ClickException(f"Port {port} is taken. Choose another with --port.")


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _reachable(settings: Settings, listening: socket.socket) -> Settings:
    """The address that links are built with: as set, or where we listen when that is this machine only."""
    if os.environ.get("EIA_BASE_URL"):
        return settings
    if not listening.getsockname()[0].startswith(("127.", "::1")):
        raise click.ClickException(
            "Set EIA_BASE_URL to the address people use, such as https://eia.example.org, "
            "so that links and cookies are made for it."
        )
    return replace(settings, base_url=_address(listening))


def _placed(settings: Settings, data: Path | None) -> Settings:
    if data is None:
        return settings
    place = data.expanduser().resolve()
    url = settings.database_url if os.environ.get("EIA_DATABASE_URL") else sqlite_in(place)
    return replace(settings, data_dir=place, database_url=url)


def _migrate(settings: Settings) -> None:
    from eia.usecases import upkeep

    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    upkeep.upgrade(_services(settings))


def _services(settings: Settings) -> Services:
    from eia.wiring import build_services

    return build_services(settings)
