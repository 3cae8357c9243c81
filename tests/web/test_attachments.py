"""Files on the pages of an assessment: attached, downloaded but never shown, removed when asked twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eia.documents.office_package import MACROS
from eia.documents.refusals import TOO_BIG
from tests.documents import hostile_files
from tests.journeys.walker import Walker, form_of, problems, text
from tests.web.conftest import Town

LETTER = b"We shall miss the Saturday bus."


@pytest.fixture
def lea(browser_of: Callable[[str], FlaskClient]) -> Walker:
    return Walker(browser_of("lea"))


@pytest.fixture
def home(town: Town) -> str:
    return f"/assessments/{town.add_assessment('Library hours', 'consultation')}"


def attach(
    walker: Walker,
    home: str,
    content: bytes = LETTER,
    name: str = "letter.txt",
    section: str = "consultation",
) -> TestResponse:
    form = form_of(walker.look(f"{home}/files/add"))
    sent = {"csrf_token": form.sent["csrf_token"][0], "section": section}
    return walker.browser.post(f"{home}/files/add", data=sent | {"file": (BytesIO(content), name)})


def links(walker: Walker, home: str) -> list[str]:
    return re.findall(rf'href="({home}/files/[0-9a-f-]{{36}})"', walker.look(f"{home}/files"))


def test_a_file_is_attached_from_its_section_and_listed_there(lea: Walker, home: str):
    section = f"{home}/consultation"
    [to] = re.findall(r'href="([^"]+/files/add\?section=consultation)"', lea.look(section))
    assert form_of(lea.look(to)).sent["section"] == ["consultation"]
    assert attach(lea, home).headers["Location"] == f"{home}/files#consultation"
    assert "One attached file" in text(lea.look(section))
    assert "One attached file" in text(lea.look(home))
    shown = text(lea.look(f"{home}/files"))
    assert "letter.txt" in shown
    assert "Plain text, 1 kB" in shown
    assert "Lea Example" in shown


def test_a_file_is_downloaded_and_never_shown_as_a_page_of_ours(lea: Walker, home: str):
    attach(lea, home, name="Lluniau ŷd.md")
    [link] = links(lea, home)
    answer = lea.browser.get(link)
    assert answer.data == LETTER
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''Lluniau%20%C5%B7d.md" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_says_its_own_kind_whatever_the_browser_called_it(lea: Walker, home: str):
    attach(lea, home, content=hostile_files.pdf(), name="holiday.html")
    [link] = links(lea, home)
    answer = lea.browser.get(link)
    assert answer.mimetype == "application/pdf"
    assert "holiday.html.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bytes(10_000_001), TOO_BIG),
        (hostile_files.docx(extra={"word/vbaProject.bin": b"x"}), MACROS),
    ],
)
def test_a_file_that_is_not_taken_says_what_to_do(lea: Walker, home: str, content: bytes, sentence: str):
    answer = attach(lea, home, content=content)
    assert answer.status_code == 422
    assert problems(answer.text) == [sentence]
    assert form_of(answer.text).sent["section"] == ["consultation"]
    assert links(lea, home) == []


def test_a_request_far_too_large_is_told_so_on_a_page(lea: Walker, home: str):
    answer = attach(lea, home, content=bytes(13_000_000))
    assert answer.status_code == 413
    assert "smaller than 10 MB" in text(answer.text)


def test_a_forgotten_file_or_section_is_asked_for(lea: Walker, home: str):
    answer = attach(lea, home, section="")
    assert answer.status_code == 422
    assert problems(answer.text) == ["Choose the section that the file belongs to"]
    answer = lea.send(f"{home}/files/add", section="consultation")
    assert answer.status_code == 422
    assert problems(answer.text) == ["Choose a file"]


def test_a_file_is_removed_after_one_more_question(lea: Walker, home: str):
    attach(lea, home)
    [link] = links(lea, home)
    assert "Remove “letter.txt”?" in text(lea.look(f"{link}/remove"))
    lea.fill(f"{link}/remove")
    assert "No file is attached." in text(lea.look(f"{home}/files"))
    assert lea.browser.get(link).status_code == 404


def test_the_equality_officer_downloads_files_and_changes_none(lea: Walker, browser_of, home: str):
    attach(lea, home)
    [link] = links(lea, home)
    olu = Walker(browser_of("olu"))
    assert olu.browser.get(link).data == LETTER
    shown = olu.look(f"{home}/files")
    assert "/files/add" not in shown
    assert "/remove" not in shown
    assert "/files/add" not in olu.look(f"{home}/consultation")
    assert olu.browser.get(f"{home}/files/add").status_code == 403
    assert olu.browser.get(f"{link}/remove").status_code == 403


def test_to_a_stranger_there_is_no_file(lea: Walker, browser_of, home: str):
    attach(lea, home)
    [link] = links(lea, home)
    nia = browser_of("nia")
    assert {nia.get(each).status_code for each in (link, f"{link}/remove", f"{home}/files")} == {404}


def test_a_file_that_is_no_longer_what_was_added_is_not_handed_out(lea: Walker, town: Town, home: str):
    attach(lea, home)
    [link] = links(lea, home)
    [stored] = (path for path in (town.settings.data_dir / "attachments").rglob("*") if path.is_file())
    stored.write_bytes(b"Something else")
    answer = lea.browser.get(link)
    assert answer.status_code == 503
    assert b"Something else" not in answer.data


def test_the_record_names_the_file_and_its_fingerprint_on_paper_and_for_programs(lea: Walker, home: str):
    attach(lea, home)
    attach(lea, home, section="evidence")
    shown = text(lea.look(f"{home}/record"))
    fingerprint = hashlib.sha256(LETTER).hexdigest()
    assert shown.count("letter.txt") == 2
    assert shown.count(" ".join(fingerprint[at : at + 4] for at in range(0, 64, 4))) == 2
    files = lea.browser.get(f"{home}/record.json").json["files"]
    assert {(file["section"], file["size"], file["sha256"]) for file in files} == {
        (section, len(LETTER), fingerprint) for section in ("evidence", "consultation")
    }
