"""What words give away: nothing said, the same said twice, and promises that promise nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations

ALIKE = 0.85
"""The share of words in common from which two texts count as one: about one word in seven may differ."""

PLACEHOLDERS = frozenset(
    (
        "na",
        "nil",
        "no",
        "none",
        "no comment",
        "not applicable",
        "not known",
        "as above",
        "see above",
        "same as above",
        "as before",
        "ditto",
        "tba",
        "tbc",
        "to be added",
        "to be confirmed",
        "to follow",
        "xx",
        "xxx",
    )
)
VAGUE = (
    "aim to",
    "appropriate",
    "as far as possible",
    "as necessary",
    "as required",
    "awareness",
    "be considered",
    "be mindful",
    "be monitored",
    "be reviewed",
    "best endeavours",
    "consider",
    "continue to monitor",
    "endeavour",
    "explore",
    "if necessary",
    "if needed",
    "in due course",
    "keep under review",
    "kept under review",
    "look at ways",
    "look into",
    "monitor",
    "reasonable steps",
    "seek to",
    "signpost",
    "strive to",
    "try to",
    "where necessary",
    "where possible",
    "where practicable",
)
THE_SAME_FOR_ALL = (
    "all groups equally",
    "applies equally",
    "applies to all",
    "applies to everybody",
    "applies to everyone",
    "available to all",
    "available to everyone",
    "everybody equally",
    "everyone equally",
    "open to all",
    "open to everyone",
    "regardless of",
    "same for all",
    "same for everybody",
    "same for everyone",
    "treats all",
    "treats everybody",
    "treats everyone",
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SENTENCE_END = re.compile(r"[.!?;]\s+|\n+")
_SMALL = frozenset(("and", "or", "of"))
_RUN_TOGETHER = frozenset(phrase.replace(" ", "") for phrase in PLACEHOLDERS)  # "t.b.c." is three words
_LONGEST = 2 * max(map(len, PLACEHOLDERS))  # with all the stops and blanks that may be between
_LONG = 25  # words: a sentence of more says something beside its vague phrase


def words_in(text: str) -> list[str]:
    """The words in small letters, without stops and marks."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def is_placeholder(text: str) -> bool:
    """Whether it only fills the box: no word at all, or a stock word for nothing."""
    if len(text) > _LONGEST and _WORD.search(text):
        return False
    words = words_in(text)
    return not words or "".join(words) in _RUN_TOGETHER


def is_vague(text: str) -> bool:
    """Whether each sentence only monitors, considers or depends on what is possible."""
    return _says_only(text, VAGUE)


def is_the_same_for_all(text: str) -> bool:
    """Whether each sentence only claims that everybody is treated alike."""
    return _says_only(text, THE_SAME_FOR_ALL)


def repeated(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The keys whose text stands, nearly word for word, under another key too.

    The keys are characteristics, and their own words do not count: a name changed is no new thought.
    """
    names = {word for key in texts for word in key.split("_")} - _SMALL
    bags = {key: {word for word in words_in(text) if word not in names} for key, text in texts.items()}
    found = {key for pair in combinations(bags, 2) if _alike(bags[pair[0]], bags[pair[1]]) for key in pair}
    return tuple(key for key in texts if key in found)


def _alike(one: set[str], other: set[str]) -> bool:
    sizes = len(one) + len(other)
    return sizes > 0 and 2 * len(one & other) >= ALIKE * sizes


def _says_only(text: str, phrases: Iterable[str]) -> bool:
    sentences = [sentence for sentence in _SENTENCE_END.split(text) if _WORD.search(sentence)]
    return bool(sentences) and all(_is_stock(words_in(sentence), phrases) for sentence in sentences)


def _is_stock(words: list[str], phrases: Iterable[str]) -> bool:
    """A figure, as in a day or a number of people, makes a sentence one that can be held to."""
    if len(words) > _LONG or any(character.isdigit() for word in words for character in word):
        return False
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in phrases)
