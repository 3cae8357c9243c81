"""What the forms must say; each guard is told which question it is about, so any workflow can use it."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import Finding
from eia.domain.workflow.guards.registry import Among, Question, contains, guard, missing


@guard()
def answered(facts: AssessmentFacts, request: MoveRequest, *, questions: tuple[Question, ...]) -> Finding:
    """Each of these questions has an answer."""
    forms = dict.fromkeys(form for form, question in questions if facts.answer(form, question) is None)
    return tuple(missing("answered", "Some questions have no answer yet.", form) for form in forms)


@guard()
def all_yes(facts: AssessmentFacts, request: MoveRequest, *, questions: tuple[Question, ...]) -> Unmet | None:
    """Each of these questions is answered with yes."""
    open_ones = [question for question in questions if facts.answer(*question) is not True]
    if not open_ones:
        return None
    return missing(
        "all_yes", "The checklist is complete when every question is answered with yes.", open_ones[0].form
    )


@guard()
def grid_answered(
    facts: AssessmentFacts,
    request: MoveRequest,
    *,
    question: Question,
    when: Among | None = None,
    added: Question | None = None,
) -> Unmet | None:
    """Each characteristic, or row added to `added`, has an answer, where `when` holds."""
    gaps = _unanswered(facts, question, when, added)
    if gaps and added:
        return _unfinished("grid_answered", question)
    if not gaps:
        return None
    return missing("grid_answered", "Some characteristics have no answer yet.", question.form, of=gaps)


@guard()
def grid_explained(
    facts: AssessmentFacts, request: MoveRequest, *, question: Question, when: Among | None = None
) -> Unmet | None:
    """Each characteristic, or each for which `when` holds, has its reasons written."""
    gaps = _unanswered(facts, question, when)
    if not gaps:
        return None
    return missing("grid_explained", "Some characteristics have no reasons yet.", question.form, of=gaps)


@guard()
def no_impact_explained(
    facts: AssessmentFacts, request: MoveRequest, *, none: Among, reason: Question, words: int
) -> Unmet | None:
    """Where nothing is said to change, the reason has at least so many words: "n/a" is none.

    Source: R (Brown) v Work and Pensions Secretary [2008] EWHC 3158 (Admin): in substance, with rigour.
    """
    bare = tuple(
        key
        for key in facts.characteristics
        if none.holds(facts, key) and len(str(facts.answer(*reason, key) or "").split()) < words
    )
    if not bare:
        return None
    return missing(
        "no_impact_explained",
        "“No impact” and “not relevant” need a reason that says how you know.",
        reason.form,
        of=bare,
    )


@guard(contradicts=("some_among",))
def none_among(
    facts: AssessmentFacts, request: MoveRequest, *, question: Question, values: tuple[str, ...]
) -> Unmet | None:
    """No characteristic has one of these answers."""
    found = tuple(key for key, answer in facts.grid(*question) if contains(answer, values))
    if not found:
        return None
    return missing(
        "none_among",
        "Some characteristics have answers that call for a full assessment.",
        question.form,
        of=found,
    )


@guard(contradicts=("none_among",))
def some_among(
    facts: AssessmentFacts, request: MoveRequest, *, question: Question, values: tuple[str, ...]
) -> Unmet | None:
    """At least one characteristic has one of these answers."""
    if any(contains(answer, values) for _, answer in facts.grid(*question)):
        return None
    return missing("some_among", "No characteristic has an answer that calls for this.", question.form)


@guard()
def negatives_answered(
    facts: AssessmentFacts,
    request: MoveRequest,
    *,
    negative: Among,
    mitigation: Question,
    justification: Question,
    changed: Question | None = None,
    added: Question | None = None,
) -> Unmet | None:
    """Every negative impact is mitigated or justified, unless `changed` tells of a changed proposal.

    Source: Equality Act 2010 s149(1); R (Bracking) v Work and Pensions Secretary [2013] EWCA Civ 1345.
    """
    if changed and facts.answer(*changed):
        return None
    bare = tuple(
        key
        for key in _rows(facts, added)
        if negative.holds(facts, key)
        and facts.answer(*mitigation, key) is None
        and facts.answer(*justification, key) is None
    )
    if not bare:
        return None
    if added:
        return _unfinished("negatives_answered", mitigation)
    return missing(
        "negatives_answered",
        "Some negative impacts are neither mitigated nor justified, and the proposal has not changed.",
        mitigation.form,
        of=bare,
    )


@guard()
def unknown_is_not_neutral(
    facts: AssessmentFacts, request: MoveRequest, *, unknown: Among, neutral: Among
) -> Finding:
    """What is unknown is never also called neutral, and somebody is finding out."""
    unsure = tuple(key for key in facts.characteristics if unknown.holds(facts, key))
    both = tuple(key for key in unsure if neutral.holds(facts, key))
    idle = tuple(key for key in unsure if key not in _pursued(facts))
    return (*_called_neutral(both, neutral), *_not_pursued(idle))


def _called_neutral(characteristics: tuple[str, ...], neutral: Among) -> tuple[Unmet, ...]:
    if not characteristics:
        return ()
    return (
        missing(
            "unknown_is_not_neutral",
            "Some impacts are called both unknown and neutral: unknown is not neutral.",
            neutral.question.form,
            of=characteristics,
        ),
    )


def _not_pursued(characteristics: tuple[str, ...]) -> tuple[Unmet, ...]:
    if not characteristics:
        return ()
    return (
        missing(
            "unknown_is_not_neutral",
            "Some impacts are unknown and no action is finding out about them.",
            "actions",
            of=characteristics,
        ),
    )


def _pursued(facts: AssessmentFacts) -> frozenset[str]:
    by_gap = {
        key for item in facts.evidence if item.is_gap and item.action_id for key in item.characteristics
    }
    return frozenset(by_gap | {action.characteristic for action in facts.actions if action.characteristic})


def _unfinished(guard: str, question: Question) -> Unmet:
    return missing(guard, "A combination of groups that somebody added is not finished.", question.form)


def _rows(facts: AssessmentFacts, added: Question | None) -> tuple[str, ...]:
    return facts.added_rows(*added) if added else facts.characteristics


def _unanswered(
    facts: AssessmentFacts, question: Question, when: Among | None, added: Question | None = None
) -> tuple[str, ...]:
    return tuple(
        key
        for key in _rows(facts, added)
        if facts.answer(*question, key) is None and (when is None or when.holds(facts, key))
    )
