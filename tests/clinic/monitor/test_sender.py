"""The sender keeps what was not acknowledged, and only that."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.monitor.run import Pace, run
from kinetamine.clinic.monitor.sender import Sender
from kinetamine.errors import FieldError

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Answers = list[tuple[int, dict[str, Any]]]


class Server:
    """Answers what it was told to, and then that all is well."""

    def __init__(self) -> None:
        self.answers: Answers = []
        self.asked: list[dict[str, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                server.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                status, said = server.answers.pop(0) if server.answers else (200, {})
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    thread = threading.Thread(target=one.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield one
    one.http.shutdown()
    one.http.server_close()
    thread.join()


def filled(address: str, readings: int = 3) -> Sender:
    sender = Sender(address, "t", "1")
    for number in range(readings):
        sender.read(NINE + timedelta(seconds=number), {Vital.SPO2: 97.0})
    return sender


def test_what_is_acknowledged_is_forgotten(server: Server) -> None:
    sender = filled(server.address)
    assert (sender.send(), len(sender.kept), sender.acknowledged) == (3, 0, 3)
    (asked,) = server.asked
    assert asked["chair"] == "1"
    assert [one["values"] for one in asked["readings"]] == [{"spo2": {"value": 97.0, "unit": "%"}}] * 3
    assert len({one["id"] for one in asked["readings"]}) == 3
    assert sender.send() == 0
    assert len(server.asked) == 1


@pytest.mark.parametrize("answer", [(409, {"later": True}), (503, {}), (401, {"message": "who?"})])
def test_what_may_be_taken_later_is_kept_and_sent_again_as_it_was(server: Server, answer: tuple[int, Any]) -> None:
    server.answers = [answer]
    sender = filled(server.address)
    assert (sender.send(), len(sender.kept)) == (0, 3)
    assert (sender.send(), len(sender.kept)) == (3, 0)
    assert server.asked[0] == server.asked[1]


def test_one_that_is_wrong_does_not_hold_up_the_others(server: Server) -> None:
    server.answers = [(422, {"message": "x"}), (200, {}), (422, {"message": "spo2"}), (200, {})]
    sender, said = filled(server.address), list[str]()
    assert (sender.send(said.append), sender.refused, len(sender.kept)) == (2, ["spo2"], 0)
    assert said == ["422: x", "spo2"]


def test_without_a_server_everything_is_kept() -> None:
    sender = filled("http://127.0.0.1:1")
    assert (sender.send(), len(sender.kept), sender.refused) == (0, 3, [])


@pytest.mark.parametrize("address", ["http://clinic.example", "ftp://127.0.0.1", "127.0.0.1:8391", ""])
def test_readings_go_nowhere_in_clear_text(address: str) -> None:
    with pytest.raises(FieldError, match="to:"):
        Sender(address, "t")


def test_the_pace() -> None:
    pace = Pace(every_s=5.0, minutes=130.0, before_min=10.0, speed=2.0)
    assert (pace.readings, pace.minute(0), pace.minute(60)) == (781, -10.0, 0.0)
    for wrong in ({"every_s": 0.0}, {"speed": -1.0}, {"before_min": -1.0}, {"minutes": float("nan")}):
        with pytest.raises(FieldError):
            Pace(**wrong)


class Steady:
    """A course of one value."""

    def at(self, minute: float, number: int) -> dict[Vital, float]:
        del number
        return {Vital.HEART_RATE: 70.0 + (minute >= 0.0)}


def test_a_run_reads_and_sends_until_its_end(server: Server) -> None:
    server.answers = [(503, {})]
    sender, slept = Sender(server.address, "t"), list[float]()
    run(sender, Steady(), Pace(every_s=60.0, minutes=3.0, before_min=1.0), print, slept.append)
    assert (sender.acknowledged, len(sender.kept), len(slept)) == (4, 0, 4)
    rates = [one["values"]["heart_rate"]["value"] for asked in server.asked[1:] for one in asked["readings"]]
    assert rates == [70.0, 71.0, 71.0, 71.0]


def test_the_keyboard_ends_a_run_and_what_is_kept_is_tried_once_more(server: Server) -> None:
    def stopped(_: float) -> None:
        raise KeyboardInterrupt

    sender = filled(server.address)
    run(sender, Steady(), Pace(), print, stopped)
    assert (sender.acknowledged, len(sender.kept)) == (3, 0)
