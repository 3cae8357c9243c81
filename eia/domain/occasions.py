"""The days in an assessment's life, beside what was promised, that somebody has to be told of in time."""

from __future__ import annotations

from enum import StrEnum


class Occasion(StrEnum):
    """What a reminder is about when it is about no promise; the ledger keeps it as the kind of subject."""

    TURN = "turn"  # a stage should be over: whoever has it
    SIGNATURE = "signature"  # the same where signatures are collected: whoever signs next
    CLOSING = "closing"  # a consultation closes: the lead
    SILENT = "silent"  # somebody invited has not answered: the lead
    INVITATION = "invitation"  # the same: whoever was invited, where mail may reach them
    PAPERS = "papers"  # the decision's papers go out, and nobody has approved it: the lead
    DECISION = "decision"  # the day of the decision: the lead
    REVIEW = "review"  # what was approved has to be looked at again: the lead
