"""A child that reads what strangers send: what it gives back, and what stops it."""

import logging
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from eia.documents import limited_child
from eia.documents.limited_child import Limits, run_limited
from eia.documents.refusals import DAMAGED, TOO_BIG, TOO_LONG, TOO_MUCH
from eia.domain.errors import Invalid, Unavailable

BRIEF = Limits(seconds=0.6)


def run(name: str, data: bytes = b"abc", limits: Limits | None = None) -> object:
    return run_limited(f"tests.documents.greedy_readers:{name}", data, limits=limits)


def refusal(name: str, data: bytes = b"abc", limits: Limits | None = None) -> str:
    with pytest.raises(Invalid) as refused:
        run(name, data, limits)
    return refused.value.problems["file"]


def test_what_the_function_makes_of_the_bytes_comes_back() -> None:
    assert run("backwards", "für".encode()[::-1]) == ["für"]


def test_a_file_as_large_as_we_take_goes_through_to_the_byte() -> None:
    assert run_limited("builtins:len", bytes(10_000_000)) == 10_000_000


def test_a_larger_file_never_reaches_a_child() -> None:
    assert refusal("no_such_reader", bytes(10_000_001)) == TOO_BIG


def test_a_refusal_in_the_child_is_a_refusal_here() -> None:
    assert refusal("refuses") == "Take the password off"


def test_a_reader_that_stumbles_calls_the_file_damaged_and_the_log_says_where_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert refusal("stumbles", b"Mrs Example is unwell") == DAMAGED
    assert "KeyError at greedy_readers.py:" in caplog.text
    assert "Example" not in caplog.text


def test_a_reader_that_does_not_exist_is_our_mistake_and_not_the_files() -> None:
    with pytest.raises(LookupError, match="no_such_reader"):
        run("no_such_reader")


def test_memory_ends() -> None:
    assert refusal("eats_memory") == TOO_MUCH


def test_time_on_the_processor_ends() -> None:
    assert refusal("eats_the_processor", limits=BRIEF) == TOO_LONG


def test_time_by_the_clock_ends() -> None:
    assert refusal("only_waits", limits=BRIEF) == TOO_LONG


def test_the_promise_of_five_seconds_leaves_time_to_start_and_to_end() -> None:
    assert Limits().seconds <= 4.5


def test_an_answer_ends() -> None:
    assert refusal("talks_on", limits=replace(BRIEF, answer=1_000_000)) == TOO_MUCH


@pytest.mark.parametrize("name", ["nests", "breaks_down", "opens_too_much", "writes_a_file"])
def test_whatever_else_goes_wrong_is_said_to_be_the_file(name: str, tmp_path: Path) -> None:
    assert refusal(name, str(tmp_path / "left").encode()) == DAMAGED


def test_nothing_is_ever_written(tmp_path: Path) -> None:
    refusal("writes_a_file", str(tmp_path / "left").encode())
    assert [file.stat().st_size for file in tmp_path.iterdir()] in ([], [0])


def test_a_library_that_gives_up_for_want_of_memory_says_that_it_is_too_much() -> None:
    assert refusal("aborts") == TOO_MUCH


def test_half_an_answer_is_none() -> None:
    assert refusal("says_half") == TOO_LONG


def test_what_a_reader_prints_is_no_part_of_the_answer() -> None:
    assert run("prints") == 1


def test_the_child_knows_nothing_of_where_we_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EIA_SECRET_KEY", "x" * 32)
    environment, folder = run("tells_its_surroundings")  # type: ignore[misc]
    assert "EIA_SECRET_KEY" not in environment
    assert folder == "/"


def test_many_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda size: run_limited("builtins:len", bytes(size)), range(8))) == list(
            range(8)
        )


@pytest.mark.parametrize("name", ["backwards", "stumbles", "only_waits", "eats_memory"])
def test_no_child_is_left_when_the_answer_is_there(name: str) -> None:
    before = _children()
    with suppress(Invalid):
        run(name, limits=BRIEF)
    assert _children() == before


def test_whoever_comes_while_all_are_busy_waits_a_turn_and_then_may_try_again() -> None:
    at_once = replace(BRIEF, seconds=0.05)
    with limited_child._TURNS, limited_child._TURNS, pytest.raises(Unavailable):
        run_limited("builtins:len", b"", limits=at_once)
    assert run_limited("builtins:len", b"") == 0


@pytest.mark.slow
def test_a_child_whose_parent_was_killed_ends_by_itself(tmp_path: Path) -> None:
    asked = "from eia.documents.limited_child import *; import sys;"
    asked += "run_limited('tests.documents.greedy_readers:only_waits', b'', limits=Limits(seconds=1))"
    path = os.pathsep.join(sys.path)
    parent = subprocess.Popen([sys.executable, "-c", asked], env={"PYTHONPATH": path})
    child = _child_of(parent.pid)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not _is_running(child):
            return
        time.sleep(0.1)
    pytest.fail("the child lives on")


def _child_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for _ in range(100):
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.05)
    pytest.fail("no child was started")


def _children() -> set[str]:
    tasks = Path("/proc/self/task")
    return {pid for task in tasks.iterdir() for pid in (task / "children").read_text().split()}


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
