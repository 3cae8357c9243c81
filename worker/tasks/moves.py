"""Moves that the clock makes."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from eia.usecases.moves import make_clock_moves


@shared_task(bind=True, name="eia.moves.clock")
def clock_moves(self: Any) -> None:
    """Make the moves whose day has come."""
    make_clock_moves(self.app.eia.services)
