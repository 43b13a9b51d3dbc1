from __future__ import annotations

from pathlib import Path

import pytest

from clinic.world import new_keys
from kinetamine.clinic.backup import vault
from kinetamine.clinic.refusals import BackupError

RING = new_keys().backups
LINES = ["first", "Zweite Zeile äöü", "x" * (1 << 20), "", "last"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "backup"
    vault.write(path, RING, {"at": "now"}, LINES)
    return path


def test_lines_come_back(path: Path) -> None:
    header, lines = vault.read(path, RING)
    assert header["at"] == "now"
    assert list(lines) == LINES
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Zweite" not in path.read_bytes()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.5, 0.9999])
def test_any_change_is_found(path: Path, share: float) -> None:
    whole = path.read_bytes()
    place = int(share * len(whole))
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    with pytest.raises(BackupError):
        list(vault.read(path, RING)[1])


@pytest.mark.parametrize("kept", [0, 10, 60, 200, 1_048_700, -1, -40])
def test_a_file_that_was_cut_short_is_found(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(BackupError):
        list(vault.read(path, RING)[1])


def test_frames_cannot_be_left_out_or_added(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + b"more")
    with pytest.raises(BackupError, match="changed, or cut short"):
        list(vault.read(path, RING)[1])
    _, header, rest = whole.split(b"\n", 2)
    length = int.from_bytes(rest[1:5], "big")
    path.write_bytes(vault.MAGIC + header + b"\n" + rest[5 + length :])
    with pytest.raises(BackupError, match="changed, or cut short"):
        list(vault.read(path, RING)[1])


def test_another_key_opens_nothing(path: Path) -> None:
    with pytest.raises(BackupError):
        list(vault.read(path, new_keys().backups)[1])


def test_what_fails_leaves_no_file(tmp_path: Path) -> None:
    class Failing:
        def __iter__(self) -> Failing:
            return self

        def __next__(self) -> str:
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - as a full disk says it
        vault.write(tmp_path / "backup", RING, {}, Failing())
    assert list(tmp_path.iterdir()) == []


def test_ends_of_lines_that_people_wrote_are_none(tmp_path: Path) -> None:
    lines = ["a\u2028b", "c\u2029d\x85e", "f\x0bg\x0ch"]
    vault.write(tmp_path / "backup", RING, {"at": "now"}, lines)
    assert list(vault.read(tmp_path / "backup", RING)[1]) == lines
