"""Every form sent as it should not be: the page that comes back says so to everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import Walks
from tests.browser.examination import Examination
from tests.browser.watch import Watch

WRITERS = ("equality officer", "author", "champion", "head of service", "contributor", "action lead")
EMPTIED = """(form) => {
  for (const field of form.elements) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else if (!['hidden', 'submit'].includes(field.type)) field.value = '';
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector('button'));
}"""


@pytest.mark.parametrize("role", WRITERS)
def test_an_empty_form_comes_back_saying_what_is_missing_to(
    role: str, walks: Walks, open_as: Callable[[str], Page], examination: Examination
):
    page = open_as(role)
    watch, wrong, refused = Watch(page), {}, 0
    for address in walks[role].values():
        if send_empty(page, address) == 422:
            refused += 1
            if problems := [*examination.problems(page, watch), *unannounced(page)]:
                wrong[address] = problems
        watch.complaints()
    assert wrong == {}
    assert refused > 0


def send_empty(page: Page, address: str) -> int | None:
    """What the server answers to the page's own form with nothing in it; None where there is no form."""
    page.goto(address)
    form = page.locator("main form[method=post]")
    if form.count() == 0 or address.startswith("/sign-in/demo"):
        return None
    with page.expect_navigation() as sent:
        form.first.evaluate(EMPTIED)
    return sent.value.status if sent.value else None


def unannounced(page: Page) -> list[str]:
    """What somebody would not hear of, who does not see the page."""
    found = [] if page.title().startswith("Error") else [f"the title is {page.title()}"]
    summary = page.locator(".govuk-error-summary")
    if summary.count() != 1 or not summary.evaluate("(box) => box.contains(document.activeElement)"):
        return [*found, "the summary does not take the focus"]
    for link in summary.locator("a").all():
        link.click()
        if not page.evaluate("document.activeElement.matches('input, select, textarea')"):
            found.append(f"“{link.inner_text()}” does not lead to a field")
    return found
