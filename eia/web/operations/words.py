"""Why mail waits, and what to do about it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from eia.domain.mail_hold import HoldKind
from eia.usecases.unsettled import Choice
from eia.web.i18n import lazy_gettext

HOLDS: Mapping[HoldKind, tuple[LazyString, LazyString]] = {
    HoldKind.REFUSED: (
        lazy_gettext("The mail server refuses us"),
        lazy_gettext("Put the sign-in or the sender's address for mail right, then let mail go."),
    ),
    HoldKind.UNREACHABLE: (
        lazy_gettext("The mail server does not answer"),
        lazy_gettext("It is tried again by itself. Nothing is lost meanwhile."),
    ),
    HoldKind.STORM: (
        lazy_gettext("Far more reminders than usual"),
        lazy_gettext("Look at some of the mails. Let them go, or give up those that should not."),
    ),
    HoldKind.CLOCK: (
        lazy_gettext("The clock jumped"),
        lazy_gettext("Put the machine's clock right. No reminders are recorded until you let mail go."),
    ),
    HoldKind.RESTORED: (
        lazy_gettext("An older copy of the data was put back"),
        lazy_gettext(
            "What waits may have gone after that copy was made. Give up or mark as delivered what people "
            "have had, then let the rest go."
        ),
    ),
    HoldKind.COPIED: (
        lazy_gettext("This looks like a copy of another installation"),
        lazy_gettext(
            "Nothing is recorded or sent from a copy. Only let mail go if the service moved here for good: "
            "from then on, real people get its mail from this machine."
        ),
    ),
}

STATES: Mapping[str, tuple[LazyString, LazyString]] = {
    "failed": (
        lazy_gettext("Could not be delivered"),
        lazy_gettext(
            "It was refused for good, and the next post up has been told. If the address is wrong, change it "
            "first."
        ),
    ),
    "expired": (
        lazy_gettext("Given up after three days"),
        lazy_gettext("It was put off again and again. What it asked for is asked again in a later mail."),
    ),
    "in_doubt": (
        lazy_gettext("May have gone"),
        lazy_gettext(
            "It was being handed over when the work was cut short. Ask the person, or send it again."
        ),
    ),
    "held": (
        lazy_gettext("On hold"),
        lazy_gettext("It goes when mail is let go, unless you give it up here."),
    ),
}

CHOICES: Mapping[Choice, tuple[LazyString, LazyString]] = {
    Choice.AGAIN: (
        lazy_gettext("Send it again"),
        lazy_gettext("What no longer holds is left out. A copy of what may have gone is marked as the same."),
    ),
    Choice.DELIVERED: (
        lazy_gettext("Mark it as delivered"),
        lazy_gettext("The person has it, or knows."),
    ),
    Choice.GIVE_UP: (lazy_gettext("Give it up"), lazy_gettext("It will not be sent.")),
}
