from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from uuid import uuid4

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import DictLoader, Environment

from eia.domain.digest import Line, Promise, Why
from eia.domain.mail import Letterhead, RecipientRefused, Words
from eia.domain.target_date import TargetDate, TargetKind
from eia.mail import catalogue
from eia.mail.catalogue import CatalogueError, translations
from eia.mail.message import message_bytes
from eia.mail.render import GIVEN, ITEMS, NoticeSubject, digest_words, notice_words
from eia.mail.template_check import TemplateError, check

TODAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
MAIL = Path(catalogue.__file__).parent


def line(day: date) -> Line:
    promise = Promise(
        kind="action",
        id=uuid4(),
        title="Publish the fees policy",
        source="Finance plan",
        target=TargetDate(raw="soon", kind=TargetKind.DAY, earliest=day, latest=day),
        is_open=True,
        leads=frozenset(),
        named=(),
    )
    return Line(promise=promise, rule="on-the-day", occurrence=day, why=Why.LEAD)


def digest(language: str, *days: date) -> Words:
    lines = [line(day) for day in days]
    return digest_words(lines, TODAY, name="Rhian", language=language, letterhead=Letterhead())


def message(words: Words, address: str = "rhian@example.org", name: str = "EIA"):
    raw = message_bytes(
        words,
        letterhead=Letterhead(service_name=name),
        address=address,
        message_id="<a@example.org>",
        at=AT,
    )
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(each) <= 998 for each in raw.split(b"\r\n"))
    return message_from_bytes(raw, policy=policy.SMTP)


def test_a_digest_speaks_the_language_of_whoever_gets_it():
    words = digest("cy", date(2026, 11, 16), date(2026, 11, 21))
    assert words.subject == "Mae 2 beth eich angen chi: 1 yn hwyr"
    assert "2 ddiwrnod yn hwyr: i fod wedi'i wneud ar 16 Tachwedd 2026" in words.text
    assert "I'w wneud ymhen 3 diwrnod, ar 21 Tachwedd 2026" in words.text
    assert '<html lang="cy">' in words.html
    assert "Hello" not in words.text
    assert "responsible" not in words.html


def test_a_notice_speaks_it_too():
    about = NoticeSubject(
        kind="your_turn", subject_kind="assessment", subject_id=str(uuid4()), title="Ffioedd", reference="F1"
    )
    words = notice_words(about, name="Rhian", language="cy", letterhead=Letterhead())
    assert words.subject == "Eich tro chi: Ffioedd"
    assert "Cyfeirnod: F1" in words.text


def test_a_language_that_nobody_translated_is_said_in_english():
    assert "Due today" in digest("fr", TODAY).text


def test_the_catalogue_says_nothing_that_no_mail_says():
    said = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(
            MAIL,
            method_map=[("**.py", "python"), ("**.txt", "jinja2"), ("**.html", "jinja2")],
            keywords={"_": None, "gettext": None, "ngettext": (1, 2)},
            options_map={"**": {"trimmed": "true", "silent": "false"}},
        )
    }
    with (MAIL / "translations" / "cy.po").open("rb") as file:
        entries = [each for each in read_po(file, locale="cy") if each.id]
    assert [each.id for each in entries if _first(each.id) not in said] == []
    assert [each.id for each in entries if not all(_all(each.string))] == []


def _first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _all(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def test_a_translation_with_a_place_that_nobody_fills_is_refused_when_it_is_read(tmp_path: Path):
    (tmp_path / "cy.po").write_text('\n\nmsgid "Hello %(name)s,"\nmsgstr "Helo %(enw)s,"\n')
    with pytest.raises(CatalogueError, match=r"cy\.po, line 3: nobody fills enw"):
        translations("cy", tmp_path)


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("{{ subjet }}", "subjet"),
        ("{% for line in lines %}{{ line.wen }}{% endfor %}", r"line\.wen \(line 1\)"),
        ("\n{{ letterhead.adress }}", r"letterhead\.adress \(line 2\)"),
    ],
)
def test_a_template_that_asks_for_what_it_is_not_given_is_refused_when_it_is_loaded(
    template: str, named: str
):
    environment = Environment(loader=DictLoader({"digest.txt": template}), autoescape=True)
    with pytest.raises(TemplateError, match=named):
        check(environment, "digest.txt", GIVEN["digest"], ITEMS)


def test_a_message_reads_as_it_was_written():
    words = Words(subject="Dŵr: 1 peth", text="Llŷn\n.\nFrom here\n" + "a" * 500, html="<p>Llŷn = 5 €</p>")
    read = message(words, name='Asesiadau: cyngor "Môn"')
    assert read["Subject"] == "Dŵr: 1 peth"
    assert read["From"].addresses[0].display_name == 'Asesiadau: cyngor "Môn"'
    assert read["From"].addresses[0].addr_spec == "equality@example.org"
    assert read["To"] == "rhian@example.org"
    assert read["Date"].datetime == AT
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_body(("plain",)).get_content().splitlines() == words.text.splitlines()
    assert read.get_body(("html",)).get_content().strip() == words.html
    assert read.defects == []


def test_a_long_subject_is_folded_and_no_subject_begins_another_header():
    words = Words(subject="Llyfrgelloedd " * 30 + "\r\nBcc: x@example.org", text="", html="")
    read = message(words)
    assert read["Bcc"] is None
    assert read["Subject"].startswith("Llyfrgelloedd Llyfrgelloedd")


def test_words_that_look_like_the_end_of_a_part_do_not_end_it():
    words = Words(subject="s", text="--=_eia_=_\n--=_eia_=_--\nstill here", html="<p>--=_eia_=_--</p>")
    assert "still here" in message(words).get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "address",
    ["rowan\r\nBcc: x@y", "rowan@", "röwan@example.org", "two@example.org, three@example.org", "a b@c", ""],
)
def test_an_address_that_could_be_another_header_is_refused(address: str):
    with pytest.raises(RecipientRefused):
        message(Words(subject="s", text="t", html="h"), address)
