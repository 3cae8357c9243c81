"""Who was asked, what they said, and what changed."""

from eia.web.consultation import invited
from eia.web.consultation.views import blueprint

__all__ = ["blueprint", "invited"]
