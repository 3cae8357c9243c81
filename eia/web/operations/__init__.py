"""How it is running, and the mail."""

from eia.web.operations import mail, views
from eia.web.operations.blueprint import blueprint

__all__ = ["blueprint", "mail", "views"]
