"""Rival hypotheses before the same published results: what each predicts, and which results it fails.

Each mechanism of the library is taken alone, and beside them the mixture that courses use. Every finding of
``library/findings`` compares two courses; the ratio of what a hypothesis makes of them is its prediction.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kinetamine import catalogue
from kinetamine.course import Course, parse_regimen, simulate
from kinetamine.engine.finding import Case, Finding, Species, contradict
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import FieldError
from kinetamine.treatment import DEFAULT_MECHANISM, Shares, chain_of_effects, parse_mechanism

if TYPE_CHECKING:
    import pandas as pd

PERSON = Person(weight_kg=70.0)
TIMES_H = (4.0, 24.0, 168.0)
"""When ``interventions`` looks: hours, a day, a week after the infusion."""
INTERVENTIONS: Mapping[str, Case] = {
    "intact": Case(),
    "AMPA block": Case(parameters={"AMPA_BLOCK": 1.0}),
    "rapamycin": Case(parameters={"RAPAMYCIN": 1.0}),
    "naltrexone": Case(parameters={"NALTREXONE": 1.0}),
    "interneuron knock-down": Case(parameters={"IN_KNOCKDOWN": 1.0}),
    "S 0.25 mg/kg": Case(regimen="0.25 mg/kg esketamine iv over 40 min"),
    "R 0.25 mg/kg": Case(regimen="0.25 mg/kg arketamine iv over 40 min"),
    "HNK blocked": Case(parameters={"HNK_BLOCK": 1.0}),
    "dissociation masked": Case(parameters={"MASKED": 1.0}),
    "memantine": Case(sham=True, parameters={"MEMANTINE": 0.35}),
}
"""What tells the rivals apart; all but three change one switch of the chain."""


class Verdict(StrEnum):
    """How a prediction stands to what was published."""

    AGREES = "agrees"
    FAILS = "fails"
    SILENT = "does not speak"


@dataclass(frozen=True)
class Hypothesis:
    """A mechanism alone, or several in shares."""

    name: str
    title: str
    shares: Shares

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The entries of the library behind it."""
        return tuple(catalogue.load("mechanisms", name) for name, _ in self.shares)


@dataclass(frozen=True)
class Prediction:
    """What one hypothesis makes of one finding.

    Attributes:
        ratio: of the contrast to the intact course; None where the hypothesis does not speak, infinite where only
            the contrast has an effect.
        reason: why it does not.
    """

    hypothesis: str
    finding: Finding
    verdict: Verdict
    ratio: float | None = None
    intact: float | None = None
    contrast: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Predictions:
    """Every hypothesis before every finding."""

    hypotheses: tuple[Hypothesis, ...]
    findings: tuple[Finding, ...]
    cells: Mapping[tuple[str, str], Prediction] = field(repr=False)

    def __iter__(self) -> Iterator[Prediction]:
        """All predictions, hypothesis by hypothesis."""
        return iter(self.cells.values())

    def at(self, hypothesis: str, finding: str) -> Prediction:
        """The prediction of a hypothesis for a finding, both by name."""
        return self.cells[hypothesis, finding]

    def of(self, hypothesis: str, verdict: Verdict, species: Species | None = None) -> tuple[Finding, ...]:
        """The decisive findings on which a hypothesis has that verdict, in one species or in both."""
        return tuple(
            one
            for one in self.findings
            if one.decisive and species in {None, one.species} and self.cells[hypothesis, one.name].verdict is verdict
        )

    def contradictions(self) -> tuple[tuple[Finding, Finding], ...]:
        """Pairs of findings that no hypothesis can agree with at once."""
        return tuple((one, other) for one, other in combinations(self.findings, 2) if contradict(one, other))

    def passing(self) -> tuple[Hypothesis, ...]:
        """Hypotheses that fail no decisive finding."""
        return tuple(one for one in self.hypotheses if not self.of(one.name, Verdict.FAILS))

    def to_pandas(self) -> pd.DataFrame:
        """One row a prediction."""
        import pandas as pd  # noqa: PLC0415 - only for those who want a table

        return pd.DataFrame([as_row(one) for one in self])


def as_row(one: Prediction) -> dict[str, object]:
    """A prediction as plain values; what is infinite is None."""
    low, high = map(_finite, one.finding.interval)
    return {
        "hypothesis": one.hypothesis,
        "finding": one.finding.name,
        "species": one.finding.species.value,
        "decisive": one.finding.decisive,
        "agrees_from": low,
        "agrees_to": high,
        "ratio": _finite(one.ratio),
        "verdict": one.verdict.value,
        "intact": one.intact,
        "contrast": one.contrast,
        "reason": one.reason,
        "references": "; ".join(source.doi or source.url for source in one.finding.references),
    }


def as_mapping(found: Predictions) -> dict[str, Any]:
    """Everything as plain values."""
    return {
        "hypotheses": [_weighed(found, one) for one in found.hypotheses],
        "predictions": [as_row(one) for one in found],
        "contradictions": [[one.name, other.name] for one, other in found.contradictions()],
    }


def _weighed(found: Predictions, one: Hypothesis) -> dict[str, Any]:
    counted = {
        species.value: {verdict.value: len(found.of(one.name, verdict, species)) for verdict in Verdict}
        for species in Species
    }
    return {"name": one.name, "title": one.title, "shares": dict(one.shares), "counts": counted, "evidence": _told(one)}


def _told(one: Hypothesis) -> list[dict[str, Any]]:
    return [
        {
            "mechanism": mechanism.name,
            "text": piece.text,
            "supports": piece.supports,
            "grade": piece.grade.value,
            "source": piece.source.doi or piece.source.url,
        }
        for mechanism in one.mechanisms
        for piece in mechanism.evidence
    ]


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def rivals() -> tuple[str, ...]:
    """The mechanisms that say how: all but the empirical curve, which the others must beat."""
    return tuple(one.name for one in catalogue.load_all("mechanisms") if one.curve is None)


def hypotheses(names: Sequence[str] | None = None) -> tuple[Hypothesis, ...]:
    """Hypotheses from words, each a mechanism or a mixture as ``disinhibition=0.8,habenula=0.2``.

    Args:
        names: None for every rival alone and, last, the mixture that courses use.

    Raises:
        UnknownNameError: there is no such mechanism.
        FieldError: nothing was named, one was named twice, or shares do not sum to 1.
    """
    if names is None:
        mixture = Hypothesis("default", "default mixture", DEFAULT_MECHANISM)
        return (*(_hypothesis(name) for name in rivals()), mixture)
    _require_names("mechanism", names, "disinhibition")
    return tuple(map(_hypothesis, names))


def parse_names(words: str) -> tuple[str, ...]:
    """Names for ``hypotheses`` from words: names by comma, each taken alone, or names with shares, one mixture.

    Raises:
        FieldError: nothing is named, or some have shares and others not.
    """
    pieces = [piece.strip() for piece in words.split(",")]
    shared = ["=" in piece for piece in pieces]
    if not all(pieces) or any(shared) != all(shared):
        expected = (
            "names, each taken alone (disinhibition,habenula), or all with shares (disinhibition=0.8,habenula=0.2)"
        )
        raise FieldError("mechanism", words, expected)
    return (",".join(pieces),) if all(shared) else tuple(pieces)


def _hypothesis(words: str) -> Hypothesis:
    shares = parse_mechanism(words)
    _chain(shares)  # refuses shares that do not fit
    if len(shares) == 1:
        return Hypothesis(shares[0][0], catalogue.load("mechanisms", shares[0][0]).title, shares)
    return Hypothesis(words, ", ".join(f"{name} {share:g}" for name, share in shares), shares)


def _require_names(what: str, names: Sequence[str], example: str) -> None:
    if isinstance(names, str) or not names or not all(one.strip() for one in names):
        raise FieldError(what, names, f"a list of names, at least one, such as {example}")
    if len(set(names)) < len(names):
        raise FieldError(what, ", ".join(names), "each name once")


def known_findings(names: Sequence[str] | None = None) -> tuple[Finding, ...]:
    """Findings by name, or all; those in people first.

    Raises:
        UnknownNameError: there is no such finding.
        FieldError: nothing was named, or one was named twice.
    """
    if names is None:
        found = catalogue.load_all("findings")
        return tuple(sorted(found, key=lambda one: list(Species).index(one.species)))
    _require_names("findings", names, "rapamycin_human")
    return tuple(catalogue.load("findings", name) for name in names)


def predictions(names: Sequence[str] | None = None, findings: Sequence[str] | None = None) -> Predictions:
    """What each hypothesis predicts for each finding, in the typical person.

    Args:
        names: as ``hypotheses``.
        findings: names; None for all.

    Raises:
        InputError: a name is not known, named twice, or none is named.
    """
    asked, answered = hypotheses(names), known_findings(findings)
    cells: dict[tuple[str, str], Prediction] = {}
    for hypothesis in asked:
        runs = _Runs(hypothesis, [case for one in answered for case in _cases(one)])
        cells |= {(hypothesis.name, one.name): _predict(runs, one) for one in answered}
    return Predictions(asked, answered, cells)


def interventions(names: Sequence[str] | None = None) -> dict[str, dict[str, tuple[float, ...] | None]]:
    """Relief (0 to 1) at 4, 24 and 168 h, by hypothesis and intervention; None where it has no such switch.

    Raises:
        InputError: as ``hypotheses``.
    """
    found: dict[str, dict[str, tuple[float, ...] | None]] = {}
    for hypothesis in hypotheses(names):
        cases = {name: [replace(case, time_h=time) for time in TIMES_H] for name, case in INTERVENTIONS.items()}
        runs = _Runs(hypothesis, [case for several in cases.values() for case in several])
        found[hypothesis.name] = {
            name: None if runs.lacks(several[0]) else tuple(map(runs.value, several)) for name, several in cases.items()
        }
    return found


def _cases(finding: Finding) -> tuple[Case, ...]:
    """The courses that a finding asks for."""
    return (finding.intact, finding.contrast, *_cut(finding))


def _cut(finding: Finding) -> tuple[Case, ...]:
    """The intact course as it is and with the link to relief cut, where the finding names one."""
    if not finding.link:
        return ()
    return (Case(regimen=finding.intact.regimen), Case(regimen=finding.intact.regimen, parameters=finding.link))


_Key = tuple[str, bool, tuple[tuple[str, float], ...]]
"""What makes a course: the regimen, whether it is a sham, what is set."""


class _Runs:
    """The courses of one hypothesis, each simulated once, as far as any case looks."""

    def __init__(self, hypothesis: Hypothesis, cases: Iterable[Case]) -> None:
        self.name = hypothesis.name
        self._shares = hypothesis.shares
        self._effect = _chain(hypothesis.shares)
        self._last_h: dict[_Key, float] = {}
        for case in cases:
            key = _key(case)
            self._last_h[key] = max(case.time_h, self._last_h.get(key, 0.0))
        self._done: dict[_Key, Trajectory] = {}

    def lacks(self, case: Case) -> str:
        """What the case asks for and the hypothesis has not; empty where it has all."""
        missing = sorted(set(case.parameters) - set(self._effect.parameters))
        if case.readout not in {one.name for one in self._effect.readouts}:
            missing.append(case.readout)
        return ", ".join(missing)

    def value(self, case: Case) -> float:
        """What the case looks at."""
        key = _key(case)
        if key not in self._done:
            self._done[key] = simulate(self._course(case, self._last_h[key]))
        return self._done[key].at(case.readout, case.time_h) - case.rest

    def _course(self, case: Case, last_h: float) -> Course:
        return Course(
            person=PERSON,
            regimen=parse_regimen(case.regimen),
            comparator="placebo" if case.sham else None,
            mechanism=self._shares,
            effects=(),
            people=0,
            follow_up_days=last_h / 24.0,
            outside=True,  # an anaesthetic dose is asked for on purpose
            parameters=tuple((f"mechanism.{name}", value) for name, value in case.parameters.items()),
        )


def _key(case: Case) -> _Key:
    return case.regimen, case.sham, tuple(sorted(case.parameters.items()))


def _chain(shares: Shares) -> Effect:
    chosen = chain_of_effects((), ("depression",), shares)
    return next(one for one in chosen if one.name == "mechanism")


def _predict(runs: _Runs, finding: Finding) -> Prediction:
    name = runs.name
    if missing := ", ".join(dict.fromkeys(filter(None, map(runs.lacks, _cases(finding))))):
        return Prediction(name, finding, Verdict.SILENT, reason=f"it has no {missing}")
    if finding.link and _same(*map(runs.value, _cut(finding))):
        return Prediction(
            name, finding, Verdict.SILENT, reason=f"its relief does not depend on {finding.intact.readout}"
        )
    intact, contrast = runs.value(finding.intact), runs.value(finding.contrast)
    if max(abs(intact), abs(contrast)) < _NOTHING:
        reason = "it predicts no effect in either course"
        return Prediction(name, finding, Verdict.SILENT, None, intact, contrast, reason)
    ratio = contrast / intact if abs(intact) >= _NOTHING else math.copysign(math.inf, contrast)
    verdict = Verdict.AGREES if finding.agrees(ratio) else Verdict.FAILS
    return Prediction(name, finding, verdict, ratio, intact, contrast)


_NOTHING = 1e-6
"""Less than this is no effect: a millionth of full relief."""


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-3 * max(abs(one), abs(other), _NOTHING)
