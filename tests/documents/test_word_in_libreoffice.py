"""The Word file keeps its structure in LibreOffice: its headings, and the header row of each table."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from eia.documents.record.docx import as_docx
from eia.documents.record.layout import lay_out
from eia.documents.record.paper import Heading, Table
from tests.documents.record_examples import LIBRARY, WORDS

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_headings_and_header_rows_of_a_record(tmp_path: Path) -> None:
    paper = lay_out(LIBRARY, WORDS)
    (tmp_path / "record.docx").write_bytes(as_docx(paper))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    told = [str(SOFFICE), home, "--headless", "--convert-to", "html", "--outdir", str(tmp_path)]
    subprocess.run([*told, str(tmp_path / "record.docx")], check=True, capture_output=True, timeout=110)
    html = (tmp_path / "record.html").read_text("utf-8", errors="replace")
    headings = [block for block in paper.blocks if isinstance(block, Heading)]
    assert len(re.findall(r"<h1\b", html)) == 1
    assert len(re.findall(r"<h[2-4]\b", html)) == len(headings)
    assert len(re.findall(r"<thead>", html)) == len(
        [each for each in paper.blocks if isinstance(each, Table)]
    )
    assert 'lang="en-GB"' in html
