"""The description of the interface as OpenAPI, and the same as a page for people."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from kinetamine.report.nature import USE
from kinetamine.web.functions import FUNCTIONS

_REF = "#/components/schemas/"


def describe(app: FastAPI) -> dict[str, Any]:
    """OpenAPI, made once: the questions are described though the library judges them."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, description=USE, routes=app.routes)
        _, asked = models_json_schema([(one.asked, "validation") for one in FUNCTIONS], ref_template=_REF + "{model}")
        components = found.setdefault("components", {}).setdefault("schemas", {})
        components |= {name: _without_null(one) for name, one in asked["$defs"].items()}
        for name in ("HTTPValidationError", "ValidationError"):
            components.pop(name, None)
        app.openapi_schema = _own_refusals(found)
    return app.openapi_schema


def _own_refusals(found: dict[str, Any]) -> dict[str, Any]:
    """What FastAPI would refuse in its own form is refused in ours."""
    text = json.dumps(found).replace(f"{_REF}HTTPValidationError", f"{_REF}Problem")
    whole: dict[str, Any] = json.loads(text)
    return whole


def _without_null(schema: Any) -> Any:
    """A field that may be left out need not say that it is nothing then."""
    if isinstance(schema, dict):
        return {key: _without_null(value) for key, value in schema.items() if not (key == "default" and value is None)}
    return [_without_null(one) for one in schema] if isinstance(schema, list) else schema


def told(app: FastAPI, address: str) -> list[dict[str, Any]]:
    """Every function as the page shows it: fields, an example, and how to ask from a shell."""
    schemas = describe(app)["components"]["schemas"]
    return [
        {
            "name": one.name,
            "says": one.says,
            "fields": list(_fields(schemas[one.asked.__name__], schemas)),
            "example": json.dumps(one.example, indent=1, ensure_ascii=False),
            "curl": f"curl {address}/api/{one.name} --json '{json.dumps(one.example, ensure_ascii=False)}'",
        }
        for one in FUNCTIONS
    ]


def _fields(schema: dict[str, Any], schemas: dict[str, Any], owner: str = "") -> list[dict[str, str]]:
    found = []
    for name, one in schema["properties"].items():
        inner = one.get("$ref", "").removeprefix(_REF)
        if inner:
            found += _fields(schemas[inner], schemas, f"{owner}{name}.")
            continue
        default = _default(one.get("default"))
        about = {"name": f"{owner}{name}", "type": _type(one), "default": default, "says": one.get("description", "")}
        found.append(about)
    return found


def _default(value: Any) -> str:
    """What stands for a field that is left out; empty where nothing does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, {}) else f"{value:.15g}" if isinstance(value, float) else str(value)


def _type(schema: dict[str, Any]) -> str:
    """The type and the limits, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(one for one in schema["enum"] if one is not None)
    if "anyOf" in schema:
        return "; or ".join(dict.fromkeys(_type(one) for one in schema["anyOf"] if one.get("type") != "null"))
    if schema.get("type") == "array":
        return f"a list, each {_type(schema['items'])}"
    if schema.get("type") == "object":
        return f"by name, {_type(schema['additionalProperties'])}"
    return _WORDS.get(schema.get("type", ""), "") + _limits(schema)


_WORDS = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}


def _limits(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f" from {low:g} to {high:g}" if high < 2**53 else f", {low:g} or more"
    if low is not None:
        return f", {low:g} or more"
    return f" between {above:g} and {below:g}" if above is not None and below is not None else ""
