"""Sends readings and keeps every one until it is acknowledged, as a monitor should."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds.codes import UCUM
from kinetamine.clinic.feeds.message import MOST_READINGS
from kinetamine.errors import FieldError

_WAIT_S = 20.0
_AGAIN = frozenset({409, 429, 500, 502, 503, 504})
"""Answers after which the same may be taken later; of 409 only where the answer says so."""


@dataclass
class Sender:
    """One device's way to one server.

    Attributes:
        run: of this program, so that its readings have other names than those of the run before.
        kept: not acknowledged yet, the oldest first.
        refused: what the server will never take, and why.
    """

    address: str
    token: str = field(repr=False)
    chair: str | None = None
    run: str = field(default_factory=lambda: uuid4().hex[:8])
    kept: deque[dict[str, Any]] = field(default_factory=deque)
    refused: list[str] = field(default_factory=list)
    number: int = 0
    acknowledged: int = 0

    def __post_init__(self) -> None:
        """Refuse an address that is none; readings go over no open network in clear text.

        Raises:
            FieldError: it is none.
        """
        parts = urlsplit(self.address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FieldError("to", self.address, "an address such as http://127.0.0.1:8391")
        if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
            raise FieldError("to", self.address, "https:// beyond this machine: the token must not be overheard")

    def read(self, at: datetime, values: Mapping[Vital, float]) -> None:
        """Keep one reading."""
        signs = {sign.value: {"value": value, "unit": UCUM[sign]} for sign, value in values.items()}
        self.kept.append({"id": f"{self.run}.{self.number}", "at": at.isoformat(), "values": signs})
        self.number += 1

    def send(self, say: Callable[[str], None] = lambda _: None) -> int:
        """Send what is kept; how many readings were acknowledged. What may be taken later stays."""
        batch = [self.kept[place] for place in range(min(len(self.kept), MOST_READINGS))]
        if not batch:
            return 0
        status, answer = self._post(batch)
        if status == 200:
            self._drop(len(batch))
            self.acknowledged += len(batch)
            return len(batch)
        message = str(answer.get("message", "no answer that could be read"))
        say(f"{status or 'no connection'}: {message}")
        if status in {0, 401} or (status in _AGAIN and answer.get("later", status != 409)):
            return 0
        if len(batch) > 1:
            return self._one_by_one(say)
        self.refused.append(message)
        self._drop(1)
        return 0

    def _one_by_one(self, say: Callable[[str], None]) -> int:
        """One that is wrong must not hold up the others."""
        sent = 0
        for one in list(self.kept)[:MOST_READINGS]:
            status, answer = self._post([one])
            if status in {0, 401} or answer.get("later"):
                break
            if status == 200:
                sent += 1
                self.acknowledged += 1
            else:
                self.refused.append(str(answer.get("message", status)))
                say(self.refused[-1])
            self._drop(1)
        return sent

    def _drop(self, how_many: int) -> None:
        for _ in range(how_many):
            self.kept.popleft()

    def _post(self, readings: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        """Status and answer; 0 where there was none."""
        parts = urlsplit(self.address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_WAIT_S)
        body: dict[str, Any] = {"readings": readings} | ({} if self.chair is None else {"chair": self.chair})
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.token}"}
        try:
            connection.request("POST", f"{parts.path.rstrip('/')}/feed", json.dumps(body), headers)
            answer = connection.getresponse()
            found = json.loads(answer.read())
        except ValueError:
            return answer.status, {}
        except (OSError, HTTPException) as error:
            return 0, {"message": str(error) or type(error).__name__}
        finally:
            connection.close()
        return answer.status, found if isinstance(found, dict) else {}
