"""Every address of the clinic, asked what nobody would ask, by somebody who may: no answer is a server's error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from clinic.web.conftest import Visitor
from clinic.web.test_matrix import UNENDING, North, north  # noqa: F401 - a fixture
from clinic.world import World
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import INTERFACES, PAGES

pytestmark = pytest.mark.slow
_TOOL = str(Path(sys.executable).with_name("schemathesis"))
_JSON = ("/api/", "/feed")


def described(north: North) -> dict[str, Any]:  # noqa: F811 - the fixture's value
    """All addresses, with ids that are there and one that is not, and bodies of any content."""
    parts = (*PAGES, *INTERFACES)
    routes = [one for part in parts for one in part.router.routes if isinstance(one, APIRoute)]
    asked = [one for one in routes if not UNENDING.search(one.path) and one.path != "/sign-out"]
    for one in asked:
        one.include_in_schema = True
    found = get_openapi(title="all of it", version="1", routes=asked)
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    known = north.ids.get(parameter["name"], north.ids["person_id"])
                    parameter["schema"] = {"type": "string", "enum": [known, "none"]}
            if method == "post":
                operation["requestBody"] = {"required": True, "content": _any_body(path)}
    return found


def _any_body(path: str) -> dict[str, Any]:
    if path.startswith(_JSON):
        return {"application/json": {"schema": {"type": "object"}}}
    texts = {"type": "object", "additionalProperties": {"type": "string"}}
    return {"application/x-www-form-urlencoded": {"schema": texts}}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [Role.PHYSICIAN, Role.ADMIN, Role.PATIENT])
def test_no_question_breaks_it(
    world: World,
    visitor: Visitor,
    north: North,  # noqa: F811 - as above
    tmp_path: Path,
    role: Role,
) -> None:
    client: httpx.Client = visitor(role)
    schema = tmp_path / "openapi.json"
    schema.write_text(json.dumps(described(north)), encoding="utf-8")
    command = [_TOOL, "run", str(schema), "--url", str(client.base_url), "--checks", "not_a_server_error"]
    command += ["--header", f"Cookie: kinetamine_clinic={client.cookies['kinetamine_clinic']}", "--no-color"]
    command += ["--phases", "coverage,fuzzing", "--max-examples", "12", "--generation-deterministic"]
    surroundings = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=surroundings, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert inspect(world.database).problems == []
