"""Steps of the first hours: what is given, the blood, the receptor, what is felt, blood pressure."""

from __future__ import annotations

from collections.abc import Iterator

from kinetamine.engine.evidence import Grade
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.step import Number, Picture, Step
from kinetamine.explanation.telling import (
    Facts,
    between,
    lasting,
    of_people,
    parent_in_blood,
    plain,
    sentences,
)
from kinetamine.report.arms import treatments
from kinetamine.report.doses import doses_of
from kinetamine.report.words import person_words

_POOLED = 100
"""Kinetics of this many people, or of pooled studies, count as well known."""
_DISSOCIATED = 4.0
"""CADSS above which trials of the nasal spray count dissociation."""
_NEARLY_BACK = 2.0
"""mmHg above rest that nobody can tell from rest."""
_SHOWN_H = 6.0


def steps(facts: Facts) -> Iterator[Step]:
    """From the dose to the end of the session."""
    yield given(facts)
    yield from _blood(facts)
    yield from _receptor(facts)
    yield from _felt(facts)
    yield from _unusual_state(facts)
    yield from _pressure(facts)


def given(facts: Facts) -> Step:
    """What the course consists of."""
    course = facts.course
    doses = doses_of(course)
    beside = treatments(course) if facts.is_drug else ""
    return Step(
        key="given",
        heading="What is given",
        sentences=sentences(
            f"This is a simulation of one typical person, not of anyone in particular: {person_words(course.person)}.",
            doses.sentence,
            f"Given beside it: {beside}." if beside else "",
            "It says what models built on published trials predict. It is no advice to take anything."
            if facts.is_drug
            else "",
        ),
        graded="",
        numbers=(
            Number("ketamine in all", round(doses.total_mg, 3), "mg"),
            Number("sessions", float(len(facts.sessions)), ""),
        ),
    )


def _blood(facts: Facts) -> Iterator[Step]:
    series = parent_in_blood(facts)
    if series is None:
        return
    first, model = facts.first, facts.course.pk_model
    level, time_h = facts.peak(series.name, first)
    later = facts.at(series.name, first.end_h + 2.0)
    half_life = facts.row("Terminal half-life")
    known = (model.studied.people or 0) >= _POOLED or "pooled" in model.studied.population
    place = "a vein" if series.name.endswith("venous") else "an artery"
    yield Step(
        key="blood",
        heading="In the blood",
        sentences=sentences(
            f"The drug reaches the blood and spreads. In {place} its level is highest "
            f"{lasting(time_h - first.start_h)} after the start, at about {plain(level)} billionths of a gram per "
            f"millilitre{between(facts.reach(series.name, first))}.",
            f"Two hours after the end it is about {plain(later)}.",
            f"At last half of what is left goes every {lasting(half_life.value)}." if half_life else "",
            _norketamine(facts),
        ),
        graded="that levels in blood are predicted well",
        grade=Grade.LOW if facts.course.outside_reasons() else Grade.HIGH if known else Grade.MODERATE,
        source=model.references[:1],
        numbers=(
            Number("highest level", level, series.unit),
            Number("time of the highest level", 60.0 * (time_h - first.start_h), "min"),
            *((Number("half-life", half_life.value, "h"),) if half_life else ()),
        ),
        picture=Picture((series.name,), (first.start_h, first.end_h + _SHOWN_H)),
    )


def _norketamine(facts: Facts) -> str:
    names = [one.name for one in facts.trajectory if one.stage == "plasma" and "norketamine_" in one.name]
    found = [name for name in names if name.removeprefix("s_").startswith("norketamine_")]
    if not found:
        return ""
    level, time_h = facts.peak(min(found, key=len), facts.first)
    return (
        "The liver turns it into norketamine, a weaker blocker, which is highest after "
        f"{lasting(time_h - facts.first.start_h)}, at about {plain(level)}."
    )


def _receptor(facts: Facts) -> Iterator[Step]:
    if not facts.has("nmda_occupancy"):
        return
    first, claim, why = facts.first, CLAIMS["C1"], CLAIMS["C1b"]
    block, time_h = facts.peak("nmda_occupancy", first)
    yield Step(
        key="receptor",
        heading="At the receptor",
        sentences=(
            (
                "Nerve cells hear the messenger glutamate through pores called NMDA receptors. Ketamine sits in them "
                "and blocks them."
            ),
            (
                f"At most {plain(block)} % are blocked, {lasting(time_h - first.start_h)} after the start; two hours "
                f"after the end it is {plain(facts.at('nmda_occupancy', first.end_h + 2.0))} %."
            ),
            (
                "This is computed from the level in blood and from how tightly the drug binds in rats; nobody looked "
                "into this person's brain."
            ),
            (
                f"How far evidence carries {why.says}: {why.grade.value}. Memantine blocks the same receptor and does "
                "not lift mood."
            ),
        ),
        graded=claim.says,
        grade=claim.grade,
        source=(*claim.source, *why.source),
        numbers=(Number("highest occupancy", block, "%"),),
        picture=Picture(("nmda_occupancy",), (first.start_h, first.end_h + _SHOWN_H)),
    )


def _felt(facts: Facts) -> Iterator[Step]:
    if not facts.has("cadss"):
        return
    first, claim = facts.first, CLAIMS["C3"]
    score, time_h = facts.peak("cadss", first)
    passes = facts.falls_below("cadss", _DISSOCIATED, time_h) if score > _DISSOCIATED else None
    if passes is not None:
        after = lasting(passes - first.start_h)
        course = f"It is back below 4, from where trials no longer count it, {after} after the start."
    elif score <= _DISSOCIATED:
        course = "That stays below 4, from where trials count it."
    else:
        course = "It is still above 4, where trials count it, when the next session begins or the simulation ends."
    yield Step(
        key="felt",
        heading="What they may feel",
        sentences=sentences(
            "Things may look or feel unreal, the body far away, time slow. On the scale for that (CADSS) the typical "
            f"person reaches {plain(score)} points{between(facts.reach('cadss', first))}.",
            course,
            _later_sessions(facts, score),
            _drowsy(facts),
            _pain(facts),
        ),
        graded=claim.says,
        grade=claim.grade,
        source=claim.source,
        numbers=(
            Number("highest CADSS", score, "points"),
            *((Number("back below 4 after", 60.0 * (passes - first.start_h), "min"),) if passes is not None else ()),
        ),
        picture=Picture(("cadss",), (first.start_h, first.end_h + _SHOWN_H)),
    )


def _later_sessions(facts: Facts, score: float) -> str:
    if len(facts.sessions) < 2:
        return ""
    last, _ = facts.peak("cadss", facts.sessions[-1])
    word = "It grows weaker with repetition" if last < 0.95 * score else "It is much the same in every session"
    return f"{word}: {plain(last)} points in the last of {len(facts.sessions)} sessions."


def _drowsy(facts: Facts) -> str:
    if not facts.has("sedation"):
        return ""
    lowest, _ = facts.peak("sedation", facts.first, lowest=True)
    if lowest < 1.5:
        return f"They sleep and hardly answer: {plain(lowest)} on a scale on which 5 is awake and 0 is no response."
    return f"They may be drowsy: {plain(lowest)} on a scale on which 5 is wide awake." if lowest < 4.75 else ""


def _pain(facts: Facts) -> str:
    if not facts.has("analgesia"):
        return ""
    relief, _ = facts.peak("analgesia", facts.first)
    return f"Pain is dulled meanwhile, by {plain(relief)} % of the most that is possible." if relief >= 1.0 else ""


def _unusual_state(facts: Facts) -> Iterator[Step]:
    if not facts.has("cadss", "relief"):
        return
    claim = CLAIMS["C8"]
    score, _ = facts.peak("cadss")
    taken = dict(facts.course.mechanism).get("dissociation_mediated", 0.0) > 0.0
    yield Step(
        key="unusual_state",
        heading="Is it this state that helps?",
        sentences=(
            (
                "One study of 108 people saw a weak link between the unusual state and later relief; two trials with "
                "576 people saw none; and in 12 people an opioid blocker took the relief away and left the state."
            ),
            f"This run assumes that it does: its {plain(score)} points drive the relief, against most evidence."
            if taken
            else f"In this simulation it is not: the {plain(score)} points of this person have no part in the relief.",
        ),
        graded=claim.says,
        grade=claim.grade,
        source=claim.source,
        numbers=(Number("highest CADSS", score, "points"),),
    )


def _pressure(facts: Facts) -> Iterator[Step]:
    if not facts.has("systolic_rise"):
        return
    first, claim = facts.first, CLAIMS["C3b"]
    rise, time_h = facts.peak("systolic_rise", first)
    back = facts.falls_below("systolic_rise", _NEARLY_BACK, time_h)
    surge = facts.row("Probability of a systolic")
    pulse = facts.peak("heart_rate_rise", first)[0] if facts.has("heart_rate_rise") else 0.0
    yield Step(
        key="pressure",
        heading="Heart and blood pressure",
        sentences=sentences(
            f"The upper (systolic) blood pressure rises by {plain(rise)} mmHg, to "
            f"{plain(facts.course.person.systolic_mmhg + rise)}, {lasting(time_h - first.start_h)} after the "
            f"start{between(facts.reach('systolic_rise', first), 'mmHg')}; the heart beats {plain(pulse)} times a "
            "minute faster.",
            f"It is within 2 mmHg of rest {lasting(back - first.start_h)} after the start." if back is not None else "",
            f"A rise of 40 mmHg or more happens to {of_people(surge.value)}, {surge.time}." if surge else "",
            "This is why pressure is measured before and during a session.",
        ),
        graded=claim.says,
        grade=claim.grade,
        source=claim.source,
        numbers=(
            Number("rise of systolic pressure", rise, "mmHg"),
            Number("rise of heart rate", pulse, "beats/min"),
            *((Number("people with a rise of 40 mmHg or more", surge.value, "%"),) if surge else ()),
        ),
        picture=Picture(("systolic",), (first.start_h, first.end_h + _SHOWN_H)),
    )
