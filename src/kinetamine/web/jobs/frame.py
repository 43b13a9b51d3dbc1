"""What a process that simulates sends: events and the answer, written down already, so that nobody reads them again."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any, NamedTuple

JSON = "application/json"


class Way(Enum):
    """How an answer goes to whoever asked: as events, as it is, or compressed."""

    LIVE = "live"
    PLAIN = "plain"
    PACKED = "packed"


class Frame(NamedTuple):
    """One event of a job.

    Attributes:
        number: of the job.
        event: ``whole`` and ``problem`` are the last; others come before.
        data: the body of an answer, or of an event.
        status: of an answer.
        name: of a file to be kept; empty: an answer to be read.
        packed: whether the data are compressed by gzip.
    """

    number: int
    event: str
    data: bytes
    last: bool = False
    status: int = 200
    media_type: str = JSON
    name: str = ""
    packed: bool = False


def written(values: Any) -> bytes:
    """Plain values as JSON; a number that JSON does not know is an error of ours."""
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def problem_frame(number: int, problem: dict[str, Any]) -> Frame:
    """A problem as the last that is heard of a job."""
    return Frame(number, "problem", written(problem), last=True, status=problem["status"])
