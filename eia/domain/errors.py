"""The handful of ways a request can fail, raised with facts and turned into words once, at a door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eia.domain.people import Role
    from eia.domain.unmet import Unmet


class Refusal(Exception):
    """A request that was understood and not carried out; nothing was written."""


class NotFound(Refusal):
    """There is no such thing, or this person may not know that there is."""


class NotAllowed(Refusal):
    """The person may see the thing but not do this to it: `reason` says why, `roles` who may."""

    def __init__(self, reason: str, *, roles: Sequence[Role] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.roles = tuple(roles)


class NotReady(Refusal):
    """A move's guards are unmet: all of them, never only the first."""

    def __init__(self, unmet: Sequence[Unmet]) -> None:
        super().__init__(", ".join(item.guard for item in unmet))
        self.unmet = tuple(unmet)


class Invalid(Refusal):
    """What was typed cannot be taken; `problems` maps a field to a sentence that says how to fix it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)


class Stale(Refusal):
    """Somebody changed the thing after the page was shown; `changed` says what, oldest first."""

    def __init__(self, changed: Sequence[str], *, current_version: int) -> None:
        super().__init__(f"now at version {current_version}")
        self.changed = tuple(changed)
        self.current_version = current_version


class Unavailable(Refusal):
    """Something the request needs is not there just now; trying again later may work."""
