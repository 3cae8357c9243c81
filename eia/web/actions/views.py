"""Every page of actions, so that importing one name registers them all."""

from __future__ import annotations

from eia.web.actions import answering, changing, reading, steps
from eia.web.actions.blueprint import blueprint

__all__ = ["answering", "blueprint", "changing", "reading", "steps"]
