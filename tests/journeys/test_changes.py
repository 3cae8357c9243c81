"""A return with sections, what changed when it comes back, and versions side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from eia.store import tables
from tests.journeys.life import CHECKLIST, OUTCOME, Life
from tests.journeys.walker import Walker, form_of, pages_of, text
from tests.web.conftest import Town

BETTER = OUTCOME["outcome_reason"].replace("two evenings", "one evening")
WHY = {"reasons": ["not_plain"], "comment": "Say why one evening would not do."}


@pytest.fixture
def life(town: Town, person: Callable[[str], Walker]) -> Life:
    life = Life(town, person)
    life.submit_for_review()
    return life


def returned(life: Life, *sections: str) -> None:
    life.move("cleo", "return_for_work", **WHY, sections=list(sections))


def words(page: str) -> str:
    return re.sub(r"\s+", " ", text(page))


# The return


def test_the_champion_is_asked_which_sections_are_to_be_worked_on(life: Life):
    page = life.person("cleo").look(f"{life.at}/moves/return_for_work")
    offered = re.findall(r'name="sections" type="checkbox" value="(\w+)"', page)
    assert offered == ["impact", "outcome", "evidence", "consultation", "actions"]


def test_a_move_that_leads_on_asks_for_no_sections(life: Life):
    assert 'name="reasons"' in life.person("olu").look(f"{life.at}/moves/hold")
    assert 'name="sections"' not in life.person("olu").look(f"{life.at}/moves/hold")


def test_the_lead_sees_what_was_returned_why_and_by_whom(life: Life):
    returned(life, "outcome")
    page = words(life.person("lea").look(life.at))
    assert "Cleo Example" in page
    assert "It cannot be understood by the people it is about" in page
    assert "Say why one evening would not do." in page
    banner = life.person("lea").look(life.at).partition('id="returned"')[2].partition("govuk-grid-row")[0]
    assert re.findall(rf'href="{life.at}/(\w+)"', banner) == ["outcome"]


def test_only_what_was_returned_can_be_written(life: Life):
    returned(life, "outcome")
    lead = life.person("lea")
    first = pages_of(lead.look(f"{life.at}/outcome/check"), f"{life.at}/outcome/")[0]
    assert lead.browser.get(first).status_code == 200
    refused = lead.browser.get(f"{life.at}/impact/alternatives")
    assert refused.status_code == 403
    assert "was not returned" in refused.text
    assert "Not returned, so it stays as it is" in lead.look(life.at)


def test_the_banner_goes_when_it_is_handed_in_again(life: Life):
    returned(life, "outcome")
    life.move("lea", "submit_for_review")
    assert 'id="returned"' not in life.person("lea").look(life.at)


def test_a_section_that_is_not_of_the_stage_is_refused_beside_its_field(life: Life):
    answer = life.person("cleo").send(f"{life.at}/moves/return_for_work", **WHY, sections=["screening"])
    assert answer.status_code == 422
    assert 'href="#sections"' in answer.text


def test_a_signatory_who_refuses_names_sections_too(life: Life):
    life.answer("cleo", "quality_check", CHECKLIST)
    life.move("cleo", "recommend")
    life.person("hal").fill(
        f"{life.at}/sign-off/refuse", reasons=["not_satisfied"], comment="Who pays?", sections=["impact"]
    )
    page = life.person("lea").look(life.at)
    assert "Hal Example" in page
    assert "Not returned, so it stays as it is" in page


def test_the_history_says_what_the_return_was_about(life: Life):
    returned(life, "outcome", "impact")
    assert "About: Impact on each group, Outcome" in words(life.person("cleo").look(f"{life.at}/history"))


# What changed


def handed_in_again(life: Life) -> None:
    returned(life, "outcome", "evidence", "actions")
    life.answer("lea", "outcome", OUTCOME | {"outcome_reason": BETTER})
    life.person("lea").fill(
        f"{life.at}/evidence/add-gap",
        title="Nobody counts who comes in the evening",
        characteristics=["age"],
        finding="The doors count people and not who they are.",
        target="May 2027",
        **{"lead-other": "The desk"},
    )
    life.move("lea", "submit_for_review")


def test_before_anything_is_handed_in_the_page_says_so(town: Town, person: Callable[[str], Walker]):
    life = Life(town, person)
    life.begin_screening()
    assert "not been handed in yet" in words(person("cleo").look(f"{life.at}/changes"))


def test_the_first_time_there_is_nothing_to_compare_with(life: Life):
    assert "no earlier look" in words(life.person("cleo").look(f"{life.at}/changes"))
    assert f'href="{life.at}/changes"' not in life.person("cleo").look(life.at)


def test_the_champion_is_led_to_what_changed_word_by_word(life: Life):
    handed_in_again(life)
    assert f'href="{life.at}/changes"' in life.person("cleo").look(life.at)
    page = life.person("cleo").look(f"{life.at}/changes")
    assert re.search(r"<del[^>]*>.*?two evenings.*?</del>", page, re.S)
    assert re.search(r"<ins[^>]*>.*?one evening.*?</ins>", page, re.S)
    assert page.count("[taken out:") >= 1
    assert page.count("[put in:") >= 1


def test_what_did_not_change_is_not_told(life: Life):
    handed_in_again(life)
    page = life.person("cleo").look(f"{life.at}/changes")
    assert re.findall(r'<h2 class="govuk-heading-m" id="(\w+)"', page) == ["evidence", "outcome"]
    assert "Nobody counts who comes in the evening" in page
    assert "Library card holders" not in page


def test_a_file_that_was_added_since_is_told_with_its_section(life: Life):
    returned(life, "evidence")
    lead = life.person("lea")
    sent = form_of(lead.look(f"{life.at}/files/add")).sent
    letter = (BytesIO(b"We shall miss the evenings."), "letter.txt")
    added = lead.browser.post(f"{life.at}/files/add", data=sent | {"section": "evidence", "file": letter})
    assert added.status_code == 302
    life.move("lea", "submit_for_review")
    page = life.person("cleo").look(f"{life.at}/changes")
    assert re.findall(r'<h2 class="govuk-heading-m" id="(\w+)"', page) == ["evidence"]
    assert "Attached file: letter.txt" in words(page)


def test_the_lead_sees_what_they_have_changed_so_far(life: Life):
    returned(life)
    life.answer("lea", "outcome", OUTCOME | {"outcome_reason": BETTER})
    assert "one evening" in life.person("lea").look(f"{life.at}/changes")


def test_an_earlier_look_can_be_chosen_and_one_that_never_was_is_not_found(life: Life):
    handed_in_again(life)
    champion = life.person("cleo").browser
    assert champion.get(f"{life.at}/changes?since=1").status_code == 200
    for since in ("99", "0", "x", "-1", "1" * 400):
        assert champion.get(f"{life.at}/changes?since={since}").status_code == 404


def test_what_changed_is_hidden_with_the_assessment(life: Life):
    handed_in_again(life)
    life.town.add_person("una")
    assert life.person("una").browser.get(f"{life.at}/changes").status_code == 404


def test_what_somebody_wrote_is_shown_as_they_wrote_it(life: Life):
    returned(life)
    life.answer("lea", "outcome", OUTCOME | {"outcome_reason": "<b>One</b> evening & no more. " * 10})
    page = life.person("lea").look(f"{life.at}/changes")
    assert "<b>One</b>" not in page
    assert "&lt;b&gt;One&lt;/b&gt;" in page


# Versions


def reopened(life: Life) -> str:
    life.answer("cleo", "quality_check", CHECKLIST)
    life.move("cleo", "recommend")
    life.sign("hal")
    life.sign("dee")
    life.town.clock.at = life.town.clock.at.replace(year=2028)
    life.keep_the_promise()
    life.move("lea", "begin_review")
    return life.move("lea", "reopen", reasons=["new_data"])


def test_two_versions_stand_side_by_side(life: Life):
    new = reopened(life)
    page = life.person("lea").look(new)
    (address,) = re.findall(r'href="([^"]+/compare\?with=[^"]+)"', page)
    compared = life.person("lea").look(address)
    assert words(compared).index("Version 1") < words(compared).index("Version 2")
    assert "Library card holders" not in compared  # taken over as it was
    assert re.search(
        r"<td[^>]*>[^<]*two evenings[^<]*</td>\s*<td[^>]*><span[^>]*>Nothing", compared
    )  # is asked again
    turned = life.person("lea").look(f"{life.at}/compare?with={new.rpartition('/')[2]}")
    assert words(turned).count("Version 1") == words(compared).count("Version 1")


def test_only_versions_of_one_assessment_are_compared(life: Life, town: Town):
    reopened(life)
    other = town.add_assessment("Parking", "analysis")
    lead = life.person("lea").browser
    for which in (other, life.assessment_id, town.body_id, "x", ""):
        assert lead.get(f"{life.at}/compare?with={which}").status_code == 404


def test_the_record_never_has_the_words_of_a_difference(life: Life):
    handed_in_again(life)
    life.person("cleo").look(f"{life.at}/changes")
    with life.town.services.database.read() as connection:
        told = b"".join(connection.scalars(select(tables.audit_event.c.body))).decode()
    assert "one evening" not in told


# Opening more


def test_the_champion_opens_another_section_when_the_lead_needs_it(life: Life):
    returned(life, "outcome")
    assert "ask whoever checks the assessment" in words(life.person("lea").look(life.at))
    assert f'href="{life.at}/open-sections"' in life.person("cleo").look(life.at)
    life.person("cleo").fill(f"{life.at}/open-sections", sections=["impact"])
    assert life.person("lea").browser.get(f"{life.at}/impact/alternatives").status_code == 200
    assert "More sections opened" in words(life.person("lea").look(life.at))


def test_opening_nothing_is_a_mistake_that_the_page_explains(life: Life):
    returned(life, "outcome")
    answer = life.person("cleo").send(f"{life.at}/open-sections")
    assert answer.status_code == 422
    assert 'href="#sections"' in answer.text


def test_the_lead_cannot_open_what_was_not_returned(life: Life):
    returned(life, "outcome")
    assert life.person("lea").browser.get(f"{life.at}/open-sections").status_code == 403
