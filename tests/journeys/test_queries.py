"""How often the main pages ask the database: a fixed small number, however much there is to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.journeys.life import Life

MOST = {
    "": 11,
    "/impact/check": 6,
    "/impact/impact-age": 9,
    "/impact/check/whole": 6,
    "/evidence": 10,
    "/consultation": 5,
    "/actions": 10,
    "/comments": 4,
    "/history": 5,
    "/record": 12,
    "/changes": 10,
}
"""Queries of each page of an assessment, those for who is asking among them."""
MOST_ELSEWHERE = {"/": 7, "/programme": 5, "/plans": 3}


@contextmanager
def counted(life: Life) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    engines = (life.town.services.database._reading, life.town.services.database._writing)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def queries_of(life: Life, *addresses: str) -> dict[str, int]:
    lea, found = life.person("lea"), {}
    for address in addresses:
        with counted(life) as asked:
            lea.look(address)
        found[address.removeprefix(life.at) if address.startswith(life.at) else address] = len(asked)
    return found


def test_no_page_asks_more_often_than_it_needs_nor_more_often_when_there_is_more(life: Life) -> None:
    life.begin_analysis()
    life.promise()
    addresses = [*(f"{life.at}{page}" for page in MOST), *MOST_ELSEWHERE]
    before = queries_of(life, *addresses)
    for _ in range(3):
        life.gather_evidence()
        life.promise()
    assert queries_of(life, *addresses) == before
    limits = MOST | MOST_ELSEWHERE
    assert {page: count for page, count in before.items() if count > limits[page]} == {}
