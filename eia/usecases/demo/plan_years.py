"""Three years of plans: imported, their names confirmed, their actions followed to the end or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from eia.domain.action import Action
from eia.domain.facts import ActionState
from eia.domain.people import Actor, Role
from eia.domain.plan_kind import PlanKind
from eia.usecases import action_progress as progress
from eia.usecases.action_pages import action_page
from eia.usecases.actions import carry_forward, drop_action
from eia.usecases.demo.cast import Cast, read
from eia.usecases.demo.plan_text import newer_document, plan_document
from eia.usecases.demo.timeline import Timeline
from eia.usecases.leads import LeadEntry
from eia.usecases.parties import confirm_party, known_parties
from eia.usecases.plan_approval import approval_page, move_plan
from eia.usecases.plan_checks import confirm, take_as_read
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_leads import say_who_leads
from eia.usecases.plan_readings import PlanFile, begin_reading, reading_page
from eia.usecases.plan_versions import import_version
from eia.usecases.plans import plan_page
from eia.usecases.services import Services

YEARS = 3
EVIDENCE = (
    "Figures for the four quarters are in the performance report, broken down by group.",
    "Published on our web pages, and taken to the residents' panel.",
    "Training records show that everybody who deals with the public has completed it.",
    "Checked by mystery visits in March; the report is with the equality officer.",
    "The new form has been in use since the start of the quarter.",
)
ON_TRACK = (
    "The first half is done; the rest follows after the summer.",
    "Draft is with the service managers for comment.",
    "Supplier appointed, first session next month.",
)
DELAYED = (
    "The post that was to do this has been vacant since spring.",
    "Waiting for the new system, which is now expected a quarter later.",
    "Fewer people answered than we need; we are asking again.",
)


@dataclass
class PlanYears:
    """The plans of every department, oldest first."""

    services: Services
    cast: Cast
    timeline: Timeline
    _actions: dict[tuple[str, int], list[UUID]] = field(default_factory=dict)
    _plans: dict[tuple[str, int], UUID] = field(default_factory=dict)
    _texts: dict[tuple[str, int], str] = field(default_factory=dict)

    def arrange(self, today: date) -> None:
        """Puts every scene of the last years' plans on its day."""
        current = today.year if today.month >= 4 else today.year - 1
        for turn, year in enumerate(range(current - YEARS + 1, current + 1)):
            for place, department in enumerate(read("plans")["department"]):
                self._arrange_plan(department["code"], place, year, turn)
        first, second, *_ = [each["code"] for each in read("plans")["department"]]
        self.timeline.add(today - timedelta(days=4), 10, partial(self._revise, first, current))
        self.timeline.add(today - timedelta(days=3), 10, partial(self._take_in_revision, second, current))
        self.timeline.add(today - timedelta(days=3), 16, partial(self._read_peer_challenge, current))

    def _arrange_plan(self, code: str, place: int, year: int, turn: int) -> None:
        first = date(year, 4, 2) + timedelta(days=place)
        self.timeline.add(first, 10, partial(self._import, code, place, year, turn))
        self.timeline.add(first + timedelta(days=1), 11, self._confirm_names)
        self._arrange_approval((code, year), first)
        for number in range(17):
            fate = (number * 7 + turn * 3 + place * 5) % 20
            done = date(year, 5, 10) + timedelta(days=(number * 29 + place * 13) % 290)
            self._arrange_fate(fate, (code, year), number, done)

    def _name_missing_leads(self, plan: tuple[str, int]) -> None:
        """A lead "to be confirmed" is confirmed before the plan goes to scrutiny."""
        heads = self.cast.with_role(Role.HEAD_OF_SERVICE, plan[0])
        for item in plan_page(self.services, self._officer(0), self._plans[plan]).actions:
            if item.state is ActionState.OPEN and not item.leads:
                entry = LeadEntry(name="", person_id=heads[0].id)
                say_who_leads(self.services, self._officer(0), item.id, entry)

    def _arrange_approval(self, plan: tuple[str, int], first: date) -> None:
        """Scrutiny in April, the cabinet member in May, before anything is let go again."""
        officer, leader = self._officer(1), self.cast.with_role(Role.CABINET_MEMBER)[0]
        seen = "Seen by scrutiny, which asked for a report on progress in the autumn."
        self.timeline.add(first + timedelta(days=9), 15, partial(self._name_missing_leads, plan))
        for days, actor, move, said in (
            (10, officer, "submit_to_scrutiny", ""),
            (20, officer, "pass_on", seen),
            (30, leader, "approve", ""),
        ):
            step = partial(self._approve, plan, actor, move, said)
            self.timeline.add(first + timedelta(days=days), 15, step)

    def _approve(self, plan: tuple[str, int], actor: Actor, move: str, said: str) -> None:
        plan_id = self._plans[plan]
        seen = approval_page(self.services, actor, plan_id)
        move_plan(
            self.services,
            actor,
            plan_id,
            move,
            page_version=seen.row_version,
            comment=said,
            attested=True,
        )

    def _revise(self, code: str, year: int) -> None:
        """A department sent its plan again, and the officer brought in what it changes."""
        reading_id = self._read_revision(code, year)
        if reading_id is not None:
            officer, because = self._officer(0), "The autumn budget was agreed late."
            take_as_read(self.services, officer, reading_id)
            import_version(self.services, officer, reading_id, reasons={}, because=because)

    def _take_in_revision(self, code: str, year: int) -> None:
        """Another department sent its plan again, and nobody has checked it yet."""
        self._read_revision(code, year)

    def _read_revision(self, code: str, year: int) -> UUID | None:
        file = PlanFile(
            name=f"{code.lower()}-equality-action-plan-{year}-revised.txt",
            content=newer_document(self._texts[code, year], year).encode(),
            department_id=self.cast.departments[code],
            version_of=self._plans[code, year],
        )
        return begin_reading(self.services, self._officer(0), file).reading_id

    def _read_peer_challenge(self, year: int) -> None:
        """One plan lies half checked on the equality officer's desk."""
        given = read("plans")["peer_challenge"]
        years = {"y": year, "y1": year + 1, "fy": f"{year}/{(year + 1) % 100:02d}"}
        file = PlanFile(
            name=given["name"],
            content=given["text"].format(**years).encode(),
            department_id=next(iter(self.cast.departments.values())),
            kind=PlanKind.PEER_CHALLENGE_RESPONSE,
        )
        begun = begin_reading(self.services, self._officer(0), file)
        if begun.reading_id is None:
            return
        first = reading_page(self.services, self._officer(0), begun.reading_id).check.actions[0]
        confirm(self.services, self._officer(0), begun.reading_id, first.key, seen=first.mark)

    def _arrange_fate(self, fate: int, plan: tuple[str, int], number: int, day: date) -> None:
        """What becomes of an action: most are done and verified, some drag on, a few are let go."""

        def add(later: int, scene: Callable[[Action], None]) -> None:
            self.timeline.add(day + timedelta(days=later), 14, partial(self._play, plan, number, scene))

        note = number + len(plan[0])
        if fate >= 11:
            add(-20, partial(self._note, progress.on_track, ON_TRACK[note % len(ON_TRACK)]))
        if fate == 17:
            add(30, partial(self._note, progress.delayed, DELAYED[note % len(DELAYED)]))
        elif fate == 16:
            add(
                0,
                partial(self._let_go, drop_action, "The money for this went in the February settlement."),
            )
        elif fate == 15:
            add(250, partial(self._let_go, carry_forward, "Goes on in next year's plan under the same lead."))
        else:
            add(0, partial(self._done, EVIDENCE[note % len(EVIDENCE)]))
            if fate < 18:
                add(12, self._verify)

    def _import(self, code: str, place: int, year: int, turn: int) -> None:
        departments = {each["code"]: each["name"] for each in read("council")["department"]}
        department = next(each for each in read("plans")["department"] if each["code"] == code)
        text = plan_document(department, departments[code], place, year, turn)
        file = PlanFile(
            name=f"{code.lower()}-equality-action-plan-{year}.txt",
            content=text.encode(),
            department_id=self.cast.departments[code],
        )
        made = import_plan(self.services, self._officer(0), file)
        self._plans[code, year], self._texts[code, year] = made.plan_id, text
        found = plan_page(self.services, self._officer(0), made.plan_id)
        self._actions[code, year] = [each.id for each in found.actions]

    def _confirm_names(self) -> None:
        """The equality officer says who the names are, where only one person can be meant."""
        for each in known_parties(self.services, self._officer(0)):
            if not each.party.confirmed and len(each.suggestions) == 1:
                confirm_party(self.services, self._officer(0), each.party.id, each.suggestions[0].id)

    def _play(self, plan: tuple[str, int], number: int, scene: Callable[[Action], None]) -> None:
        known = self._actions.get(plan, [])
        if number < len(known):
            scene(action_page(self.services, self._officer(0), known[number]).action)

    def _note(self, verb: Callable[[Services, Actor, UUID, str], None], words: str, action: Action) -> None:
        if action.state is ActionState.OPEN:
            verb(self.services, self._leads(action), action.id, words)

    def _done(self, evidence: str, action: Action) -> None:
        if action.state is ActionState.OPEN:
            progress.mark_done(self.services, self._leads(action), action.id, evidence)

    def _verify(self, action: Action) -> None:
        if action.state is ActionState.DONE:
            progress.verify(self.services, self._officer(1), action.id)

    def _let_go(
        self, verb: Callable[[Services, Actor, UUID, str], None], because: str, action: Action
    ) -> None:
        if action.state is ActionState.OPEN:
            verb(self.services, self._officer(0), action.id, because)

    def _leads(self, action: Action) -> Actor:
        """Whoever leads it, if that is a person we know; else an equality officer keeps it up to date."""
        for lead in action.leads:
            person = self.cast.holding(lead.party.holder_id) if lead.party.confirmed else None
            if person is not None:
                return person
        return self._officer(0)

    def _officer(self, place: int) -> Actor:
        return self.cast.with_role(Role.EQUALITY_OFFICER)[place]
