"""Somebody at a browser who only ever follows links and presses buttons, as `Walker` does without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Request

from tests.browser.watch import Watch
from tests.web.conftest import PASSWORD

HUBS = ("/", "/programme", "/actions")


@dataclass
class Hands:
    """One person with a mouse."""

    page: Page

    def __post_init__(self) -> None:
        self.watch = Watch(self.page)

    def sign_in(self, name: str) -> None:
        self.page.goto("/sign-in")
        self.fill("/sign-in", email=f"{name}@example.org", password=PASSWORD)
        assert self.here() == "/", f"{name} could not sign in"

    def look(self, address: str) -> str:
        """The page, reached by its links."""
        self.reach(address)
        return self.page.content()

    def fill(self, address: str, *, on: str | None = None, **fields: str | list[str]) -> str:
        """The form of this page, or of the page `on`, filled in and sent; the address it leads to."""
        self.reach(on or address)
        form = self.form(address)
        self.put_in(form, fields)
        return self.send(form)

    def answer(self, section: str, answers: dict[str, str | list[str]]) -> None:
        """Every page of a section, one after the other, until the answers are there to be checked."""
        self.reach(section)
        while not self.here().endswith("/check"):
            self.fill(self.here(), **answers)

    def reach(self, address: str) -> None:
        """Goes there by links alone. Raises AssertionError when none leads there."""
        if self.here() == address or self.follow(address):
            return
        for place in nearer(address):
            self.reach(place)
            if self.follow(address) or self.follow_in_fresh(address):
                return
        raise AssertionError(f"no link leads to {address} from {self.here()}")

    def here(self) -> str:
        return urlsplit(self.page.url).path

    def form(self, address: str) -> Locator:
        """The form that is sent to this address; the page's own when it does not say where it goes."""
        named = self.page.locator(f'main form[action="{address}"]')
        return named if named.count() else self.page.locator("main form[method=post]").first

    def put_in(self, form: Locator, fields: dict[str, str | list[str]]) -> None:
        """Fills in those of the fields that the page has."""
        for name, value in fields.items():
            found = form.locator(f'[name="{name}"]:not([type=hidden])')
            if value and found.count():
                self.set(found, value)

    def set(self, field: Locator, value: str | list[str]) -> None:
        """Chooses among boxes, picks from a list, or types."""
        kind = field.first.evaluate("(field) => field.type")
        if kind in ("radio", "checkbox"):
            for each in [value] if isinstance(value, str) else value:
                self.tick(field.and_(self.page.locator(f'[value="{each}"]')))
        elif kind == "select-one":
            self.pick(field, str(value))
        else:
            self.type(field, str(value))

    def tick(self, box: Locator) -> None:
        box.check()

    def pick(self, field: Locator, value: str) -> None:
        field.select_option(value)

    def type(self, field: Locator, text: str) -> None:
        field.fill(text)

    def send(self, form: Locator) -> str:
        """Presses the form's first button; where the answer led, before any further redirection."""
        with self.page.expect_navigation() as shown:
            self.press(form.locator("button").first)
        assert shown.value
        assert shown.value.ok, f"{self.here()} answers {shown.value.status}: {self.problems()}"
        assert self.watch.complaints() == [], self.here()
        return first_answer(shown.value.request)

    def press(self, button: Locator) -> None:
        button.click()

    def follow(self, address: str) -> bool:
        """Clicks the link to this address if the page has one."""
        link = self.page.locator(f'a[href="{address}"]').first
        if link.count() == 0:
            return False
        self.unfold(link)
        with self.page.expect_navigation():
            self.press(link)
        return True

    def follow_in_fresh(self, address: str) -> bool:
        """The same after a fresh look: somebody else may have moved the assessment on meanwhile."""
        self.page.reload()
        return self.follow(address)

    def unfold(self, link: Locator) -> None:
        """Opens what the link is folded away in."""
        folded = self.page.locator("details:not([open])").filter(has=link)
        if folded.count():
            self.press(folded.first.locator("summary"))

    def problems(self) -> list[str]:
        return self.page.locator(".govuk-error-summary li").all_inner_texts()


def nearer(address: str) -> Iterable[str]:
    """Where a link to this address may be: its section, the thing itself, and where lists are."""
    parts = address.split("/")
    if len(parts) > 4 and parts[3] != "moves":
        yield "/".join(parts[:4])
    if len(parts) > 3:
        yield "/".join(parts[:3])
    else:
        yield from (hub for hub in HUBS if hub != address)


def first_answer(request: Request) -> str:
    """The path that a sent form was answered with."""
    while request.redirected_from and request.redirected_from.method != "POST":
        request = request.redirected_from
    return urlsplit(request.url).path
