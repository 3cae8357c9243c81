"""What an installation may choose, and what it is told when it chooses wrongly."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from eia.settings import Settings, SettingsError, kept_secret


def settings(**environment: str) -> Settings:
    return Settings.from_environment(environment)


def test_without_any_variable_it_is_one_machine_that_only_answers_itself(tmp_path: Path):
    found = settings(EIA_DATA_DIR=str(tmp_path))
    assert found.database_url == f"sqlite:///{tmp_path}/eia.sqlite"
    assert set(found.hosts) == {"localhost", "127.0.0.1", "[::1]"}
    assert not found.is_secure


def test_it_answers_to_the_name_in_its_own_address_and_to_those_it_is_told_of():
    found = settings(EIA_BASE_URL="https://eia.example.org/", EIA_TRUSTED_HOSTS="eia.internal, 10.0.0.7")
    assert found.hosts == ("eia.example.org", "eia.internal", "10.0.0.7")
    assert found.base_url == "https://eia.example.org"
    assert found.is_secure


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EIA_DATABASE_URL", "mysql://x"),
        ("EIA_BASE_URL", "eia.example.org"),
        ("EIA_BROKER_URL", "amqp://x"),
        ("EIA_LIMITS_URL", "memcached://x"),
        ("EIA_SMTP_URL", "mail.example.org:25"),
        ("EIA_MAIL_HOURS", "from eight to six"),
        ("EIA_MAIL_HOURS", "18:00-08:00"),
        ("EIA_MAIL_IN_DOUBT", "perhaps"),
        ("EIA_NOTIFY_KEY", "half-a-key"),
        ("EIA_LANGUAGE", "fr"),
        ("EIA_RULEBOOK_DIR", "/no/such/place"),
        ("EIA_SECRET_KEY", "short"),
        ("EIA_PROXIES", "one"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_the_variables_name(name: str, value: str):
    with pytest.raises(SettingsError, match=name):
        settings(**{name: value})


def test_a_refused_address_does_not_repeat_the_password_in_it():
    with pytest.raises(SettingsError) as refused:
        settings(EIA_DATABASE_URL="mysql://eia:hunter2@db/eia")
    assert "hunter2" not in str(refused.value)


def test_an_empty_variable_is_as_good_as_none():
    assert settings(EIA_LANGUAGE=" ").language == "en"


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path):
    chosen = settings(EIA_DATA_DIR=str(tmp_path / "new"))
    first = kept_secret(chosen)
    assert len(first) == 64
    assert kept_secret(chosen) == first
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_a_secret_that_was_set_is_not_written_down(tmp_path: Path):
    chosen = replace(settings(EIA_DATA_DIR=str(tmp_path)), secret_key="x" * 40)
    assert kept_secret(chosen) == "x" * 40
    assert not (tmp_path / "secret-key").exists()


def test_a_secret_may_be_in_a_file_and_so_in_no_environment(tmp_path: Path):
    (tmp_path / "key").write_text("k" * 40 + "\n")
    assert settings(EIA_SECRET_KEY_FILE=str(tmp_path / "key")).secret_key == "k" * 40
    assert settings(EIA_SECRET_KEY_FILE=str(tmp_path / "key"), EIA_SECRET_KEY="v" * 40).secret_key == "v" * 40


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(SettingsError, match="EIA_SECRET_KEY_FILE"):
        settings(EIA_SECRET_KEY_FILE=str(tmp_path / "none"))
