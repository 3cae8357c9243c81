"""A report's numbers and actions as CSV for a spreadsheet, in which no cell can be a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from unicodedata import category, normalize

from eia.documents.record.words import Words
from eia.domain.report.figures import Figure
from eia.domain.report.report import ActionLine, Report

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so. Source: OWASP, CSV injection."""

_BOM = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as something older


def as_csv(report: Report, words: Words) -> bytes:
    """The figures, in all and by department; of a plan its actions."""
    return written(_figures(report, words) if report.figures else _actions(report, words))


def actions_csv(report: Report, words: Words) -> bytes:
    """The actions of every list, one a row."""
    return written(_actions(report, words))


def neutral(text: str) -> str:
    """The text, after an apostrophe where a spreadsheet would take it for a formula."""
    seen = next((each for each in text if not (each.isspace() or category(each).startswith("C"))), "")
    is_formula = normalize("NFKC", seen).startswith(DANGEROUS)  # as wide as other scripts write it, too
    return f"'{text}" if is_formula or text.startswith(("\t", "\r", "\n")) else text


def written(rows: Iterable[tuple[str, ...]]) -> bytes:
    """The rows with every cell in quotes: some programs part cells at a semicolon or a tab as well."""
    kept = StringIO(newline="")
    csv.writer(kept, quoting=csv.QUOTE_ALL).writerows([neutral(text) for text in row] for row in rows)
    return _BOM + kept.getvalue().encode()


def _figures(report: Report, words: Words) -> Iterator[tuple[str, ...]]:
    columns = ("figure", "department", "counted_column", "out_of_column", "share_column", "unknown_column")
    yield (
        *(words(name) for name in columns),
        words("median_column"),
        words("first_day"),
        words("last_day"),
        words("as_at"),
        words("definition_column"),
    )
    everywhere = report.department or words("every_department")
    for each in report.figures:
        yield _figure(each.now, everywhere, report, words)
    for found in report.departments:
        for title, each_figure in found.rows:
            yield _figure(each_figure, title or words("no_department"), report, words)


def _figure(found: Figure, department: str, report: Report, words: Words) -> tuple[str, ...]:
    first, last = (report.period.first, report.period.last) if report.period else ("", "")
    return (
        words(f"figure.{found.name}"),
        department,
        "" if found.median is not None else str(found.counted),
        str(found.out_of),
        "" if found.percent is None else f"{found.percent}%",
        str(found.unknown),
        "" if found.median is None else f"{found.median:g}",
        str(first),
        str(last),
        str(report.as_at),
        words(f"definition.{found.name}"),
    )


def _actions(report: Report, words: Words) -> Iterator[tuple[str, ...]]:
    columns = (
        "list",
        "owner",
        "objective",
        "label",
        "action",
        "target",
        "latest",
        "lead",
        "outcome",
        "state",
    )
    yield (*(words(name) for name in columns), words("overdue_since"), words("progress"))
    for found in report.lists:
        for line in found.lines:
            if isinstance(line, ActionLine):
                yield _action(line, words(found.name.value), words)


def _action(line: ActionLine, under: str, words: Words) -> tuple[str, ...]:
    return (
        under,
        line.owner,
        line.heading,
        line.label,
        line.text,
        line.target,
        str(line.latest or ""),
        "; ".join(line.leads),
        line.outcome,
        words(f"state_{line.state}"),
        words("yes") if line.is_overdue else words("no"),
        line.progress,
    )
