"""Where an installation stands: a name and a mark in its data directory, outside the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class DataDirectory:
    """Two small files beside the data.

    The name goes with the host that people reach it by: whoever clones the whole machine to try things out
    gives it another one.
    """

    def __init__(self, directory: Path, *, host: str, name: str = "") -> None:
        self._directory = directory
        self._host = host
        self._name = name

    def id(self) -> str:
        """The place's own name: as set, or made once."""
        return f"{self._name or self._kept_name()}@{self._host}"

    def mark(self) -> int:
        """The highest mark that was kept here; 0 where there is none that can be read."""
        try:
            return int(self._mark_file.read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def keep(self, mark: int) -> None:
        """Remember that the database has come so far, in a file that is whole at any moment."""
        if mark <= self.mark():
            return
        self._made()
        fresh = self._mark_file.with_suffix(f".{os.getpid()}")
        fresh.write_text(f"{mark}\n", "ascii")
        fresh.replace(self._mark_file)

    @property
    def _mark_file(self) -> Path:
        return self._directory / "high-water-mark"

    def _kept_name(self) -> str:
        path = self._made() / "place"
        try:
            with open(
                os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii"
            ) as file:
                file.write(secrets.token_hex(16))
        except FileExistsError:
            pass
        return path.read_text("ascii").strip()

    def _made(self) -> Path:
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._directory
