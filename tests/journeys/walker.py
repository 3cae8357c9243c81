"""Walks through the pages as a person does: reads a page, fills in its form, presses its button."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    """A form as the page has it: what it would send if nobody touched it."""

    action: str
    sent: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(action=given.get("action", "")))
        elif tag == "input" and "name" in given and self.forms:
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if ticked:
                self.forms[-1].sent.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "textarea":
            self._textarea = given.get("name")
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self.forms[-1].sent[self._select] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.forms[-1].sent[self._textarea] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = None


def form_of(html: str) -> Form:
    """The page's own form; signing out is not what anybody came for."""
    reader = _Forms()
    reader.feed(html)
    return next(form for form in reader.forms if form.action != "/sign-out")


@dataclass
class Walker:
    """One person at a browser."""

    browser: FlaskClient

    def look(self, address: str) -> str:
        """The page, which must be there."""
        shown = self.browser.get(address, follow_redirects=True)
        assert shown.status_code == 200, f"{address} answers {shown.status_code}"
        return shown.text

    def send(self, address: str, *, on: str | None = None, **fields: str | list[str]) -> TestResponse:
        """The form of this page, or of the page `on`, with these fields filled in, sent to the address."""
        form = form_of(self.look(on or address))
        data = form.sent | fields
        return self.browser.post(address, data=data)

    def fill(self, address: str, *, on: str | None = None, **fields: str | list[str]) -> str:
        """The same, when it must succeed; the address it leads to."""
        answer = self.send(address, on=on, **fields)
        assert answer.status_code in (302, 303), f"{address}: {answer.status_code} {problems(answer.text)}"
        return str(answer.headers["Location"])


def problems(html: str) -> list[str]:
    """What the error summary, or the page itself, complains of."""
    summary = re.findall(r'<li>\s*<a href="#[^"]*">(.*?)</a>', html, re.S)
    return summary or [re.sub(r"\s+", " ", text(html))[:600]]


def text(html: str) -> str:
    """The page's words."""
    main = html.partition("<main")[2].partition("</main>")[0] or html
    return re.sub(r"<[^>]+>", " ", main)


def pages_of(html: str, start: str) -> list[str]:
    """The addresses of a section's pages, as its answers to check link to them, each once."""
    found = re.findall(rf'href="({re.escape(start)}[^"/]+)"', html)
    return list(dict.fromkeys(found))
