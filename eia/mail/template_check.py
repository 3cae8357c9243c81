"""Whether a template asks for anything that a mail does not give it: found at load, not in a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from jinja2 import Environment, meta, nodes

Given = Mapping[str, type | None]
"""What a template is given by name: a value of a dataclass, or plain text or a list (None)."""


class TemplateError(Exception):
    """A template that asks for what it is not given; the message names file, line and words."""


def check(environment: Environment, name: str, given: Given, items: Given) -> None:
    """Raises `TemplateError`. `items` are the names that loops give to the parts of lists."""
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, name)
    tree = environment.parse(source)
    unknown = meta.find_undeclared_variables(tree) - given.keys() - environment.globals.keys()
    problems = [*sorted(unknown), *_missing(tree, {**given, **items})]
    if problems:
        raise TemplateError(f"{name}: a mail does not say {', '.join(problems)}")


def _missing(tree: nodes.Template, known: Given) -> Iterator[str]:
    for node in tree.find_all(nodes.Getattr):
        if not isinstance(node.node, nodes.Name):
            continue
        shape = known.get(node.node.name)
        if shape is not None and node.attr not in {each.name for each in fields(shape)}:
            yield f"{node.node.name}.{node.attr} (line {node.lineno})"
