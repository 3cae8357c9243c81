"""An administrator names and colours every page."""

from __future__ import annotations

from tests.web.conftest import give

ASKED = {"name": "Fenmere District Council", "brand": "#ffd000", "accent": "#112233"}


def test_the_name_and_the_colours_are_on_every_page_from_then_on(browser_of, app):
    assert give(browser_of("ada"), "/settings", **ASKED).status_code == 302
    front = app.test_client().get("/sign-in").text
    assert "Fenmere District Council" in front
    assert "--eia-brand:#ffd000" in front


def test_text_on_a_light_colour_is_dark(browser_of):
    ada = browser_of("ada")
    give(ada, "/settings", **ASKED)
    assert "--eia-on-brand:#0b0c0c" in ada.get("/settings").text


def test_what_is_no_colour_is_refused_and_what_was_typed_stays(browser_of):
    answer = give(browser_of("ada"), "/settings", **ASKED | {"brand": "red;}body{display:none"})
    assert answer.status_code == 422
    assert 'value="Fenmere District Council"' in answer.text
    assert "--eia-brand:red" not in answer.text


def test_an_equality_officer_changes_no_settings(browser_of):
    assert browser_of("olu").get("/settings").status_code == 403
