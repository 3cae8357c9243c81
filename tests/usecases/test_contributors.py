"""Sections shared out among contributors: who may, who then writes what, and what becomes of it."""

from __future__ import annotations

from uuid import UUID

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.evidence import EvidenceKind
from eia.domain.facts import AnswerKey
from eia.domain.people import Actor, Role
from eia.store.database import Database
from eia.usecases.answers import page_token, save_answers
from eia.usecases.assessment_page import assessment_page
from eia.usecases.assigning import assign, sections_to_share, share_out
from eia.usecases.evidence import EvidenceEntry, add_evidence
from tests.usecases.scene import Scene

KNOWN = AnswerKey("screening", "already_known")
PURPOSE = AnswerKey("schedule", "purpose")
CENSUS = EvidenceEntry(
    title="Census", kind=EvidenceKind.CENSUS, characteristics=("age",), finding="One in five is over 65."
)


@pytest.fixture
def scene(database: Database) -> Scene:
    """An assessment at screening with two contributors."""
    scene = Scene(database)
    scene.assessment_id = scene.begun()
    people = [scene.helper, scene.council.head]
    assign(scene.services, scene.officer, scene.assessment_id, Role.CONTRIBUTOR, people)
    return scene


def share(scene: Scene, *sections: str, by: Actor | None = None, to: UUID | None = None, **more: int) -> None:
    chosen = {to or scene.helper: sections}
    share_out(scene.services, by or scene.lead, scene.assessment_id, chosen, **more)


def write(scene: Scene, key: AnswerKey, *, by: UUID | None = None) -> None:
    actor = scene.actor(by or scene.helper)
    seen = page_token({key: None})
    save_answers(scene.services, actor, scene.assessment_id, key.form, {key: "Words."}, page_token=seen)


def test_a_contributor_for_whom_nothing_was_chosen_writes_every_section(scene: Scene):
    write(scene, KNOWN)
    write(scene, PURPOSE)
    assert len(scene.facts(scene.assessment_id).answers) == 2


def test_a_contributor_writes_the_sections_they_were_asked_for_and_no_others(scene: Scene):
    share(scene, "screening")
    write(scene, KNOWN)
    with pytest.raises(NotAllowed, match="other sections"):
        write(scene, PURPOSE)


def test_evidence_is_shared_out_as_answers_are(scene: Scene):
    scene.move_to("evidence")
    share(scene, "screening")
    with pytest.raises(NotAllowed, match="other sections"):
        add_evidence(scene.services, scene.actor(scene.helper), scene.assessment_id, CENSUS)
    share(scene, "evidence")
    add_evidence(scene.services, scene.actor(scene.helper), scene.assessment_id, CENSUS)


def test_what_is_chosen_for_one_contributor_holds_nobody_else_up(scene: Scene):
    share(scene, "screening")
    write(scene, PURPOSE, by=scene.council.head)
    write(scene, KNOWN, by=scene.council.lead)
    assert len(scene.facts(scene.assessment_id).answers) == 2


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_the_lead_and_the_officer_share_out(scene: Scene, who: str):
    share(scene, "screening", "impact", by=getattr(scene, who))
    page = assessment_page(scene.services, scene.lead, scene.assessment_id)
    assert page.asked_to_write("impact") == ("Hope Helper",)
    assert page.chosen_for(scene.helper) == ("screening", "impact")


@pytest.mark.parametrize("who", ["helper", "champion"])
def test_nobody_else_shares_out(scene: Scene, who: str):
    with pytest.raises(NotAllowed):
        share(scene, "screening", by=scene.actor(getattr(scene, who)))


def test_to_a_stranger_there_is_nothing_to_share_out(scene: Scene):
    with pytest.raises(NotFound):
        share(scene, "screening", by=scene.actor(scene.council.person("Sam Stranger")))


def test_sections_are_for_contributors_only(scene: Scene):
    with pytest.raises(Invalid):
        share(scene, "screening", to=scene.champion)


@pytest.mark.parametrize("section", ["quality_check", "sign_off", "actions", "shoes"])
def test_what_contributors_never_write_is_not_shared_out(scene: Scene, section: str):
    assert section not in sections_to_share(scene.facts(scene.assessment_id))
    with pytest.raises(Invalid):
        share(scene, section)


def test_sharing_out_the_same_twice_changes_nothing(scene: Scene):
    share(scene, "screening")
    first = scene.facts(scene.assessment_id).row_version
    share(scene, "screening")
    assert scene.facts(scene.assessment_id).row_version == first


def test_a_page_that_somebody_overtook_is_refused(scene: Scene):
    seen = scene.facts(scene.assessment_id).row_version
    share(scene, "screening")
    with pytest.raises(Stale):
        share(scene, "impact", page_version=seen)


def test_whoever_leaves_and_comes_back_starts_with_every_section(scene: Scene):
    share(scene, "screening")
    for people in ([], [scene.helper]):
        assign(scene.services, scene.officer, scene.assessment_id, Role.CONTRIBUTOR, people)
    write(scene, PURPOSE)
    assert scene.facts(scene.assessment_id).contributor_sections == ()


def test_nothing_is_shared_out_when_the_assessment_is_over(scene: Scene):
    scene.move_to("withdrawn")
    with pytest.raises(NotAllowed):
        share(scene, "screening")
