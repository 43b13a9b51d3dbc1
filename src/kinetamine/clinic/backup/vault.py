"""An encrypted file of lines: AES-256-GCM in frames, so that no frame can be changed, moved, or left off the end."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag

from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records.columns import canonical
from kinetamine.clinic.refusals import BackupError, ClinicError

MAGIC = b"kinetamine clinic backup 1\n"
_FRAME = 1 << 20
_MOST_HEADER = 65_536
_HEAD = struct.Struct(">?I")
"""Before each frame: whether it is the last, and its length."""


def write(path: Path, ring: KeyRing, header: dict[str, Any], lines: Iterable[str]) -> None:
    """Write the file whole or not at all: under another name first, on the disk, and read back."""
    said = canonical(header | {"key": ring.current.name, "salt": os.urandom(16).hex()}).encode()
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(MAGIC + said + b"\n")
            _write_frames(file, ring, said, lines)
            file.flush()
            os.fsync(file.fileno())
        for _ in read(part, ring)[1]:
            pass
        part.replace(path)
        _settle(path.parent)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, ring: KeyRing) -> tuple[dict[str, Any], Iterator[str]]:
    """The header, and the lines; each is genuine when it comes, and the end is only reached where nothing is missing.

    Raises:
        BackupError: it is no backup, or the key is not in the ring; while reading: it was changed or cut short.
    """
    with path.open("rb") as file:
        start = file.read(len(MAGIC))
        said = file.readline(_MOST_HEADER)
    header = _header(said) if start == MAGIC else None
    if header is None:
        message = f"{path} is not a backup of a clinic's database"
        raise BackupError(message)
    try:
        cipher = ring.cipher(f"backup/{header.get('salt')}", str(header.get("key")))
    except ClinicError as error:
        raise BackupError(str(error)) from error
    return header, _lines(path, cipher, said.rstrip(b"\n"))


def _header(said: bytes) -> dict[str, Any] | None:
    try:
        header = json.loads(said)
    except ValueError:
        return None
    return header if isinstance(header, dict) and said.endswith(b"\n") else None


def _write_frames(file: BinaryIO, ring: KeyRing, said: bytes, lines: Iterable[str]) -> None:
    cipher = ring.cipher(f"backup/{json.loads(said)['salt']}")
    index, held = 0, bytearray()

    def put(*, last: bool) -> None:
        sealed = cipher.encrypt(_nonce(index), bytes(held), _bound(said, index, last=last))
        file.write(_HEAD.pack(last, len(sealed)) + sealed)

    for line in lines:
        held += line.encode() + b"\n"
        if len(held) >= _FRAME:
            put(last=False)
            index, held = index + 1, bytearray()
    put(last=True)


def _lines(path: Path, cipher: Any, said: bytes) -> Iterator[str]:
    message = f"{path} was changed, or cut short"
    with path.open("rb") as file:
        file.seek(len(MAGIC) + len(said) + 1)
        index, last = 0, False
        while not last:
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size:
                raise BackupError(message)
            last, length = _HEAD.unpack(head)
            try:
                clear = cipher.decrypt(_nonce(index), file.read(length), _bound(said, index, last=last))
            except (InvalidTag, ValueError) as error:
                raise BackupError(message) from error
            yield from clear.decode().split("\n")[:-1]  # what people wrote may hold other ends of lines
            index += 1
        if file.read(1):
            raise BackupError(message)


def _nonce(index: int) -> bytes:
    """Counted: every file has a key of its own."""
    return index.to_bytes(12, "big")


def _bound(said: bytes, index: int, *, last: bool) -> bytes:
    return hashlib.sha256(said).digest() + _HEAD.pack(last, index)


def _settle(folder: Path) -> None:
    """Have the folder know the file's name even after a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
