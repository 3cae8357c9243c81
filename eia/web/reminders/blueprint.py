"""The blueprint that every page of reminders is placed on."""

from flask import Blueprint

blueprint = Blueprint("reminders", __name__)
