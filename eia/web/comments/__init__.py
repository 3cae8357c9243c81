"""Comments: what people who write and check an assessment say to each other about it."""

from eia.web.comments import views, words
from eia.web.comments.blueprint import blueprint

__all__ = ["blueprint", "views", "words"]
