"""What makes an installation unsafe to put before people, each by name and with the way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Unsafe:
    """One thing that is wrong; with a fatal one the pages do not even start."""

    name: str
    why: str
    how: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.why}\n    {self.how}"
