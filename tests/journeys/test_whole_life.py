"""One assessment from schedule to closed, and the ways in which it does not go straight on."""

from __future__ import annotations

from eia.usecases.audit import verify
from tests.journeys.life import Life
from tests.journeys.walker import text


def test_an_assessment_is_scheduled_screened_consulted_on_reviewed_signed_twice_and_closed(life: Life):
    life.close()
    assert life.stage() == "closed"
    history = text(life.person("lea").look(f"{life.at}/history"))
    for verb in (
        "Submit the screening",
        "Recommend for sign-off",
        "Approve and sign",
        "Close this assessment",
    ):
        assert verb in history


def test_the_record_of_a_whole_life_holds_against_itself(life: Life):
    life.close()
    assert verify(life.town.services).problems == ()
