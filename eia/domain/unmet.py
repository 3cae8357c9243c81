"""A guard that fails, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """Why a move may not be made yet.

    `message` is a gettext message id: a sentence with %(name)s places that `values` fills. `where` names the
    section where it can be put right: a form ("screening"), "evidence", "consultation", "actions",
    "sign_off", or "details" for title, dates and people.
    """

    guard: str
    message: str
    values: tuple[tuple[str, str], ...] = ()
    where: str | None = None
    characteristics: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The message in English with its places filled."""
        return self.message % dict(self.values)
