"""What the demonstration's people write into their assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.grids import ADDED
from eia.domain.people import Actor
from eia.usecases.actions import ActionEntry, add_action
from eia.usecases.answers import page_token, read_form, save_answers
from eia.usecases.attachments import add_attachment
from eia.usecases.consultation import (
    ConsultationEntry,
    add_consultation,
    change_consultation,
    consultation_page,
)
from eia.usecases.demo.cast import Cast, read
from eia.usecases.demo.evidence import Gathering
from eia.usecases.invitations import invite, invited_page, record_answer
from eia.usecases.leads import LeadEntry
from eia.usecases.services import Services
from eia.usecases.uploads import Upload
from eia.usecases.writing import token_of

Spec = dict[str, Any]
MARRIAGE = "marriage_and_civil_partnership"
SIZES = {"positive": "gain", "negative": "harm"}
INVITATION = """To: {invited}

Something may change for you: {title}. Nothing is decided yet.

Tell us what it would mean for you, and what we have not thought of. You can write, call or come in; if you
need this letter in large print, in easy words or in another language, say so and we will bring it.
"""
INVITED = ("Access Forum", "Older People's Assembly", "Refugee Welcome Centre")
CHECKLIST = (
    "evidence_sufficient",
    "consultation_adequate",
    "impacts_explained",
    "mitigation_realistic",
    "plain_english",
)


@dataclass
class Writer:
    """Puts a specification's words where a person would type them."""

    services: Services
    cast: Cast

    def schedule_answers(self, spec: Spec, decided: date) -> dict[AnswerKey, AnswerValue]:
        """What is decided, for whom and why now."""
        begins = decided + timedelta(days=60)
        return _keys(
            "schedule",
            {
                "purpose": spec["purpose"],
                "decision": f"{spec['decision_body']} is asked whether to do this, and how. Both are open.",
                "kind": spec["kind"],
                "who_is_affected": spec["affected"],
                "why_now": spec["why_now"],
                "implementation_date": f"{begins:%B %Y}",
            },
        )

    def screen(self, actor: Actor, assessment_id: UUID, spec: Spec, *, groups: int | None = None) -> None:
        """Relevance group by group; the first few groups only when it has just been begun."""
        known = read_form(self.services, actor, assessment_id, "screening").characteristics
        rows = {group.id: _relevance(spec, group.id) for group in known[:groups]}
        answers = _grid("screening", "relevance", rows)
        if groups is None:
            concluded = {"recommended": _recommended(spec), "outcome_reason": spec["screening_reason"]}
            answers |= _keys("screening", concluded)
        self._save(actor, assessment_id, "screening", answers)

    def gather_evidence(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """The sources and gaps of the specification; each gap is somebody's, and not yet an action."""
        self._gathering(actor, assessment_id, spec).gather(spec)

    def promise_to_find_out(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """Every gap becomes an action."""
        self._gathering(actor, assessment_id, spec).promise()

    def open_consultation(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """One activity of a month and a bit, for every group that the proposal touches."""
        words = spec["consultation"]
        opens = self.services.today() + timedelta(days=1)
        entry = ConsultationEntry(
            method=words["method"],
            invited=words["invited"],
            characteristics=_touched(spec),
            opens_on=opens,
            closes_on=opens + timedelta(days=30),
        )
        activity_id = add_consultation(self.services, actor, assessment_id, entry)
        for name in INVITED:
            invite(self.services, actor, assessment_id, activity_id, name)
        first, *_ = invited_page(self.services, actor, assessment_id, activity_id).invited
        record_answer(self.services, actor, assessment_id, activity_id, first.id)

    def attach_invitation(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """The letter that went to everybody who was asked."""
        letter = INVITATION.format(title=spec["title"], invited=spec["consultation"]["invited"])
        upload = Upload(name="Letter of invitation.txt", content=letter.encode())
        add_attachment(self.services, actor, assessment_id, "consultation", upload)

    def report_consultation(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """What people said and what changed; the last group is one that nobody managed to reach."""
        words = spec["consultation"]
        for item in consultation_page(self.services, actor, assessment_id).items:
            heard = item.characteristics[:-1] or item.characteristics
            entry = ConsultationEntry(
                method=item.method,
                invited=item.invited,
                characteristics=item.characteristics,
                opens_on=item.opens_on,
                closes_on=item.closes_on,
                heard=heard,
                summary=words["said"],
                changed=words["changed"],
                not_heard_because=words["not_heard"],
            )
            change_consultation(
                self.services, actor, assessment_id, item.id, entry, page_token=token_of(item)
            )

    def rate_impacts(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """Who is affected, how, and what will be done about it."""
        rows = {impact["group"]: _impact(impact) for impact in spec["impact"]}
        answers = _grid("impact", "impact", rows)
        answers |= _grid("impact", "combination", _combinations(spec))
        answers |= _keys("impact", _aims(spec))
        self._save(actor, assessment_id, "impact", answers)

    def recommend_outcome(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """What the author advises the decision maker to do."""
        answers = {"recommended_outcome": spec["outcome"], "outcome_reason": spec["outcome_reason"]}
        self._save(actor, assessment_id, "outcome", _keys("outcome", answers))

    def promise_actions(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """An action for every negative or unknown impact."""
        for impact in spec["impact"]:
            if impact.get("action"):
                due = self.services.today() + timedelta(days=20 + 30 * int(impact["action_months"]))
                self._promise(actor, assessment_id, impact, f"{due.day} {due:%B %Y}")

    def put_right(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """What the champion asked for is said where it was missing."""
        said = f"{spec['outcome_reason']} The figures behind this are in the evidence section."
        self._save(actor, assessment_id, "outcome", _keys("outcome", {"outcome_reason": said}))
        impact = spec["impact"][0]
        explained = f"{impact['reason'].rstrip('.')}, as people who use the service told us themselves."
        better = {impact["group"]: {"explanation": explained}}
        self._save(actor, assessment_id, "impact", _grid("impact", "impact", better))

    def check_quality(self, actor: Actor, assessment_id: UUID) -> None:
        """The champion answers the checklist."""
        answers: dict[str, AnswerValue] = dict.fromkeys(CHECKLIST, True)
        self._save(actor, assessment_id, "quality_check", _keys("quality_check", answers))

    def review(self, actor: Actor, assessment_id: UUID, spec: Spec) -> None:
        """What really happened, a year on."""
        rows: dict[str, Mapping[str, AnswerValue]] = {
            impact["group"]: {
                "actual": ("as_predicted", "better", "worse")[place % 3],
                "effect": (impact["effect"],) if impact["effect"] != "unknown" else ("negative",),
                "what_happened": f"A year of figures: {impact['who']}. {impact['reason']}",
            }
            for place, impact in enumerate(spec["impact"])
            if impact["effect"] != "neutral"
        }
        year = self.services.today().year
        answers = _grid("review", "actual", rows) | _keys(
            "review",
            {
                "not_foreseen": "Nobody came to us who was. We asked the same people as before the decision.",
                "actions_reviewed": "Every action was done; none had to be carried forward.",
                "next_review": f"March {year + 3}",
            },
        )
        self._save(actor, assessment_id, "review", answers)

    def _save(
        self, actor: Actor, assessment_id: UUID, form: str, answers: dict[AnswerKey, AnswerValue]
    ) -> None:
        stored = read_form(self.services, actor, assessment_id, form).answers
        token = page_token({key: stored.get(key) for key in answers})
        save_answers(self.services, actor, assessment_id, form, dict(answers), page_token=token)

    def _gathering(self, actor: Actor, assessment_id: UUID, spec: Spec) -> Gathering:
        return Gathering(
            services=self.services, actor=actor, assessment_id=assessment_id, touched=_touched(spec)
        )

    def _promise(self, actor: Actor, assessment_id: UUID, words: Spec, target: str) -> None:
        leader = self.cast[words["action_lead"]] if words.get("action_lead") else actor
        entry = ActionEntry(
            text=words["action"],
            target=target,
            leads=(LeadEntry(name=leader.name, person_id=leader.id),),
            outcome=words.get("mitigation") or "We know, and the next assessment can use it.",
            characteristic=words["group"],
        )
        add_action(self.services, actor, assessment_id, entry)


def _keys(form: str, answers: Mapping[str, AnswerValue]) -> dict[AnswerKey, AnswerValue]:
    return {AnswerKey(form, question): value for question, value in answers.items()}


def _grid(
    form: str, question: str, rows: Mapping[str, Mapping[str, AnswerValue]]
) -> dict[AnswerKey, AnswerValue]:
    return {
        AnswerKey(form, f"{question}.{column}", group): value
        for group, columns in rows.items()
        for column, value in columns.items()
    }


def _touched(spec: Spec) -> tuple[str, ...]:
    return tuple(dict.fromkeys(impact["group"] for impact in spec["impact"]))


def _relevance(spec: Spec, group: str) -> dict[str, AnswerValue]:
    for impact in spec["impact"]:
        if impact["group"] == group:
            return {
                "relevance": "relevant",
                "effect": (_effect(impact),),
                "reason": impact["reason"],
            }
    reasons = read("reasons")[group]
    return {"relevance": "not_relevant", "reason": reasons[len(spec["title"]) % len(reasons)]}


def _effect(impact: Spec) -> str:
    return "none" if impact["effect"] == "neutral" else str(impact["effect"])


def _impact(impact: Spec) -> dict[str, AnswerValue]:
    """The effect is on equality of opportunity unless the specification says aim by aim."""
    group, effect = impact["group"], _effect(impact)
    row: dict[str, AnswerValue] = {
        "eliminate": tuple(impact.get("eliminate", (effect,) if group == MARRIAGE else ("none",))),
        "explanation": impact["reason"],
        "who_and_how_many": impact["who"],
    }
    if group != MARRIAGE:
        row |= {"advance": (effect,), "foster": tuple(impact.get("foster", ("none",)))}
    given = {value for value in row.values() if isinstance(value, tuple) for value in value}
    sizes = {SIZES[value]: impact.get("size", "medium") for value in SIZES if value in given}
    return row | sizes | ({"mitigation": impact["mitigation"]} if impact.get("mitigation") else {})


def _combinations(spec: Spec) -> dict[str, Mapping[str, AnswerValue]]:
    return {
        f"{ADDED}{place}": {
            "name": found["name"],
            "groups": tuple(found["groups"]),
            "rating": (found["effect"],),
            SIZES[found["effect"]]: found["size"],
            "explanation": found["reason"],
            "mitigation": found["mitigation"],
        }
        for place, found in enumerate(spec.get("combination", ()), 1)
    }


def _recommended(spec: Spec) -> str:
    return "screen_out" if spec["stage"] == "screened_out" else "require_full"


def _aims(spec: Spec) -> dict[str, AnswerValue]:
    first, last = spec["impact"][0], spec["impact"][-1]
    return {
        "changed_proposal": spec.get("consultation", {}).get("changed", "Nothing has been changed yet."),
        "combinations": (
            f"Looked at together: {_group_words(first)} and {_group_words(last)}. "
            f"{last['reason']} Where both hold for one person, the two effects add up."
        ),
        "aim_eliminate": f"The part that could disadvantage people is this: {first['reason']}",
        "aim_advance": f"What is done about it: {first.get('mitigation') or spec['outcome_reason']}",
        "aim_foster": f"Who was asked, and how they met: {spec.get('consultation', {}).get('invited', '')}",
    }


def _group_words(impact: Spec) -> str:
    return str(impact["group"]).replace("_", " ")
