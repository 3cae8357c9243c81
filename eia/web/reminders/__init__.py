"""Who is reminded of what, how a body wants it, who stands in, and the calendar."""

from eia.web.reminders import choosing, covering, previewing, sharing
from eia.web.reminders.blueprint import blueprint

__all__ = ["blueprint", "choosing", "covering", "previewing", "sharing"]
