"""Where the pages of reports are registered."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)

KIND = "<any('quarterly-pack', 'annual-report', 'annual-review'):kind>"
