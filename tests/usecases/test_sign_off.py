"""What a signatory is shown, and that their answer goes through the one door."""

import pytest

from eia.domain.errors import NotFound, Stale
from eia.domain.facts import AnswerKey
from eia.domain.people import Role
from eia.store.database import Database
from eia.usecases.moves import make_move
from eia.usecases.sign_off import refuse, sign, sign_off_page
from tests.council import Council
from tests.usecases.test_moves import CHECKED


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council):
    made = council.assessment("quality_review", answers=CHECKED)
    make_move(council.services, council["champion"], made, "recommend")
    return made


def test_the_page_says_whose_signature_is_awaited_and_what_they_attest(council, assessment_id) -> None:
    page = sign_off_page(council.services, council["head"], assessment_id)
    assert page.awaited == (Role.HEAD_OF_SERVICE, Role.DIRECTOR)[:1]
    assert page.sign is not None
    assert page.sign.is_open
    assert "due regard" in page.attestation


def test_the_director_sees_that_it_is_not_their_turn(council, assessment_id) -> None:
    page = sign_off_page(council.services, council["director"], assessment_id)
    assert page.sign is not None
    assert not page.sign.is_open


def test_whoever_may_not_see_it_is_shown_no_signatures(council, assessment_id) -> None:
    with pytest.raises(NotFound):
        sign_off_page(council.services, council["stranger"], assessment_id)


def test_what_was_read_is_what_is_signed(council, assessment_id) -> None:
    council.answer(assessment_id, {AnswerKey("impact", "aim_foster"): "More mixing"})
    with pytest.raises(Stale):
        sign(council.services, council["head"], assessment_id, page_version=2, attested=True)


def test_a_signature_shows_on_the_page_of_the_next_signatory(council, assessment_id) -> None:
    sign(council.services, council["head"], assessment_id, page_version=2, attested=True)
    page = sign_off_page(council.services, council["director"], assessment_id)
    assert [given.person_id for given in page.signatures] == [council["head"].id]
    assert page.awaited == (Role.DIRECTOR,)


def test_a_refusal_goes_back_with_its_reasons(council, assessment_id) -> None:
    made = refuse(
        council.services,
        council["head"],
        assessment_id,
        page_version=2,
        reasons=("not_satisfied",),
        comment="Who was asked?",
    )
    assert made.stage == "analysis"
