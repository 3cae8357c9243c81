"""What holds for every page, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask, request

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady, Stale, Unavailable
from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.unmet import Unmet
from eia.store.tables import outbox
from eia.usecases.mails import outbox_messages
from eia.web import create_app
from tests.web.conftest import give

PUBLIC = {
    "sign_in.show",
    "sign_in.demo",
    "sign_in.enter_demo",
    "sign_in.leave",
    "sign_in.resume",
    "people.welcome",
    "actions.answer",  # opens with a link that only whoever was reminded has
    "actions.answered",
    "operations.healthz",
    "operations.readyz",
    "reminders.feed",  # opens with an address that only its owner has
    "operations.receipts",  # asks for a token of its own
    "operations.metrics",  # as does this, or to be asked from this machine
}


def test_every_page_says_what_it_takes_to_be_let_in(app: Flask):
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if not hasattr(view_of(app, rule), "needs")]
    assert silent == ["static"]


def test_only_the_listed_pages_are_open_to_anybody(app: Flask):
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if view_needs(app, rule) is None}
    assert opened == PUBLIC | {"static"}


def view_of(app, rule):
    return app.view_functions[rule.endpoint]


def view_needs(app, rule) -> Permission | None:
    return getattr(view_of(app, rule), "needs", None)


def test_every_page_that_is_not_public_sends_a_stranger_to_sign_in(app: Flask):
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC | {"static"} or "GET" not in rule.methods:
            continue
        address = rule.rule
        for argument in rule.arguments:
            kind = rule._converters[argument]
            address = address.replace(
                f"<{'uuid:' if 'UUID' in type(kind).__name__ else ''}{argument}>",
                "018f0000-0000-7000-8000-000000000000",
            )
        if "<" in address:
            continue
        answer = app.test_client().get(address)
        assert answer.status_code == 302, rule
        assert answer.headers["Location"].startswith("/sign-in"), rule


def test_a_host_that_is_not_ours_gets_nothing(browser):
    assert browser.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_an_app_without_hosts_does_not_start(town):
    with pytest.raises(RuntimeError, match="EIA_BASE_URL"):
        create_app(town.services, replace(town.settings, base_url=""))


def test_scripts_and_styles_come_from_us_only_and_never_inline(browser):
    answer = browser.get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_a_colour_that_is_no_colour_does_not_reach_the_page(browser):
    page = browser.get("/sign-in").text
    assert "--eia-brand:#123456" in page
    assert "display:none" not in page


def test_pages_of_signed_in_people_are_kept_nowhere(browser_of):
    assert browser_of("lea").get("/").headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_a_year_because_their_address_changes(browser):
    page = browser.get("/sign-in").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "v=" in address
    assert "max-age=31536000" in browser.get(address).headers["Cache-Control"]


def test_cookies_insist_on_https_where_there_is_https(town):
    settings = replace(town.settings, base_url="https://eia.example.org")
    browser = create_app(town.services, settings).test_client()
    answer = browser.get("/sign-in", base_url="https://eia.example.org")
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert answer.headers["Strict-Transport-Security"]


def test_a_page_that_is_not_there_says_so_in_our_words(browser_of):
    answer = browser_of("lea").get("/no-such-page")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_a_page_for_other_roles_says_who_may(browser_of):
    answer = browser_of("lea").get("/people")
    assert answer.status_code == 403
    assert "Equality officer" in answer.text
    assert "Administrator" in answer.text


@pytest.mark.parametrize(
    ("refusal", "code", "words"),
    [
        (NotFound(), 404, "Page not found"),
        (NotAllowed("You wrote part of it.", roles=(Role.CHAMPION,)), 403, "You wrote part of it."),
        (Stale(["The title changed."], current_version=3), 409, "The title changed."),
        (Invalid({"title": "Give it a title."}), 422, "Give it a title."),
        (Unavailable(), 503, "Try again in a minute"),
        (
            NotReady([Unmet(guard="g", message="No %(what)s yet.", values=(("what", "lead"),))]),
            409,
            "No lead yet.",
        ),
        (ZeroDivisionError("secret"), 500, "Something went wrong"),
    ],
)
def test_every_refusal_has_a_page_that_says_what_to_do(app: Flask, refusal, code, words):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def refuse():
        raise refusal

    app.view_functions["operations.healthz"] = refuse
    answer = app.test_client().get("/healthz")
    assert answer.status_code == code
    assert words in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_message_is_shown_once(demo_app, demo):
    browser = demo_app.test_client()

    @demo_app.before_request
    def leave_message():
        from flask import flash, request

        if request.path == "/people":
            flash("It is saved.")

    give(browser, f"/sign-in/demo/{demo.people['olu']}", page="/sign-in/demo")
    browser.get("/people")
    assert "It is saved." not in browser.get("/").text, "it was shown on the page that left it"
    browser.head("/people")


def test_every_page_has_one_heading_of_the_first_rank(browser_of):
    browser = browser_of("olu")
    for address in ("/", "/programme", "/people", "/outbox", "/operations", "/rulebook"):
        assert browser.get(address).text.count("<h1") == 1, address


def test_the_mails_of_a_demo_are_there_for_everybody_and_elsewhere_for_few(demo, town):
    for place, seen in ((demo, 1), (town, 0)):
        place.insert(
            outbox,
            id=uuid4(),
            body_id=place.body_id,
            recipient_id=place.people["lea"],
            kind="digest",
            day=date(2026, 3, 2),
            state="sent",
            payload={"subject": "Two things", "text": "x", "html": "<p>x</p>"},
            message_id="<1@example.org>",
            attempt=1,
            due_at=place.clock.now(),
            error="",
            created_at=place.clock.now(),
        )
        assert len(outbox_messages(place.services, place.actor("lea"))) == 1
        assert len(outbox_messages(place.services, place.actor("olu"))) == 1
        assert len(outbox_messages(place.services, place.actor("nia"))) == seen


def test_a_proxys_word_counts_only_where_a_proxy_is_said_to_stand(town):
    def address_seen(proxies: int) -> str:
        app = create_app(town.services, replace(town.settings, proxies=proxies))
        with app.test_client() as browser:
            browser.get("/sign-in", headers={"X-Forwarded-For": "192.0.2.7"})
            return str(request.remote_addr)

    assert address_seen(0) == "127.0.0.1"
    assert address_seen(1) == "192.0.2.7"
