"""How the body reminds, as its officer or administrator wants it."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.reminder_choices import NATIONS, POSTS_ABOVE, WEEK, ReminderChoices
from eia.usecases.reminder_settings import AskedChoices, change_reminders, reminder_settings
from eia.usecases.services import Services
from eia.web.filters import role as role_words
from eia.web.i18n import lazy_gettext
from eia.web.page import page
from eia.web.reminders.blueprint import blueprint

NATION_WORDS = {
    "england": lazy_gettext("England"),
    "wales": lazy_gettext("Wales"),
    "scotland": lazy_gettext("Scotland"),
    "northern_ireland": lazy_gettext("Northern Ireland"),
}
WEEKDAYS = (
    lazy_gettext("Monday"),
    lazy_gettext("Tuesday"),
    lazy_gettext("Wednesday"),
    lazy_gettext("Thursday"),
    lazy_gettext("Friday"),
)


@page(blueprint, "/settings/reminders", needs=Permission.SET_REMINDERS, methods=("GET", "POST"))
def settings(services: Services, actor: Actor) -> ResponseReturnValue:
    """When people are reminded, who hears when something is late, and when mail goes."""
    held = reminder_settings(services, actor)
    typed, problems = _as_typed(held.choices, held.version), {}
    if request.method == "POST":
        typed = _typed()
        try:
            change_reminders(services, actor, typed)
        except Invalid as refusal:
            problems = {field: gettext(sentence) for field, sentence in refusal.problems.items()}
        except Stale:
            problems = {"offsets": gettext("Somebody else chose meanwhile: look at what holds now")}
        else:
            flash(gettext("Saved. The next reminders go by this."))
            return redirect(url_for("reminders.settings"))
    shown = render_template(
        "reminders/settings.html",
        held=held,
        typed=asdict(typed),
        problems_found=problems,
        nations=[(nation, NATION_WORDS[nation]) for nation in NATIONS],
        posts=[(post.value, role_words(post)) for post in POSTS_ABOVE],
        weekdays=[(str(day), WEEKDAYS[day]) for day in WEEK],
    )
    return shown, 422 if problems else 200


def _as_typed(choices: ReminderChoices, version: int) -> AskedChoices:
    return AskedChoices(
        version=version,
        nation=choices.nation,
        offsets=", ".join(str(offset) for offset in choices.offsets),
        overdue_every_days=str(choices.overdue_every_days),
        escalate_after_days=str(choices.escalate_after_days),
        chain=tuple(choices.chain),
        opens=choices.opens.isoformat("minutes"),
        closes=choices.closes.isoformat("minutes"),
        digest_days=tuple(str(day) for day in choices.digest_days),
        with_calendar=choices.with_calendar,
    )


def _typed() -> AskedChoices:
    sent = request.form
    return AskedChoices(
        version=sent.get("version", 0, type=int),
        nation=sent.get("nation", ""),
        offsets=sent.get("offsets", ""),
        overdue_every_days=sent.get("overdue_every_days", ""),
        escalate_after_days=sent.get("escalate_after_days", ""),
        chain=(sent.get("chain", ""), sent.get("chain_then", "")),
        opens=sent.get("opens", ""),
        closes=sent.get("closes", ""),
        digest_days=tuple(sent.getlist("digest_days")),
        with_calendar="with_calendar" in sent,
    )
