"""Runs the engine on symbols and keeps the equations that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kinetamine.engine.drivers import NG_PER_ML as FACTOR
from kinetamine.engine.drivers import Drivers, Source, individual, plasma
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.model import Effect, Estimate, Values
from kinetamine.engine.parts import OF_THE_COURSE
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import ESTIMATED, Arm, Site, System
from kinetamine.interop.constants import tagged
from kinetamine.interop.equations import Quantity, Role
from kinetamine.interop.symbols import TIME, Call, Expression, Symbol, call, inside, rewrite, wrap
from kinetamine.interop.timeline import Timeline, give
from kinetamine.interop.unit import HOUR, MG, MG_PER_L, NG_PER_ML, NONE, Unit, unit_of
from kinetamine.library.arterial import FV, KV

Expressions = dict[str, Expression]


class _SymbolicArm(Arm):
    """An arm whose numbers are symbols."""

    def __init__(self, fv: Expression, kv_per_h: Expression) -> None:
        object.__setattr__(self, "fv", fv)
        object.__setattr__(self, "kv_per_h", kv_per_h)


class _SymbolicSite(Site):
    """An effect site whose scale is an expression."""

    def __init__(self, site: Site, scale: Expression) -> None:
        for name, value in {**vars(site), "scale": scale}.items():
            object.__setattr__(self, name, value)


class Scribe:
    """Writes down one problem: quantities by name, and what doses change in time."""

    def __init__(self, problem: Problem) -> None:
        """Put a symbol in the place of every number of the library."""
        self.quantities: dict[str, Quantity] = {}
        self.timeline = Timeline()
        self.level = self._constant("ng_per_mL_per_mg_per_L", FACTOR, "ng/mL in one mg/L")
        self.level.unit = NG_PER_ML.times(MG_PER_L, -1.0)
        self.problem = replace(
            problem,
            model=self._with_symbols(problem.model),
            routes={name: self._with_symbols(one) for name, one in problem.routes.items()},
            effects=tuple(map(self._with_symbols, problem.effects)),
            person=tagged(problem.person),
        )

    def write(self) -> None:
        """Everything, in the order of the chain."""
        drivers = Drivers(self.problem)
        levels = {species: self._kinetics(species, one) for species, one in drivers.kinetics.items()}
        self._plasma(levels)
        self._sessions()
        known: Expressions = {}
        for effect in self.problem.effects:
            seen: Expressions = {name: wrap(0.0) for name in effect.drivers}
            for name in set(seen) & set(OF_THE_COURSE):
                seen[name] = TIME if name == "time_h" else self.quantities[name].symbol
            for source in drivers.sources[effect.name]:
                if source.species in levels:
                    seen[source.driver] = self._driver(source, levels[source.species])
            seen |= {name: known[name] for name in effect.inputs}
            known |= self._effect(effect, Values(**seen))

    def _with_symbols(self, entry: Any) -> Any:
        """The entry with a symbol for each of its numbers."""
        made = {
            name: replace(estimate, value=self._estimated(entry.name, name, estimate))
            for name, estimate in entry.parameters.items()
        }
        return replace(entry, parameters=made)

    def _estimated(self, entry: str, name: str, estimate: Estimate) -> Symbol:
        """The symbol of a number of the library."""
        title = f"{entry}: {name}"
        one = self._constant(f"{entry}_{name}", estimate.value, title)
        one.unit, one.unit_words, one.estimate, one.entry = unit_of(estimate.unit), estimate.unit, estimate, entry
        return one.symbol

    def _constant(self, name: str, value: float, title: str) -> Quantity:
        return self._add(Quantity(name=name, role=Role.CONSTANT, title=title, formula=wrap(value)))

    def _add(self, one: Quantity) -> Quantity:
        while one.name in self.quantities:  # two entries may use one word
            one.name = one.symbol.name = f"{one.name}_"
        self.quantities[one.name] = one
        return one

    def _personal(self, values: Values, entry: str, species: str, parameters: Mapping[str, Estimate]) -> Values:
        """Values that follow from constants get a name of their own; the rest are the constants themselves."""
        found: Expressions = {}
        for name, given in vars(values).items():
            value = wrap(given)
            if not isinstance(value, Symbol):
                title = f"{name} of this person" + (f", {species}" if species else "")
                name_here = f"{name}_{species}" if species else f"{entry}_{name}"
                if name_here in self.quantities:
                    name_here = f"{name_here}_person"
                one = self._add(Quantity(name=name_here, role=Role.PERSONAL, title=title, formula=value))
                words = getattr(given, "unit", "")
                one.unit = _personal_unit(parameters.get(name), species) or (unit_of(words) if words else None)
                value = one.symbol
            found[name] = value
        return Values(**found)

    def _kinetics(self, species: str, kinetics: Kinetics) -> Expressions:
        """States and rates of one molecule; its concentrations in mg/L by output."""
        system = self._named(kinetics.system(), species)
        states = {name: self._state(name, species, system) for name in system.states}
        symbols = {name: one.symbol for name, one in states.items()}
        infusions = give(self.timeline, kinetics.actions, symbols)
        for name, rate in zip(system.states, system.rates(list(symbols.values())), strict=True):
            states[name].rate = wrap(rate)
            states[name].formula = self.timeline.initial(states[name].name)
        for state, name in infusions.items():
            title = f"infusion into {states[state].title}"
            start = self.timeline.initial(name)
            one = self._add(Quantity(name=name, role=Role.INPUT, title=title, formula=start))
            one.unit = MG.times(HOUR, -1.0)
            states[state].rate = wrap(states[state].rate) + one.symbol
        outputs = map(wrap, system.outputs(list(symbols.values())))
        return dict(zip(system.output_names, outputs, strict=True))

    def _named(self, system: System, species: str) -> System:
        """The system with names in place of what the person's values are made of."""
        values = self._personal(system.parameters, "", species, self.problem.model.parameters)
        sites = tuple(_SymbolicSite(one, self.level.symbol * (one.scale / FACTOR)) for one in system.sites)
        arm = _SymbolicArm(self._arm("FV", FV), self._arm("KV", KV)) if system.arm else None
        return replace(system, parameters=values, sites=sites, arm=arm)

    def _arm(self, name: str, estimate: Estimate) -> Symbol:
        known = self.quantities.get(f"arm_{name}")
        return known.symbol if known else self._estimated("arm", name, estimate)

    def _state(self, name: str, species: str, system: System) -> Quantity:
        """One state of the kinetics: an amount in mg, a concentration in mg/L, or an effect site in ng/mL."""
        words = name.replace("_", " ")
        if any(name == site.name for site in system.sites):
            title = f"effect site: {words}"
            return self._add(Quantity(name=name, role=Role.STATE, title=title, formula=wrap(0.0), unit=NG_PER_ML))
        depots = [depot.name for depot in system.depots]
        is_amount = name in {*system.model.compartments, *depots} and name not in system.model.takes_no_dose
        title = f"{words}, {species}"
        one = Quantity(name=f"{name}_{species}", role=Role.STATE, title=title, formula=wrap(0.0), is_amount=is_amount)
        one.unit = MG if is_amount else MG_PER_L
        return self._add(one)

    def _plasma(self, levels: Mapping[str, Expressions]) -> None:
        """The concentrations in ng/mL, each enantiomer and the sum."""
        for output, enantiomer, found in plasma(self.problem, levels):
            value = rewrite(wrap(found), {wrap(FACTOR): self.level.symbol})
            name = f"{enantiomer}_{output}" if enantiomer else output
            title = name.replace("_", " ")
            one = Quantity(name=name, role=Role.RULE, title=title, formula=value, unit=NG_PER_ML, is_output=True)
            one.formula = value if self._is_estimate(output) else _without_floor(value)
            self._add(one)

    def _is_estimate(self, output: str) -> bool:
        """Whether an arm makes it, which can overshoot below zero."""
        return output == ESTIMATED and "arm_FV" in self.quantities

    def _driver(self, source: Source, levels: Expressions) -> Expression:
        """What an effect sees of one molecule, in ng/mL."""
        value: Expression = self.level.symbol * levels[source.output] * (source.factor / FACTOR)
        if source.site:
            value = self.quantities[source.site].symbol
        return call("max", value, 0.0) if self._is_estimate(source.output) else value

    def _sessions(self) -> None:
        """1 while a session is on."""
        if not any("session" in effect.drivers for effect in self.problem.effects):
            return
        for begin, end in self.problem.sessions_h:
            self.timeline.at(begin)["session"] = wrap(1.0)
            self.timeline.at(end)["session"] = wrap(0.0)
        title = "1 during a session of treatment, else 0"
        start = self.timeline.initial("session")
        self._add(Quantity(name="session", role=Role.INPUT, title=title, formula=start, unit=NONE))

    def _effect(self, effect: Effect, seen: Values) -> Expressions:
        """States, rates and readouts of one effect; the readouts by name."""
        p = self._personal(individual(self.problem, effect), effect.name, "", effect.parameters)
        states = {}
        for name, start in effect.states(p, self.problem.person).items():
            title = f"{effect.name}: {name.replace('_', ' ')}"
            one = Quantity(name=f"{effect.name}_{name}", role=Role.STATE, title=title, formula=wrap(start))
            states[name] = self._add(one)
            for event in self.problem.events:
                if event.resets and event.time_h > 0.0:
                    self.timeline.at(event.time_h)[one.name] = wrap(start)
        x = Values(**{name: one.symbol for name, one in states.items()})
        found: Expressions = {}
        for readout in effect.readouts:
            formula = wrap(readout.of(x, seen, p))
            one = Quantity(name=readout.name, role=Role.RULE, title=readout.title, formula=formula, is_output=True)
            one.unit, one.unit_words, one.entry = unit_of(readout.unit), readout.unit, effect.name
            found[readout.name] = self._add(one).symbol
        rates = effect.rates(x, seen, p) if states else {}
        for name, one in states.items():
            one.rate, one.entry = wrap(rates[name]), effect.name
        return found


def _personal_unit(estimate: Estimate | None, species: str) -> Unit | None:
    """The unit of a person's own value; of kinetics per hour where one per minute was published, and not per kg."""
    if estimate is None:
        return None
    powers = dict(unit_of(estimate.unit).powers)
    if species:
        if "min" in powers:
            powers["h"] = powers.pop("min")
        powers.pop("kg", None)
    return Unit(tuple(powers.items()))


def _without_floor(given: Expression) -> Expression:
    """A model's own concentrations are never negative: no floor at zero is needed."""
    found = [one for one in inside([given]) if isinstance(one, Call) and one.operation == "max"]
    return rewrite(given, {one: one.parts[0] for one in found})
