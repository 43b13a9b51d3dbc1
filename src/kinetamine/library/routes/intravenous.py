"""Intravenous: everything arrives, at the rate the pump gives it."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.engine.model import Administration, Path, Route, Values


def paths(_p: Values, roles: Mapping[str, str], _given: Administration) -> tuple[Path, ...]:
    """Straight into the central compartment; complete by definition of the route."""
    return (Path(name="vein", into=roles["parent"]),)


ENTRY = Route(
    name="intravenous",
    title="Intravenous bolus or infusion",
    references=(),
    parameters={},
    paths=paths,
    synonyms=("iv", "i.v.", "infusion"),
    verified="Complete availability, by definition; bolus and infusion are exact.",
)
