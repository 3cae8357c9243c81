"""A weakness that a careful reader would notice, and where it can be put right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a weakness matters: what a challenge would begin with, or what is worth a second look."""

    SERIOUS = "serious"
    WORTH_A_LOOK = "worth_a_look"


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What the coach noticed. It advises and never refuses: that is for guards.

    `message` is a gettext message id: a sentence with %(name)s places that `values` fills. `where` names the
    section where it can be put right: a form, "evidence", "consultation", "actions", or "details" for title,
    dates and people. `characteristics` are those it is about.
    """

    rule: str
    message: str
    values: tuple[tuple[str, str], ...] = ()
    where: str
    characteristics: tuple[str, ...] = ()
    severity: Severity = Severity.WORTH_A_LOOK

    def sentence(self) -> str:
        """The message in English with its places filled."""
        return self.message % dict(self.values)
