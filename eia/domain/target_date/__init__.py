"""Target dates as people write them in plans, kept as written and read without guessing silently."""

from eia.domain.target_date.parse import parse_target
from eia.domain.target_date.period import Period, financial_year, find_period, parse_period
from eia.domain.target_date.prose import times_said
from eia.domain.target_date.value import Milestone, TargetDate, TargetJson, TargetKind

__all__ = [
    "Milestone",
    "Period",
    "TargetDate",
    "TargetJson",
    "TargetKind",
    "financial_year",
    "find_period",
    "parse_period",
    "parse_target",
    "times_said",
]
