"""When people are reminded: data of the workflow, read by the rules in `reminders`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from eia.domain.occasions import Occasion


@dataclass(frozen=True, kw_only=True)
class Chase:
    """When people are told of one occasion; weeks late and who hears then are as for target dates."""

    offsets: tuple[int, ...]
    on_the_day: bool = True
    overdue: bool = False
    escalates: bool = False
    escalate_after_days: int | None = None  # None: as for target dates


USUAL_CHASES: Mapping[Occasion, Chase] = MappingProxyType(
    {
        Occasion.TURN: Chase(offsets=(3,), overdue=True, escalates=True),
        Occasion.SIGNATURE: Chase(offsets=(3,), overdue=True, escalates=True),
        Occasion.CLOSING: Chase(offsets=(7, 1), on_the_day=False),
        Occasion.SILENT: Chase(offsets=(7,), on_the_day=False),
        Occasion.INVITATION: Chase(offsets=(7, 1), on_the_day=False),
        Occasion.PAPERS: Chase(offsets=(14, 7, 1), escalates=True, escalate_after_days=1),
        Occasion.DECISION: Chase(offsets=(28, 7), on_the_day=False),
        Occasion.REVIEW: Chase(offsets=(28, 7), overdue=True, escalates=True),
    }
)


@dataclass(frozen=True, kw_only=True)
class ReminderPolicy:
    """Days are calendar days before or after the latest target date, or another occasion's day."""

    offsets: tuple[int, ...] = (28, 14, 7, 1)
    on_the_day: bool = True
    overdue_every_days: int = 7  # 0: never
    escalate_after_days: int = 14
    ongoing_every: int = 3  # months between check-ins on what has no end
    event_every_months: int = 1  # "has it been announced?"
    undated_every_months: int = 1  # "please give a date"
    provisional_confirm_days: int = 60
    papers_working_days: int = 6  # five clear working days before the meeting
    chases: Mapping[Occasion, Chase] = field(default_factory=lambda: USUAL_CHASES)

    def of(self, occasion: Occasion) -> ReminderPolicy:
        """The policy as the rules read it for an occasion's day."""
        chase = self.chases[occasion]
        later = chase.escalate_after_days
        return replace(
            self,
            offsets=chase.offsets,
            on_the_day=chase.on_the_day,
            overdue_every_days=self.overdue_every_days if chase.overdue else 0,
            escalate_after_days=self.escalate_after_days if later is None else later,
        )
