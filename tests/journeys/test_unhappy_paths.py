"""How an assessment does not go straight on: returned, screened out, refused, held, withdrawn, reopened."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.journeys.life import CHECKLIST, IMPACT, NOTHING_TO_FIND, SCREENING, Life
from tests.journeys.walker import text

WHY = "The reasons for three groups are the same sentence."


def test_a_returned_screening_comes_back_to_the_lead_with_the_reasons_and_goes_on(life: Life):
    life.submit_screening()
    life.move("cleo", "return_screening", reasons=["reasons_thin"], comment=WHY)
    assert life.stage() == "screening"
    shown = text(life.person("lea").look(life.at))
    assert WHY in shown
    assert "The reasons do not say why" in shown
    life.move("lea", "submit_screening")
    life.move("cleo", "require_full")
    assert life.stage() == "evidence"


def test_an_assessment_that_touches_nobody_is_screened_out(life: Life):
    life.submit_screening(NOTHING_TO_FIND)
    life.move("cleo", "screen_out")
    assert life.stage() == "screened_out"
    assert "Nothing: the assessment is over." in text(life.person("lea").look(life.at))


def test_a_harm_that_an_action_removes_is_screened_out_with_mitigation(life: Life):
    life.begin_screening()
    life.answer("lea", "screening", SCREENING)
    life.promise()
    life.move("lea", "submit_screening")
    life.move("cleo", "screen_out_with_mitigation")
    assert life.stage() == "screened_out"


def test_a_negative_effect_keeps_an_assessment_from_being_screened_out_and_the_page_says_so(life: Life):
    life.submit_screening()
    answer = life.person("cleo").browser.get(f"{life.at}/moves/screen_out")
    assert "csrf" not in answer.text.partition("<main")[2]
    assert life.stage() == "screening_review"


def test_work_that_is_returned_from_quality_review_is_recommended_the_second_time(life: Life):
    life.submit_for_review()
    life.move("cleo", "return_for_work", reasons=["impacts_unexplained"], comment=WHY)
    assert life.stage() == "analysis"
    life.answer("lea", "impact", IMPACT | {"explanation": "Older people come in the evening. " * 9})
    life.move("lea", "submit_for_review")
    life.answer("cleo", "quality_check", CHECKLIST)
    life.move("cleo", "recommend")
    assert life.stage() == "sign_off"


def test_a_refused_signature_sends_the_assessment_back_and_the_first_signature_lapses(life: Life):
    life.recommend()
    life.sign("hal")
    life.refuse("dee", WHY)
    assert life.stage() == "analysis"
    with life.town.services.database.write() as work:
        facts = work.assessment(life.town.body_id, life.assessment_id)
    assert [item.lapsed for item in facts.signatures if item.outcome == "signed"] == [True]


def test_an_assessment_on_hold_resumes_where_it_was(life: Life):
    life.submit_screening()
    life.move("lea", "hold", reasons=["decision_postponed"])
    assert life.stage() == "on_hold"
    assert "It was put on hold at Screening review." in text(life.person("olu").look(life.at))
    life.move("olu", "resume")
    assert life.stage() == "screening_review"


def test_a_reopened_assessment_is_a_new_version_and_each_leads_to_the_other(life: Life):
    life.submit_screening(NOTHING_TO_FIND)
    life.move("cleo", "screen_out")
    to = life.move("lea", "reopen", reasons=["new_data"])
    assert to != life.at
    first = life.person("lea").look(life.at)
    assert to in first
    assert "This version has been followed by another." in text(first)
    assert life.at in life.person("lea").look(to)
    assert UUID(to.rpartition("/")[2])


def test_a_withdrawn_assessment_says_why_and_is_over(life: Life):
    life.begin_screening()
    life.move("lea", "withdraw", reasons=["proposal_dropped"], comment=WHY)
    assert life.stage() == "withdrawn"
    assert WHY in text(life.person("lea").look(f"{life.at}/history"))


@pytest.mark.parametrize("move", ["screen_out", "require_full"])
def test_the_lead_never_judges_their_own_screening(life: Life, move: str):
    life.submit_screening()
    assert life.person("lea").browser.get(f"{life.at}/moves/{move}").status_code == 403
