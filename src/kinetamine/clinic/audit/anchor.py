"""The anchor: signed heads of the chain in a file outside the database, by which a shortened chain is found.

Whoever may write to both the database and the anchor may shorten both; so the file belongs where the database's
administrator cannot write, or is copied there.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kinetamine.clinic.audit.chain import Head
from kinetamine.clinic.audit.row import START
from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records.columns import canonical
from kinetamine.clinic.refusals import AuditError

_LONGEST_LINE = 4096
HEAD, RESTORED = "head", "restored"


@dataclass(frozen=True)
class Mark:
    """One line: a head, signed, and chained to the line before.

    Attributes:
        event: an ordinary head, or one that the chain was set back to by putting back a backup.
    """

    event: str
    seq: int
    mac: str
    at: str
    key: str
    previous: str
    signature: str

    @property
    def head(self) -> Head:
        """What it vouches for."""
        return Head(self.seq, self.mac)


class Anchor:
    """The file, for writing by several programs at once."""

    def __init__(self, path: Path, ring: KeyRing, every: int = 1) -> None:
        """A head is written when ``every`` rows or more have come since the last."""
        self.path, self._ring, self._every = path, ring, every

    def record(self, end: Head, at: str, *, event: str = HEAD) -> None:
        """Sign a head and have it on the disk before returning.

        Two writers may come here in another order than they committed: what the file already covers is left out.

        Raises:
            AuditError: the file's last line is not genuine.
        """
        with self._locked() as file:
            last = self._last(file)
            seq, signature = (0, START) if last is None else (last.seq, last.signature)
            if event == HEAD and end.seq < seq + self._every:
                return
            mark = {
                "event": event,
                "seq": end.seq,
                "mac": end.mac,
                "at": at,
                "key": self._ring.current.name,
                "previous": signature,
            }
            line = canonical(mark | {"signature": self._ring.mac("anchor", canonical(mark).encode())})
            file.seek(0, os.SEEK_END)
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def last(self) -> Mark | None:
        """The newest line, or None where there is none.

        Raises:
            AuditError: it is not genuine.
        """
        if not self.path.exists():
            return None
        with self._locked() as file:
            return self._last(file)

    def newest_line(self) -> str:
        """The newest line as it was signed, to be handed out; "null" where there is none.

        Raises:
            AuditError: it is not genuine.
        """
        mark = self.last()
        return "null" if mark is None else canonical(vars(mark))

    def marks(self) -> tuple[list[Mark], list[str]]:
        """Every line, and what is wrong with the file in words."""
        if not self.path.exists():
            return [], []
        marks, wrong, signature = [], [], START
        for number, line in enumerate(self.path.read_bytes().split(b"\n")[:-1], start=1):
            mark = self._read(line)
            if mark is None:
                wrong.append(f"the anchor's line {number} was changed, or signed without the key")
                continue
            if mark.previous != signature:
                wrong.append(f"the anchor's line {number} does not follow the one before it")
            signature = mark.signature
            marks.append(mark)
        return marks, wrong

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _last(self, file: BinaryIO) -> Mark | None:
        """The last whole line; what a power failure left of another is cut off, as nobody was told of it."""
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 2 * _LONGEST_LINE))
        tail = file.read()
        whole = tail.rfind(b"\n") + 1
        if whole < len(tail):
            file.truncate(end - (len(tail) - whole))
        lines = tail[:whole].split(b"\n")[:-1]
        if not lines:
            return None
        mark = self._read(lines[-1])
        if mark is None:
            message = f"the last line of {self.path} was changed, or signed without the key"
            raise AuditError(message)
        return mark

    def _read(self, line: bytes) -> Mark | None:
        """The line as a mark, where it is genuine."""
        try:
            content = json.loads(line)
            mark = Mark(**content)
            signed = canonical({name: value for name, value in content.items() if name != "signature"})
        except (ValueError, TypeError):
            return None
        if self._ring.age(mark.key) is None:
            return None
        expected = self._ring.mac("anchor", signed.encode(), mark.key)
        return mark if hmac.compare_digest(expected.encode(), str(mark.signature).encode()) else None
