"""The PDF is accessible, of the length promised, and says what the record says."""

from __future__ import annotations

import re
from dataclasses import replace

import page as pdf_check
import pytest

from eia.documents.record.layout import lay_out
from eia.documents.record.paper import Heading, Paper, Prose
from eia.documents.record.pdf import as_pdf
from eia.domain.committee import for_committee
from eia.domain.record import GroupFinding, Record, Standing
from tests.documents.record_examples import FINDINGS, HEARD, LIBRARY, PARTS, PROMISES, SIGNATURES, WORDS

GROUPS = [each.group for each in FINDINGS]
SENTENCE = (
    "Many people told us that the change would be harder for them because of the journey and its cost. "
)
EMPTY = replace(
    LIBRARY,
    parts=(),
    findings=tuple(GroupFinding(group=name, standing=Standing.NOT_ASSESSED) for name in GROUPS),
    heard=(),
    sources=(),
    promises=(),
    signatures=(),
    approved_on=None,
    after_decision=False,
    content_hash="",
)


def checked(record: Record) -> pdf_check.ValidationReport:
    return pdf_check.validate_pdf_bytes(as_pdf(lay_out(record, WORDS)), profile="ua1")


@pytest.mark.parametrize("record", [LIBRARY, for_committee(LIBRARY), EMPTY, for_committee(EMPTY)])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_version_is_pdf_ua_1(record, language):
    report = checked(replace(record, language=language))
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_the_pdf_names_its_title_and_its_language():
    pdf = as_pdf(lay_out(replace(LIBRARY, language="cy"), WORDS))
    assert b"Northgate Library: opening hours, COM-2026-014, version 2" in pdf
    assert re.search(rb"/Lang ?\(cy\)", pdf)


@pytest.mark.parametrize("words", [10, 40, 200])
@pytest.mark.parametrize("actions", [2, 8])
def test_the_committee_paper_is_two_pages_however_much_was_written(words, actions):
    assert checked(for_committee(long_record(words, actions))).document.page_count <= 2


def test_what_people_typed_is_never_read_as_markup():
    typed = '#panic("no") *bold* _under_ $x$ @here <tag> `code` \\ // [x] #include "/etc/passwd"'
    paper = lay_out(replace(EMPTY, title=typed), WORDS)
    report = pdf_check.validate_pdf_bytes(as_pdf(paper), profile="ua1")
    assert report.is_compliant


@pytest.mark.parametrize(
    "typed",
    [
        "Zażółć gęślą jaźń",
        "ŵŷ Ŵ",
        "اردو میں جواب",
        "சேவை",
        "很好",
        "😀 fine",
        "a\u200bb",
        "\ufffd",
        "a\x00b\x0b",
    ],
)
def test_a_letter_that_our_font_lacks_still_makes_a_paper(typed):
    paper = Paper(
        language="en",
        body="Ashmere",
        about="Record",
        title="Answers",
        running="A-1",
        page_of="Page %(page)s of %(pages)s",
        is_brief=False,
        blocks=(Heading(text="Heard"), Prose(text=typed)),
    )
    assert as_pdf(paper).startswith(b"%PDF-")


def test_a_text_longer_than_a_page_makes_more_pages():
    long = replace(PROMISES[1], what=SENTENCE * 150)
    assert (
        checked(replace(LIBRARY, promises=(long,))).document.page_count > checked(LIBRARY).document.page_count
    )


def long_record(words: int, actions: int) -> Record:
    """Every group harmed, and every text of so many words."""
    text = " ".join((SENTENCE * 20).split()[:words])
    finding = GroupFinding(
        group="",
        standing=Standing.AFFECTED,
        rating="Positive, Negative",
        what=text,
        who=text,
        mitigation=text,
        justification=text,
    )
    heard = replace(HEARD[0], summary=text, changed=text, not_heard_because=text)
    return replace(
        LIBRARY,
        parts=PARTS,
        findings=tuple(replace(finding, group=name) for name in GROUPS),
        heard=(heard, heard),
        promises=(replace(PROMISES[1], what=text),) * actions,
        signatures=SIGNATURES,
    )
