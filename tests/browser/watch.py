"""What no page may do to whoever looks at it: complain in the console, or ask elsewhere for anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

REFUSED = "Failed to load resource: the server responded with a status of 4"  # a page that a test asked for


@dataclass
class Watch:
    """Listens to one page of a browser."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(REFUSED):
            self.said.append(message.text)

    def _see(self, request: Request) -> None:
        self.asked.append(request.url)

    def complaints(self) -> list[str]:
        """What was wrong since the last time of asking."""
        own = urlsplit(self.page.url).netloc
        elsewhere = [url for url in self.asked if not url.startswith("data:") and urlsplit(url).netloc != own]
        found = [f"console: {text}" for text in self.said] + [f"asked {url}" for url in elsewhere]
        self.said.clear()
        self.asked.clear()
        return found
