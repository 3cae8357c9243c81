"""Every page as every role, shown or refused: not one violation, nor a word in the console."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import Walks, routes
from tests.browser.demo import ROLES, Demo
from tests.browser.examination import Examination
from tests.browser.watch import Watch

NOT_PAGES = {
    "operations.healthz",
    "operations.readyz",
    "operations.metrics",
    "operations.message_html",  # stands in a frame
    "assessments.form",  # leads on to the section's first page
    "actions.answer",  # opens with a link that only whoever was reminded has
    "actions.answered",
    "people.welcome",  # opens with a link that only its holder has
    "reminders.feed",  # a file, at an address that only its owner has
    "sign_in.show",  # a demonstration has a button for everybody instead
}
FILES = re.compile(r"record\.\w*(pdf|docx|json)|reports\.take\w*|attachments\.download|library\.file")


def test_between_them_the_roles_come_to_every_page(demo: Demo, walks: Walks):
    reached = {kind[0] for walk in walks.values() for kind in walk.found}
    missed = routes(demo.app()) - reached - NOT_PAGES
    assert {endpoint for endpoint in missed if not FILES.fullmatch(endpoint)} == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_checker_of_accessibility_finds_nothing_on_any_page_of(
    role: str, walks: Walks, open_as: Callable[[str], Page], examination: Examination
):
    page = open_as(role)
    watch, wrong = Watch(page), {}
    for address in walks[role].found.values():
        page.goto(address)
        if problems := examination.problems(page, watch):
            wrong[address] = problems
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_see_is_refused_on_a_page_like_any_other(
    role: str, walks: Walks, open_as: Callable[[str], Page], examination: Examination
):
    page = open_as(role)
    watch, wrong = Watch(page), {}
    for address in others(walks, role):
        answer = page.goto(address)
        assert answer
        problems = examination.problems(page, watch)
        if answer.status not in (200, 403, 404, 409) or problems:
            wrong[address] = [str(answer.status), *problems]
    assert wrong == {}


def others(walks: Walks, role: str) -> list[str]:
    """One address of each route that others come to and this role does not."""
    own = {kind[0] for kind in walks[role].found}
    found = {
        kind[0]: address
        for walk in walks.values()
        for kind, address in walk.found.items()
        if kind[0] not in own
    }
    return list(found.values())
