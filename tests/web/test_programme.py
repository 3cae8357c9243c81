"""The programme by department, year and stage."""

from __future__ import annotations

from eia.store.programme import Filter
from eia.usecases import programme
from eia.usecases.programme import programme_page


def titles(found) -> list[str]:
    return [line.title for line, _ in found.lines]


def seen_by(town, name, **wanted):
    return programme_page(town.services, town.actor(name), Filter(**wanted))


def plant(town):
    town.add_assessment("Bins", "screening")
    town.add_assessment("Parks", "evidence", financial_year=2024)
    town.add_assessment("Rents", "screening", department="HOU", lead="nia")


def test_each_sees_what_the_policy_lets_them(town):
    plant(town)
    assert titles(seen_by(town, "olu")) == ["Bins", "Parks", "Rents"]
    assert titles(seen_by(town, "hal")) == ["Bins", "Parks"]
    assert titles(seen_by(town, "nia")) == ["Rents"]
    assert titles(seen_by(town, "ada")) == []


def test_it_narrows_by_department_year_and_stage(town):
    plant(town)
    assert titles(seen_by(town, "olu", department_id=town.departments["HOU"])) == ["Rents"]
    assert titles(seen_by(town, "olu", year=2024)) == ["Parks"]
    assert titles(seen_by(town, "olu", stage="screening")) == ["Bins", "Rents"]
    assert titles(seen_by(town, "olu", stage="screening", year=2024)) == []


def test_the_counts_are_of_the_year_asked_for(town):
    plant(town)
    found = seen_by(town, "olu", year=2025)
    assert [(row.stage.name, row.total) for row in found.rows] == [("screening", 2)]
    assert found.total == 2


def test_counts_tell_nothing_of_what_may_not_be_seen(town):
    plant(town)
    found = seen_by(town, "hal")
    assert sum(row.total for row in found.rows) == found.total == 2
    assert [each.code for each in found.departments] == ["FIN"]


def test_every_assessment_is_on_exactly_one_page(town, monkeypatch):
    monkeypatch.setattr(programme, "PAGE", 2)
    for number in range(5):
        town.add_assessment(f"No {number}", "screening")
    after, pages = None, []
    while True:
        found = programme_page(town.services, town.actor("olu"), Filter(), after=after)
        pages.append(titles(found))
        after = found.after
        if after is None:
            break
    assert pages == [["No 0", "No 1"], ["No 2", "No 3"], ["No 4"]]


def test_an_address_that_makes_no_sense_shows_everything(browser_of):
    answer = browser_of("olu").get("/programme?department=x&year=y&stage=z&after=q")
    assert answer.status_code == 200


def test_without_any_assessment_it_says_what_will_be_here(browser_of):
    assert "There is no assessment here that you may see yet" in browser_of("lea").get("/programme").text
