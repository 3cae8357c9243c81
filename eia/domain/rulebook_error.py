"""A fault in a rulebook file, told with file, table and key, so that whoever wrote it can find it."""

from __future__ import annotations


class RulebookError(Exception):
    """The file cannot be obeyed: `file` "england-1.toml", `table` "move.schedule", `key` "guards", and why.

    `table` and `key` are "" where the fault is in the whole file or the whole table.
    """

    def __init__(self, file: str, table: str, key: str, problem: str) -> None:
        place = ": ".join(part for part in (file, f"[{table}]" if table else "", key) if part)
        super().__init__(f"{place}: {problem}")
        self.file = file
        self.table = table
        self.key = key
        self.problem = problem
