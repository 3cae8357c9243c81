"""What has to be so on every page, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.watch import Watch

# Every element in its surroundings with its class, labels and attributes, and each step between headings.
PARTS = """() => {
  const telling = ['role', 'type', 'scope'];
  const named = (at) => at.name + (telling.includes(at.name) ? '=' + at.value : '');
  const kind = (e) => e.tagName + '.' + e.className + [...e.attributes].map(named).join() + e.labels?.length;
  const inPlace = (e) => kind(e.parentElement) + '>' + kind(e);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((e) => e.tagName);
  const steps = headings.map((name, place) => headings[place - 1] + name);
  return [...document.querySelectorAll('body *')].map(inPlace).concat(steps);
}"""


@dataclass
class Examination:
    """Looks at pages as the checker of accessibility does: at each that holds a part not looked at before."""

    axe: Axe = field(default_factory=Axe)
    seen: set[str] = field(default_factory=set)

    def problems(self, page: Page, watch: Watch) -> list[str]:
        """Everything that is wrong with the page that is open."""
        found = watch.complaints()
        if page.locator("h1").count() != 1:
            found.append(f"{page.locator('h1').count()} headings of level 1")
        if page.get_attribute("html", "lang") not in ("en", "cy"):
            found.append("no language")
        return found + self._violations(page)

    def _violations(self, page: Page) -> list[str]:
        parts = set(page.evaluate(PARTS))
        if parts <= self.seen:
            return []
        self.seen |= parts
        response = self.axe.run(page, options={"resultTypes": ["violations"]}).response
        return [
            f"{each['id']}: {each['help']}: {node['target']} {node['html'][:160]}"
            for each in response["violations"]
            for node in each["nodes"]
        ]
