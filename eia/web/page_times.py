"""How long pages take, counted in this process, or in files that all processes of a server share.

The files are in the folder that PROMETHEUS_MULTIPROC_DIR names before this is imported.
"""

from __future__ import annotations

import os

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

__all__ = ["CONTENT_TYPE", "exposition", "took"]

_HERE = CollectorRegistry()
_SECONDS = Histogram(
    "eia_page_seconds",
    "How long pages took",
    ("endpoint", "method", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_HERE,
)


def took(seconds: float, *, endpoint: str, method: str, status: int) -> None:
    """One page was answered; `status` counts by its first digit, so that there are few series."""
    _SECONDS.labels(endpoint, method, f"{status // 100}xx").observe(seconds)


def exposition() -> bytes:
    """The times in the text format of Prometheus."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(_HERE)
    everywhere = CollectorRegistry()
    MultiProcessCollector(everywhere)  # type: ignore[no-untyped-call]
    return generate_latest(everywhere)
