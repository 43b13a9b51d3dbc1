"""What every answer carries, and who may ask."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from kinetamine.web.security import Guard
from kinetamine.web.settings import Settings
from own_loop import finished
from web.served import QUICK


@pytest.mark.parametrize("path", ["/", "/library", "/nowhere", "/api/health", "/api/no/where", "/static/site.css"])
def test_every_answer_keeps_others_out(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert [one for one in policy if "unsafe" in one] == ["style-src-attr 'unsafe-inline'"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example:80", "127.0.0.2"])
def test_other_names_are_not_answered(client: httpx.Client, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert (answer.status_code, "; kinetamine serve --name adds" in answer.text) == (400, True)


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "LOCALHOST", "127.0.0.1:1", "[::1]:1", "[::1]"])
def test_names_of_this_machine_are(client: httpx.Client, host: str) -> None:
    assert client.get("/api/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site", "origin": "null"},
        {"sec-fetch-site": "none", "origin": "null"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_pages_of_others_may_not_ask(client: httpx.Client, headers: dict[str, str]) -> None:
    answer = client.post("/api/doses", json=QUICK, headers=headers)
    assert (answer.status_code, answer.json()["kind"]) == (403, "CrossSite")


def test_our_own_pages_may(client: httpx.Client) -> None:
    headers = {"origin": str(client.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    assert client.post("/api/doses", json=QUICK, headers=headers).status_code == 200


def test_our_own_forms_may_though_their_page_tells_nobody_where_it_is(client: httpx.Client) -> None:
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert client.post("/api/doses", json=QUICK, headers=headers).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"])
def test_forms_of_others_cannot_ask(client: httpx.Client, kind: str) -> None:
    answer = client.post("/api/doses", content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 415


def test_too_large_a_question_is_refused_with_the_limit(client: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b" " * 100_000 for _ in range(5))

    json_only = {"content-type": "application/json"}
    for content in (b" " * 500_000, pieces()):
        answer = client.post("/api/doses", content=content, headers=json_only)
        assert answer.status_code == 413
        assert "262144 bytes" in answer.json()["message"]


def test_no_page_holds_script_or_style_that_the_policy_forbids(client: httpx.Client) -> None:
    for path in ("/", "/compare", "/library", "/how-it-works", "/api/docs", "/nowhere"):
        text = client.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def test_a_mistake_of_ours_is_no_500() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    async def receive() -> Message:
        return {"type": "http.request"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost")]}
    finished(Guard(broken, Settings())(scope, receive, send))
    assert sent[0]["status"] == 503
    assert b"our mistake" in sent[1]["body"]
