"""Web pages laid out: headings, paragraphs, lists and tables, without what runs or hides."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from eia.documents.laying_out.html_table import Cell, Table, in_columns, reach
from eia.documents.laying_out.laid import MOST_BLOCKS, MOST_CELLS, STRUCK, Laid
from eia.documents.laying_out.numerals import numeral

MOST_OPEN = 400
"""Tags open at once; a page that people read has a tenth of it."""

_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"}
)
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "select", "iframe"})
_FURNITURE = frozenset({"nav", "header", "footer", "aside"})
_STRUCK = frozenset({"del", "s", "strike"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary"})
_BLOCKS = _HEADINGS | _FURNITURE | frozenset(
    {"p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "section", "article", "main", "blockquote",
     "dl", "dt", "dd", "thead", "tbody", "tfoot", "hr", "pre", "figure", "form", "address", "body", "details"}
)  # fmt: skip
_ENDED_BY = {
    "li": frozenset({"li"}), "p": _BLOCKS, "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}), "tr": frozenset({"tr", "tbody", "tfoot"}),
    "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}), "thead": frozenset({"tbody", "tfoot"}),
    "tbody": frozenset({"tbody", "tfoot"}),
}  # fmt: skip
"""Tags that a page may leave open, and what ends them."""

_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(kw_only=True)
class _List:
    style: str  # empty for bullets
    count: int = 0


def lay_out(text: str) -> Laid:
    """The page in order; menus and the like are kept beside it."""
    page = _Page()
    page.feed(text)
    page.close()
    page.flush()
    page.end_tables()
    return page.laid


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.laid = Laid()
        self._open: list[str] = []
        self._hidden_at: list[int] = []
        self._tables: list[Table] = []
        self._lists: list[_List] = []
        self._text: list[str] = []
        self._struck: list[str] = []
        self._label = ""
        self._is_item = False
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: each or "" for name, each in attrs}
        self._close_what_ends_with(tag)
        if tag in _BLOCKS:
            self.flush()
        if tag == "br":
            self._text.append("\n")
        if tag in _VOID or len(self._open) >= MOST_OPEN:
            return
        self._open.append(tag)
        if tag in _SILENT or "hidden" in given or given.get("aria-hidden") == "true":
            self._hidden_at.append(len(self._open))
        self._begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            ended = self._open[-1]
            self._end(ended)
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden_at:
            return
        if _STRUCK & set(self._open):
            self._struck.append(data)
        else:
            self._text.append(" ".join(data.split("\n")) if "pre" not in self._open else data)

    def flush(self) -> None:
        """What was said since the last block is a paragraph, or a line of the cell it stands in."""
        text = "\n".join(line for each in "".join(self._text).split("\n") if (line := " ".join(each.split())))
        self._text = []
        self._flush_struck()
        if not text:
            return
        text, label, is_item = f"{self._label} {text}".strip(), self._label, self._is_item
        self._label = ""
        if self._is_furniture():
            self.laid.leave(text, "beside the page")
        elif self._cell is not None:
            self._cell.lines.append(f"- {text}" if is_item else text)
        elif self._open and self._open[-1] in _HEADINGS:
            self.laid.words(text, role="heading")
        else:
            role = "numbered" if label else "item"
            self.laid.words(text, role=role if is_item else "")

    def end_tables(self) -> None:
        """A page may break off in the middle of its tables."""
        while self._tables:
            self._end_row(self._tables[-1])
            self._tables.pop()

    @property
    def _cell(self) -> Cell | None:
        table = self._tables[-1] if self._tables else None
        is_inside = {"td", "th"} & set(self._open[-20:])
        return table.cells[-1] if table and table.cells and is_inside else None

    def _is_furniture(self) -> bool:
        return bool(_FURNITURE & set(self._open)) and not self._tables

    def _flush_struck(self) -> None:
        if "".join(self._struck).strip():
            self.laid.say(STRUCK)
            self.laid.leave("".join(self._struck), "")
        self._struck = []

    def _close_what_ends_with(self, tag: str) -> None:
        while self._open and tag in _ENDED_BY.get(self._open[-1], ()):
            self._end(self._open[-1])

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        table = self._tables[-1] if self._tables else None
        if tag == "table":
            self._count += 1
            self._tables.append(Table(number=self._count))
        elif tag == "thead" and table:
            table.is_in_head = True
        elif tag in ("td", "th") and table:
            table.cells.append(
                Cell(
                    span=reach(given, "colspan", MOST_CELLS),
                    rows=reach(given, "rowspan", MOST_BLOCKS),
                    is_header=tag == "th",
                )
            )
        elif tag in ("ul", "ol"):
            self._lists.append(_List(style=_LISTS.get(given.get("type", "1"), "decimal") * (tag == "ol")))
        elif tag == "li":
            self._begin_item()

    def _begin_item(self) -> None:
        self._is_item, self._label = True, ""
        if self._lists and self._lists[-1].style:
            self._lists[-1].count += 1
            self._label = f"{numeral(self._lists[-1].count, self._lists[-1].style)}."

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if self._hidden_at and self._hidden_at[-1] == len(self._open):
            self._hidden_at.pop()
        self._open.pop()
        table = self._tables[-1] if self._tables else None
        if tag == "tr" and table:
            self._end_row(table)
        elif tag == "thead" and table:
            table.is_in_head = False
        elif tag == "table" and table:
            self._end_table(table)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._is_item = bool(self._lists)
        elif tag == "li":
            self._is_item = False

    def _end_table(self, table: Table) -> None:
        """A table inside a cell becomes lines of that cell."""
        self._end_row(table)
        self._tables.pop()

    def _end_row(self, table: Table) -> None:
        cells, table.cells = table.cells, []
        if not cells:
            return
        if len(self._tables) > 1:
            outer = self._tables[-2]
            if outer.cells:
                self.laid.say("A table inside a cell was read as lines of that cell.")
                outer.cells[-1].lines += [line for cell in cells for line in cell.lines]
            return
        table.rows += 1
        placed, merged = in_columns(cells, table.from_above)
        self.laid.row(
            placed,
            place=f"table {table.number}, row {table.rows}",
            merged=merged,
            is_header=table.is_in_head or all(cell.is_header for cell in cells),
            is_first=table.rows == 1,
            is_band=len(cells) == 1 and cells[0].span > 1 and not merged,
        )
