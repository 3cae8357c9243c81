"""What the page of a source and the page of a gap ask, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from flask_babel import gettext

from eia import content
from eia.domain.evidence import Evidence, EvidenceKind, Source
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.answers import WRITTEN_NAME
from eia.domain.forms.definition import Asked
from eia.domain.forms.pages import PageDefinition
from eia.usecases.evidence import SECTION, EvidenceEntry
from eia.usecases.evidence_pages import EvidencePage
from eia.usecases.leads import LeadEntry
from eia.usecases.writing import token_of
from eia.web.item_sheet import ItemSheet
from eia.web.lead_choice import lead_choices, lead_entry
from eia.web.question_form import QuestionForm, form_for, values_from
from eia.web.source_questions import SOURCE, Rewordings, questions, source_answers, source_questions

ACTION = "action"
ABOUT_A_SOURCE = ("title", "kind", "published_on", "characteristics", "finding", "link")
SAID_HERE = ("characteristics", "finding")  # what a citation says itself; the rest is the library's
ABOUT_A_GAP = ("title", *SAID_HERE)
PROMISED = ("lead", "target")  # asked of a gap as of an action

Sheet = ItemSheet[Evidence]


def source_sheet(view: EvidencePage, item: Evidence | None = None) -> Sheet:
    """A source that joins the library, or the one that is still this assessment's own."""
    given = {} if item is None else source_answers(item) | {"finding": item.finding}
    asked = source_questions(view.facts.workflow, ABOUT_A_SOURCE, view.characteristics)
    return _sheet(view, item, given, asked, gettext("A source"))


def citation_sheet(view: EvidencePage, cited: Source | Evidence, item: Evidence | None = None) -> Sheet:
    """What a source of the library says about the groups of this assessment."""
    given: dict[str, AnswerValue] = {
        "characteristics": tuple(group for group in view.needed if group in cited.characteristics)
    }
    if item is not None:
        given = {"characteristics": item.characteristics, "finding": item.finding}
    asked = source_questions(view.facts.workflow, SAID_HERE, view.characteristics)
    return _sheet(view, item, given, asked, cited.title)


def gap_sheet(view: EvidencePage, item: Evidence | None = None) -> Sheet:
    """What nobody knows, who will see to it, and by when."""
    workflow, groups, words = view.facts.workflow, view.characteristics, _words_of_gap()
    asked = (
        *questions(workflow, SOURCE, ABOUT_A_GAP, groups, words),
        *questions(workflow, ACTION, PROMISED, groups, words),
    )
    given = {} if item is None else _of_promised_gap(item)
    return _sheet(view, item, given, asked, gettext("A gap: what we have no data on"))


def sheet_to_change(view: EvidencePage, item: Evidence) -> tuple[Sheet, Callable[[], EvidenceEntry]]:
    """The sheet on which it is changed, and how what was typed there is read."""
    if item.is_gap:
        sheet = gap_sheet(view, item)
        return sheet, partial(gap_entry, view, sheet.form, item)
    if view.is_own(item):
        sheet = source_sheet(view, item)
        return sheet, partial(source_entry, sheet.form)
    sheet = citation_sheet(view, item, item)
    return sheet, partial(citation_entry, sheet.form, item.source_id, item)


def source_entry(form: QuestionForm) -> EvidenceEntry:
    """A source as it was typed."""
    values = values_from(form)
    published = values["published_on"]
    return EvidenceEntry(
        title=str(values["title"] or ""),
        kind=EvidenceKind(str(values["kind"])),
        published_on=date.fromisoformat(str(published)) if published else None,
        link=str(values["link"] or ""),
        characteristics=_groups(values),
        finding=str(values["finding"] or ""),
    )


def citation_entry(form: QuestionForm, source_id: UUID | None, cited: Source | Evidence) -> EvidenceEntry:
    """What somebody typed of a source whose facts stand elsewhere."""
    values = values_from(form)
    return EvidenceEntry(
        title=cited.title,
        kind=cited.kind,
        published_on=cited.published_on,
        link=cited.link,
        source_id=source_id,
        characteristics=_groups(values),
        finding=str(values["finding"] or ""),
    )


def gap_entry(view: EvidencePage, form: QuestionForm, item: Evidence | None = None) -> EvidenceEntry:
    """A gap as it was typed; whoever owned it and was left there does so under the same name."""
    values = values_from(form)
    said = str(values["lead"] or "")
    same = LeadEntry(name=item.lead) if item is not None and said == _lead(item) else None
    return EvidenceEntry(
        title=str(values["title"] or ""),
        kind=EvidenceKind.GAP,
        characteristics=_groups(values),
        finding=str(values["finding"] or ""),
        lead=same or lead_entry(view.people, said),
        target=str(values["target"] or ""),
    )


def _sheet(
    view: EvidencePage,
    item: Evidence | None,
    given: Mapping[str, AnswerValue],
    asked: tuple[Asked, ...],
    title: str,
) -> Sheet:
    known = {each.key: given[each.question.id] for each in asked if each.question.id in given}
    page = PageDefinition(slug="item", title=title, title_cy=None, asked=asked)
    form = form_for(
        content.question_set(view.facts.workflow, SOURCE),
        page,
        {AnswerKey(SOURCE, "is_gap"): False} | known,
        view.characteristics,
        token=token_of(item) if item else "",
        parties=lead_choices(view.people),
        whole=True,
    )
    return ItemSheet(section=SECTION, page=view, asked=page, form=form, item=item)


def _words_of_gap() -> Rewordings:
    return {
        "title": {
            "label": gettext("What do we have no data on?"),
            "hint": gettext("For example: visits by disabled people."),
            "missing": gettext("Say what there is no data on"),
        },
        "characteristics": {"hint": gettext("Choose all that apply.")},
        "finding": {
            "label": gettext("Why does it matter, and how could you find out?"),
            "hint": gettext(
                "For example: nobody asks why people stop coming. A card at the desk would tell."
            ),
            "missing": gettext("Say why it matters and how you could find out"),
            "guidance": "",
        },
        "lead": {
            "label": gettext("Who will see to it?"),
            "missing": gettext("Say who will see to it"),
        },
    }


def _lead(item: Evidence) -> str:
    """Who owns the gap, as the form's field keeps it."""
    return str(item.lead_person) if item.lead_person else f"{WRITTEN_NAME}{item.lead}"


def _of_promised_gap(item: Evidence) -> dict[str, AnswerValue]:
    return {
        "title": item.title,
        "characteristics": item.characteristics,
        "finding": item.finding,
        **({"lead": _lead(item)} if item.lead else {}),
        **({"target": item.target.raw} if item.target else {}),
    }


def _groups(values: Mapping[str, AnswerValue | None]) -> tuple[str, ...]:
    groups = values["characteristics"]
    return groups if isinstance(groups, tuple) else ()
