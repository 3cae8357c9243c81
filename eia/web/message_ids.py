"""Finds the sentences that rules and verbs say, so that translators see them: no gettext call does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

Found = tuple[int, None, str, list[str]]

SENTENCE = re.compile(r"(?:[A-Z“]|%\()[^\n]*[a-z)] [^\n|]*")


def extract(source: IO[bytes], _keywords: Any, _tags: Any, options: Any) -> Iterator[Found]:
    """Every string of a Python file that reads as a sentence and documents nothing, in Babel's shape."""
    tree = ast.parse(source.read())
    silent = {id(node) for node in _unspoken(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in silent and SENTENCE.fullmatch(str(node.value)):
            yield node.lineno, None, str(node.value), []


def _unspoken(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and the pieces of an f-string, which is nobody's message id."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
