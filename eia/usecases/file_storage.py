"""Where the bytes of files are kept, apart from the database that knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from eia.domain.errors import Unavailable


class FileStorage(Protocol):
    """Keeps bytes under names that we made, until they are discarded."""

    def keep(self, name: str, content: bytes) -> None:
        """The bytes under this name, safe when this returns."""
        ...

    def read(self, name: str) -> bytes | None:
        """What was kept under this name; None when nothing is there."""
        ...

    def discard(self, name: str) -> None:
        """Nothing is under this name any more; it may have been nothing before."""
        ...

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """The names of everything that was kept before the moment."""
        ...


class NoFiles:
    """For doors through which no file comes."""

    def keep(self, name: str, content: bytes) -> None:
        """Raises `Unavailable`."""
        raise Unavailable

    def read(self, name: str) -> bytes | None:
        """Nothing."""
        return None

    def discard(self, name: str) -> None:
        """There is nothing to discard."""

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """Nothing."""
        return iter(())
