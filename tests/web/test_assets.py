"""Files for browsers: kept as long as their address, packed for those who are far, and nothing else to be had."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from kinetamine.web import assets
from own_loop import finished


@pytest.mark.parametrize("name", ["site.css", "palette.css", "report/figures.js", "server.js"])
def test_an_address_that_says_what_is_in_it_is_kept(client: httpx.Client, name: str) -> None:
    kept = client.get(assets.asset(name))
    assert "immutable" in kept.headers["cache-control"]
    assert client.get(f"/static/{name}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["../settings.py", "..%2Fapp.py", "/etc/passwd", "report/page.html", "nothing.js"])
def test_nothing_else_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def served_to(address: str) -> Response:
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/static/site.css",
        "query_string": b"",
        "path_params": {"name": "site.css"},
        "headers": [(b"accept-encoding", b"gzip")],
        "client": (address, 1),
    }

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.request"}

    return finished(assets._serve(Request(scope, receive)))


def test_who_is_far_gets_it_packed() -> None:
    far, near = served_to("192.168.1.7"), served_to("127.0.0.1")
    assert far.headers["content-encoding"] == "gzip"
    assert gzip.decompress(bytes(far.body)) == assets._read("site.css")
    assert far.media_type == "text/css"
    assert "content-encoding" not in near.headers
