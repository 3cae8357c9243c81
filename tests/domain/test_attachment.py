"""Under what name a file leaves again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.domain.attachment import LONGEST_NAME, safe_name
from eia.domain.file_kind import FileKind


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("Survey results.pdf", FileKind.PDF, "Survey results.pdf"),
        ("Survey.PDF", FileKind.PDF, "Survey.pdf"),
        ("photo.JPEG", FileKind.JPEG, "photo.jpeg"),
        ("answers.csv", FileKind.TEXT, "answers.csv"),
        ("answers.pdf", FileKind.TEXT, "answers.pdf.txt"),
        ("run.bat", FileKind.TEXT, "run.bat.txt"),
        ("C:\\Users\\me\\plan.docx", FileKind.DOCX, "plan.docx"),
        ("../../etc/passwd", FileKind.TEXT, "passwd.txt"),
        ("plan\u202excod.exe", FileKind.TEXT, "planxcod.exe.txt"),
        ('a"b\r\nSet-Cookie: x.txt', FileKind.TEXT, 'a"bSet-Cookie: x.txt'),
        ("", FileKind.PNG, "file.png"),
        ("...", FileKind.PNG, "file.png"),
        (".htaccess", FileKind.TEXT, "htaccess.txt"),
        ("Ymgynghoriad – crynodeb.odt", FileKind.ODT, "Ymgynghoriad – crynodeb.odt"),
    ],
)
def test_a_name_keeps_what_is_harmless_and_ends_as_its_kind_does(given: str, kind: FileKind, name: str):
    assert safe_name(given, kind) == name


@given(st.text(max_size=400), st.sampled_from(FileKind))
def test_no_name_leaves_the_folder_or_hides_its_ending(given: str, kind: FileKind):
    name = safe_name(given, kind)
    assert not set(name) & set("/\\\r\n\0")
    assert 1 < len(name) <= LONGEST_NAME + 5
    assert safe_name(name, kind) == name
