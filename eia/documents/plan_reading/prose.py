"""Plans without a table: what is listed or recommended under the themes of a plan becomes draft actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from eia.documents.plan_reading.cells import read_cell
from eia.documents.plan_reading.labels import split_label
from eia.documents.plan_reading.layout import Piece, Role, Words, as_words
from eia.documents.plan_reading.readers import words_of
from eia.domain.plan import LeftOver, Passage, PlanAction
from eia.domain.target_date import Period, TargetDate, parse_target, times_said

LONGEST_THEME = 6
"""Words, where a colon ends it: `Housing and repairs:` over a list."""

MOST_LINES = 2_000
"""Of a plan; what follows is reported and not read."""

LONGEST_SENTENCE = 2_000
"""Characters; a longer one is not searched for promises, nor joined to the next line."""

MOST_SECTIONS = 5
"""Headings that name a plan; a text with more is no plan."""

_I = re.IGNORECASE
_PLAN = re.compile(r"\bplans?\b", _I)
_PROMISES = re.compile(
    r"\b(?:recommend|needs? (?:[\w ]{1,40} )?to|must|will|shall|should|ensure|propos|agreed|plan to|commit"
    r"|intend|undertake|aim to|actions?|steps)",
    _I,
)
_RECOMMENDS = re.compile(r"\b(?:it is|we|is) recommend(?:ed)? that\b", _I)
_MAY_PROMISE = re.compile(
    r"\b(?:will be ready|must|needs? to (?!work\b)|it is important that we|is proposed|we propose)", _I
)
_SAYS_SOMETHING = re.compile(
    rf"(?:it|we|this|these|those|they|there|the following|our)\b|.*{_PROMISES.pattern}", _I
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ATTACHMENT = re.compile(r"\b(?:Appendix|Annex|Schedule) (?:[A-Z]|\d{1,2})\b")


@dataclass(kw_only=True)
class Prose:
    """Draft actions in order, and what was left out with the reason."""

    period: Period | None
    theme: str = ""
    introduction: str | None = None  # the paragraph above a list; None right under a theme
    actions: list[PlanAction] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)

    def take(self, words: Words) -> None:
        """One line of the plan."""
        if words.role is Role.HEADING or _is_short_theme(words):
            self.theme, self.introduction = as_words(words).rstrip(":"), None
        elif words.role is Role.ITEM:
            self._item(words)
        elif self._goes_on_recommending(words):
            self._draft(words, words.text)
        else:
            self.introduction = _last_sentence(words.text)
            self._paragraph(words)

    def _item(self, words: Words) -> None:
        if self.introduction is None and self.theme:
            self._draft(words, words.text)
        elif self.introduction and _PROMISES.search(self.introduction):
            self._draft(words, words.text, above=self.introduction)
        else:
            self._leave(words, words.text)
            self.problems.append(
                f"Line {words.line} is in a list that promises nothing: '{_excerpt(words.text)}'."
            )

    def _goes_on_recommending(self, words: Words) -> bool:
        """`It is recommended that: ...` may end with a paragraph that begins with `That`."""
        above = self.introduction or ""
        return words.text.startswith("That ") and bool(_RECOMMENDS.search(above)) and bool(self.actions)

    def _paragraph(self, words: Words) -> None:
        if words.text.rstrip().endswith((";", ":")):
            return
        for sentence in _SENTENCES.split(words.text):
            if _RECOMMENDS.search(sentence) and self.theme:
                self._draft(words, sentence)
            elif _MAY_PROMISE.search(sentence):
                self._leave(words, sentence)
                self.problems.append(
                    f"Line {words.line} may promise something outside a list: '{_excerpt(sentence)}'."
                )

    def _leave(self, words: Words, text: str) -> None:
        passage = Passage(first_line=words.line, last_line=words.line)
        self.left_over.append(LeftOver(passage=passage, text=text))

    def _draft(self, words: Words, text: str, *, above: str = "") -> None:
        labelled = split_label(text)
        target, problems = _target(labelled.rest, above, self.period)
        self.actions.append(
            PlanAction(
                label=labelled.label,
                heading=self.theme,
                text=labelled.rest.strip(),
                target=target,
                is_draft=True,
                problems=(
                    "It was drafted from prose: say whether it is an action.",
                    *problems,
                    "No lead is named.",
                ),
                passage=Passage(first_line=words.line, last_line=words.line),
            )
        )


def read_prose(pieces: Sequence[Piece], period: Period | None) -> Prose:
    """The plan in a text without tables; no actions where no heading calls itself a plan."""
    words = list(_flattened(pieces))
    read = [_read(section, period) for section in _plan_sections(words)]
    prose = max(read, key=lambda each: len(each.actions), default=Prose(period=period))
    if not prose.actions:
        prose.problems, prose.left_over = [], []
    prose.problems.extend(_missing(words))
    return prose


def _read(section: Sequence[Words], period: Period | None) -> Prose:
    prose = Prose(period=period)
    for words in section[:MOST_LINES]:
        prose.take(words)
    if len(section) > MOST_LINES:
        prose.problems.append(f"Only the first {MOST_LINES} lines of the plan were read.")
    return prose


def _target(text: str, above: str, period: Period | None) -> tuple[TargetDate, list[str]]:
    own, inherited = times_said(text), times_said(above)
    target = parse_target(next(iter([*own, *inherited]), ""), period=period)
    problems = list(target.problems)
    if inherited and not own:
        problems.append(f"Its time, '{target.raw}', stands above the whole list.")
    problems.extend(f"Another time is named beside it: '{other}'." for other in own[1:])
    return target, problems


def _flattened(pieces: Iterable[Piece]) -> Iterator[Words]:
    """Words one after another: a number on a line of its own, or half a sentence, joins its neighbour."""
    before: Words | None = None
    for words in (words for piece in pieces for words in _as_lines(piece)):
        if before and not before.text and before.number and not words.number:
            words = replace(words, number=before.number)
        elif before and _is_cut(before, words):
            words = replace(before, text=f"{before.text} {words.text}")
        elif before:
            yield before
        before = words
    if before:
        yield before


def _as_lines(piece: Piece) -> Iterator[Words]:
    """Many documents stand in a table that only lays them out: its cells are read one after the other."""
    if isinstance(piece, Words):
        yield piece
        return
    for block in (block for cell in piece.cells for block in read_cell(cell)):
        words = words_of(piece.line, block.text)
        yield replace(words, role=Role.ITEM) if block.is_item else words


def _is_cut(before: Words, words: Words) -> bool:
    is_open = before.text[-1:] not in ".;:?!" and len(before.text) < LONGEST_SENTENCE
    return words.role is Role.PARAGRAPH and words.text[:1].islower() and is_open


def _plan_sections(words: Sequence[Words]) -> Iterator[Sequence[Words]]:
    """What stands under each heading that names a plan; a title only where no numbered heading does."""
    plans = [
        place for place, each in enumerate(words) if each.role is Role.HEADING and _PLAN.search(each.text)
    ]
    numbered = [place for place in plans if _rank(words[place])]
    for start in (numbered or plans)[:MOST_SECTIONS]:
        rank = _rank(words[start])
        after = (place for place in range(start + 1, len(words)) if rank and 0 < _rank(words[place]) <= rank)
        yield words[start + 1 : next(after, len(words))]


def _rank(words: Words) -> int:
    """1 for `4`, 2 for `4.1`, nothing for a heading or list without a number."""
    if not words.number or words.role is not Role.HEADING:
        return 0
    return len(words.number.removesuffix(".0").split("."))


def _is_short_theme(words: Words) -> bool:
    text = words.text
    is_short = text.endswith(":") and len(text.split()) <= LONGEST_THEME
    return words.role is Role.PARAGRAPH and is_short and not _SAYS_SOMETHING.match(text)


def _last_sentence(text: str) -> str:
    return _SENTENCES.split(text[-LONGEST_SENTENCE:].strip())[-1]


def _missing(words: Sequence[Words]) -> Iterator[str]:
    """Appendices that the words point to and that have no heading of their own."""
    named = dict.fromkeys(name for each in words for name in _ATTACHMENT.findall(each.text))
    for name in named:
        if not any(each.role is Role.HEADING and each.text.startswith(name) for each in words):
            yield f"Its words point to '{name}', which is not in this file: the actions may stand there."


def _excerpt(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:97]}..."
