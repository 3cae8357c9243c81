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
FIRST_WORDS = "Most of the people who use this are over 65."
BETTER_WORDS = (
    "The 2021 census and our own register: 58% of the people who use this are over 65, against 19% of the "
    "borough. We do not know how many of them live alone."
)
ASKED = "Is this so at weekends too? The survey was taken on weekdays."
ANSWERED = "I have asked for the weekend figures and will put them in by Friday."
SETTLED = "Please say which census you mean."


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
