from __future__ import annotations

from tests.bench.bench_sweep import on_sqlite


def test_the_bench_of_the_sweep_compares_like_with_like():
    found = on_sqlite(3000)
    assert found.sweep_rows == found.floor_rows > 0
