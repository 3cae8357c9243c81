"""The measurement of mail runs and every digest goes both ways; how fast is for a person to read."""

from eia.store.database import Database
from tests.bench.bench_mail import measure


def test_every_digest_goes_both_ways(database: Database) -> None:
    assert measure(database, 20).ratio > 0
