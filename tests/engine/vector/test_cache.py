"""Compiled code is kept, found again, and only trusted where nobody else could have written it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.vector.models import DECAY
from kinetamine.engine.vector import cache
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import compile, forget  # noqa: A004 - its name
from kinetamine.engine.vector.schedule import Schedule


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KINETAMINE_CACHE", str(tmp_path))
    forget()
    return tmp_path / "vector"


def test_the_second_time_nothing_is_compiled(place: Path) -> None:
    first = compile(DECAY)
    assert compile(replace(DECAY)).library is first.library
    forget()
    second = compile(DECAY)
    assert (first.library.was_cached, second.library.was_cached) == (False, True)
    assert len(list(place.iterdir())) == 1
    people, schedule, times = np.ones((3, 2)), Schedule(np.array([0.0, 1.0])), np.array([0.5])
    assert np.array_equal(first.run(people, schedule, times).blocks, second.run(people, schedule, times).blocks)


def test_equations_that_differ_in_a_number_alone_are_others(place: Path) -> None:
    def decay(rate: float) -> Equations:
        return replace(DECAY, rates=lambda x, _p, _u: {"x": -rate * x.x})

    assert compile(decay(1.0)).library is compile(decay(1.0)).library
    assert compile(decay(1.0)).library is not compile(decay(2.0)).library
    assert len(list(place.iterdir())) == 2


def test_the_cache_may_be_left_alone(place: Path) -> None:
    assert not compile(DECAY, stored=False).library.was_cached
    assert not place.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are asked for differently")
def test_a_folder_open_to_others_is_not_trusted(place: Path) -> None:
    cache.write("key", b"code")
    assert cache.read("key") == b"code"
    assert place.stat().st_mode & 0o777 == 0o700
    place.chmod(0o777)
    assert cache.read("key") is None
    cache.write("other", b"code")
    assert [one.name for one in place.iterdir()] == ["key"]


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KINETAMINE_CACHE", str(tmp_path / "file"))
    cache.write("key", b"code")
    assert cache.read("key") is None


def test_each_system_has_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KINETAMINE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    for system, part in {"linux": "/x/kinetamine", "darwin": "Library/Caches/kinetamine", "win32": "/local"}.items():
        monkeypatch.setattr(sys, "platform", system)
        assert part in cache.folder().as_posix()
