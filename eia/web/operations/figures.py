"""How clock and mail stand, as figures for Prometheus: the same that the page for people shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from eia.usecases.operations import OperationsState


def exposition(state: OperationsState, now: datetime) -> bytes:
    """The figures in the text format of Prometheus; they are made when somebody asks and at no other time."""
    figures = CollectorRegistry()
    figures.register(_Figures(state, now))
    return generate_latest(figures)


class _Figures(Collector):
    def __init__(self, state: OperationsState, now: datetime) -> None:
        self._state = state
        self._now = now

    def collect(self) -> Iterator[Metric]:
        state = self._state
        yield self._rounds()
        yield _one("eia_sweep_late", "1 when a reminder sweep that was due was not made", state.sweep_is_late)
        yield self._age(
            "eia_mail_oldest_pending_seconds", "Age of the oldest unsent mail", state.oldest_pending_at
        )
        yield self._age(
            "eia_mail_queue_age_seconds", "How long mail that may go has waited", state.queued_since
        )
        yield _one("eia_mail_sent_today", "Mails sent since midnight in London", state.sent_today)
        yield self._waiting()
        yield _one("eia_mail_on_hold", "1 while no mail goes", state.hold_since is not None)

    def _rounds(self) -> Metric:
        """A round that was never made has no age, so that an alarm can tell it from a late one."""
        family = GaugeMetricFamily("eia_round_age_seconds", "Seconds since the round", labels=["round"])
        for name, at in (
            ("sweep", self._state.last_sweep_at),
            ("delivery", self._state.last_delivery_at),
            ("checkpoint", self._state.last_checkpoint_at),
        ):
            if at is not None:
                family.add_metric([name], self._since(at))
        return family

    def _waiting(self) -> Metric:
        family = GaugeMetricFamily("eia_mails", "Mails that have not gone, by state", labels=["state"])
        for state in ("pending", "failed", "expired", "held", "in_doubt"):
            family.add_metric([state], getattr(self._state, state))
        return family

    def _age(self, name: str, words: str, at: datetime | None) -> Metric:
        return _one(name, words, self._since(at) if at else 0)

    def _since(self, at: datetime) -> float:
        return max(0.0, (self._now - at).total_seconds())


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=float(value))
