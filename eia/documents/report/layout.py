"""A report laid out on paper: the page, the PDF and the Word file draw these blocks."""

from __future__ import annotations

from collections.abc import Iterator

from eia.documents.record.paper import Block, Facts, Heading, Notice, Paper, Prose, Table, cell
from eia.documents.record.words import Words
from eia.documents.report import figures, lists
from eia.domain.report.period import PeriodKind, ReportPeriod
from eia.domain.report.report import Extent, Heard, Report, ReportKind
from eia.domain.report.small_numbers import THRESHOLD

_READERS = {
    ReportKind.QUARTERLY: "for_management",
    ReportKind.ANNUAL: "for_scrutiny",
    ReportKind.REVIEW: "for_everyone",
    ReportKind.PLAN: "a_plan",
}


def lay_out(report: Report, words: Words) -> Paper:
    """The paper, with what the reader must know before its numbers at its head."""
    name = title(report, words)
    return Paper(
        language=report.language,
        body=report.body,
        about=words(_READERS[report.kind]),
        title=name,
        running=name,
        page_of=words("page_of"),
        is_brief=False,
        blocks=tuple(_blocks(report, words)),
    )


def title(report: Report, words: Words) -> str:
    """What it is called: a plan by its own name, others by what they are and the period."""
    if report.title:
        return report.title
    named = words(report.kind.value)
    return words("title_of", title=named, of=period_words(report.period, words)) if report.period else named


def period_words(period: ReportPeriod, words: Words) -> str:
    """The period as a title has it: "quarter 3 of 2025/26", or its two days."""
    if period.kind is PeriodKind.DAYS:
        return words("days", first=words.day(period.first), last=words.day(period.last))
    year = f"{period.year}/{(period.year + 1) % 100:02d}"
    return words(period.kind.value, year=year, quarter=period.quarter)


def _blocks(report: Report, words: Words) -> Iterator[Block]:
    yield _facts(report, words)
    yield from _notices(report, words)
    if report.figures:
        yield Heading(text=words("figures"))
        yield figures.table(report.figures, words)
    if report.departments:
        yield Heading(text=words("by_department"))
        for each in report.departments:
            yield from figures.by_department(each, words)
    for found in report.lists:
        yield from lists.blocks(found, words)
    if report.heard:
        yield from _heard(report.heard, words)
    if report.figures:
        yield from _definitions(report, words)


def _facts(report: Report, words: Words) -> Facts:
    period = report.period
    everybody = words("every_department") if report.figures else ""
    named = (
        (
            "period",
            words("from_to", first=words.day(period.first), last=words.day(period.last)) if period else "",
        ),
        ("department", report.department or everybody),
        ("as_at", words.day(report.as_at) if report.figures else ""),
        ("printed", words.day(report.printed_on)),
    )
    return Facts(rows=tuple((words(name), text) for name, text in named if text))


def _notices(report: Report, words: Words) -> Iterator[Notice]:
    if report.extent is Extent.SEEN:
        yield Notice(text=words("only_seen"))
    if report.is_running and report.figures:
        yield Notice(text=words("running", day=words.day(report.as_at)))


def _heard(heard: Heard, words: Words) -> Iterator[Block]:
    yield Heading(text=words("heard"))
    yield Prose(text=words("heard_number", number=heard.consultations))
    if all(number is None for _, number in heard.groups):
        yield Prose(text=words("heard_by_nobody_shown", threshold=THRESHOLD))
        return
    too_few = words("too_few")
    yield Table(
        summary=words("heard_table"),
        header=(words("group"), words("heard_in")),
        rows=tuple(
            (cell(group), cell(too_few if number is None else str(number))) for group, number in heard.groups
        ),
        widths=(60, 40),
    )
    yield Prose(text=words("small_numbers", threshold=THRESHOLD))


def _definitions(report: Report, words: Words) -> Iterator[Block]:
    yield Heading(text=words("definitions"))
    for each in report.figures:
        name = each.now.name.value
        yield Prose(label=words(f"figure.{name}"), text=words(f"definition.{name}"))
    yield Prose(text=words("definitions_note"))
