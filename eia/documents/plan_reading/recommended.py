"""Links the actions of a table with the recommendations above it, by their printed labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eia.documents.plan_reading.labels import covers
from eia.documents.plan_reading.rows import Row
from eia.domain.plan import Recommendation


@dataclass(kw_only=True)
class Answered:
    """Every recommendation so far, and which of them an action answers; the same words count once."""

    _here: tuple[Recommendation, ...] = ()
    _labels: Sequence[str] = ()
    _known: dict[tuple[str, str, str], Recommendation] = field(default_factory=dict)
    _answered: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def all(self) -> tuple[Recommendation, ...]:
        """Each once, in order."""
        return tuple(self._known.values())

    def begin(self, row: Row, labels: Sequence[str]) -> None:
        """The row whose actions, with these labels, are read next."""
        self._here = tuple(self._known.setdefault(_key(each), each) for each in row.section.recommendations)
        self._labels = labels

    def by(self, label: str) -> tuple[Recommendation, ...]:
        """What an action with this label answers: its namesakes, or the only one there is."""
        found = tuple(each for each in self._here if covers(label, each.label))
        if not found and len(self._here) == 1:
            found = self._here
        self._answered.update(map(_key, found))
        return found

    def doubts(self, label: str) -> Iterator[str]:
        """Why the link may be wrong."""
        if len(self._here) < 2:
            return
        if not any(covers(label, each.label) for each in self._here):
            yield "Which of the recommendations above it answers is not said."
        elif self._labels.count(label) > 1:
            yield f"The label {label} is printed beside several actions: which answers what is not certain."

    def gaps(self) -> Iterator[str]:
        """Recommendations that no action's label answers."""
        for key, each in self._known.items():
            if key not in self._answered:
                name = each.label or f"'{each.text[:60]}'"
                yield f"No action is labelled as an answer to recommendation {name} under '{each.heading}'."


def _key(recommendation: Recommendation) -> tuple[str, str, str]:
    return recommendation.heading, recommendation.label, recommendation.text
