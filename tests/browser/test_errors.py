"""Every form sent as it should not be: the page that comes back says so to everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import Kind, Walks
from tests.browser.examination import Examination
from tests.browser.watch import Watch

WRITERS = (
    "equality officer",
    "author",
    "champion",
    "head of service",
    "contributor",
    "action lead",
    "administrator",
)
EMPTIED = """(form) => {
  for (const field of form.elements) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else if (!['hidden', 'submit'].includes(field.type)) field.value = '';
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector('button'));
}"""


@pytest.fixture(scope="module")
def sent() -> set[Kind]:
    """The forms that somebody has sent already."""
    return set()


@pytest.mark.parametrize("role", WRITERS)
def test_an_empty_form_comes_back_saying_what_is_missing_to(
    role: str, walks: Walks, open_as: Callable[[str], Page], examination: Examination, sent: set[Kind]
):
    page = open_as(role)
    watch, wrong, refused = Watch(page), {}, 0
    for kind, address in walks[role].forms.items():
        if kind in sent:
            continue
        if send_empty(page, address) == 422:
            refused += 1
            sent.add(kind)
            if problems := [*examination.problems(page, watch), *unannounced(page)]:
                wrong[address] = problems
        watch.complaints()
    assert wrong == {}
    assert refused > 0 or role not in WRITERS[:2]


def send_empty(page: Page, address: str) -> int | None:
    """What the server answers to the page's own form with nothing in it; None where it is gone."""
    page.goto(address)
    form = page.locator("main form[method=post]")
    if form.count() == 0:
        return None  # somebody has sent it already
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
