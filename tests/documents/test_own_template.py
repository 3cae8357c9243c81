"""A body's own Word template: filled with the record, checked when laid beside, harmless whatever it says."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from eia import content
from eia.documents.record.own_template import as_own_docx, check_template, names
from eia.domain.errors import Invalid
from eia.domain.rulebook_error import RulebookError
from tests.documents.record_examples import LIBRARY

pytest.importorskip("docxtpl", reason="the extra for templates is not installed")


def template(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs, and a table with a row for each group."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=3, cols=2)
    for place, cells in enumerate(
        (
            ("{%tr for each in findings %}", ""),
            ("{{ each.group }}", "{{ each.rating }}"),
            ("{%tr endfor %}", ""),
        )
    ):
        table.rows[place].cells[0].text, table.rows[place].cells[1].text = cells
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_a_template_is_filled_from_the_record() -> None:
    made = Document(BytesIO(as_own_docx(LIBRARY, template("Our paper: {{ title }} ({{ reference }})"))))
    assert made.paragraphs[0].text == f"Our paper: {LIBRARY.title} ({LIBRARY.reference})"
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows == [[each.group, each.rating] for each in LIBRARY.findings]


def test_a_good_template_passes_its_check() -> None:
    check_template(template("{{ title }}", "{% for each in promises %}{{ each.what }}{% endfor %}"))


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (template("{{ titel }}"), "a record has no such part"),
        (template("{{ title "), "cannot be read as a template"),
        (b"Dear all", "is not a Word file"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_when_it_is_laid_beside(made: bytes, says: str) -> None:
    with pytest.raises(RulebookError, match=says):
        check_template(made)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ findings.append(1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_hostile_template_is_refused(hostile: str) -> None:
    with pytest.raises(Invalid):
        as_own_docx(LIBRARY, template(hostile))


def test_what_people_wrote_is_never_read_as_a_template() -> None:
    record = replace(LIBRARY, title="{{ reference }} & <b>")
    made = Document(BytesIO(as_own_docx(record, template("{{ title }}"))))
    assert made.paragraphs[0].text == "{{ reference }} & <b>"


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(Invalid) as refused:
        names(template("{{ title }}"))
    assert "pip install 'eia[template]'" in refused.value.problems["file"]


def test_the_template_stands_beside_the_bodys_own_workflows(tmp_path: Path) -> None:
    content.lay_beside(tmp_path)
    try:
        assert content.record_template() is None
        (tmp_path / "record.docx").write_bytes(b"PK")
        assert content.record_template() == b"PK"
    finally:
        content.lay_beside(None)
