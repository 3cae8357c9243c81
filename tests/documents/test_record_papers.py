"""What is on a committee's paper and in the whole record, and how the Word and JSON files carry it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn

from eia.documents.record.as_json import as_json
from eia.documents.record.docx import as_docx
from eia.documents.record.layout import lay_out
from eia.documents.record.paper import Facts, Heading, Notice, Paper, Prose, Table
from eia.domain.committee import LEFT_OUT, fair_limit, for_committee, shortened
from eia.domain.record import Record, after_decision, by_eye, short_hash
from tests.documents.record_examples import HASH, LIBRARY, WORDS

PAPER = lay_out(for_committee(LIBRARY), WORDS)
WHOLE = lay_out(LIBRARY, WORDS)


def words_of(paper: Paper) -> str:
    said: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading() | Notice():
                said.append(block.text)
            case Prose():
                said += [block.label, block.text]
            case Facts():
                said += [text for row in block.rows for text in row]
            case Table():
                said += block.header
                said += [
                    part
                    for row in block.rows
                    for cell in row
                    for line in cell
                    for part in (line.label, line.text)
                ]
    return "\n".join(said)


def headings(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


def test_a_committee_reads_from_the_proposal_to_the_signatures():
    assert headings(PAPER) == [
        "What is proposed",
        "What is recommended",
        "Who is affected and how",
        "What was heard",
        "What changed because of it",
        "What will be done, by whom and when",
        "Who signed",
    ]


def test_a_group_is_told_with_its_harm_and_the_answer_to_it():
    table = next(block for block in PAPER.blocks if isinstance(block, Table))
    rows = {row[0][0].text: row for row in table.rows}
    assert set(rows) == {"Age", "Disability", "Pregnancy and maternity", "Race", "Sex"}
    assert rows["Age"][3][1].label == "Justified because"
    assert rows["Pregnancy and maternity"][3][0].text == "See the actions"
    assert rows["Race"][3][0].text == "Nothing is said yet"


def test_groups_that_are_not_affected_take_one_line_each_way():
    said = words_of(PAPER)
    assert "Not affected\nGender reassignment, Marriage and civil partnership" in said
    assert "No difference found\nReligion or belief, Sexual orientation" in said
    assert "nobody told us of a need for evenings" not in said


def test_the_whole_record_gives_the_reason_of_a_group_left_out_once():
    assert words_of(WHOLE).count("nobody told us of a need for evenings") == 1


def test_groups_of_which_nobody_was_heard_are_named():
    said = words_of(PAPER)
    assert "Not heard from\nPregnancy and maternity, Race, Religion or belief, Sexual orientation" in said


def test_a_signature_given_again_is_shown_once_to_a_committee_and_twice_in_the_record():
    assert words_of(PAPER).count("Imogen Hale, Head of libraries") == 1
    assert words_of(WHOLE).count("Imogen Hale, Head of libraries") == 2
    assert "lapsed: the text has changed since" in words_of(WHOLE)


def test_a_signature_names_the_text_it_was_given_to():
    assert words_of(PAPER).count(short_hash(HASH)) == 3  # two signatures, and the text of this version


def test_the_words_of_a_target_date_stand_with_the_day_they_mean():
    assert "spring 2027\n\nat the latest 31 May 2027" in words_of(PAPER)
    assert "at the latest 31 January 2027" not in words_of(PAPER)


@pytest.mark.parametrize(
    ("approved_on", "says"),
    [
        (date(2027, 3, 3), "approved on 3 March 2027"),
        (None, "not approved yet"),
        (date(2027, 2, 1), "before the assessment was begun"),
    ],
)
def test_assessed_after_the_decision_is_said_in_so_many_words(approved_on, says):
    notice = first_notice(replace(LIBRARY, approved_on=approved_on))
    assert notice.startswith("Assessed after the decision")
    assert says in notice


def test_a_paper_that_nobody_approved_says_that_it_may_change():
    record = replace(LIBRARY, after_decision=False, approved_on=None)
    assert first_notice(record).startswith("Not approved yet")


def test_what_was_screened_out_before_the_decision_is_no_draft_and_wants_no_approval():
    ended = replace(LIBRARY, after_decision=False, approved_on=None, ended_on=date(2027, 2, 1), signatures=())
    paper = lay_out(for_committee(ended), WORDS)
    assert not [block for block in paper.blocks if isinstance(block, Notice)]
    assert "Follow-up, 1 February 2027" in words_of(paper)
    assert "Approved" not in words_of(paper)
    assert "Nobody signed this version." in words_of(paper)


def test_what_was_screened_out_after_the_decision_says_so():
    ended = replace(LIBRARY, approved_on=None, ended_on=date(2027, 3, 1))
    assert "the assessment came to its end on 1 March 2027" in first_notice(ended)


def test_an_approved_paper_needs_no_notice():
    paper = lay_out(replace(LIBRARY, after_decision=False), WORDS)
    assert not [block for block in paper.blocks if isinstance(block, Notice)]


def first_notice(record: Record) -> str:
    return next(block.text for block in lay_out(record, WORDS).blocks if isinstance(block, Notice))


@pytest.mark.parametrize(
    ("begun", "approved", "is_after"),
    [
        (date(2027, 1, 1), date(2027, 2, 24), False),
        (date(2027, 1, 1), date(2027, 2, 25), True),
        (date(2027, 2, 25), date(2027, 2, 25), True),
        (date(2027, 1, 1), None, True),
    ],
)
def test_after_the_decision_means_begun_or_approved_later_than_its_day(begun, approved, is_after):
    found = after_decision(
        decision_on=date(2027, 2, 24), begun_on=begun, settled_on=approved, today=date(2027, 3, 1)
    )
    assert found is is_after


def test_without_a_decision_nothing_is_after_it():
    today = date(2027, 3, 1)
    assert not after_decision(decision_on=None, begun_on=today, settled_on=None, today=today)


def test_a_long_text_ends_with_a_whole_sentence_and_a_mark():
    text = "Forty people came. Most of them were against it. Some had walked for an hour in the rain."
    assert shortened(text, 10) == f"Forty people came. Most of them were against it. {LEFT_OUT}"
    assert shortened(text, 40) == text


def test_a_sentence_longer_than_its_room_is_cut_and_marked():
    assert shortened("one two three four five six", 3) == f"one two three {LEFT_OUT}"


def test_short_texts_leave_their_share_to_long_ones():
    assert fair_limit([10, 10, 500, 500], 220) == 100
    assert fair_limit([10, 20], 100) == 20


def test_a_paper_with_words_left_out_says_where_they_are():
    long = replace(LIBRARY, heard=(replace(LIBRARY.heard[0], summary="Many said so. " * 900),))
    assert "The whole record COM-2026-014 has them." in words_of(lay_out(for_committee(long), WORDS))
    assert LEFT_OUT not in words_of(PAPER)


def test_word_has_real_headings_in_order():
    document = Document(io.BytesIO(as_docx(WHOLE)))
    levels = [
        int(each.style.name.removeprefix("Heading "))
        for each in document.paragraphs
        if each.style.name.startswith("Heading")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_word_marks_the_header_row_of_every_table_and_describes_it():
    document = Document(io.BytesIO(as_docx(WHOLE)))
    assert len(document.tables) == len([block for block in WHOLE.blocks if isinstance(block, Table)])
    for table in document.tables:
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rest)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_word_knows_its_title_and_language():
    document = Document(io.BytesIO(as_docx(replace(WHOLE, language="cy"))))
    assert document.core_properties.title == "Northgate Library: opening hours, COM-2026-014, version 2"
    assert document.core_properties.language == "cy-GB"


def test_word_takes_text_that_looks_like_markup_as_text():
    typed = "<w:p/> & ]]> \x0b =cmd() " + "long " * 60
    document = Document(io.BytesIO(as_docx(replace(WHOLE, title=typed, blocks=(Prose(text=typed),)))))
    assert "<w:p/> &" in document.paragraphs[-1].text


def test_data_carry_the_whole_hash_and_every_answer():
    told = json.loads(as_json(LIBRARY))
    assert told["content_hash"] == HASH
    assert told["parts"][0]["items"][0]["name"] == "purpose"
    assert told["promises"][1]["target"] == "spring 2027"
    assert told["promises"][1]["latest"] == "2027-05-31"
    assert told["findings"][3]["needs_answer"] is True


def test_the_whole_record_names_each_file_with_its_size_section_and_whole_fingerprint():
    said = words_of(WHOLE)
    for file in LIBRARY.files:
        assert file.name in said
        assert by_eye(file.sha256) in said
    assert "XLSX, 1240 kB" in said
    assert "TXT, 1 kB" in said
    assert "Impact on each group" in said
    assert json.loads(as_json(LIBRARY))["files"][1]["sha256"] == LIBRARY.files[1].sha256


def test_a_record_without_files_says_nothing_of_files():
    assert "Attached files" not in headings(lay_out(replace(LIBRARY, files=()), WORDS))
    assert "Attached files" in headings(WHOLE)
