"""A guard that fails, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """Why a move may not be made yet.

    `message` is a gettext message id: a sentence with %(name)s places that `values` fills. `where` names the form
    section ("screening"), or "evidence", "consultation", "actions", "sign_off", "schedule", where it can be put right.
    """

    guard: str
    message: str
    values: tuple[tuple[str, str], ...] = ()
    where: str | None = None
    characteristics: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The message in English with its places filled."""
        return self.message % dict(self.values)
