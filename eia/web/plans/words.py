"""What the pages of plans say for the program's own names, and how they read what a form sent."""

from __future__ import annotations

from uuid import UUID

from eia.documents.plan_reading.columns import Column
from eia.domain.plan_decision import Verdict
from eia.domain.plan_doubt import Sureness
from eia.domain.plan_kind import PlanKind
from eia.web.i18n import lazy_gettext

KINDS = {
    PlanKind.EQUALITY_ACTION_PLAN: lazy_gettext("Equality action plan"),
    PlanKind.IMPROVEMENT_PLAN: lazy_gettext("Improvement plan"),
    PlanKind.PEER_CHALLENGE_RESPONSE: lazy_gettext("Response to a peer challenge"),
    PlanKind.ASSESSMENT_ACTIONS: lazy_gettext("Actions of an assessment"),
}
COLUMNS = {
    Column.LABEL: lazy_gettext("Printed number"),
    Column.HEADING: lazy_gettext("Priority or objective"),
    Column.ACTION: lazy_gettext("Action"),
    Column.TARGET: lazy_gettext("Target date"),
    Column.LEAD: lazy_gettext("Lead"),
    Column.OUTCOME: lazy_gettext("Outcome"),
    Column.PROGRESS: lazy_gettext("Progress"),
    Column.OTHER: lazy_gettext("Something else"),
}
SURENESS = {
    Sureness.SURE: (lazy_gettext("Certain"), "green"),
    Sureness.LIKELY: (lazy_gettext("Likely"), "light-blue"),
    Sureness.ASK: (lazy_gettext("Please check"), "yellow"),
}
VERDICTS = {
    Verdict.CONFIRMED: (lazy_gettext("Checked"), "green"),
    Verdict.CORRECTED: (lazy_gettext("Corrected"), "green"),
    Verdict.LEFT_OUT: (lazy_gettext("Left out"), "grey"),
    Verdict.AS_READ: (lazy_gettext("Taken as read"), "light-blue"),
}
PARTS = {
    "label": lazy_gettext("Printed number"),
    "heading": lazy_gettext("Priority or objective"),
    "text": lazy_gettext("What will be done"),
    "outcome": lazy_gettext("Outcome"),
    "target": lazy_gettext("Target date"),
}


def chosen_id(text: str) -> UUID | None:
    """The id that a form sent, None for nothing or nonsense."""
    try:
        return UUID(text)
    except ValueError:
        return None


def chosen_kind(text: str) -> PlanKind:
    """The kind of plan that a form sent; nonsense is the usual kind."""
    return PlanKind(text) if text in set(PlanKind) else PlanKind.EQUALITY_ACTION_PLAN
