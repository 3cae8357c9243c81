"""The measurement of pages runs; how fast they are is for a person to read."""

from pathlib import Path

from tests.bench.bench_pages import measure


def test_pages_are_measured(tmp_path: Path) -> None:
    found = measure(tmp_path, 2)
    assert [page.name for page in found] == ["assessment page", "whole section", "form page with errors"]
    assert all(page.size > 1000 for page in found)
