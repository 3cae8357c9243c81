"""Two contents compared: what was added, what was removed, what changed, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

from eia.domain.comparison import ChangeKind, compare
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.snapshot import Content, Item, from_json, to_json

REASON = AnswerKey("screening", "relevance.reason", "age")
PURPOSE = AnswerKey("schedule", "purpose")
RATING = AnswerKey("impact", "impact.rating", "age")


def source(name: str, **fields: AnswerValue) -> Item:
    return Item(
        id=name, fields={"title": "Library card holders", "finding": "A third are over 65.", **fields}
    )


CONTENT = Content(
    title="Library hours",
    characteristics=("age", "sex"),
    answers={PURPOSE: "To close two evenings.", REASON: "They come by bus.", RATING: ("negative",)},
    evidence=(source("1"), source("2", title="Bus timetable", characteristics=("age",))),
    actions=(Item(id="3", fields={"text": "Keep one late evening", "lead": ("Nia Example",)}),),
    files=(Item(id="5", fields={"name": "Letter.txt", "section": "evidence", "sha256": "ab"}),),
)


def test_the_same_content_has_no_differences():
    assert compare(CONTENT, CONTENT).is_empty


def test_answers_that_were_given_taken_away_or_changed_are_told_and_no_others():
    answers = {
        PURPOSE: "To close three evenings.",
        RATING: ("negative",),
        AnswerKey("outcome", "how_watched"): "We ask.",
    }
    found = compare(CONTENT, replace(CONTENT, answers=answers)).answers
    assert {key.question: change.kind for key, change in found.items()} == {
        "purpose": ChangeKind.CHANGED,
        "how_watched": ChangeKind.ADDED,
        "relevance.reason": ChangeKind.REMOVED,
    }


def test_a_blank_answer_is_no_answer():
    answers = {**CONTENT.answers, AnswerKey("outcome", "how_watched"): "  \n", AnswerKey("impact", "x"): ()}
    assert compare(CONTENT, replace(CONTENT, answers=answers)).is_empty


def test_an_answer_of_no_is_an_answer():
    key = AnswerKey("quality_check", "plain_english")
    (change,) = compare(CONTENT, replace(CONTENT, answers={**CONTENT.answers, key: False})).answers.values()
    assert (change.before, change.after) == (None, False)


def test_only_the_fields_of_a_source_that_changed_are_told():
    changed = (source("1", finding="Two thirds are over 65."), CONTENT.evidence[1])
    (change,) = compare(CONTENT, replace(CONTENT, evidence=changed)).items["evidence"]
    assert (change.kind, list(change.fields)) == (ChangeKind.CHANGED, ["finding"])
    assert change.fields["finding"].before == "A third are over 65."


def test_a_new_source_and_one_taken_out_are_two_changes():
    changed = (CONTENT.evidence[0], source("9", title="Survey of teenagers"))
    found = compare(CONTENT, replace(CONTENT, evidence=changed)).items["evidence"]
    assert [(change.kind, change.item.id) for change in found] == [
        (ChangeKind.ADDED, "9"),
        (ChangeKind.REMOVED, "2"),
    ]


def test_a_source_of_another_version_is_known_by_its_name():
    copied = tuple(replace(item, id=f"copy of {item.id}") for item in CONTENT.evidence)
    assert compare(CONTENT, replace(CONTENT, evidence=copied)).is_empty


def test_an_action_of_another_version_in_slightly_other_words_is_the_same_action():
    other = Item(id="8", fields={"text": "Keep one late evening a week", "lead": ("Nia Example",)})
    (change,) = compare(CONTENT, replace(CONTENT, actions=(other,))).items["actions"]
    assert (change.kind, list(change.fields)) == (ChangeKind.CHANGED, ["text"])


def test_two_of_one_name_stay_two():
    twice = (source("1"), source("4"))
    (change,) = compare(CONTENT, replace(CONTENT, evidence=(*twice, CONTENT.evidence[1]))).items["evidence"]
    assert (change.kind, change.item.id) == (ChangeKind.ADDED, "4")


def test_a_kept_content_reads_back_as_it_was():
    assert compare(from_json(to_json(CONTENT)), CONTENT).is_empty
    assert from_json(to_json(CONTENT)).answers == CONTENT.answers


def test_what_was_kept_before_there_were_files_reads_back_without_any():
    kept = json.loads(to_json(CONTENT))
    del kept["files"]
    assert from_json(json.dumps(kept)) == replace(from_json(to_json(CONTENT)), files=())


def test_a_file_that_replaces_one_of_its_name_is_that_file_changed():
    newer = Item(id="6", fields={"name": "Letter.txt", "section": "evidence", "sha256": "cd"})
    (change,) = compare(CONTENT, replace(CONTENT, files=(newer,))).items["files"]
    assert change.kind is ChangeKind.CHANGED
    assert set(change.fields) == {"sha256"}


def test_the_same_content_is_kept_as_the_same_text():
    turned = replace(
        CONTENT,
        answers=dict(reversed(CONTENT.answers.items())),
        evidence=CONTENT.evidence[::-1],
    )
    assert to_json(turned) == to_json(CONTENT)
