"""The lives of the demonstration's assessments, as far as each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

from eia.domain.facts import ActionFacts, ActionState
from eia.domain.people import Actor, Role
from eia.usecases import action_progress as progress
from eia.usecases.assigning import accept_lead
from eia.usecases.demo.cast import Cast, read
from eia.usecases.demo.timeline import Timeline
from eia.usecases.demo.together import Company, write_together
from eia.usecases.demo.writing import Writer
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.moves import make_move
from eia.usecases.scheduling import ScheduleRequest, schedule_assessment
from eia.usecases.services import Services

Spec = dict[str, Any]

# Each stage with the scenes that lead into it: days to wait after the one before, and what happens.
SCENES: dict[str, tuple[tuple[int, str], ...]] = {
    "proposed": ((0, "propose"),),
    "scheduled": ((4, "schedule"),),
    "screening": ((2, "accept"), (5, "begin_screening")),
    "screening_review": ((6, "screen"), (5, "submit_screening")),
    "evidence": ((5, "require_full"),),
    "consultation": ((9, "gather_evidence"), (1, "promise_to_find_out"), (5, "begin_consultation")),
    "analysis": ((1, "open_consultation"), (36, "report_consultation"), (2, "begin_analysis")),
    "quality_review": ((7, "rate_impacts"), (4, "promise_actions"), (3, "submit_for_review")),
    "sign_off": ((5, "return_once"), (6, "check_quality"), (1, "recommend")),
    "follow_up": ((3, "sign_first"), (3, "sign_second")),
    "review": ((412, "begin_review"),),
    "closed": ((6, "settle_actions"), (4, "write_review"), (3, "close")),
}
# Where an assessment ends that leaves the straight way: how far it came, and what happened then.
TURNINGS = {
    "screened_out": ("screening_review", "screen_out"),
    "withdrawn": ("evidence", "withdraw"),
    "on_hold": ("consultation", "hold"),
    "returned": ("quality_review", "send_back"),
    "reopened": ("closed", "reopen"),
}
# What has been begun at the stage that it has reached.
BEGUN = {
    "screening": "screen_in_part",
    "evidence": "gather_evidence",
    "consultation": "open_consultation",
    "analysis": "rate_impacts",
    "quality_review": "return_once",
    "follow_up": "follow_actions",
}
DAYS_TO_DECISION = 132


@dataclass
class Life:
    """One assessment and everything that people do to it."""

    services: Services
    cast: Cast
    writer: Writer
    spec: Spec
    number: int
    begins_on: date
    id: UUID | None = None
    conditions: tuple[UUID, ...] = ()  # the actions that an approval is subject to

    def propose(self) -> None:
        officer = self.cast.with_role(Role.EQUALITY_OFFICER)[self.number % 2]
        champion = self.cast.with_role(Role.CHAMPION, self.spec["department"])[0]
        decided = self.decision_on
        self.id = schedule_assessment(
            self.services,
            officer,
            ScheduleRequest(
                title=self.spec["title"],
                department_id=self.cast.departments[self.spec["department"]],
                financial_year=self.begins_on.year if self.begins_on.month >= 4 else self.begins_on.year - 1,
                lead_id=None if self._is_unled else self.lead.id,
                champion_id=champion.id,
                decision_body=self.spec["decision_body"],
                decision_on=decided,
                target=_target_words(decided, self.number),
                priority=1 + self.number % 3,
                answers=self.writer.schedule_answers(self.spec, decided),
            ),
        )

    def schedule(self) -> None:
        self._move(self.officer, "schedule")

    def accept(self) -> None:
        accept_lead(self.services, self.lead, self._id)

    def begin_screening(self) -> None:
        self._move(self.lead, "begin_screening")

    def screen_in_part(self) -> None:
        """Begun and not finished; at every other one, by several people together."""
        self.writer.screen(self.lead, self._id, self.spec, groups=4)
        if self.number % 2:
            write_together(self.services, self._company, self._id)

    def screen(self) -> None:
        self.writer.screen(self.lead, self._id, self.spec)

    def submit_screening(self) -> None:
        self._move(self.lead, "submit_screening")

    def screen_out(self) -> None:
        self._move(self.champion, "screen_out")

    def require_full(self) -> None:
        self._move(self.champion, "require_full")

    def gather_evidence(self) -> None:
        self.writer.gather_evidence(self.lead, self._id, self.spec)

    def promise_to_find_out(self) -> None:
        self.writer.promise_to_find_out(self.lead, self._id, self.spec)

    def begin_consultation(self) -> None:
        self._move(self.lead, "begin_consultation")

    def open_consultation(self) -> None:
        self.writer.open_consultation(self.lead, self._id, self.spec)
        if self.number % 2:
            self.writer.attach_invitation(self.lead, self._id, self.spec)

    def report_consultation(self) -> None:
        self.writer.report_consultation(self.lead, self._id, self.spec)

    def begin_analysis(self) -> None:
        self._move(self.lead, "begin_analysis")

    def rate_impacts(self) -> None:
        self.writer.rate_impacts(self.lead, self._id, self.spec)

    def promise_actions(self) -> None:
        self.writer.promise_actions(self.lead, self._id, self.spec)
        self.writer.recommend_outcome(self.lead, self._id, self.spec)

    def submit_for_review(self) -> None:
        self._move(self.lead, "submit_for_review")

    def return_once(self) -> None:
        """The champion sends some back; the lead puts it right within the week."""
        if "return_reason" not in self.spec:
            return
        self.send_back()
        self.writer.put_right(self.lead, self._id, self.spec)
        self._move(self.lead, "submit_for_review")

    def send_back(self) -> None:
        """What the champion asks for stands in two sections; the others stay as they are."""
        self._move(
            self.champion,
            "return_for_work",
            reasons=(self.spec["return_reason"],),
            comment=self.spec["return_comment"],
            sections=("impact", "outcome"),
        )

    def check_quality(self) -> None:
        self.writer.check_quality(self.champion, self._id)

    def recommend(self) -> None:
        self._move(self.champion, "recommend")

    def sign_first(self) -> None:
        heads = self.cast.with_role(Role.HEAD_OF_SERVICE, self.spec["department"])
        if self.number % 2:
            self.conditions = tuple(action.id for action in self._open_actions()[:1])
        head = heads[self.number % len(heads)]
        self._move(head, "sign", attested=True, subject_to=self.conditions)

    def sign_second(self) -> None:
        director = self.cast.with_role(Role.DIRECTOR, self.spec["department"])[0]
        self._move(director, "sign", attested=True)

    def follow_actions(self) -> None:
        """Some actions are done and verified, others only said to be on track."""
        for place, action in enumerate(self._open_actions()):
            if action.id in self.conditions:
                self._put_off(action)
            elif (place + self.number) % 2:
                progress.on_track(self.services, self._leader(action), action.id, "Begun, and on time.")
            else:
                self._finish(action, "Done as described; the figures are in the quarterly report.")

    def _put_off(self, action: ActionFacts) -> None:
        """A date that moves; whoever approved subject to the action is told."""
        leader = self._leader(action)
        later = (action.target.latest or self.services.today()) + timedelta(days=45)
        progress.delayed(self.services, leader, action.id, "The supplier has asked for more time.")
        words = f"{later.day} {later:%B %Y}"
        progress.move_target(self.services, leader, action.id, words, "Agreed with the supplier.")

    def begin_review(self) -> None:
        self._move(self.lead, "begin_review")

    def settle_actions(self) -> None:
        for action in self._open_actions():
            self._finish(action, "Done, and looked at again for this review.")

    def write_review(self) -> None:
        self.writer.review(self.lead, self._id, self.spec)

    def close(self) -> None:
        self._move(self.lead, "close")

    def withdraw(self) -> None:
        self._move(
            self.lead,
            "withdraw",
            reasons=("proposal_dropped",),
            comment="The proposal was dropped from the budget before it went to consultation.",
        )

    def hold(self) -> None:
        self._move(self.lead, "hold", reasons=("decision_postponed",))

    def reopen(self) -> None:
        self._move(self.lead, "reopen", reasons=("impact_worse",))

    @property
    def lead(self) -> Actor:
        return self.cast[self.spec["lead"]]

    @property
    def champion(self) -> Actor:
        return self.cast.with_role(Role.CHAMPION, self.spec["department"])[0]

    @property
    def officer(self) -> Actor:
        return self.cast.with_role(Role.EQUALITY_OFFICER)[self.number % 2]

    @property
    def _company(self) -> Company:
        authors = self.cast.with_role(Role.AUTHOR, self.spec["department"])
        helper = next(each for each in authors if each.id not in (self.lead.id, self.champion.id))
        return Company(lead=self.lead, helper=helper, champion=self.champion, officer=self.officer)

    @property
    def decision_on(self) -> date:
        """Most decisions come after the assessment; one in fifteen came before it was approved."""
        days = 85 if self.number % 15 == 7 else DAYS_TO_DECISION + self.number % 20
        return self.begins_on + timedelta(days=days)

    @property
    def _id(self) -> UUID:
        if self.id is None:
            raise LookupError(f"{self.spec['title']} has not been proposed yet")
        return self.id

    @property
    def _is_unled(self) -> bool:
        return bool(self.spec["stage"] == "proposed" and self.number % 2)

    def _open_actions(self) -> list[ActionFacts]:
        facts = evidence_page(self.services, self.lead, self._id).facts
        return [action for action in facts.actions if action.state is ActionState.OPEN]

    def _leader(self, action: ActionFacts) -> Actor:
        return next(filter(None, map(self.cast.holding, action.leads)), self.officer)

    def _finish(self, action: ActionFacts, evidence: str) -> None:
        progress.mark_done(self.services, self._leader(action), action.id, evidence)
        progress.verify(self.services, self.officer, action.id)

    def _move(self, actor: Actor, move: str, **given: Any) -> None:
        self.id = make_move(self.services, actor, self._id, move, **given).assessment_id


def arrange_lives(services: Services, cast: Cast, timeline: Timeline, today: date) -> None:
    """Puts every scene of every assessment on its day, so that each stands today where its data say."""
    writer = Writer(services=services, cast=cast)
    for number, spec in enumerate(read("assessments")["assessment"]):
        script = _script(spec)
        begins_on = today - timedelta(days=spec["age_days"] + sum(wait for wait, _ in script))
        life = Life(
            services=services, cast=cast, writer=writer, spec=spec, number=number, begins_on=begins_on
        )
        days = accumulate(wait for wait, _ in script)
        for after, (_, scene) in zip(days, script, strict=True):
            timeline.add(begins_on + timedelta(days=after), 9 + number % 8, getattr(life, scene))


def _script(spec: Spec) -> tuple[tuple[int, str], ...]:
    """The scenes from the proposal to where the assessment is now."""
    reached, turning = TURNINGS.get(spec["stage"], (spec["stage"], ""))
    script: list[tuple[int, str]] = []
    for stage, scenes in SCENES.items():
        script += scenes
        if stage == reached:
            break
    if turning:
        return (*script, (6, turning))
    begun = BEGUN.get(reached)
    return (*script, (min(3, spec["age_days"]), begun)) if begun else tuple(script)


def _target_words(decided: date, number: int) -> str:
    """The day the assessment is promised for, as this or that officer writes it."""
    before = decided - timedelta(days=14)
    return (
        f"{before.day} {before:%B %Y}",
        f"{before:%B %Y}",
        f"by end of {before:%B %Y}",
        f"{before.day}.{before.month}.{before:%y}",
    )[number % 4]
