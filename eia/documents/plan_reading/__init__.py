"""Plans in: text tables to actions and promised assessments, every doubt listed."""

from eia.documents.plan_reading.as_json import PlanJson, plan_as_json
from eia.documents.plan_reading.read import read_pieces, read_plan
from eia.documents.plan_reading.text import plan_text

__all__ = ["PlanJson", "plan_as_json", "plan_text", "read_pieces", "read_plan"]
