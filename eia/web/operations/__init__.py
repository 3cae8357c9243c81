"""How it is running, and the mail."""

from eia.web.operations import mail, metrics, receipts, views
from eia.web.operations.blueprint import blueprint

__all__ = ["blueprint", "mail", "metrics", "receipts", "views"]
