"""What signing in asks."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from eia.web.i18n import lazy_gettext


class SignInForm(FlaskForm):
    """An address and a password; a password's length is bounded because hashing it takes time."""

    email = EmailField(
        lazy_gettext("Email address"),
        validators=[InputRequired(lazy_gettext("Enter your email address")), Length(max=254)],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[InputRequired(lazy_gettext("Enter your password")), Length(max=1000)],
    )


class ConfirmForm(FlaskForm):
    """A password again."""

    password = PasswordField(
        lazy_gettext("Password"),
        validators=[InputRequired(lazy_gettext("Enter your password")), Length(max=1000)],
    )
