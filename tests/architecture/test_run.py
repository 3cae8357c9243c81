"""`./run` makes its environment once, says plainly what is missing, and then gets out of the way."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

FAKE_PYTHON = """#!/bin/sh
root=$(dirname "$0")/../..
case "$*" in *"pip --version") exit ;; esac
echo "$@" >> "$root/calls"
case "$*" in
    *hatch_build*) [ ! -e "$root/no-npm" ] && mkdir -p "$root/{vendor}" && : > "$root/{vendor}/stamp.txt" ;;
    *" pip "*) ;;
    *) echo "$@" ;;
esac
"""


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """A copy of what `./run` reads, with a Python in .venv that only writes down what it was asked."""

    root: Path

    @property
    def calls(self) -> list[str]:
        return (self.root / "calls").read_text().splitlines()

    def run(self, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
        script = self.root / "run"
        start = f"import runpy, sys; sys.argv = sys.argv[1:]; {before or 'pass'}; "
        start += f"runpy.run_path({str(script)!r}, run_name='__main__')"
        command = [sys.executable, "-c", start, str(script), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.root.parent)

    def add_python(self) -> None:
        python = self.root / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(FAKE_PYTHON.replace("{vendor}", "eia/web/static/vendor"))
        python.chmod(0o755)


@pytest.fixture
def bare(root: Path, tmp_path: Path) -> Checkout:
    """A checkout in which nothing was made yet."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    shutil.copytree(root / "lock", copy / "lock")
    for name in ("run", "pyproject.toml", "hatch_build.py"):
        shutil.copy(root / name, copy / name)
    return Checkout(root=copy)


@pytest.fixture
def checkout(bare: Checkout) -> Checkout:
    """A checkout with a Python, in which nothing was installed yet."""
    bare.add_python()
    return bare


def test_a_python_without_ensurepip_is_told_what_to_install(bare: Checkout) -> None:
    done = bare.run("demo", before="sys.modules['ensurepip'] = None")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (bare.root / ".venv").exists()


def test_an_old_python_is_told_which_one_is_needed(bare: Checkout) -> None:
    done = bare.run("demo", before="sys.version_info = (3, 9, 2)")
    assert done.returncode == 1
    assert done.stderr.startswith("This needs Python 3.11 or newer")


def test_the_first_start_installs_from_the_run_lock_by_hash(checkout: Checkout) -> None:
    checkout.run("demo", "--port", "1")
    packages, styles, project, eia = checkout.calls
    assert "--require-hashes --no-deps -r" in packages
    assert packages.endswith("lock/requirements-run.txt")
    assert styles.endswith("hatch_build.py")
    assert "--no-deps --no-build-isolation --editable" in project
    assert eia == "-P -m eia demo --port 1"


def test_the_second_start_installs_nothing(checkout: Checkout) -> None:
    checkout.run("demo")
    first = len(checkout.calls)
    checkout.run("plan", "read", "a plan.txt")
    assert checkout.calls[first:] == ["-P -m eia plan read a plan.txt"]


def test_stdout_belongs_to_the_command_that_was_asked_for(checkout: Checkout) -> None:
    assert checkout.run("plan", "read", "--json").stdout == "-P -m eia plan read --json\n"


@pytest.mark.parametrize("name", ["lock/requirements-run.txt", "pyproject.toml", "hatch_build.py"])
def test_a_change_to_what_it_is_made_from_makes_it_again(checkout: Checkout, name: str) -> None:
    checkout.run("demo")
    first = len(checkout.calls)
    with (checkout.root / name).open("a") as file:
        file.write("\n# changed\n")
    checkout.run("demo")
    assert len(checkout.calls) == first + 4


def test_testing_installs_the_test_lock_and_runs_in_parallel(checkout: Checkout) -> None:
    checkout.run("test", "-k", "sign")
    assert checkout.calls[0].endswith("lock/requirements-test.txt")
    assert checkout.calls[-1] == "-m pytest -n auto --dist loadfile --no-loadscope-reorder -k sign"


def test_a_number_of_test_processes_asked_for_is_left_alone(checkout: Checkout) -> None:
    checkout.run("test", "-n", "0", "-m", "bench")
    assert checkout.calls[-1] == "-m pytest -n 0 -m bench"


def test_an_environment_made_for_testing_serves_for_running(checkout: Checkout) -> None:
    checkout.run("test")
    first = len(checkout.calls)
    checkout.run("demo")
    assert checkout.calls[first:] == ["-P -m eia demo"]


def test_without_a_working_npm_one_is_installed_for_the_styles(checkout: Checkout) -> None:
    (checkout.root / "no-npm").touch()
    done = checkout.run("demo")
    assert done.returncode == 1
    assert checkout.calls[2].endswith("lock/requirements-npm.txt")
    assert [call for call in checkout.calls if "-m eia" in call] == []


def test_an_environment_that_was_left_half_made_is_made_again(bare: Checkout) -> None:
    python = bare.root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho No module named pip >&2; exit 1\n")
    python.chmod(0o755)
    done = bare.run("demo", before="import venv; venv.create = lambda *a, **k: sys.exit('made again')")
    assert done.stderr.endswith("made again\n")


def test_a_checkout_that_was_moved_is_made_again(checkout: Checkout) -> None:
    checkout.run("demo")
    moved = Checkout(root=checkout.root.rename(checkout.root.with_name("moved")))
    moved.run("demo")
    assert [call for call in moved.calls if "--editable" in call and "/moved" in call]


def test_an_installation_that_fails_is_tried_again_even_if_the_lock_goes_back(checkout: Checkout) -> None:
    checkout.run("demo")
    lock = checkout.root / "lock" / "requirements-run.txt"
    before = lock.read_text()
    lock.write_text(before + "\n# changed\n")
    shutil.rmtree(checkout.root / "eia")
    (checkout.root / "no-npm").touch()
    assert checkout.run("demo").returncode == 1
    lock.write_text(before)
    (checkout.root / "no-npm").unlink()
    first = len(checkout.calls)
    checkout.run("demo")
    assert len(checkout.calls) == first + 4


def test_two_that_start_together_install_once(checkout: Checkout) -> None:
    with ThreadPoolExecutor() as both:
        list(both.map(checkout.run, ["demo", "demo"]))
    assert len([call for call in checkout.calls if "--editable" in call]) == 1
    assert checkout.calls.count("-P -m eia demo") == 2
