"""Questions of many simulations: a population, a forecast, what matters, and which hypothesis holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from kinetamine import hypotheses as rivals
from kinetamine import prediction
from kinetamine.course import MOST_DAYS
from kinetamine.engine.comparator import HOURS_PER_DAY
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.conduct import conduct
from kinetamine.population.exposure_response import require_bins, require_filled
from kinetamine.population.repeats import repeated, require_draws
from kinetamine.population.sensitivity import sensitivity as ranked
from kinetamine.population.study import DEFAULT_POPULATION, Precision, Study
from kinetamine.report.population_document import Found
from kinetamine.report.population_document import as_mapping as population_document
from kinetamine.report.population_rows import exposure_rows, known_columns
from kinetamine.report.sensitivity_document import as_mapping as sensitivity_document
from kinetamine.report.sensitivity_document import asked as study_of_one
from kinetamine.report.sensitivity_document import factors_of
from kinetamine.web.simulations.door import Tell, Values
from kinetamine.web.simulations.limits import require_people
from kinetamine.web.simulations.taking import Taking

_ONE_THREAD = 1
"""Other processes have the other cores."""


def population(given: Values, tell: Tell) -> dict[str, Any]:
    """One course given to many virtual people: what ``kinetamine population --json`` prints."""
    asked = Taking(given)
    pairs, bins = asked.pairs("exposure_response"), asked.whole("bins", 5) or 0
    draws = asked.whole("draws", 0) or 0
    study = _study(asked)
    require_people("people", study.people)
    require_bins(bins)
    require_draws(draws)
    _require_columns(pairs, study)
    if pairs:
        require_filled(study, bins)

    def told(what: str, total: int, done: int) -> None:
        tell("progress", {"what": what, "done": done, "total": total})

    findings = conduct(study, threads=_ONE_THREAD, progress=lambda done: told("people", study.people, done))
    repeats = None
    if draws:
        repeats = repeated(findings, draws, threads=_ONE_THREAD, progress=lambda done: told("draws", draws, done))
    binned = tuple((one, other, exposure_rows(findings, one, other, bins)) for one, other in pairs)
    return population_document(Found(findings, repeats, binned))


def _study(asked: Taking) -> Study:
    wanted: dict[str, Any] = {
        "population": asked.word("population", DEFAULT_POPULATION),
        "people": asked.whole("people", 10_000),
        "seed": asked.whole("seed", 1),
        "outputs": asked.names("outputs"),
        "thresholds": asked.named_numbers("thresholds"),
        "readings": asked.flag("readings"),
        "tolerance": asked.number("tolerance", 1e-3),
        "precision": cast("Precision", asked.word("precision", "double")),
    }
    return Study(course=asked.course(), **wanted)


def _require_columns(pairs: list[tuple[str, str]], study: Study) -> None:
    known = known_columns(study) if pairs else ()
    for name in (one for pair in pairs for one in pair):
        if name not in known:
            raise UnknownNameError("column", name, known)


def predict(given: Values, _tell: Tell) -> dict[str, Any]:
    """What a trial of this course would find: what ``kinetamine predict --json`` prints."""
    asked = Taking(given)
    against = asked.word("against")
    days = tuple(sorted(set(asked.numbers("days", (0, 1, 3, 7, 14, 28)))))
    if not days or not 0.0 <= days[0] <= days[-1] <= MOST_DAYS:
        raise FieldError("days", list(days), f"days from 0 to {MOST_DAYS}, at least one")
    wanted: dict[str, Any] = {
        "n": asked.whole("n", 30),
        "times_h": tuple(HOURS_PER_DAY * day for day in days),
        "readout": asked.word("readout", "madrs"),
        "level": asked.number("level", 0.9),
    }
    course = asked.course()
    if against is None:
        return prediction.as_mapping(prediction.predict(course, **wanted))
    found = prediction.contrast(course, replace(course, comparator=against), **wanted)
    return prediction.as_mapping(found, against)


def sensitivity(given: Values, _tell: Tell) -> dict[str, Any]:
    """Which numbers move the results most: what ``kinetamine sensitivity --json`` prints."""
    asked = Taking(given)
    target, vary = asked.names("target"), asked.names_or_word("vary", "all")
    method = asked.one_of("method", ("sobol", "morris"), "sobol")
    samples, seed = asked.whole("samples", None), asked.whole("seed", 1) or 0
    study, names = study_of_one(asked.course(), target, seed)
    found = ranked(study, factors_of(study, vary), names, method=method, samples=samples, threads=_ONE_THREAD)  # type: ignore[arg-type]
    return sensitivity_document(found, study)


def hypotheses(given: Values, _tell: Tell) -> dict[str, Any]:
    """Rival explanations before published results: what ``kinetamine hypotheses --json`` prints."""
    asked = Taking(given)
    names, findings = asked.names("mechanisms"), asked.names("findings")
    asked.done()
    return rivals.as_mapping(rivals.predictions(names, findings))
