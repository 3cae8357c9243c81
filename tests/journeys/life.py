"""The life of one assessment, a stage at a time, as the town's people live it in their browsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from eia.domain.people import Actor
from eia.store import people
from tests.journeys.walker import Walker, pages_of
from tests.web.conftest import Town

WORDS = "It would close two evenings a week, when people who work all day can come. " * 4
SCHEDULE = {
    "purpose": WORDS,
    "decision": WORDS,
    "kind": "service",
    "who_is_affected": WORDS,
    "why_now": WORDS,
    "implementation_date": "April 2027",
}
SCREENING = {
    "relevance": "relevant",
    "effect": ["negative"],
    "reason": WORDS,
    "recommended": "require_full",
    "outcome_reason": WORDS,
}
NOTHING_TO_FIND = {
    "relevance": "not_relevant",
    "effect": [],
    "reason": WORDS,
    "recommended": "screen_out",
    "outcome_reason": WORDS,
}
IMPACT = {
    "alternatives": WORDS,
    "eliminate": ["none"],
    "advance": ["positive", "negative"],
    "foster": ["none"],
    "name": "Older women who work evenings",
    "groups": ["age", "sex"],
    "rating": ["negative"],
    "harm": "medium",
    "gain": "low",
    "explanation": WORDS,
    "who_and_how_many": WORDS,
    "mitigation": WORDS,
    "justification": WORDS,
    "changed_proposal": WORDS,
    "combinations": WORDS,
    "other_groups": WORDS,
    "aim_eliminate": WORDS,
    "aim_advance": WORDS,
    "aim_foster": WORDS,
}
OUTCOME = {"recommended_outcome": "adjust", "outcome_reason": WORDS, "how_watched": WORDS}
CHECKLIST = dict.fromkeys(
    (
        "evidence_sufficient",
        "consultation_adequate",
        "impacts_explained",
        "mitigation_realistic",
        "plain_english",
    ),
    "yes",
)
REVIEW = {
    "actual": "as_predicted",
    "effect": ["negative"],
    "not_foreseen": WORDS,
    "what_happened": WORDS,
    "actions_reviewed": WORDS,
    "anything_new": WORDS,
    "next_review": "2029/30",
}


def day(name: str, value: date) -> dict[str, str]:
    """A day in the three boxes of its field."""
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


@dataclass
class Life:
    """One assessment of Sandmere; each step is somebody's, and leaves the assessment further on."""

    town: Town
    person: Callable[[str], Walker]
    at: str = ""

    @property
    def assessment_id(self) -> UUID:
        return UUID(self.at.rpartition("/")[2])

    def propose(self) -> None:
        to = self.person("olu").fill(
            "/assessments/new",
            title="Library hours in Northgate",
            department=str(self.town.departments["FIN"]),
            lead=str(self.town.people["lea"]),
            champion=str(self.town.people["cleo"]),
            decision_body="Cabinet",
            target="31 March 2027",
            **day("decision_on", date(2027, 4, 1)),
        )
        self.at = to.removesuffix("/schedule")

    def move(self, name: str, move: str, **fields: str | list[str]) -> str:
        """The person presses the button of this move, and confirms."""
        to = self.person(name).fill(f"{self.at}/moves/{move}", **fields)
        return to

    def answer(self, name: str, form: str, answers: dict[str, str | list[str]]) -> None:
        """The person answers every page of the section with the same words."""
        walker = self.person(name)
        for address in pages_of(walker.look(f"{self.at}/{form}/check"), f"{self.at}/{form}/"):
            walker.fill(address, **answers)

    def begin_screening(self) -> None:
        self.propose()
        self.move("olu", "schedule")
        self.person("lea").fill(f"{self.at}/accept", on=self.at)
        self.answer("lea", "schedule", SCHEDULE)
        self.move("lea", "begin_screening")

    def submit_screening(self, answers: dict[str, str | list[str]] | None = None) -> None:
        self.begin_screening()
        self.answer("lea", "screening", answers or SCREENING)
        self.move("lea", "submit_screening")

    def begin_analysis(self) -> None:
        self.submit_screening()
        self.move("cleo", "require_full")
        self.gather_evidence()
        self.move("lea", "begin_consultation")
        self.consult()
        self.move("lea", "begin_analysis")

    def submit_for_review(self) -> None:
        self.begin_analysis()
        self.answer("lea", "impact", IMPACT)
        self.answer("lea", "outcome", OUTCOME)
        self.promise()
        self.move("lea", "submit_for_review")

    def recommend(self) -> None:
        self.submit_for_review()
        self.answer("cleo", "quality_check", CHECKLIST)
        self.move("cleo", "recommend")

    def approve(self) -> None:
        self.recommend()
        self.sign("hal")
        self.sign("dee")

    def sign(self, name: str) -> None:
        """The person has read it, and puts their name to it."""
        self.person(name).fill(f"{self.at}/sign-off/sign", attested="yes")

    def refuse(self, name: str, why: str) -> None:
        """The person will not put their name to it."""
        self.person(name).fill(f"{self.at}/sign-off/refuse", reasons=["not_satisfied"], comment=why)

    def begin_review(self) -> None:
        self.approve()
        self.town.clock.at = datetime(2028, 5, 2, 9, tzinfo=self.town.clock.at.tzinfo)
        self.keep_the_promise()
        self.move("lea", "begin_review")

    def close(self) -> None:
        self.begin_review()
        self.answer("lea", "review", REVIEW)
        self.move("lea", "close")

    def gather_evidence(self) -> None:
        self.person("lea").fill(
            f"{self.at}/evidence/add",
            title="Library card holders",
            kind="service_data",
            characteristics=self.characteristics(),
            finding=WORDS,
            **day("published_on", self.today() - timedelta(days=90)),
        )

    def consult(self) -> None:
        opened = self.today()
        asked = {
            "method": "Drop-in evenings",
            "invited": "Everybody with a library card",
            "characteristics": self.characteristics(),
            **day("opens_on", opened),
            **day("closes_on", opened + timedelta(days=35)),
        }
        self.person("lea").fill(f"{self.at}/consultation/add", **asked)
        self.town.clock.at += timedelta(days=40)
        lead = self.person("lea")
        said = re.search(
            rf'href="({self.at}/consultation/[^"]*/what-was-said)"', lead.look(f"{self.at}/consultation")
        )
        assert said
        lead.fill(said[1], heard=self.characteristics(), summary=WORDS, changed=WORDS)

    def promise(self) -> None:
        self.person("lea").fill(
            f"{self.at}/actions/add",
            text="Keep one late evening a week in the smaller library",
            lead=str(self.town.people["nia"]),
            target="30 June 2027",
            outcome="People who work all day can still borrow books",
        )

    def keep_the_promise(self) -> None:
        """Who led it says that it is done, and somebody else looks."""
        found = re.search(r'href="(/actions/[0-9a-f-]{36})"', self.person("lea").look(f"{self.at}/actions"))
        assert found
        self.person("nia").fill(f"{found[1]}/done", evidence="The rota shows Thursdays until eight.")
        self.person("cleo").fill(f"{found[1]}/verify", note="I was there on Thursday.")

    def characteristics(self) -> list[str]:
        with self.town.services.database.write() as work:
            return list(work.assessment(self.town.body_id, self.assessment_id).characteristics)

    def stage(self) -> str:
        with self.town.services.database.write() as work:
            return work.assessment(self.town.body_id, self.assessment_id).stage

    def actor(self, name: str) -> Actor:
        with self.town.services.database.read() as connection:
            found = people.actor(connection, self.town.people[name], self.today())
        assert found is not None
        return found

    def today(self) -> date:
        return self.town.services.today()
