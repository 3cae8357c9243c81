"""Which language a page speaks, and a language in which no sentence can hide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain
from flask_babel import lazy_gettext as _lazy_gettext

from eia.settings import PSEUDO, Settings
from eia.web.session import current_visit

OPEN, CLOSE = "⟦", "⟧"

# A sentence for later: translated each time it is shown, in the language of whoever sees it.
lazy_gettext = cast("Callable[[str], str]", _lazy_gettext)


def set_up(app: Flask, settings: Settings) -> None:
    """Sentences go through gettext; dates and times are those of London."""
    pseudo = settings.language == PSEUDO
    default = "en_GB" if settings.language in {"en", PSEUDO} else settings.language
    babel = Babel(
        app,
        default_locale=default,
        default_timezone="Europe/London",
        locale_selector=lambda: default if pseudo else _language(default),
    )
    if pseudo:
        babel.domain_instance = PseudoDomain()
    app.jinja_env.policies["ext.i18n.trimmed"] = True


def _language(default: str) -> str:
    visit = current_visit()
    wanted = visit.actor.language if visit else ""
    return {"en": "en_GB", "cy": "cy"}.get(wanted, default)


class PseudoTranslations(NullTranslations):
    """English with every sentence in marks: text outside them bypassed translation."""

    def ugettext(self, message: Any) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ungettext(self, singular: Any, plural: Any, num: Any) -> str:
        return self.ugettext(singular if num == 1 else plural)

    def upgettext(self, context: str, message: Any) -> str:
        return self.ugettext(message)

    def unpgettext(self, context: str, singular: Any, plural: Any, num: Any) -> str:
        return self.ungettext(singular, plural, num)


class PseudoDomain(Domain):
    """Speaks the pseudo-language whatever is asked for."""

    def get_translations(self) -> Translations | NullTranslations:
        """The marked English."""
        return PseudoTranslations()
