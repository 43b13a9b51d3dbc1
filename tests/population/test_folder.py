"""A folder holds one study, whole pieces only, and says in one sentence why it cannot be used."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from kinetamine.engine.vector.cache import folder as cache
from kinetamine.engine.vector.sketch import Sketch
from kinetamine.errors import FieldError
from kinetamine.population.batch import Runner
from kinetamine.population.conduct import conduct
from kinetamine.population.folder import Folder
from kinetamine.population.lot import Lot, edges_for, work
from kinetamine.population.study import Study
from population.studies import assert_same, course, study, whole


def _kept(folder: Path, one: Study | None = None) -> None:
    conduct(one or study(), folder=folder)


def test_a_folder_can_be_read_without_kinetamine(tmp_path: Path) -> None:
    _kept(tmp_path)
    table = parquet.read_table(tmp_path / "people_000000000_000000015.parquet")
    assert {"person", "sex", "weight_kg", "cadss_max", "madrs_24h"} <= set(table.column_names)
    together = [parquet.read_table(path).num_rows for path in sorted(tmp_path.glob("*.parquet"))]
    assert sum(together) == whole().simulated
    said = json.loads((tmp_path / "study.json").read_text(encoding="utf-8"))
    assert said["nature"] == "model prediction, not a measurement"
    assert "MADRS" in said["columns"]["madrs_24h"]
    ended = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))
    assert ended["complete"]
    assert ended["error"] == whole().accuracy.worst


def test_what_was_not_finished_is_done_again(tmp_path: Path) -> None:
    _kept(tmp_path)
    (tmp_path / "people_000000016_000000031.npz").unlink()
    (tmp_path / "people_000000032_000000047.npz.part").write_bytes(b"half")
    (tmp_path / "people_000000064_000000095.parquet").write_bytes(b"of other pieces")
    assert_same(whole(), conduct(study(), folder=tmp_path))
    assert sorted({path.suffix for path in tmp_path.iterdir()}) == [".json", ".npz", ".parquet"]
    assert not (tmp_path / "people_000000064_000000095.parquet").exists()


def test_a_finished_study_is_not_done_again(tmp_path: Path) -> None:
    _kept(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("people_*")}
    assert_same(whole(), conduct(study(), folder=tmp_path))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("people_*")} == before


KILLED = """
import os, signal, sys
from kinetamine.population.conduct import conduct
from population.studies import study
conduct(study(), folder=sys.argv[1], progress=lambda _drawn: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(os.name != "posix", reason="only where a process can be killed")
def test_a_study_that_was_killed_does_not_say_that_it_is_complete(tmp_path: Path) -> None:
    _kept(tmp_path)
    for path in tmp_path.glob("people_*.npz"):
        path.unlink()
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "KINETAMINE_CACHE": str(cache().parent)}
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], env=surroundings, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob("people_*.npz"))) == 1
    assert not (tmp_path / "findings.json").exists()
    assert_same(whole(), conduct(study(), folder=tmp_path))
    assert json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))["complete"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such locks")
def test_a_folder_that_another_run_is_using_is_refused_and_left_alone(tmp_path: Path) -> None:
    part = tmp_path / "people_000000016_000000031.part"
    with Folder.at(tmp_path, study()) as running:
        running.begin()
        part.write_bytes(b"half")
        with pytest.raises(FieldError, match="another run is using it"):
            conduct(study(), folder=tmp_path)
        assert part.exists()
    assert_same(whole(), conduct(study(), folder=tmp_path))


def test_another_study_is_refused(tmp_path: Path) -> None:
    with Folder.at(tmp_path / "one", study()) as kept:
        kept.begin()
    with pytest.raises(FieldError, match="with another study"):
        Folder.at(tmp_path / "one", study(seed=4))


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("")
    with pytest.raises(FieldError, match="an empty folder, or one that holds this study"):
        Folder.at(tmp_path, study())


@pytest.mark.parametrize("content", ["not json", "[]", "{}"])
def test_a_damaged_description_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "study.json").write_text(content)
    with pytest.raises(FieldError, match="the description of a study"):
        Folder.at(tmp_path, study())


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_a_damaged_piece_is_named(tmp_path: Path, suffix: str) -> None:
    _kept(tmp_path)
    path = tmp_path / f"people_000000016_000000031{suffix}"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(FieldError, match=r"people_000000016_000000031.*delete it to do"):
        conduct(study(), folder=tmp_path)


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FieldError, match="a folder"):
            Folder.at(path, study())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may write everywhere is not refused")
def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_simulated(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FieldError, match="Permission denied"):
        Folder.at(tmp_path / "below", study())
    tmp_path.chmod(0o700)


def test_a_folder_that_goes_away_ends_the_study_in_one_sentence(tmp_path: Path) -> None:
    kept = Folder.at(tmp_path / "gone", study())
    with pytest.raises(FieldError, match="No such file or directory"):
        kept.keep(_first_piece(study()))
    with pytest.raises(FieldError, match="No such file or directory"):
        kept.end({})


def _first_piece(one: Study) -> Lot:
    runner = Runner(one, threads=1)
    return work(runner, edges_for(runner), one.chunks[:1])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a device that is always full")
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    kept, one = Folder.at(tmp_path, study()), study()
    part = tmp_path / "people_000000000_000000015.part"
    with kept:
        kept.begin()
    part.symlink_to("/dev/full")
    with pytest.raises(FieldError, match="No space left on device"):
        kept.keep(_first_piece(one))
    assert [path.name for path in tmp_path.iterdir()] == ["study.json"]


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for a piece or two."""
    place = tmp_path / "tiny"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)], check=False)  # noqa: S607 - as found
    if done.returncode:
        pytest.skip("a disk can be made by an administrator only")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S607 - as found


@pytest.mark.skipif(shutil.which("mount") is None or os.geteuid() != 0, reason="for an administrator of Linux")
def test_what_was_finished_before_the_disk_was_full_can_be_used(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(FieldError, match="No space left on device"):
        conduct(study(), folder=tiny)
    assert not list(tiny.glob("*.part"))
    assert list(tiny.glob("people_*.npz"))
    shutil.copytree(tiny, tmp_path / "roomy")
    assert_same(whole(), conduct(study(), folder=tmp_path / "roomy"))


def test_a_piece_of_people_all_outside_has_counts_and_no_table(tmp_path: Path) -> None:
    one = study(course=course("0.5 mg/kg esketamine iv over 40 min", model="otto_2021"), people=40, chunk=8)
    found = conduct(one, folder=tmp_path)
    kept = Folder.at(tmp_path, one)
    nobody = Lot(40, 8, Sketch.empty(found.sketch.edges), {})
    kept.keep(nobody)
    assert not (tmp_path / "people_000000040_000000047.parquet").exists()
    assert len(kept.column("madrs_24h", [*_pieces(kept), (40, 8)])) == found.simulated


def _pieces(kept: Folder) -> list[tuple[int, int]]:
    return [(lot.first, lot.count) for lot in kept.lots() if lot.simulated]
