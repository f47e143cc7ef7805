"""Who may start an open server, and with which token."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrm_coprocessor.guard.auth import default_token_file, find_keys, find_token
from hrm_coprocessor.guard.tokens import MIN_TOKEN, Register
from hrm_coprocessor.settings import ServeSettings
from hrm_engine.config import load_config
from hrm_engine.errors import ConfigError

ANYWHERE = "0.0.0.0"  # noqa: S104 - an address other machines can reach is what is tested
LONG = "x" * MIN_TOKEN


def test_the_settings_file_shows_every_setting_at_its_default() -> None:
    settings = load_config(ServeSettings, "serve", [])
    assert settings == ServeSettings()
    assert settings.model_fields_set == set(ServeSettings.model_fields)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "::1"])
def test_on_loopback_no_token_is_needed(host: str) -> None:
    assert find_token(ServeSettings(host=host), {}) is None


@pytest.mark.parametrize("host", [ANYWHERE, "192.168.1.2", "::", "pc2.lan", "127.0.0.1.evil"])
def test_other_addresses_need_a_list_of_names(host: str) -> None:
    with pytest.raises(ConfigError, match="--allow-host"):
        find_token(ServeSettings(host=host), {"HRM_TOKEN": LONG})


def test_a_token_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = ServeSettings(host=ANYWHERE, allow_hosts=("pc2.lan",))
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    token = find_token(settings, environment)
    file = default_token_file(environment)
    assert token is not None
    assert len(token) >= MIN_TOKEN
    assert file == tmp_path / "hrm" / "token"
    assert file.stat().st_mode & 0o777 == 0o600
    assert find_token(settings, environment) == token


def test_without_a_configuration_folder_the_token_is_kept_below_the_home_folder() -> None:
    assert default_token_file({}) == Path.home() / ".config" / "hrm" / "token"


def test_the_token_comes_from_the_file_then_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{LONG}y\n")
    file.chmod(0o600)
    environment = {"HRM_TOKEN": LONG}
    assert find_token(ServeSettings(token_file=file), environment) == f"{LONG}y"
    assert find_token(ServeSettings(), environment) == LONG


@pytest.mark.parametrize("token", ["short", "with a space in its middle", "ünïcödé-ünïcödé-ü", ""])
def test_a_weak_token_is_refused(tmp_path: Path, token: str) -> None:
    file = tmp_path / "token"
    file.write_text(token, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(ConfigError):
        find_token(ServeSettings(token_file=file), {})
    if token:
        with pytest.raises(ConfigError, match="openssl"):
            find_token(ServeSettings(), {"HRM_TOKEN": token})


def test_a_token_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(LONG)
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        find_token(ServeSettings(token_file=file), {})


def test_a_token_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot write a token"):
        find_token(ServeSettings(token_file=tmp_path / "file" / "token"), {})


def test_a_token_that_is_a_folder_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(ConfigError, match="cannot read the token"):
        find_token(ServeSettings(token_file=tmp_path), {})


def test_the_keys_of_a_server_are_its_owners_token_and_the_named_ones_beside_it(
    tmp_path: Path,
) -> None:
    laptop = Register(tmp_path / "hrm" / "tokens.json").add("laptop")
    settings = ServeSettings(host=ANYWHERE, allow_hosts=("pc2.lan",))
    keys = find_keys(settings, {"XDG_CONFIG_HOME": str(tmp_path)})
    assert keys is not None
    assert keys.caller((tmp_path / "hrm" / "token").read_text()) == "owner"
    assert keys.caller(laptop) == "laptop"
    assert len(keys.secrets) == 1


def test_a_token_in_the_environment_has_named_ones_beside_it_too(tmp_path: Path) -> None:
    laptop = Register(tmp_path / "hrm" / "tokens.json").add("laptop")
    keys = find_keys(ServeSettings(), {"XDG_CONFIG_HOME": str(tmp_path), "HRM_TOKEN": LONG})
    assert keys is not None
    assert keys.caller(LONG) == "environment"
    assert keys.caller(laptop) == "laptop"
    assert not (tmp_path / "hrm" / "token").exists()


def test_on_loopback_without_a_token_there_are_no_keys() -> None:
    assert find_keys(ServeSettings(), {}) is None
