"""The figures of a report on paper: what was counted, out of what, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eia.documents.record.paper import Bar, Block, Cell, Chart, Heading, Line, Table, cell
from eia.documents.record.words import Words
from eia.domain.report.figures import Figure, FigureName
from eia.domain.report.report import ByDepartment, Compared


def table(compared: Iterable[Compared], words: Words) -> Table:
    """Every figure beside the same one a period earlier."""
    return Table(
        summary=words("figures_table"),
        header=(words("figure"), words("now"), words("before")),
        rows=tuple(_row(each, words) for each in compared),
        widths=(36, 42, 22),
        is_by_name=True,
    )


def _row(each: Compared, words: Words) -> tuple[Cell, ...]:
    before = cell(said(each.before, words)) if each.before else ()
    return cell(words(f"figure.{each.now.name}")), _now(each.now, words), before


def _now(found: Figure, words: Words) -> Cell:
    lines = [Line(text=said(found, words))]
    lines += [
        Line(text=words(f"part.{name}", number=number)) for name, number in found.parts.items() if number
    ]
    if found.unknown:
        why = words(f"unknown.{found.name}")
        lines.append(Line(text=words("unknown", number=found.unknown, why=why)))
    return tuple(lines)


def said(found: Figure, words: Words) -> str:
    """The figure in words: never a share without what it is a share of."""
    if found.name is FigureName.DAYS_TO_APPROVAL:
        if found.median is None:
            return words("nothing")
        return words("median", days=f"{found.median:g}", number=found.out_of)
    if found.percent is None:
        return words("nothing")
    return words("share", percent=found.percent, counted=found.counted, out_of=found.out_of)


def by_department(found: ByDepartment, words: Words) -> Iterator[Block]:
    """One figure in every department: drawn, and in a table."""
    name = words(f"figure.{found.name}")
    bars = tuple(
        Bar(label=title or words("no_department"), percent=each.percent, text=said(each, words))
        for title, each in found.rows
    )
    yield Heading(text=name, level=3)
    rows = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    yield Chart(title=words("table_of", figure=name), description=words("chart_of", rows=rows), bars=bars)
    yield Table(
        summary=words("table_of", figure=name),
        header=tuple(
            words(column)
            for column in ("department", "share_column", "counted_column", "out_of_column", "unknown_column")
        ),
        rows=tuple(_department(title, each, words) for title, each in found.rows),
        widths=(44, 14, 14, 14, 14),
    )


def _department(title: str, found: Figure, words: Words) -> tuple[Cell, ...]:
    share = words("nothing") if found.percent is None else f"{found.percent}%"
    numbers = (share, *(str(number) for number in (found.counted, found.out_of, found.unknown)))
    return (cell(title or words("no_department")), *(cell(text) for text in numbers))
