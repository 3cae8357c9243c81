"""What somebody is typing is kept while they type, and is theirs alone until they save it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from eia.store.tables import answer_history, audit_event, draft
from eia.usecases.drafts import MOST_TYPED
from tests.journeys.life import Life
from tests.journeys.walker import Walker, form_of, text

PAGE = "screening/already-known"


@pytest.fixture
def at(life: Life) -> str:
    life.begin_screening()
    return f"{life.at}/{PAGE}"


def type_in(walker: Walker, at: str, words: str, number: int = 0):
    """What the script sends while somebody types."""
    fields = form_of(walker.look(at)).sent | {"already_known": words, "draft": str(number)}
    return walker.browser.post(f"{at}/draft", data=fields)


def rows(life: Life, table) -> int:
    with life.town.services.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_what_was_typed_is_there_when_somebody_comes_back(at: str, person: Callable[[str], Walker]) -> None:
    kept = type_in(person("lea"), at, "A third are over")
    assert (kept.status_code, kept.json["number"]) == (200, 1)
    assert kept.json["said"].startswith("Draft saved at ")
    again = person("lea").look(at)
    assert "A third are over" in again
    assert "did not save it" in text(again)


def test_typing_leaves_nothing_in_the_history_or_the_audit_log(
    life: Life, at: str, person: Callable[[str], Walker]
) -> None:
    before = rows(life, audit_event), rows(life, answer_history)
    for number, words in enumerate(("A", "A third", "A third are over 65.")):
        assert type_in(person("lea"), at, words, number).status_code == 200
    assert (rows(life, audit_event), rows(life, answer_history)) == before


def test_nobody_else_reads_a_draft(at: str, person: Callable[[str], Walker]) -> None:
    type_in(person("lea"), at, "A third are over")
    assert "A third" not in person("olu").look(f"{at.rpartition('/')[0]}/check")


def test_saving_the_page_ends_the_draft(at: str, person: Callable[[str], Walker]) -> None:
    type_in(person("lea"), at, "A third are over")
    person("lea").fill(at, already_known="A third are over 65.")
    shown = person("lea").look(at)
    assert "A third are over 65." in shown
    assert "did not save it" not in text(shown)


def test_a_draft_can_be_dropped(at: str, person: Callable[[str], Walker]) -> None:
    type_in(person("lea"), at, "A third are over")
    dropped = person("lea").browser.post(
        f"{at}/draft/drop", data={"csrf_token": form_of(person("lea").look(at)).sent["csrf_token"]}
    )
    assert dropped.status_code == 303
    assert "A third are over" not in person("lea").look(at)


def test_two_windows_of_one_person_do_not_overwrite_each_other(
    at: str, person: Callable[[str], Walker]
) -> None:
    type_in(person("lea"), at, "In the first window")
    second = type_in(person("lea"), at, "In the second window", number=0)
    assert second.status_code == 409
    assert second.json["said"].startswith("Not saved: ")
    assert "In the first window" in person("lea").look(at)


def test_what_another_saved_meanwhile_is_shown_beside_the_draft(
    life: Life, at: str, person: Callable[[str], Walker]
) -> None:
    lea = person("lea")
    type_in(lea, at, "Most come by bus.")
    other = Walker(lea.browser.application.test_client())
    other.browser.set_cookie("eia_session", lea.browser.get_cookie("eia_session").value)
    fresh = form_of(other.look(at)).sent | {"already_known": "A third are over 65."}
    fresh["page_token"] = form_of(other.look(at)).sent["page_token"]
    fresh.pop("draft")
    assert other.browser.post(at, data=fresh).status_code == 302
    clash = lea.send(at)
    assert clash.status_code == 409
    assert "A third are over 65." in clash.text
    assert "Most come by bus." in clash.text


def test_whoever_may_not_write_keeps_no_draft(at: str, person: Callable[[str], Walker]) -> None:
    asking = f"{at.rpartition('/screening')[0]}/comments/new?section=screening"
    token = form_of(person("cleo").look(asking)).sent["csrf_token"]
    refused = person("cleo").browser.post(f"{at}/draft", data={"csrf_token": token, "already_known": "x"})
    assert refused.status_code == 403
    assert refused.json["said"].endswith("Your text is still here.")


def test_more_than_a_page_can_take_is_refused_in_words(at: str, person: Callable[[str], Walker]) -> None:
    refused = type_in(person("lea"), at, "x" * 200_001)
    assert refused.status_code == 422
    assert "Save it in parts" in refused.json["said"]


def test_the_answers_to_check_lead_to_what_was_typed(at: str, person: Callable[[str], Walker]) -> None:
    type_in(person("lea"), at, "A third are over")
    shown = text(person("lea").look(f"{at.rpartition('/')[0]}/check"))
    assert "You typed something that is not saved" in shown


def test_a_comment_takes_what_was_typed_along(at: str, person: Callable[[str], Walker]) -> None:
    to = person("lea").fill(at, already_known="A third are over 65.", save="comment")
    assert to.startswith(f"{at.rpartition('/screening')[0]}/comments/new")
    assert "A third are over 65." in person("lea").look(at)


@pytest.mark.parametrize("page", ["screening/no-such-page", "screening/" + "x" * 81])
def test_nothing_is_kept_for_a_page_that_the_form_does_not_have(
    life: Life, at: str, person: Callable[[str], Walker], page: str
) -> None:
    lea = person("lea")
    sent = form_of(lea.look(at)).sent | {"already_known": "Words", "draft": "0"}
    assert lea.browser.post(f"{life.at}/{page}/draft", data=sent).status_code == 404
    assert rows(life, draft) == 0


def test_names_of_fields_count_as_what_is_typed(life: Life, at: str, person: Callable[[str], Walker]) -> None:
    lea = person("lea")
    sent = form_of(lea.look(at)).sent | {"x" * (MOST_TYPED + 1): ""}
    assert lea.browser.post(f"{at}/draft", data=sent).status_code == 422
    assert rows(life, draft) == 0
