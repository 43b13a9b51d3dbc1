from __future__ import annotations

import threading
from pathlib import Path

import pytest

from clinic.world import new_keys
from kinetamine.clinic.audit.anchor import RESTORED, Anchor
from kinetamine.clinic.audit.chain import Head
from kinetamine.clinic.refusals import AuditError


def _head(seq: int) -> Head:
    return Head(seq, f"{seq:064x}")


def test_heads_are_chained_and_read_back(tmp_path: Path) -> None:
    anchor = Anchor(tmp_path / "anchor", new_keys().audit)
    assert anchor.last() is None
    for seq in (1, 2, 5):
        anchor.record(_head(seq), "now")
    marks, wrong = anchor.marks()
    assert [mark.head for mark in marks] == [_head(1), _head(2), _head(5)]
    assert wrong == []
    assert (tmp_path / "anchor").stat().st_mode & 0o777 == 0o600


def test_only_every_so_many_rows_and_never_backwards(tmp_path: Path) -> None:
    anchor = Anchor(tmp_path / "anchor", new_keys().audit, every=10)
    for seq in (3, 9, 10, 11, 19, 25, 12):
        anchor.record(_head(seq), "now")
    assert [mark.seq for mark in anchor.marks()[0]] == [10, 25]
    anchor.record(_head(7), "now", event=RESTORED)
    anchor.record(_head(17), "now")
    assert [mark.seq for mark in anchor.marks()[0]] == [10, 25, 7, 17]


def test_what_a_power_failure_left_of_a_line_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "anchor"
    anchor = Anchor(path, new_keys().audit)
    anchor.record(_head(1), "now")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert anchor.marks()[1] == []
    anchor.record(_head(2), "now")
    assert [mark.seq for mark in anchor.marks()[0]] == [1, 2]
    assert anchor.marks()[1] == []


def test_nothing_is_added_to_a_line_that_is_not_genuine(tmp_path: Path) -> None:
    path = tmp_path / "anchor"
    Anchor(path, new_keys().audit).record(_head(1), "now")
    with pytest.raises(AuditError, match="changed"):
        Anchor(path, new_keys().audit).record(_head(2), "now")


def test_many_writers_leave_one_chain(tmp_path: Path) -> None:
    ring = new_keys().audit
    anchors = [Anchor(tmp_path / "anchor", ring) for _ in range(4)]

    def write(anchor: Anchor, first: int) -> None:
        for seq in range(first, 60, 4):
            anchor.record(_head(seq), "now")

    threads = [threading.Thread(target=write, args=(one, first)) for first, one in enumerate(anchors, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    marks, wrong = anchors[0].marks()
    assert wrong == []
    assert [mark.seq for mark in marks] == sorted(mark.seq for mark in marks)
    assert marks[-1].seq == 59
