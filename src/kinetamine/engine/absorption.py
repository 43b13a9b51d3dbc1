"""What gut and liver do to a swallowed dose before it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Path


def first_pass(path: Path, metabolised: Number, roles: Mapping[str, str]) -> tuple[Path, ...]:
    """A swallowed path split at gut and liver.

    Args:
        path: its ``fraction`` of the dose survives as parent drug; interactions act on it.
        metabolised: fraction of the dose that arrives as norketamine (mg of the ketamine it was made from);
            left as it is by interactions, which move far less of it than of the parent.
        roles: of the receiving model. One with a hepato-portal compartment receives both parts there and
            splits them itself; one without norketamine gets the parent only.
    """
    if "portal" in roles:
        return (replace(path, into=roles["portal"], fraction=path.fraction + metabolised, first_pass=True),)
    parent = replace(path, into=roles["parent"], first_pass=True)
    if "norketamine" not in roles:
        return (parent,)
    return parent, replace(path, name=f"{path.name}_norketamine", into=roles["norketamine"], fraction=metabolised)
