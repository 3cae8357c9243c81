"""Several people at one screening: a contributor with a section of their own, and what they ask."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from eia.domain.facts import AnswerKey
from eia.domain.people import Actor, Role
from eia.usecases.answers import page_token, save_answers
from eia.usecases.assigning import assign, share_out
from eia.usecases.comments import reply, resolve, start_thread
from eia.usecases.services import Services

KNOWN = AnswerKey("screening", "already_known")
REASON = AnswerKey("screening", "relevance.reason", "age")
FIRST_WORDS = "We know most of the people affected, but have counted nobody."
BETTER_WORDS = (
    "The census of 2021 for the borough, and our own records of the last two years. The records say who "
    "came to us and nothing about who did not."
)
ASKED = "How do you know? Please name what you looked at."
ANSWERED = "The records of the last two years, by age. I will put the figures in by Friday."
SETTLED = "What do the census and your own records say?"


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who writes and checks one assessment together."""

    lead: Actor
    helper: Actor
    champion: Actor
    officer: Actor


def write_together(services: Services, people: Company, assessment_id: UUID) -> None:
    """The helper betters the lead's words, and the champion looks in early; one question is still open."""
    assign(services, people.officer, assessment_id, Role.CONTRIBUTOR, [people.helper.id])
    share_out(services, people.lead, assessment_id, {people.helper.id: ("screening",)})
    _write(services, people.lead, assessment_id, FIRST_WORDS, over=None)
    settled = start_thread(services, people.champion, assessment_id, KNOWN, SETTLED)
    _write(services, people.helper, assessment_id, BETTER_WORDS, over=FIRST_WORDS)
    resolve(services, people.champion, assessment_id, settled)
    asked = start_thread(services, people.champion, assessment_id, REASON, ASKED)
    reply(services, people.helper, assessment_id, asked, ANSWERED)


def _write(services: Services, actor: Actor, assessment_id: UUID, text: str, *, over: str | None) -> None:
    seen = page_token({KNOWN: over})
    save_answers(services, actor, assessment_id, KNOWN.form, {KNOWN: text}, page_token=seen)
