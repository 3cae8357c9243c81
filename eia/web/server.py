"""How gunicorn serves the pages; WEB_CONCURRENCY says in how many processes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import Any

from eia.settings import SettingsError
from eia.web.fitness import Unfit, fit_settings
from eia.wiring import log_settings

bind = "127.0.0.1:8000"
worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 20
keepalive = 75  # longer than a proxy keeps its side, so that none sends into a closing connection
max_requests = 50_000
max_requests_jitter = 5_000
limit_request_field_size = 8190
logconfig_dict = log_settings()
accesslog = None  # addresses can hold tokens; our own lines name the page
control_socket_disable = True  # nobody steers it but systemd or the container

_TIMES = "PROMETHEUS_MULTIPROC_DIR"  # where the page times of all processes are added up


def on_starting(server: Any) -> None:
    """What is fatal is said before any process is made: one that cannot begin is made again and again."""
    try:
        fit_settings()
    except (Unfit, SettingsError) as reason:
        sys.exit(str(reason))
    os.environ[_TIMES] = tempfile.mkdtemp(prefix="eia-metrics-")


def on_exit(server: Any) -> None:
    """The times were those of this run."""
    shutil.rmtree(os.environ.get(_TIMES, ""), ignore_errors=True)


def child_exit(server: Any, worker: Any) -> None:
    """What a process that ended had counted still counts."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
