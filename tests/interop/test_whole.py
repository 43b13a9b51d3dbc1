"""Files that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinetamine.interop.whole import write_texts


def test_a_folder_is_made_and_filled(tmp_path: Path) -> None:
    found = write_texts(tmp_path / "a" / "b", {"one.txt": "1", "two.txt": "2"})
    assert [one.read_text(encoding="utf-8") for one in found] == ["1", "2"]
    assert sorted(one.name for one in (tmp_path / "a" / "b").iterdir()) == ["one.txt", "two.txt"]


def test_what_the_disk_refuses_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(OSError, match="too long"):
        write_texts(tmp_path / "kept" / "a" / "b", {"one.txt": "1", "x" * 300: "2"})
    assert [one.name for one in tmp_path.rglob("*")] == ["kept"]
