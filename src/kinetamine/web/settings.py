"""What the server may do: where it listens and how much one person may ask for; unsafe choices are refused."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import ClassVar

from kinetamine.errors import FieldError

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
_PORTS = range(1, 65536)
_MOST_WORKERS = 256
_LONGEST_S = 86_400.0
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Limits and addresses.

    Attributes:
        command: what starts such a server.
        host: the address that is listened on; only this machine's own unless ``names`` says under which names others
            come.
        names: host names that browsers may use; empty: those of this machine itself.
        workers: processes that simulate.
        most_waiting: jobs that may wait for a worker; one more is told to come back.
        most_seconds: how long one job may run.
        most_people: virtual people in one study.
        most_bytes: of a request.
    """

    command: ClassVar[str] = "kinetamine serve"
    host: str = "127.0.0.1"
    port: int = 8390
    names: tuple[str, ...] = ()
    workers: int = 2
    most_waiting: int = 64
    most_seconds: float = 120.0
    most_people: int = 100_000
    most_bytes: int = 262_144

    def __post_init__(self) -> None:
        """Refuse what is not safe or not possible.

        Raises:
            FieldError: and which setting.
        """
        if self.port not in _PORTS:
            raise FieldError("port", self.port, "1 to 65535")
        if not is_loopback(self.host) and not self.names:
            expected = "this machine's own address, such as 127.0.0.1; or --name for each name that others use"
            raise FieldError("host", self.host, expected)
        for name in self.names:
            if not _NAME.fullmatch(name):
                expected = "names of hosts one by one, such as sim.clinic.example: no pattern, port or address"
                raise FieldError("name", name, expected)
        if self.workers > _MOST_WORKERS:
            raise FieldError("workers", self.workers, f"1 to {_MOST_WORKERS}")
        for field in ("workers", "most_waiting", "most_people", "most_bytes"):
            if getattr(self, field) < 1:
                raise FieldError(field, getattr(self, field), "1 or more")
        if not 0.0 < self.most_seconds <= _LONGEST_S:
            raise FieldError("most_seconds", self.most_seconds, f"more than 0 s, at most {_LONGEST_S:g} s")

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """What a request may name as its host."""
        return (*LOOPBACK_NAMES, *((self.host,) if is_loopback(self.host) else ()), *self.names)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
