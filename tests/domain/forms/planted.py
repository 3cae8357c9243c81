"""A small question set and a list of groups, in which faults can be planted."""

from __future__ import annotations

import tomllib

from eia.domain.forms.definition import Characteristic, QuestionSet
from eia.domain.forms.load import load_question_set

AGE = Characteristic(id="age", name="Age")
RACE = Characteristic(id="race", name="Race")
GROUPS = (AGE, RACE)

SMALL = """
title = "Small"

[[page]]
slug = "pair"
title = "Two together"

[[question]]
id = "kind"
kind = "one_of"
label = "Which kind?"
option = [{ value = "new", label = "New" }, { value = "old", label = "Old" }]

[[question]]
id = "since"
kind = "date"
label = "Since when?"
when = { question = "kind", is = "old" }

[[question]]
id = "impact"
kind = "grid"
label = "What happens?"

[[question.column]]
id = "rating"
kind = "many_of"
label = "Which?"
option = [
  { value = "positive", label = "Positive" },
  { value = "negative", label = "Negative" },
  { value = "neutral", label = "Neutral", exclusive = true },
]

[[question.column]]
id = "mitigation"
kind = "long_text"
label = "What will you do?"
when = { question = "impact.rating", is = "negative" }

[[question]]
id = "sure"
kind = "yes_no"
label = "Are you sure?"
page = "pair"

[[question]]
id = "comments"
kind = "long_text"
label = "Anything else?"
page = "pair"
required = false
max_words = 5
"""


def small(text: str = SMALL) -> QuestionSet:
    """The question set of this text, as if it stood in small-1.toml."""
    return load_question_set(tomllib.loads(text), "small-1.toml")
