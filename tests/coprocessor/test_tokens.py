"""Named tokens: made, listed, revoked, and believed by a server that runs."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest

from hrm_coprocessor.cli import main
from hrm_coprocessor.guard.tokens import (
    MIN_TOKEN,
    PREFIX,
    Keyring,
    Register,
    new_token,
    read_or_make,
)
from hrm_engine.errors import ConfigError
from tests.coprocessor.serving import ask, make_app


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "hrm" / "tokens.json")


@pytest.fixture
def owner(tmp_path: Path) -> Path:
    file = tmp_path / "hrm" / "token"
    read_or_make(file)
    return file


@pytest.fixture
def keys(owner: Path, register: Register) -> Keyring:
    ring = Keyring(owner=owner)
    ring.watch(register.path)
    return ring


@pytest.mark.requirement("CP-12")
def test_a_named_token_opens_the_door_from_the_moment_it_is_made(
    keys: Keyring, register: Register
) -> None:
    laptop = register.add("laptop")
    assert keys.caller(laptop) == "laptop"
    phone = register.add("phone")
    assert keys.caller(phone) == "phone"
    assert keys.caller(laptop) == "laptop"
    assert keys.caller(new_token()) is None


@pytest.mark.requirement("CP-12")
def test_a_revoked_token_is_refused_from_the_next_request_on_without_a_restart(
    keys: Keyring, register: Register, owner: Path
) -> None:
    laptop, own = register.add("laptop"), owner.read_text().strip()

    async def question(client: httpx2.AsyncClient) -> list[int]:
        found = []
        for token in (laptop, own):
            headers = {"Authorization": f"Bearer {token}"}
            found.append((await client.get("/v1/tools", headers=headers)).status_code)
            if token is laptop:
                register.revoke("laptop")
            else:
                owner.unlink()
            found.append((await client.get("/v1/tools", headers=headers)).status_code)
        return found

    assert ask(question, make_app(token=keys)) == [200, 401, 200, 401]


@pytest.mark.requirement("CP-12")
def test_the_file_keeps_digests_and_only_its_owner_can_read_it(register: Register) -> None:
    token = register.add("laptop")
    assert token.startswith(PREFIX)
    assert len(token) >= MIN_TOKEN
    assert token not in register.path.read_text()
    assert register.path.stat().st_mode & 0o777 == 0o600
    (kept,) = register.read()
    assert (kept.name, kept.last4, kept.revoked) == ("laptop", token[-4:], None)


def test_the_owners_token_can_be_changed_while_the_server_runs(keys: Keyring, owner: Path) -> None:
    before = owner.read_text().strip()
    assert keys.caller(before) == "owner"
    owner.unlink()
    after = read_or_make(owner)
    assert keys.caller(before) is None
    assert keys.caller(after) == "owner"


@pytest.mark.parametrize("damage", ["", "{", '{"tokens": 3}', '{"more": 1}', "\x00"])
def test_a_damaged_file_admits_nobody_but_the_owner_until_it_is_mended(
    keys: Keyring, register: Register, owner: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    laptop = register.add("laptop")
    assert keys.caller(laptop) == "laptop"
    good = register.path.read_text()
    register.path.write_text(damage)
    assert keys.caller(laptop) is None
    assert keys.caller(owner.read_text()) == "owner"
    assert "no token in this file is accepted" in caplog.text
    with pytest.raises(ConfigError, match="cannot read the tokens"):
        Keyring().watch(register.path)
    register.path.write_text(good)
    assert keys.caller(laptop) == "laptop"


def test_a_file_that_others_may_change_admits_nobody(keys: Keyring, register: Register) -> None:
    laptop = register.add("laptop")
    register.path.chmod(0o660)
    assert keys.caller(laptop) is None
    with pytest.raises(ConfigError, match="chmod 600"):
        register.read()


@pytest.mark.parametrize(
    "name", ["", "Laptop", "a b", "x" * 41, "../up", "owner", "environment", "ö", "a\n"]
)
def test_a_name_that_would_confuse_a_log_is_refused(register: Register, name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be a token's name"):
        register.add(name)


def test_a_name_is_free_again_once_its_token_is_revoked(register: Register) -> None:
    first = register.add("laptop")
    with pytest.raises(ConfigError, match="already"):
        register.add("laptop")
    register.revoke("laptop")
    assert register.add("laptop") != first
    assert [token.revoked is None for token in register.read()] == [False, True]


def test_what_is_not_there_cannot_be_revoked(register: Register) -> None:
    register.add("laptop")
    with pytest.raises(ConfigError, match="no token in use is called `phone`") as caught:
        register.revoke("phone")
    assert "laptop" in caught.value.hint


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot open the folder"):
        Register(tmp_path / "file" / "tokens.json").add("laptop")


def test_on_the_command_line_a_token_is_shown_once_listed_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "token")
    assert main(["token", "list", "--token-file", file]) == 0
    assert "no tokens yet" in capsys.readouterr().out
    read_or_make(Path(file))
    assert main(["token", "add", "laptop", "--token-file", file]) == 0
    shown = capsys.readouterr()
    token = shown.out.strip()
    assert Keyring().caller(token) is None
    assert "shown once" in shown.err
    assert main(["token", "list", "--json", "--token-file", file]) == 0
    own, laptop = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (own["name"], laptop["name"], laptop["last4"]) == ("owner", "laptop", token[-4:])
    assert main(["token", "revoke", "laptop", "--token-file", file]) == 0
    assert main(["token", "revoke", "owner", "--token-file", file]) == 0
    assert main(["token", "list", "--token-file", file]) == 0
    shown = capsys.readouterr()
    assert "laptop: revoked" in shown.out
    assert "owner: revoked" in shown.out
    assert token not in shown.out
    assert not Path(file).exists()
    assert main(["token", "revoke", "owner", "--token-file", file]) == 1
    assert "cannot remove the token" in capsys.readouterr().err
