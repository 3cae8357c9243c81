"""A page of questions as somebody sees it, and what their answers become."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask, get_template_attribute
from flask_babel import Babel, force_locale

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import QuestionSet
from eia.domain.forms.load import load_question_set
from eia.domain.forms.pages import PageDefinition, pages
from eia.web import answers_summary, wording
from eia.web.app import set_up_templates
from eia.web.i18n import PseudoDomain
from eia.web.question_fields import PartyChoice
from eia.web.question_form import QuestionForm, answers_from, form_class, form_for, values_from
from tests.domain.forms.planted import AGE, GROUPS, RACE, small

FORMS = Path(__file__).parents[2] / "forms"
OTHERWISE_SHAPED = ("characteristics-", "framework-")
QUESTION_SETS = sorted(
    file.stem for file in FORMS.glob("*.toml") if not file.stem.startswith(OTHERWISE_SHAPED)
)
PARTIES = (PartyChoice(value="p1", name="Anna Field"), PartyChoice(value="p2", name="Tenants' forum"))


def build() -> Flask:
    app = Flask("eia.web", template_folder="templates")
    app.config.update(SECRET_KEY="for tests", WTF_CSRF_ENABLED=False)
    set_up_templates(app)
    Babel(app, default_locale="en_GB")
    wording.set_up(app)
    answers_summary.set_up(app)
    return app


@pytest.fixture(scope="module")
def app() -> Flask:
    return build()


@pytest.fixture
def pseudo_app() -> Flask:
    app = build()
    app.extensions["babel"].instance.domain_instance = PseudoDomain()
    return app


def real(name: str) -> QuestionSet:
    return load_question_set(
        tomllib.loads((FORMS / f"{name}.toml").read_text(encoding="utf-8")), f"{name}.toml"
    )


def page_of(
    question_set: QuestionSet, slug: str, answers: Mapping[AnswerKey, AnswerValue] | None = None
) -> PageDefinition:
    return next(page for page in pages(question_set, answers or {}, GROUPS) if page.slug == slug)


def shown(
    app: Flask, question_set: QuestionSet, slug: str, answers: Mapping[AnswerKey, AnswerValue] | None = None
) -> str:
    with app.test_request_context():
        page = page_of(question_set, slug, answers)
        return drawn(form_for(question_set, page, answers or {}, GROUPS, parties=PARTIES), page)


def drawn(form: QuestionForm, page: PageDefinition) -> str:
    return str(get_template_attribute("questions/page.html", "question_form")(form, page))


def sent(
    app: Flask, question_set: QuestionSet, slug: str, data: Mapping[str, str | list[str]], **kept: AnswerValue
) -> tuple[QuestionForm, bool, str]:
    """The form after this POST, whether it was taken, and the page that is drawn when it was not."""
    answers = {AnswerKey(question_set.form, name): value for name, value in kept.items()}
    with app.test_request_context(method="POST", data=dict(data)):
        page = page_of(question_set, slug, answers)
        form = form_for(question_set, page, answers, GROUPS, parties=PARTIES)
        taken = form.validate_on_submit()
        return form, taken, drawn(form, page)


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def summary_links(html: str) -> list[str]:
    summary = html.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return re.findall(r'href="#([^"]+)"', summary)


@pytest.mark.parametrize("slug", ["impact-age", "kind", "pair"])
def test_nothing_is_chosen_for_anybody(app: Flask, slug: str) -> None:
    html = shown(app, small(), slug)
    assert " checked" not in html
    assert " selected" not in html


def test_a_form_class_is_built_once_and_shared_by_every_row_of_a_grid(app: Flask) -> None:
    question_set = small()
    age, race, kind = (page_of(question_set, slug) for slug in ("impact-age", "impact-race", "kind"))
    assert form_class(question_set, age) is form_class(question_set, age)
    assert form_class(question_set, age) is form_class(question_set, race)
    assert form_class(question_set, age) is not form_class(question_set, kind)


def test_what_was_sent_becomes_typed_answers_at_their_places(app: Flask) -> None:
    sent_form, taken, _ = sent(
        app,
        small(),
        "impact-race",
        {"rating": ["positive", "negative"], "mitigation": "Keep Tuesdays.\r\nAnd Fridays. "},
    )
    assert taken
    assert answers_from(sent_form) == {
        AnswerKey("small", "impact.rating", "race"): ("positive", "negative"),
        AnswerKey("small", "impact.mitigation", "race"): "Keep Tuesdays.\nAnd Fridays.",
    }


def test_no_is_kept_as_no_and_blank_text_as_no_answer(app: Flask) -> None:
    form, taken, _ = sent(app, small(), "pair", {"sure": "no", "comments": "  "})
    assert taken
    assert values_from(form) == {"sure": False, "comments": None}


def test_a_date_is_stored_as_a_day(app: Flask) -> None:
    parts = {"since-day": "5", "since-month": "May", "since-year": "2027"}
    form, taken, _ = sent(app, small(), "since", parts, kind="old")
    assert taken
    assert values_from(form) == {"since": "2027-05-05"}


def test_stored_answers_are_shown_again(app: Flask) -> None:
    answers: dict[AnswerKey, AnswerValue] = {
        AnswerKey("small", "kind"): "old",
        AnswerKey("small", "since"): "2027-05-09",
        AnswerKey("small", "impact.rating", "age"): ("negative",),
        AnswerKey("small", "sure"): False,
        AnswerKey("small", "comments"): "<b>Hm",
    }
    assert re.search(r'value="old"\s+checked', shown(app, small(), "kind", answers))
    assert re.search(r'name="since-day"[^>]*value="9"', shown(app, small(), "since", answers))
    assert re.search(r'value="negative"\s+checked', shown(app, small(), "impact-age", answers))
    pair = shown(app, small(), "pair", answers)
    assert re.search(r'value="no"\s+checked', pair)
    assert "&lt;b&gt;Hm</textarea>" in pair


def test_a_required_answer_that_is_missing_is_asked_for(app: Flask) -> None:
    _, taken, html = sent(app, small(), "kind", {"save": ""})
    assert not taken
    assert summary_links(html) == ["kind"]
    assert "Answer the question: Which kind?" in html


def test_save_and_come_back_later_keeps_an_unfinished_page(app: Flask) -> None:
    form, taken, _ = sent(app, small(), "impact-age", {"mitigation": "Something", "save": "later"})
    assert taken
    assert answers_from(form)[AnswerKey("small", "impact.mitigation", "age")] == "Something"


def test_save_and_come_back_later_still_refuses_what_can_never_stand(app: Flask) -> None:
    _, taken, html = sent(app, small(), "impact-age", {"rating": ["neutral", "negative"], "save": "later"})
    assert not taken
    assert "“Neutral” cannot stand beside another answer" in html


def test_mitigation_is_asked_for_only_where_the_page_says_negative(app: Flask) -> None:
    _, positive, _ = sent(app, small(), "impact-age", {"rating": "positive"})
    _, negative, html = sent(app, small(), "impact-age", {"rating": "negative"})
    assert positive
    assert not negative
    assert summary_links(html) == ["mitigation"]


@pytest.mark.parametrize(
    ("parts", "part"),
    [
        ({"since-day": "31", "since-month": "4", "since-year": "2027"}, "day"),
        ({"since-day": "31", "since-month": "", "since-year": "2027"}, "month"),
        ({"since-day": "31", "since-month": "3", "since-year": "27"}, "year"),
        ({"since-day": "", "since-month": "", "since-year": ""}, "day"),
    ],
)
def test_a_date_error_leads_to_the_part_in_error_and_keeps_what_was_typed(
    app: Flask, parts: dict[str, str | list[str]], part: str
) -> None:
    _, taken, html = sent(app, small(), "since", parts, kind="old")
    assert not taken
    assert summary_links(html) == [f"since-{part}"]
    for name, typed in parts.items():
        found = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
        assert found is not None
        assert not typed or f'value="{typed}"' in found[0]


@pytest.mark.parametrize("name", QUESTION_SETS)
def test_every_link_of_every_error_summary_leads_to_a_control(app: Flask, name: str) -> None:
    question_set = real(name)
    for page in pages(question_set, {}, (AGE, RACE)):
        _, taken, html = sent(app, question_set, page.slug, {"save": ""})
        links, there = summary_links(html), ids(html)
        assert taken is (links == [])
        assert set(links) <= set(there), page.slug
        assert len(there) == len(set(there)), page.slug
        described = {
            word for words in re.findall(r'aria-describedby="([^"]*)"', html) for word in words.split()
        }
        assert described <= set(there), page.slug
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) <= set(there), page.slug


@pytest.mark.parametrize("name", QUESTION_SETS)
def test_every_page_has_one_heading_and_a_label_or_legend_for_each_control(app: Flask, name: str) -> None:
    question_set = real(name)
    for page in pages(question_set, {}, (AGE, RACE)):
        html = shown(app, question_set, page.slug)
        assert html.count("<h1") == 1, page.slug
        controls = re.findall(r"<(?:input|textarea|select)\b[^>]*>", html)
        for control in controls:
            if 'type="hidden"' not in control:
                named = re.search(r'\sid="([^"]+)"', control)
                assert named is not None
                assert f'for="{named[1]}"' in html, control


def test_a_party_is_chosen_from_the_list_or_written(app: Flask) -> None:
    rest = {"text": "Put in a loop", "target": "March 2027", "outcome": "Heard", "characteristic": "age"}
    chosen, _, _ = sent(app, real("action-1"), "action", {**rest, "lead": "p1"})
    written, taken, _ = sent(
        app, real("action-1"), "action", {**rest, "lead": "", "lead-other": " The  caretaker "}
    )
    assert values_from(chosen)["lead"] == "p1"
    assert taken
    assert values_from(written)["lead"] == "other:The caretaker"


def test_a_choice_that_may_be_left_open_can_be_taken_back(app: Flask) -> None:
    form, _, _ = sent(
        app, real("action-1"), "action", {"characteristic": "", "save": "later"}, characteristic="age"
    )
    assert values_from(form)["characteristic"] is None
    assert "None of these" in shown(app, real("action-1"), "action")
    assert "None of these" not in shown(app, small(), "kind")


@pytest.mark.parametrize("lead", [{"lead": "p9"}, {"lead": "p1", "lead-other": "Somebody"}])
def test_a_party_off_the_list_or_given_twice_is_refused(app: Flask, lead: dict[str, str | list[str]]) -> None:
    _, taken, html = sent(app, real("action-1"), "action", {**lead, "save": "later"})
    assert not taken
    assert summary_links(html) == ["lead"]


def test_a_target_date_is_kept_as_written_and_shown_as_understood(app: Flask) -> None:
    answers: dict[AnswerKey, AnswerValue] = {AnswerKey("action", "target"): "31.3.10"}
    html = shown(app, real("action-1"), "action", answers)
    assert 'value="31.3.10"' in html
    assert "31 March 2010" in html


def test_a_target_date_that_says_nothing_is_kept_too(app: Flask) -> None:
    form, _, html = sent(app, real("action-1"), "action", {"target": "soonish", "save": "later"})
    assert values_from(form)["target"] == "soonish"
    assert "We could not read a date in this." in html


def test_check_your_answers_says_what_was_answered_and_what_is_open(app: Flask) -> None:
    answers: dict[AnswerKey, AnswerValue] = {
        AnswerKey("small", "kind"): "old",
        AnswerKey("small", "since"): "2027-05-09",
        AnswerKey("small", "impact.rating", "age"): ("positive", "negative"),
        AnswerKey("small", "comments"): "One\n<two>",
    }
    with app.test_request_context():
        macro = get_template_attribute("questions/page.html", "answers_summary")
        html = str(macro(small(), answers, GROUPS, lambda slug: f"/form/{slug}"))
    assert "9 May 2027" in html
    assert "Positive<br>Negative" in html
    assert "One<br>&lt;two&gt;" in html
    assert "Not answered yet" in html
    assert 'href="/form/impact-race"' in html


def test_words_are_welsh_where_somebody_wrote_them(app: Flask) -> None:
    with app.test_request_context(), force_locale("cy"):
        assert wording.words("Age", "Oed") == "Oed"
        assert wording.words("Age", None) == "Age"


def test_no_word_of_a_form_bypasses_the_pseudo_language(pseudo_app: Flask) -> None:
    _, _, html = sent(pseudo_app, real("impact-1"), "impact-age", {"save": ""})
    text = re.sub(r"<[^>]+>", "\n", html)
    bare = [line.strip() for line in re.sub(r"⟦[^⟧]*⟧", "", text).splitlines() if re.search(r"\w", line)]
    assert bare == []


def test_guidance_cannot_carry_a_script(app: Flask) -> None:
    with app.test_request_context():
        html = wording.prose("Look [here](javascript:alert(1)) <script>alert(1)</script> *now*")
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<em>now</em>" in html
