"""What stands beside a page's questions: what another part of the assessment said about the same row."""

from __future__ import annotations

from eia import content
from eia.domain.facts import AnswerKey
from eia.domain.forms.definition import Asked
from eia.domain.forms.pages import PageDefinition
from eia.usecases.answers import FormState
from eia.web.answers_summary import SummaryLine, line_of


def beside(state: FormState, page: PageDefinition) -> tuple[SummaryLine, ...]:
    """Each answer that the grid wants beside it, in words, as far as there is one."""
    if page.grid is None or page.characteristic is None:
        return ()
    places = (_asked(state, name, page.characteristic.id) for name in page.grid.beside)
    return tuple(
        line_of(asked, value, state.characteristics)
        for asked in places
        if (value := state.answers.get(asked.key)) is not None
    )


def _asked(state: FormState, name: str, row: str) -> Asked:
    form, _, question = name.partition(".")
    asked = content.question_set(state.facts.workflow, form).question(question)
    return Asked(key=AnswerKey(form, question, row), question=asked)
