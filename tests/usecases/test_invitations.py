"""Who was invited by name: kept, answered, taken back, and nobody's business but those who write it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.people import Role
from eia.store.content_hash import content_hash
from eia.store.database import Database
from eia.store.load_facts import load_facts
from eia.usecases.consultation import add_consultation, remove_consultation
from eia.usecases.invitations import InvitedPage, invite, invited_page, record_answer, take_back
from eia.usecases.parties import confirm_party, known_parties
from tests.council import BODY, Council
from tests.usecases.test_consultation import SURVEY


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    return council.assessment("consultation")


@pytest.fixture
def survey(council: Council, assessment_id: UUID) -> UUID:
    return add_consultation(council.services, council["lead"], assessment_id, SURVEY)


def page(council: Council, assessment_id: UUID, survey: UUID, who: str = "lead") -> InvitedPage:
    return invited_page(council.services, council[who], assessment_id, survey)


def test_whoever_is_invited_is_silent_until_somebody_says_that_they_answered(council, assessment_id, survey):
    for name in ("Access  Forum", "Zebra Trust"):
        invite(council.services, council["lead"], assessment_id, survey, name)
    forum, zebra = page(council, assessment_id, survey).invited
    assert (forum.name, forum.answered_on, forum.reached_by_mail) == ("Access Forum", None, False)
    record_answer(council.services, council["lead"], assessment_id, survey, forum.id)
    silent, answered = page(council, assessment_id, survey).invited
    assert (silent.id, silent.answered_on) == (zebra.id, None)
    assert (answered.id, answered.answered_on) == (forum.id, council.services.today())


def test_invited_twice_is_invited_once(council, assessment_id, survey):
    for _ in range(2):
        invite(council.services, council["lead"], assessment_id, survey, "Access Forum")
    assert len(page(council, assessment_id, survey).invited) == 1


def test_answered_twice_is_one_change(council, assessment_id, survey):
    invite(council.services, council["lead"], assessment_id, survey, "Access Forum")
    [forum] = page(council, assessment_id, survey).invited
    record_answer(council.services, council["lead"], assessment_id, survey, forum.id)
    before = page(council, assessment_id, survey).facts.row_version
    record_answer(council.services, council["lead"], assessment_id, survey, forum.id)
    assert page(council, assessment_id, survey).facts.row_version == before


def test_mail_reaches_only_whom_an_equality_officer_confirmed(council, assessment_id, survey):
    invite(council.services, council["lead"], assessment_id, survey, "Access Forum")
    [known] = [
        each
        for each in known_parties(council.services, council["officer"])
        if each.party.name == "Access Forum"
    ]
    confirm_party(council.services, council["officer"], known.party.id, council["stranger"].id)
    assert page(council, assessment_id, survey).invited[0].reached_by_mail


@pytest.mark.parametrize("name", ["", "   ", "a" * 201])
def test_a_name_is_needed(council, assessment_id, survey, name: str):
    with pytest.raises(Invalid):
        invite(council.services, council["lead"], assessment_id, survey, name)


def test_somebody_who_was_not_invited_after_all_is_taken_out(council, assessment_id, survey):
    invite(council.services, council["lead"], assessment_id, survey, "Access Forum")
    [forum] = page(council, assessment_id, survey).invited
    take_back(council.services, council["lead"], assessment_id, survey, forum.id)
    assert page(council, assessment_id, survey).invited == ()
    with pytest.raises(NotFound):
        take_back(council.services, council["lead"], assessment_id, survey, forum.id)


def test_an_activity_goes_with_its_invitations(council, assessment_id, survey):
    invite(council.services, council["lead"], assessment_id, survey, "Access Forum")
    remove_consultation(council.services, council["lead"], assessment_id, survey)
    with pytest.raises(NotFound):
        page(council, assessment_id, survey)


def test_whoever_only_reads_invites_nobody(council, assessment_id, survey):
    with pytest.raises(NotAllowed):
        invite(council.services, council["champion"], assessment_id, survey, "Access Forum")
    with pytest.raises(NotFound):
        invite(council.services, council["stranger"], assessment_id, survey, "Access Forum")
    with pytest.raises(NotFound):
        page(council, assessment_id, survey, "stranger")


def test_an_activity_of_another_assessment_is_not_found(council, assessment_id, survey):
    other = council.assessment("consultation")
    with pytest.raises(NotFound):
        invite(council.services, council["lead"], other, survey, "Access Forum")
    with pytest.raises(NotFound):
        record_answer(council.services, council["lead"], assessment_id, survey, uuid4())


def written_by(council: Council, assessment_id: UUID) -> tuple[frozenset[UUID], str]:
    """Whose work it is, and the hash to which a signature would be bound."""
    with council.services.database.read() as connection:
        hash_now = content_hash(connection, assessment_id).whole
        return load_facts(connection, BODY, assessment_id).authors, hash_now


def test_whom_somebody_invited_is_part_of_what_is_signed_and_theirs(council):
    roles = {"lead": Role.LEAD, "contributor": Role.CONTRIBUTOR}
    made = council.assessment("consultation", authors=(), assigned=roles)
    survey = add_consultation(council.services, council["lead"], made, SURVEY)
    _, before = written_by(council, made)
    invite(council.services, council["contributor"], made, survey, "Access Forum")
    authors, invited = written_by(council, made)
    assert council["contributor"].id in authors
    [forum] = page(council, made, survey).invited
    record_answer(council.services, council["lead"], made, survey, forum.id)
    _, answered = written_by(council, made)
    take_back(council.services, council["lead"], made, survey, forum.id)
    assert len({before, invited, answered}) == 3
    assert written_by(council, made)[1] == before
