"""What sort of plan a plan is."""

from __future__ import annotations

from enum import StrEnum


class PlanKind(StrEnum):
    """Why a body wrote it."""

    EQUALITY_ACTION_PLAN = "equality_action_plan"
    IMPROVEMENT_PLAN = "improvement_plan"
    PEER_CHALLENGE_RESPONSE = "peer_challenge_response"
    ASSESSMENT_ACTIONS = "assessment_actions"
