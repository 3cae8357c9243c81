"""Plans in: text tables to actions and promised assessments, every doubt listed."""

from eia.documents.plan_reading.as_json import PlanJson, plan_as_json
from eia.documents.plan_reading.document import Document
from eia.documents.plan_reading.files import document_of, read_document, read_file
from eia.documents.plan_reading.read import read_pieces, read_plan
from eia.documents.plan_reading.text import plan_text

__all__ = [
    "Document",
    "PlanJson",
    "document_of",
    "plan_as_json",
    "plan_text",
    "read_document",
    "read_file",
    "read_pieces",
    "read_plan",
]
