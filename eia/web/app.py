"""Puts the pages together."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from eia.settings import Settings, kept_secret
from eia.usecases.services import Services
from eia.web import (
    answers_summary,
    errors,
    filters,
    frame,
    i18n,
    page,
    request_log,
    security,
    session,
    wording,
)

# Every folder of pages. Blueprints never import each other: they meet here, and in the names of addresses.
BLUEPRINTS = (
    "sign_in",
    "home",
    "programme",
    "search",
    "assessments",
    "operations",
    "people",
    "settings",
    "reminders",
    "evidence",
    "library",
    "consultation",
    "comments",
    "attachments",
    "record",
    "actions",
    "sign_off",
    "plans",
    "reports",
    "frameworks",
)


def create_app(services: Services, settings: Settings) -> Flask:
    """The web application of one installation."""
    app = Flask("eia.web", static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=kept_secret(settings),
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,  # a file of 10 MB and the form around it
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # addresses of static files change with their content
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long form must not lose its text
    )
    app.extensions["eia"] = page.House(services=services, settings=settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    request_log.set_up(app)  # before all others, so that it is the last to see the answer
    set_up_templates(app)
    session.set_up(app)  # before security: who asks decides which CSRF token is right
    security.set_up(app)
    i18n.set_up(app, settings)
    filters.set_up(app)
    wording.set_up(app)
    answers_summary.set_up(app)
    frame.set_up(app)
    errors.set_up(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(f"eia.web.{name}").blueprint)
    return app


def set_up_templates(app: Flask) -> None:
    """Our pages, and the GOV.UK macros under `govuk_frontend_jinja/`."""
    ours = app.jinja_env.loader or app.create_global_jinja_loader()
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_env.loader = ChoiceLoader([ours, components])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
