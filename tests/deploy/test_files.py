"""What deploy/ says is whole, names only what there is, and holds no secret."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from eia.settings import Settings
from eia.usecases.unsafe_settings import unsafe_settings

VARIABLE = re.compile(r"\bEIA_[A-Z_]+\b")
OF_COMPOSE = {"EIA_HOST", "EIA_RELEASE", "EIA_WEB"}  # of compose and the proxy, not of the program
UNITS = ("eia-web.service", "eia-worker@.service", "eia-clock@.service")


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "deploy" / "compose.yaml").read_text("utf-8"))
    return found


def test_two_workers_two_clocks_and_everything_they_need(compose: dict[str, Any]):
    assert set(compose["services"]) == {
        *("database", "queue", "migrate", "web", "proxy"),
        *("worker-1", "worker-2", "clock-1", "clock-2"),
    }


def test_everything_that_is_named_in_it_is_in_it(compose: dict[str, Any]):
    for name, service in compose["services"].items():
        assert set(service.get("depends_on", ())) <= set(compose["services"]), name
        assert set(service.get("networks", ())) <= set(compose["networks"]), name
        assert set(service.get("secrets", ())) <= set(compose["secrets"]), name
        volumes = {each.split(":")[0] for each in service.get("volumes", ())}
        assert {each for each in volumes if not each.startswith(".")} <= set(compose["volumes"]), name


def test_what_others_wait_for_says_whether_it_is_well(compose: dict[str, Any]):
    for name in ("database", "queue", "web"):
        assert compose["services"][name]["healthcheck"]["test"][0] == "CMD"


def test_only_the_proxy_can_be_reached_and_ours_can_write_nowhere_but_to_the_data(compose: dict[str, Any]):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    ours = [service for service in compose["services"].values() if service["image"].startswith("eia:")]
    assert len(ours) == 6
    for service in ours:
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["eia-data:/var/lib/eia"]


def test_every_secret_is_a_file_outside_the_checkout(root: Path, compose: dict[str, Any]):
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    files = [f"deploy/{each['file']}" for each in compose["secrets"].values()]
    ignored = subprocess.run(
        ["git", "check-ignore", *files], cwd=root, capture_output=True, text=True, check=False
    )
    if ignored.returncode == 128:
        pytest.skip("NO GIT: whether secrets could be committed was not looked at")
    assert ignored.stdout.split() == files


def test_nothing_in_deploy_looks_like_a_secret(root: Path):
    for path in filter(Path.is_file, (root / "deploy").rglob("*")):
        text = path.read_text("utf-8")
        assert not re.search(r"://[^/\s:@]+:(?![A-Z$])[^/\s@<]+@", text), (
            f"{path.name}: an address with a password"
        )
        assert not re.search(r"(?i)(password|key|token)\s*[:=]\s*['\"]?[a-z0-9+]{12,}", text), path.name


def test_every_variable_that_it_sets_is_one_that_is_read(root: Path):
    read = set(VARIABLE.findall((root / "eia" / "settings.py").read_text("utf-8")))
    for path in filter(Path.is_file, (root / "deploy").rglob("*")):
        named = {name.removesuffix("_FILE") for name in VARIABLE.findall(path.read_text("utf-8"))}
        assert named <= read | OF_COMPOSE, path.name


def test_with_the_environment_of_compose_no_setting_is_unsafe(root: Path, compose: dict[str, Any], tmp_path):
    """Once the example's addresses are one's own, and the secrets are made."""
    secrets = {
        "EIA_DATABASE_URL_FILE": "postgresql+psycopg://eia@database/eia",
        "EIA_SECRET_KEY_FILE": "2b1c4f0e9a8d7356" * 4,
        "EIA_SMTP_URL_FILE": "smtp+starttls://mail.sandmere.gov.uk",
    }
    environment = {**_example(root), **compose["x-eia"]["environment"], "EIA_DATA_DIR": str(tmp_path)}
    for name, value in secrets.items():
        (tmp_path / name).write_text(value)
        environment[name] = str(tmp_path / name)
    tmp_path.chmod(0o700)
    settings = Settings.from_environment(environment)
    assert list(unsafe_settings(settings, environment, processes=int(environment["WEB_CONCURRENCY"]))) == []


def _example(root: Path) -> dict[str, str]:
    lines = (root / "deploy" / "eia.env.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value.replace("example.org", "sandmere.gov.uk") for name, value in given.items()}


def test_the_units_are_as_systemd_wants_them(root: Path, tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("NO SYSTEMD: the units in deploy/systemd are not verified")
    for name in UNITS:
        unit = (root / "deploy" / "systemd" / name).read_text("utf-8")
        (tmp_path / name).write_text(unit.replace("/opt/eia/bin", str(Path(sys.executable).parent)))
    paths = [str(tmp_path / name) for name in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "eia-" in line]
    assert (done.returncode, ours) == (0, [])


def test_units_and_compose_start_the_same(root: Path, compose: dict[str, Any]):
    for name, service in zip(UNITS, ("web", "worker-1", "clock-1"), strict=True):
        started = re.search(
            r"^ExecStart=/opt/eia/bin/(.*)$", (root / "deploy/systemd" / name).read_text(), re.M
        )
        assert started
        told = " ".join(compose["services"][service]["command"])
        said = started[1].replace("worker-%i@%%h", "worker-1@%h")
        assert said == told.replace(" --bind 0.0.0.0:8000", "")


def test_every_unit_is_shut_in(root: Path):
    for name in UNITS:
        unit = (root / "deploy" / "systemd" / name).read_text("utf-8")
        for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "User=eia", "StateDirectoryMode=0700"):
            assert f"\n{line}\n" in unit, name
