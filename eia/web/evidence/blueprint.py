"""The pages of evidence."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)

ALL = "/assessments/<uuid:assessment_id>/evidence"
ONE = f"{ALL}/<uuid:evidence_id>"
