"""Files beside what people write in an assessment."""

from eia.web.attachments import words
from eia.web.attachments.views import blueprint

__all__ = ["blueprint", "words"]
