"""A clinic's console, from the keys to a backup put back."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.program import run_apart
from web.served import free_port

PASSWORD = "correct horse battery\n"


class Console:
    """Whoever runs the server, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: object, said: str = "", **environment: str) -> Result:
        from kinetamine.cli.main import app  # noqa: PLC0415 - after jaxtyping's hook

        surroundings = {"KINETAMINE_CLINIC_FOLDER": str(self.folder), "TERM": "dumb"} | environment
        return CliRunner(env=surroundings).invoke(app, ["clinic", *(str(one) for one in arguments)], input=said)


@pytest.fixture
def console(tmp_path: Path) -> Console:
    (tmp_path / "data").mkdir(mode=0o700)
    return Console(tmp_path / "data")


@pytest.fixture
def founded(console: Console) -> Console:
    for arguments in (["make-keys"], ["init"], ["add-clinic", "north", "North clinic"]):
        assert console(*arguments).exit_code == 0, arguments
    assert console("add-user", "north", "ada", "--role", "physician", "--role", "admin", said=PASSWORD).exit_code == 0
    return console


def test_a_clinic_is_founded_and_its_audit_is_sound(founded: Console) -> None:
    keys = founded.folder / "keys"
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == dict.fromkeys(
        ("audit", "records", "sign_in", "backups"), 0o600
    )
    result = founded("verify-audit")
    assert (result.exit_code, "is sound" in result.stdout) == (0, True)
    assert "version 0003" in founded("init").stdout
    assert "otpauth://totp/" in founded("add-user", "north", "bea", "--role", "nurse", said=PASSWORD).stdout


def test_a_changed_audit_is_found_by_the_exit_code(founded: Console, tmp_path: Path) -> None:
    connection = sqlite3.connect(founded.folder / "clinic.sqlite")
    connection.executescript("DROP TRIGGER audit_delete; DELETE FROM audit WHERE seq > 1;")
    connection.close()
    result = run_apart("clinic", "verify-audit", KINETAMINE_CLINIC_FOLDER=str(founded.folder))
    assert result.returncode == 1
    assert "cut short" in result.stdout
    assert "the audit is not sound" in result.stderr
    assert founded("backup", tmp_path / "backup").exit_code == 1  # nothing else starts on it


def test_a_backup_goes_into_a_new_folder(founded: Console, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert founded("backup", backup).exit_code == 0
    assert founded("backup", backup).exit_code == 1
    nowhere = founded("backup", tmp_path / "none" / "backup")
    assert (nowhere.exit_code, f"{tmp_path}/none/backup" in nowhere.stderr.replace("\n", "")) == (1, True)
    new = Console(tmp_path / "new")
    (tmp_path / "new").mkdir(mode=0o700)
    os.rename(founded.folder / "keys", tmp_path / "new" / "keys")  # noqa: PTH104 - moved as it is
    result = new("restore", backup, KINETAMINE_CLINIC_ANCHOR=str(founded.folder / "audit.anchor"))
    assert (result.exit_code, "is back" in result.stdout, "they are lost" in result.stdout) == (0, True, True)
    assert new("verify-audit", KINETAMINE_CLINIC_ANCHOR=str(founded.folder / "audit.anchor")).exit_code == 0
    assert new("restore", tmp_path / "none").exit_code == 2


OWN = """
name = "North"
version = "7"
signed_by = "A. Example"
signed_on = 2026-03-02
[limit.systolic_high]
value = 160
unit = "mmHg"
source = "protocol 4.2"
"""


def test_the_limits_in_use_are_printed_with_their_sources(founded: Console, tmp_path: Path) -> None:
    published = founded("limits", COLUMNS="200")
    assert (published.exit_code, "early warning, label and study, version 2" in published.stdout) == (0, True)
    assert "limit.systolic_high 180 mmHg medium on Del Sant" in " ".join(published.stdout.split())
    (founded.folder / "limits.toml").write_text(OWN, encoding="utf-8")
    own = founded("limits", COLUMNS="200")
    assert own.stdout.startswith("North, version 7, signed by A. Example (")
    (line,) = (one for one in own.stdout.splitlines() if "systolic_high " in one)
    assert "160 mmHg medium on North 2026: protocol 4.2; instead of 180 mmHg" in " ".join(line.split())
    other = tmp_path / "other.toml"
    other.write_text(OWN.replace("160", "1600"), encoding="utf-8")
    wrong = founded("limits", other)
    assert (wrong.exit_code, wrong.stderr.startswith("Error: other.toml, limit systolic_high: given 1600.0")) == (
        2,
        True,
    )
    refused = founded("serve", "--port", free_port(), KINETAMINE_CLINIC_LIMITS=str(other))
    assert (refused.exit_code, refused.stderr) == (2, wrong.stderr)
    assert founded("limits", KINETAMINE_CLINIC_LIMITS=str(tmp_path / "none")).exit_code == 2


def test_keys_are_added_and_never_replaced(founded: Console) -> None:
    assert founded("make-keys").exit_code == 2
    assert founded("make-keys", "--rotate", "keys").exit_code == 2
    assert founded("make-keys", "--rotate", "audit").exit_code == 0
    assert len((founded.folder / "keys" / "audit").read_text(encoding="utf-8").splitlines()) == 2
    assert founded("add-clinic", "south", "South clinic").exit_code == 0
    assert founded("verify-audit").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["add-user", "nowhere", "ada", "--role", "nurse"], PASSWORD, 1),
        (["add-user", "north", "ada", "--role", "nurse"], PASSWORD, 2),
        (["add-user", "north", "cleo", "--role", "surgeon"], PASSWORD, 2),
        (["add-user", "north", "cleo", "--role", "nurse"], "short\n", 2),
        (["add-clinic", "north", "Another"], "", 2),
        (["add-user", "north"], "", 2),
    ],
)
def test_slips_are_one_sentence(founded: Console, arguments: list[str], said: str, code: int) -> None:
    result = founded(*arguments, said=said)
    assert result.exit_code == code
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    assert PASSWORD.strip() not in result.stderr
    assert founded("verify-audit").exit_code == 0


@pytest.mark.parametrize("database", ["", "postgresql+psycopg:///none?host=/nowhere"])
def test_without_a_database_nothing_is_sound(console: Console, database: str) -> None:
    assert console("make-keys").exit_code == 0
    for arguments in (["verify-audit"], ["add-clinic", "north", "North"]):
        result = console(*arguments, KINETAMINE_CLINIC_DATABASE=database)
        assert (result.exit_code, result.stderr.splitlines()[0][:18]) == (1, "Error: the databas")


def test_what_is_wrong_is_told_in_words_of_the_console(founded: Console) -> None:
    assert founded("add-clinic", "north", "Another").stderr.startswith("Error: code: given 'north', expected one that")
    founded.folder.chmod(0o755)
    told = founded("verify-audit").stderr
    assert told.startswith("Error: KINETAMINE_CLINIC_FOLDER: given ")
    assert "--folder" not in told


def test_without_keys_nothing_starts(console: Console) -> None:
    result = console("init")
    assert result.exit_code == 2
    assert "make-keys" in result.stderr


def test_the_first_day_begins_without_a_folder(tmp_path: Path) -> None:
    console = Console(tmp_path / "new" / "data")
    for arguments in (["make-keys"], ["init"]):
        assert console(*arguments).exit_code == 0, arguments
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700


def test_a_device_gets_a_token_and_a_simulated_monitor_sends_by_it(founded: Console, tmp_path: Path) -> None:
    added = founded("add-device", "north", "Monitor 1", "1")
    token = added.stdout.strip()
    assert (added.exit_code, len(token), token in added.stderr) == (0, 43, False)
    assert founded("add-device", "north", "Monitor 1", "2").exit_code == 2
    assert founded("add-device", "south", "Monitor 2", "2").exit_code == 1
    assert founded("verify-audit").exit_code == 0
    (tmp_path / "token").write_text(added.stdout, encoding="utf-8")
    asked = ("monitor", "--to", "http://127.0.0.1:1", "--every", "0.01", "--minutes", "0.0003")
    run = founded(*asked, "--token-file", tmp_path / "token", "--chair", "1")
    assert (run.exit_code, "0 readings acknowledged, 2 not, 0 refused" in run.stdout) == (0, True)
    assert "no connection" in run.stderr
    assert founded(*asked, "--token-file", tmp_path / "none").exit_code == 2


@pytest.mark.slow
def test_a_demonstration_is_founded_and_a_record_taken_away(founded: Console, tmp_path: Path) -> None:
    made = founded("demo")
    assert made.exit_code == 0
    assert "invented" in made.stdout
    assert made.stdout.count("otpauth://") == 8
    out = tmp_path / "out"
    assert founded("export", "demo", "D-1", "--to", out).exit_code == 0
    assert {path.name for path in out.iterdir()} == {"record.json", "record.pdf", "tables", "audit"}
    assert out.stat().st_mode & 0o777 == 0o700
    assert founded("verify-audit").exit_code == 0
    assert founded("demo").exit_code == 2
    assert founded("export", "demo", "D-1", "--to", out).exit_code == 2


def test_nobody_is_exported_who_is_not_there(founded: Console, tmp_path: Path) -> None:
    result = founded("export", "north", "17", "--to", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()
