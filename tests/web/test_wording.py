"""No sentence bypasses translation: in the pseudo-language every one is in marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy import String, Text, select
from werkzeug.routing import Rule

from eia.settings import PSEUDO
from eia.store.tables import metadata
from eia.web import create_app
from eia.web.i18n import CLOSE, OPEN
from tests.web.conftest import Town, give, make_town

SPOKEN_ATTRIBUTES = {"aria-label", "alt", "title", "placeholder", "label", "aria-description"}
SILENT_TAGS = {"script", "style"}
EMPTY_TAGS = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col", "embed", "track"}
MONTH = r"(?:Jan|Febr?|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
NOT_WORDS = re.compile(rf"\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH} \d{{4}}|[\w-]+-\d{{4}}-\d{{3}}|\bv\d+\b")


class Spoken(HTMLParser):
    """Every piece of text outside the marks and outside `translate="no"`, which is what people typed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.depth = 0
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if not self.is_silent() and found.get("translate") != "no":
            for name in SPOKEN_ATTRIBUTES & set(found):
                self.outside.append(outside_marks(found[name] or ""))
        if tag not in EMPTY_TAGS:
            self.open.append((tag, tag in SILENT_TAGS or found.get("translate") == "no"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.is_silent():
            return
        said = ""
        for letter in data:
            self.depth += (letter == OPEN) - (letter == CLOSE)
            said += letter if self.depth == 0 else " "
        self.outside.append(said.replace(CLOSE, " "))

    def is_silent(self) -> bool:
        return any(silent for _, silent in self.open)


def outside_marks(text: str) -> str:
    return re.sub(rf"{OPEN}.*?{CLOSE}", " ", text, flags=re.DOTALL)


def unmarked(page: str, typed: list[str]) -> list[str]:
    """Words of the page that are neither in marks nor typed by people nor dates and references."""
    spoken = Spoken()
    spoken.feed(page)
    pieces = []
    for piece in spoken.outside:
        for known in typed:
            piece = piece.replace(known, " ")
        piece = NOT_WORDS.sub(" ", piece)
        if re.search(r"[^\W\d_]{2,}", piece):
            pieces.append(" ".join(piece.split()))
    return pieces


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Flask]]:
    town = make_town(tmp_path_factory.mktemp("pseudo"), kind="demo", language=PSEUDO)
    for stage in ("screening", "evidence", "sign_off", "follow_up", "closed"):
        assessment_id = town.add_assessment(
            f"Bins at {stage}", stage, champion="nia", decision_on=date(2026, 2, 2)
        )
    town.add_action("Print the leaflet", "lea", town.services.today(), assessment_id=assessment_id)
    town.add_assessment("Parks", "on_hold", lead=None, held_from="evidence")
    town.add_assessment("Rents", "proposed", department="HOU")
    app = create_app(town.services, replace(town.settings, language=PSEUDO))
    app.testing = True
    yield town, app
    town.services.database.close()


def typed_by_people(town: Town) -> list[str]:
    """Every text in the database, longest first."""
    found: set[str] = set()
    with town.services.database.read() as connection:
        for table in metadata.tables.values():
            for column in table.columns:
                if isinstance(column.type, String | Text):
                    found |= {value for value in connection.scalars(select(column)) if value}
    # Codes are not said to people: "screening" must not excuse the word Screening.
    return sorted((text for text in found if not re.fullmatch(r"[a-z_]+", text)), key=len, reverse=True)


def addresses(town: Town, app: Flask) -> Iterator[str]:
    """Every page that can be asked for, with every assessment, action and person of the town."""
    with town.services.database.read() as connection:
        actions = list(connection.scalars(select(metadata.tables["action"].c.id)))
    known = {
        "assessment_id": list(town.assessments.values()),
        "action_id": actions,
        "person_id": list(town.people.values()),
        "name": ["framework-eflg-2021-1"],
        "area": ["communities"],
        "form": ["screening", "impact", "schedule", "outcome", "quality_check", "review"],
    }
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and rule.arguments <= set(known):
            yield from filled(rule, known)


def filled(rule: Rule, known: dict[str, list[object]]) -> Iterator[str]:
    found = [rule.rule]
    for name in rule.arguments:
        found = [re.sub(rf"<(?:\w+:)?{name}>", str(value), each) for each in found for value in known[name]]
    yield from found


@pytest.mark.parametrize("name", ["olu", "lea", "hal", "nia", "ada"])
def test_every_sentence_goes_through_translation(pseudo, name):
    town, app = pseudo
    browser = app.test_client()
    give(browser, f"/sign-in/demo/{town.people[name]}", page="/sign-in/demo")
    typed = typed_by_people(town)
    slipped: dict[str, str] = {}  # what was said, and on which page first
    for address in addresses(town, app):
        answer = browser.get(address)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 308):
            for piece in unmarked(answer.text, typed):
                slipped.setdefault(piece, address)
    assert slipped == {}


def test_a_stranger_reads_only_translated_sentences_too(pseudo):
    town, app = pseudo
    for address in ("/sign-in/demo", "/nowhere"):
        assert unmarked(app.test_client().get(address).text, typed_by_people(town)) == [], address


def test_the_mail_form_of_signing_in_is_translated(tmp_path):
    town = make_town(tmp_path, language=PSEUDO)
    browser = create_app(town.services, town.settings).test_client()
    answer = give(browser, "/sign-in", email="", password="")
    assert answer.status_code == 422
    assert unmarked(answer.text, typed_by_people(town)) == []
    town.services.database.close()


def test_the_test_sees_a_sentence_that_slipped_by():
    said = f'<p>{OPEN}Hello <b>you</b>{CLOSE} there</p><i title="Oops"></i>'
    page = f'{said}<b translate="no">Olu</b> 3 March 2026'
    assert unmarked(page, []) == ["there", "Oops"]
