"""Which person a name in a plan may mean: a suggestion for somebody to confirm, never a match by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, kw_only=True)
class Known:
    """A person whom a name may mean."""

    id: UUID
    name: str
    job_title: str


def name_key(name: str) -> tuple[str, str]:
    """Surname and initials in lower case: "MN Perry" and "Mary Nell Perry" share ("perry", "mn").

    A name of one word has no initials; a name without letters has neither.
    """
    words = _WORD.findall(name)
    if not words:
        return "", ""
    *given, surname = words
    initials = "".join(word if word.isupper() and len(word) <= 3 else word[0] for word in given)
    return surname.lower(), initials.lower()


def suggested(name: str, people: Iterable[Known]) -> tuple[Known, ...]:
    """Whom the name may mean, likeliest first: the same post, then every initial, then the first.

    Nobody is suggested for a surname alone: that would be a guess.
    """
    surname, initials = name_key(name)
    scored = [(score, person) for person in people if (score := _likeness(name, surname, initials, person))]
    return tuple(person for _, person in sorted(scored, key=lambda pair: (-pair[0], pair[1].name)))


def _likeness(name: str, surname: str, initials: str, person: Known) -> int:
    if name.strip().lower() in (person.job_title.lower(), person.name.lower()):
        return 3
    their_surname, their_initials = name_key(person.name)
    if not initials or not their_initials or surname != their_surname or initials[0] != their_initials[0]:
        return 0
    return 2 if initials == their_initials else 1
