"""How block of a receptor becomes relief: one shared chain, driven by rival hypotheses in any mixture.

The chain holds what all of them share: the balance of excitation and inhibition, glutamate, BDNF, mTORC1,
potentiation, synapses, the circuit. A mechanism says what drives it: it pushes plasticity, relieves the circuit
at once, or (the empirical curve) replaces the chain altogether. ``compose`` makes one effect of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kinetamine.citation import Reference, collect
from kinetamine.engine.evidence import Evidence
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.errors import FieldError

Term = Callable[[Values, Values, Values], Number]
"""States, what is seen, parameters to a number."""
Rates = Callable[[Values, Values, Values], dict[str, Number]]


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """One hypothesis.

    Attributes:
        drive: what it adds to plasticity; 1: as much as full AMPA throughput.
        circuit: what it adds to the relief of the circuit, past all plasticity.
        curve: relief itself, 0 to 1; such a mechanism stands alone and uses nothing of the chain.
        drivers, inputs: what it sees beyond the chain, as in ``Effect``.
        initial: its own states at the start; ``rates``: their change per hour.
        evidence: what speaks for and against it.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    parameters: Mapping[str, Estimate]
    evidence: tuple[Evidence, ...]
    drive: Term | None = None
    circuit: Term | None = None
    curve: Term | None = None
    drivers: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    initial: Mapping[str, float] = field(default_factory=dict)
    rates: Rates = lambda _x, _c, _p: {}
    variability: Mapping[str, Variability] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def typical(self) -> Values:
        """Typical values of all parameters."""
        return Values(**{name: estimate.value for name, estimate in self.parameters.items()})


@dataclass(frozen=True, kw_only=True)
class Chain:
    """What all mechanisms but the empirical curve share.

    Attributes:
        published: from states, what is seen and parameters, the quantities that mechanisms may read.
        rates: the same and, as ``c.drive`` and ``c.circuit``, what the mechanisms add.
        switches: parameters from 0 (off) to 1 (on): interventions that tell the rivals apart.
        relief: name of the readout that outcomes see.
    """

    references: tuple[Reference, ...]
    parameters: Mapping[str, Estimate]
    inputs: tuple[str, ...]
    initial: Mapping[str, float]
    published: Callable[[Values, Values, Values], dict[str, Number]]
    rates: Rates
    readouts: tuple[Readout, ...]
    switches: tuple[str, ...]
    relief: Readout
    variability: Mapping[str, Variability]
    notes: tuple[str, ...] = ()


Mixture = Sequence[tuple[Mechanism, float]]
"""Hypotheses with their shares."""


def compose(chain: Chain, mixture: Mixture) -> Effect:
    """One effect, "mechanism", of the chain and a mixture of hypotheses.

    Raises:
        FieldError: a share is not within 0 to 1, they do not sum to 1, or a curve is mixed with anything.
    """
    _refuse(mixture)
    alone = mixture[0][0]
    if alone.curve is not None:
        return _stand_alone(alone, replace(chain.relief, of=alone.curve))
    return _mixture(chain, [(one, share) for one, share in mixture if share > 0.0])


def _refuse(mixture: Mixture) -> None:
    said = ", ".join(f"{one.name} {share:g}" for one, share in mixture) or None
    names = [one.name for one, _ in mixture]
    if not mixture or not all(math.isfinite(share) and 0.0 <= share <= 1.0 for _, share in mixture):
        raise FieldError("mechanism", said, "at least one mechanism, each with a share of 0 to 1")
    if len(set(names)) < len(names):
        raise FieldError("mechanism", said, "each mechanism once")
    if abs(sum(share for _, share in mixture) - 1.0) > 1e-6:
        raise FieldError("mechanism", said, f"shares that sum to 1, not {sum(share for _, share in mixture):g}")
    curves = [one.name for one, _ in mixture if one.curve is not None]
    if curves and len(mixture) > 1:
        raise FieldError("mechanism", said, f"{curves[0]} alone: it replaces the chain that the others drive")


def _stand_alone(alone: Mechanism, relief: Readout) -> Effect:
    """A mechanism that replaces the chain."""
    return Effect(
        name="mechanism",
        title=f"Mechanism: {alone.title}",
        stage="mechanism",
        references=alone.references,
        parameters=alone.parameters,
        drivers=alone.drivers,
        inputs=alone.inputs,
        states=lambda _p, _person: dict(alone.initial),
        rates=alone.rates,
        readouts=(relief,),
        variability=alone.variability,
        notes=alone.notes,
    )


def _mixture(chain: Chain, mixture: Mixture) -> Effect:
    given = tuple(one for one, _ in mixture)
    initial = {**chain.initial, **{state: value for one in given for state, value in one.initial.items()}}

    def seen(x: Values, c: Values, p: Values) -> Values:
        """What the effect sees, what the chain publishes, and what the mechanisms make of both."""
        wide = Values(**vars(c), **chain.published(x, c, p))
        for kind in ("drive", "circuit"):
            terms = [getattr(p, _share(one)) * term(x, wide, p) for one in given if (term := getattr(one, kind))]
            setattr(wide, kind, sum(terms, 0.0))
        return wide

    def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
        wide = seen(x, c, p)
        changes = chain.rates(x, wide, p)
        for one in given:
            changes |= one.rates(x, wide, p)
        return changes

    def widened(readout: Readout) -> Readout:
        return replace(readout, of=lambda x, c, p: readout.of(x, seen(x, c, p), p))

    return Effect(
        name="mechanism",
        title="Mechanism: " + ", ".join(f"{one.title} {share:g}" for one, share in mixture),
        stage="mechanism",
        references=tuple(dict.fromkeys((*chain.references, *collect(given)))),
        parameters={**chain.parameters, **dict(_parameters(mixture))},
        drivers=tuple(dict.fromkeys(name for one in given for name in one.drivers)),
        inputs=tuple(dict.fromkeys((*chain.inputs, *(name for one in given for name in one.inputs)))),
        states=lambda _p, _person: dict(initial),
        rates=rates,
        readouts=tuple(map(widened, (*chain.readouts, chain.relief))),
        variability={**chain.variability, **{name: how for one in given for name, how in one.variability.items()}},
        notes=tuple(dict.fromkeys((*chain.notes, *(note for one in given for note in one.notes)))),
    )


def _share(one: Mechanism) -> str:
    return f"SHARE_{one.name.upper()}"


def _parameters(mixture: Mixture) -> Iterator[tuple[str, Estimate]]:
    for one, share in mixture:
        yield from one.parameters.items()
        note = "share of this hypothesis in the mixture"
        yield _share(one), Estimate(share, "1", one.references[0], "the course", Provenance.ASSUMED, note)
