"""From names to the effects of one course, in the order of the chain, with all that they need of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kinetamine import catalogue
from kinetamine.engine.comparator import EXPECTANCY, Comparator
from kinetamine.engine.comparator import compose as compose_treatment
from kinetamine.engine.maths import Number
from kinetamine.engine.mechanism import compose as compose_mechanism
from kinetamine.engine.model import Effect, Values
from kinetamine.engine.override import with_values
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, UnknownNameError

Shares = tuple[tuple[str, float], ...]
"""Names of mechanisms with their shares of the whole."""

DEFAULT_MECHANISM: Shares = (("disinhibition", 0.85), ("habenula", 0.15))
"""Disinhibition with a small part of habenular block: the one alone is slow within hours, the other short."""
_BENEFIT = "benefit_"


def parse_mechanism(words: str) -> Shares:
    """Shares from words: ``disinhibition``, or ``disinhibition=0.8,habenula=0.2``.

    Raises:
        FieldError: a share is missing or not a number.
        UnknownNameError: there is no such mechanism.
    """
    pieces = [piece.strip() for piece in words.split(",") if piece.strip()]
    if len(pieces) == 1 and "=" not in pieces[0]:
        return _known(((pieces[0], 1.0),))
    shares = []
    for piece in pieces:
        name, _, share = piece.partition("=")
        try:
            shares.append((name.strip(), float(share)))
        except ValueError as error:
            raise FieldError("mechanism", words, "a share for each, as disinhibition=0.8,habenula=0.2") from error
    return _known(tuple(shares))


def shares_of(given: object) -> Shares:
    """Shares from words, a mapping or pairs.

    Raises:
        FieldError, UnknownNameError: as ``parse_mechanism``.
    """
    if isinstance(given, str):
        return parse_mechanism(given)
    pairs = given.items() if isinstance(given, Mapping) else given
    if not isinstance(pairs, Iterable):
        raise FieldError("mechanism", given, "a name, or names with shares")
    found = []
    for pair in pairs:
        name, share = pair if isinstance(pair, Sequence) and len(pair) == 2 else (None, None)
        if not isinstance(name, str) or isinstance(share, bool) or not isinstance(share, int | float):
            raise FieldError("mechanism", given, "names with shares, as disinhibition 0.8 and habenula 0.2")
        found.append((name, float(share)))
    return _known(tuple(found))


def _known(shares: Shares) -> Shares:
    for name, _ in shares:
        if name not in catalogue.names("mechanisms"):
            raise UnknownNameError("mechanism", name, catalogue.names("mechanisms"))
    return shares


def chain_of_effects(
    effects: Iterable[str],
    outcomes: Iterable[str],
    mechanism: Shares,
    comparator: Comparator | None = None,
    background: tuple[Comparator, ...] = (),
    values: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[Effect, ...]:
    """The effects and outcomes asked for, with those that they cannot do without, suppliers first.

    Args:
        values: numbers that replace the library's, by entry and name.

    Raises:
        InputError: a name is not known, shares do not fit, a treatment knows nothing of an outcome, a switch lies
            outside 0 to 1.
    """
    own = values or {}
    asked = [catalogue.load("effects", name) for name in effects]
    wanted = [catalogue.load("outcomes", name) for name in outcomes]
    inputs = {name for one in wanted for name in one.inputs}
    made: list[Effect] = []
    if "relief" in inputs:
        made.append(_mechanism(mechanism, own.get("mechanism", {})))
    benefits = tuple(sorted(name.removeprefix(_BENEFIT) for name in inputs if name.startswith(_BENEFIT)))
    if benefits:
        made.append(compose_treatment(comparator, background, benefits))
    asked += [_as_far_as_seen(one, inputs) for one in _missing([*asked, *made, *wanted])]
    if comparator is not None:
        asked = [_convinced(one, comparator) for one in asked]
    return tuple(_ordered([with_values(one, own.get(one.name, {})) for one in (*asked, *made, *wanted)]))


def _convinced(effect: Effect, comparator: Comparator) -> Effect:
    """Expectancy with what this arm believes, and how fast; any other effect as it is."""
    own = {name: comparator.parameters[name] for name in EXPECTANCY if name in comparator.parameters}
    if "CONVICTION" not in effect.parameters:
        return effect
    sources = (estimate.source for estimate in own.values())
    references = tuple(dict.fromkeys((*effect.references, *sources)))
    return replace(effect, parameters={**effect.parameters, **own}, references=references)


def idle_switches(shares: Shares, values: Mapping[str, float]) -> tuple[str, ...]:
    """Switches that are on and that nothing in this mixture asks for: whatever they are set to, all stays the same."""
    from kinetamine.library.chain import CHAIN  # noqa: PLC0415 - found by the course that needs it

    on = [name for name in CHAIN.switches if values.get(name)]
    if not on:
        return ()
    effect = _mechanism(shares, {})
    states = Values(**dict.fromkeys(effect.states(effect.typical(), Person()), 1.5))
    seen = Values(**dict.fromkeys((*effect.drivers, *effect.inputs), 0.3))

    def slopes(**changed: float) -> dict[str, Number]:
        return effect.rates(states, seen, Values(**{**vars(effect.typical()), **changed}))

    return tuple(name for name in on if slopes(**{name: 1.0}) == slopes())


def _mechanism(shares: Shares, values: Mapping[str, float]) -> Effect:
    from kinetamine.library.chain import CHAIN  # noqa: PLC0415 - found by the course that needs it

    for name in values:
        if name.startswith("SHARE_"):
            raise FieldError(f"mechanism.{name}", values[name], "shares where the mechanism is named: they sum to 1")
    for name in CHAIN.switches:
        if name in values and not 0.0 <= values[name] <= 1.0:
            raise FieldError(f"mechanism.{name}", values[name], "0 (as it is) to 1 (fully on)")
    return compose_mechanism(CHAIN, tuple((catalogue.load("mechanisms", name), share) for name, share in shares))


def _missing(present: list[Effect]) -> list[Effect]:
    """Library effects that publish what some effect sees and none of those present predicts."""
    published = {readout.name for one in present for readout in one.readouts}
    names = {name for one in present for name in one.inputs} - published
    found = [catalogue.load("effects", owner) for owner in sorted({_supplier(name) for name in names})]
    return found + (_missing([*present, *found]) if found else [])


def _as_far_as_seen(effect: Effect, inputs: set[str]) -> Effect:
    """An effect that nobody asked for, without what belief is in fields that nobody asks about."""
    readouts = tuple(one for one in effect.readouts if one.name in inputs or not one.name.startswith("belief_"))
    return replace(effect, readouts=readouts)


@cache
def _supplier(readout: str) -> str:
    for effect in catalogue.load_all("effects"):
        if readout in {one.name for one in effect.readouts}:
            return str(effect.name)
    raise UnknownNameError("readout", readout, [])


def _ordered(effects: list[Effect]) -> list[Effect]:
    """Each after all whose readouts it sees, else as given."""
    placed: list[Effect] = []
    while effects:
        published = {readout.name for one in placed for readout in one.readouts}
        ready = [one for one in effects if set(one.inputs) <= published]
        if not ready:
            raise FieldError("effects", ", ".join(one.name for one in effects), "no circle of effects")
        placed += ready
        effects = [one for one in effects if one not in ready]
    return placed
