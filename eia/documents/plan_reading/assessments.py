"""Finds the assessments a plan promises: the items of a list that follows `complete EIAs of`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eia.documents.plan_reading.cells import Cell
from eia.documents.plan_reading.leads import Mention, Named
from eia.documents.plan_reading.positions import targets_for
from eia.domain.plan import Passage, PlannedAssessment
from eia.domain.target_date import TargetDate

_I = re.IGNORECASE
_ASSESSMENT = re.compile(r"\b(?:EIAs?|EqIAs?|INAs?|(?:equality )?(?:impact|needs) assessments?)\b", _I)
_PROMISE = re.compile(
    r"\b(?:complet|undertak|carry|carri|conduct|plan|programm|schedul|perform|assess|do\b|further|prepar)", _I
)
_ASIDE = re.compile(
    r"\s*\(((?:in conjunction|jointly|together|with|led by|subject to|see|if|where)\b[^()]*)\)", _I
)


def promised_subjects(blocks: Cell) -> list[str]:
    """The items of every list that a sentence about doing assessments introduces."""
    subjects: list[str] = []
    introduces = False
    for block in blocks:
        if not block.is_item:
            introduces = bool(_ASSESSMENT.search(block.text) and _PROMISE.search(block.text))
        elif introduces:
            subjects.append(block.text.rstrip(" .;,"))
    return subjects


def assessments_of(
    subjects: Sequence[str], *, label: str, target: TargetDate, named: Named, passage: Passage
) -> list[PlannedAssessment]:
    """One assessment a subject, its date and lead by position where they are as many."""
    targets, mismatch = targets_for(subjects, target)
    places = _places(named, len(subjects))
    return [
        _assessment(
            subject,
            target=targets[index],
            place=places[index] if places else None,
            label=label,
            support=named.support,
            passage=passage,
            mismatch=mismatch,
        )
        for index, subject in enumerate(subjects)
    ]


def _places(named: Named, count: int) -> tuple[Mention, ...]:
    if len(named.places) == count:
        return named.places
    return named.places * count if len(named.places) == 1 else ()


def _assessment(
    subject: str,
    *,
    target: TargetDate,
    place: Mention | None,
    label: str,
    support: tuple[str, ...],
    passage: Passage,
    mismatch: str | None,
) -> PlannedAssessment:
    aside = _ASIDE.search(subject)
    problems = [
        f"Beside '{_ASIDE.sub('', subject)}' stands: {aside[1]}." if aside else None,
        _lead_problem(place),
        mismatch,
        None if target.latest else "It has no target date.",
        *target.problems,
    ]
    return PlannedAssessment(
        subject=_ASIDE.sub("", subject).strip(),
        target=target,
        lead_name=place.lead.name if place and place.lead else None,
        support=support,
        action_label=label,
        problems=tuple(problem for problem in problems if problem),
        passage=passage,
    )


def _lead_problem(place: Mention | None) -> str | None:
    if place is None:
        return "Its lead could not be told from those named."
    return None if place.lead else "Its lead is to be confirmed."
