"""Numbers, times, people and doses in words, the same in every report."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kinetamine.citation import Reference
from kinetamine.engine.person import Person
from kinetamine.engine.trajectory import Trajectory

_PERCENT = {"fraction": "%", "probability": "%", "fraction of maximum": "% of maximum"}
OUTSIDE = "OUTSIDE THE STUDIED RANGE"
"""How a warning begins that the result is an extrapolation."""


def figure(value: float | None) -> str:
    """Three significant figures, no exponent where a person would write none; a dash for what is not known."""
    if value is None or not math.isfinite(value):
        return "–"
    if abs(value) < 1e-9:
        return "0"
    if abs(value) >= 1e6 or abs(value) < 1e-4:
        return f"{value:.2e}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def duration(hours: float) -> str:
    """Seconds, minutes, hours or days, whichever a clinician would say."""
    if abs(hours) < 1 / 30:
        return f"{hours * 3600:.0f} s"
    if abs(hours) < 2.0:
        return f"{hours * 60:.0f} min"
    if abs(hours) < 48.0:
        return f"{hours:.3g} h"
    return f"{hours / 24.0:.3g} days"


def shown_unit(unit: str) -> tuple[float, str]:
    """Factor and unit for display: fractions and probabilities become per cent."""
    return (100.0, _PERCENT[unit]) if unit in _PERCENT else (1.0, unit)


def is_outside(trajectory: Trajectory) -> bool:
    """Whether the caller went on outside the studied range."""
    return any(warning.startswith(OUTSIDE) for warning in trajectory.warnings)


def stamp(trajectory: Trajectory) -> str:
    """What every figure carries: that it is a prediction, by which model and which version."""
    model = trajectory.attributes.get("model" if trajectory.events else "comparator", "")
    outside = " · outside the studied range" if is_outside(trajectory) else ""
    return f"Prediction · {model} · kinetamine {trajectory.version}{outside}".replace("·  ·", "·")


def band_words(trajectory: Trajectory) -> str:
    """What the bands of this trajectory contain; empty when no people were drawn."""
    people = next((len(one.people) for one in trajectory if one.people is not None), 0)
    if not people:
        return ""
    return f"5th–95th percentile of {people} virtual people; between-person variability only"


def person_words(person: Person) -> str:
    """The person in one sentence; what is not known is said to be so."""
    known = [
        f"{person.age_y:g} years",
        person.sex or "sex not stated",
        f"{person.weight_kg:g} kg" if person.weight_kg is not None else "weight not stated",
        f"{person.height_cm:g} cm" if person.height_cm is not None else "",
        person.ancestry if person.ancestry != "not stated" else "",
        f"CYP2B6 {person.cyp2b6}" if person.cyp2b6 else "",
        f"taking {_listed(person.comedication)}" if person.comedication else "",
        f"{person.hepatic} hepatic impairment" if person.hepatic != "normal" else "",
        "with hypertension" if person.hypertension else "",
        f"{person.previous_sessions:g} earlier sessions" if person.previous_sessions else "",
    ]
    return ", ".join(part for part in known if part)


def baseline_words(person: Person) -> str:
    """Resting values and scores before the first dose."""
    return (
        f"blood pressure {person.systolic_mmhg:g}/{person.diastolic_mmhg:g} mmHg, "
        f"heart rate {person.heart_rate_bpm:g} beats/min, MADRS {person.madrs:g}, HAM-A {person.hama:g}, "
        f"CAPS-5 {person.caps5:g}, SSI {person.ssi:g}, pain {person.pain_nrs:g}/10, "
        f"{person.failed_treatments:g} failed treatments"
    )


def source_words(one: Reference) -> str:
    """First author, year and journal; a group, which BibTeX wants in braces, whole and without them."""
    if not one.authors.startswith("{"):
        return one.short()
    group = one.authors.strip("{}").partition(" (")[0].partition(",")[0]
    return f"{group} {one.year}" + (f", {one.journal}" if one.journal not in {"", group} else "")


def days_words(days: Iterable[int]) -> str:
    """``days 1, 4 and 8``, or the first, the last and how many where the list would be long."""
    unique = sorted(set(days))
    if len(unique) == 1:
        return f"day {unique[0]}"
    if len(unique) > 12:
        return f"{len(unique)} days from day {unique[0]} to day {unique[-1]}"
    return f"days {_listed([str(day) for day in unique])}"


def _listed(names: Iterable[str]) -> str:
    *first, last = [name.replace("_", " ") for name in names]
    return f"{', '.join(first)} and {last}" if first else last
