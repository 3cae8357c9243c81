"""Translators see every sentence that a rule or a verb can say, though those know nothing of gettext."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

import eia
from eia.web import message_ids

PACKAGE = Path(eia.__file__).parent
MAPPING = PACKAGE / "web" / "translations" / "babel.toml"
SPEAKS = {"missing": 1, "Sentence": 0, "NotAllowed": 0}  # which argument is the sentence


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    made = tmp_path_factory.mktemp("translations") / "messages.pot"
    options = ["-F", str(MAPPING), "-k", "lazy_gettext", "-o", str(made)]
    CommandLineInterface().run(["pybabel", "-q", "extract", *options, str(PACKAGE)])
    with made.open("rb") as file:
        return {str(message.id) for message in read_po(file)}


def test_what_rules_and_verbs_say_is_in_the_catalogue(catalogue: set[str]) -> None:
    said = {sentence for path in _rules_and_verbs() for sentence in _said_in(path)}
    assert len(said) > 30
    assert said - catalogue == set()


def test_a_sentence_of_a_page_is_in_the_catalogue_too(catalogue: set[str]) -> None:
    assert "Sign in" in catalogue


def test_what_documents_the_code_or_is_no_sentence_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text(
        '"""A rule of ours."""\nkey = "on_hold"\nwhy = "Say why it is kept."\nall = f"Say {why} now."\n'
    )
    with file.open("rb") as source:
        found = message_ids.extract(source, {}, [], {})
        assert [message for _, _, message, _ in found] == ["Say why it is kept."]


def _rules_and_verbs() -> Iterator[Path]:
    yield from (PACKAGE / "domain").rglob("*.py")
    yield from (path for path in (PACKAGE / "usecases").rglob("*.py") if "demo" not in path.parts)


def _said_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        place = SPEAKS.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
        if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
            yield node.args[place].value
