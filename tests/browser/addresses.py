"""Every kind of page that a person can come to by following links, each once."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

SHOWN_AS_PAGES = "text/html"
ALIKE = ("frameworks.area", "frameworks.assess")
SHOWN_AS_IT_STANDS = ("assessments.show", "actions.show")
FORM = re.compile(r'<main\b.*<form method="post"', re.S)
GROUPS = re.compile(
    r"(relevance|impact|review|actual|combination|actual-combination)-"
    r"(added|age|disability|gender-reassignment|marriage|pregnancy|race|religion|sex|"
    r"sexual-orientation).*"
)

Kind = tuple[str, ...]
"""What makes two addresses the same page with other words on it."""


@dataclass
class Crawl:
    """One person's way through the pages."""

    browser: FlaskClient
    adapter: MapAdapter
    standings: dict[str, str]
    found: dict[Kind, str] = field(default_factory=dict)
    forms: dict[Kind, str] = field(default_factory=dict)

    def walk(self, *starts: str) -> Crawl:
        """Finds an address for each kind of page, breadth first, so that the nearest is the one."""
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            kind = self.kind(address)
            if kind is None or kind in self.found:
                continue
            answer = self.browser.get(address)
            if answer.status_code in (302, 303):
                waiting.appendleft(answer.headers["Location"])
            elif answer.status_code == 200 and answer.mimetype == SHOWN_AS_PAGES:
                self.found[kind] = address
                if FORM.search(answer.text):
                    self.forms[kind] = address
                waiting.extend(links(answer.text))
        return self

    def kind(self, address: str) -> Kind | None:
        """The route and its words without the ids; some pages are others at each stage."""
        parts = urlsplit(address)
        try:
            endpoint, given = self.adapter.match(parts.path, method="GET")
        except HTTPException:
            return None
        if endpoint == "static":
            return None
        words = [GROUPS.sub(r"\1", value) for value in given.values() if isinstance(value, str)]
        if endpoint in ALIKE:
            words = []
        if endpoint in SHOWN_AS_IT_STANDS:
            words.extend(self.standings.get(str(value), "") for value in given.values())
        if parts.query:
            words.append("?")
        return (endpoint, *words)


Walks = dict[str, Crawl]
"""Where each role can come to."""


def links(html: str) -> Iterator[str]:
    """The page's own links to places in the application."""
    for found in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', html):
        address = urldefrag(unescape(found)).url
        if address.startswith("/"):
            yield address


def pages_of(app: Flask, token: str, standings: dict[str, str], *starts: str) -> Crawl:
    """Every kind of page that this session can reach from the starts."""
    browser = app.test_client()
    if token:
        browser.set_cookie("eia_session", token, domain="localhost")
    adapter = app.url_map.bind("localhost")
    return Crawl(browser=browser, adapter=adapter, standings=standings).walk("/", *starts)


def routes(app: Flask) -> set[str]:
    """Every endpoint that somebody can look at."""
    rules: list[Rule] = list(app.url_map.iter_rules())
    return {rule.endpoint for rule in rules if "GET" in (rule.methods or ())} - {"static"}
