"""Steps between block and mood, as the chosen mechanism has them."""

from __future__ import annotations

from collections.abc import Iterator

from kinetamine import catalogue
from kinetamine.engine.evidence import Grade
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.step import Number, Picture, Step
from kinetamine.explanation.telling import DAY_H, Facts, lasting, listed, plain, sentences
from kinetamine.report.arms import mechanism_words

_SHOWN_H = 24.0
_SEEN = 0.05
"""Per cent of synapses from which it is worth a number."""


def steps(facts: Facts) -> Iterator[Step]:
    """From block to new connections, or only the relief where the mechanism says nothing of what is between."""
    if facts.has("glutamate", "bdnf"):
        yield _messengers(facts)
    if facts.has("synapses"):
        yield _connections(facts)
    if facts.has("relief") and not facts.has("synapses"):
        yield _curve(facts)


def _messengers(facts: Facts) -> Step:
    first, claim = facts.first, CLAIMS["C7"]
    glutamate, at_h = facts.peak("glutamate", first)
    bdnf, later_h = facts.peak("bdnf", first)
    rise = 100.0 * (glutamate - 1.0)
    return Step(
        key="messengers",
        heading="Glutamate and BDNF",
        sentences=sentences(
            _disinhibited(facts),
            f"Glutamate {'rises' if rise >= 0.0 else 'falls'} by {plain(abs(rise))} % within "
            f"{lasting(at_h - first.start_h)}."
            if abs(rise) >= 0.05
            else "Glutamate hardly changes.",
            f"Within {lasting(later_h - first.start_h)} the growth factor BDNF reaches {plain(bdnf)} times its usual "
            "level.",
            "Almost all of this was seen in rats and mice. In people one study saw glutamine, glutamate's other form, "
            "renewed 13 % faster during the infusion; others saw no change. BDNF in blood was higher in those who got "
            "better, in 22 people.",
        ),
        graded=claim.says,
        grade=claim.grade,
        source=claim.source,
        numbers=(
            Number("change of glutamate", rise, "%"),
            Number("highest BDNF, rest 1", bdnf, "times"),
        ),
        picture=Picture(("glutamate", "bdnf"), (first.start_h, first.end_h + _SHOWN_H)),
    )


def _disinhibited(facts: Facts) -> str:
    if not facts.has("interneuron_rate", "pyramidal_rate"):
        return ""
    slow, at_h = facts.peak("interneuron_rate", facts.first, lowest=True)
    fast = facts.at("pyramidal_rate", at_h)
    direction = "more" if fast >= 1.0 else "less"
    return (
        f"Cells that quieten others are blocked first: they fire {plain(100.0 * (1.0 - slow))} % less, and the cells "
        f"that excite fire {plain(100.0 * abs(fast - 1.0))} % {direction}."
    )


def _connections(facts: Facts) -> Step:
    claim = CLAIMS["C6"]
    gained, at_h = facts.peak("synapses")
    day_later = facts.at("synapses", facts.first.start_h + DAY_H)
    end = facts.at("synapses", facts.end_h)
    return Step(
        key="connections",
        heading="New connections",
        sentences=(
            "BDNF first strengthens the connections that exist, within hours, and then builds new ones, over days.",
            (
                f"In this simulation there are {plain(day_later)} % more connections (synapses) a day after the first "
                f"session and at most {plain(gained)} %, {lasting(at_h - facts.first.start_h)} after it; at the end of "
                f"follow-up {plain(end)} %."
                if gained >= _SEEN
                else "In this simulation no new connections grow."
            ),
            (
                "In mice new connections were seen to grow. In people the one scan, a day after ketamine, saw no "
                "change: so the number is a guess that fits both ends of the chain, blood and mood."
            ),
        ),
        graded=claim.says,
        grade=claim.grade,
        source=claim.source,
        numbers=(
            Number("synapses gained after a day", day_later, "%"),
            Number("most synapses gained", gained, "%"),
        ),
        picture=Picture(("synapses",)),
    )


def _curve(facts: Facts) -> Step:
    """The empirical curve has no steps between block and relief."""
    used = [catalogue.load("mechanisms", name) for name, share in facts.course.mechanism if share > 0.0]
    relief, at_h = facts.peak("relief")
    return Step(
        key="relief",
        heading="From block to relief",
        sentences=(
            (
                f"This run uses {listed(one.title for one in used)}: it goes from blood to relief and says nothing of "
                "glutamate, BDNF or connections."
            ),
            (
                f"Relief is highest {lasting(at_h - facts.first.start_h)} after the first session, at {plain(relief)} "
                "% of all that can be relieved."
            ),
        ),
        graded="that the curve describes what trials saw",
        grade=_support(used),
        source=tuple(reference for one in used for reference in one.references[:1]),
        numbers=(Number("most relief", relief, "%"),),
        picture=Picture(("relief",)),
    )


def _support(used: list[object]) -> Grade:
    """The strongest piece of evidence that speaks for any of them."""
    found = [piece.grade for one in used for piece in getattr(one, "evidence", ()) if piece.supports]
    return next((grade for grade in Grade if grade in found), Grade.NONE)


def unknown(facts: Facts) -> Step:
    """What nobody knows; which mechanism was used, and that it has rivals."""
    rivals = len(catalogue.names("mechanisms"))
    uses = facts.is_drug and facts.has("relief")
    used = [catalogue.load("mechanisms", name) for name, share in facts.course.mechanism if share > 0.0] if uses else []
    against = [piece for one in used for piece in one.evidence if not piece.supports]
    return Step(
        key="unknown",
        heading="What is not known",
        sentences=sentences(
            f"The mechanism used here is {mechanism_words(facts.course)}, one of {rivals} rival explanations. "
            "kinetamine hypotheses puts them to the same published results."
            if uses
            else "",
            f"Against it: {against[0].text}" if against else "",
            "Nobody has measured, in the same people, how many receptors were blocked, what glutamate and BDNF did, "
            "which connections grew and how mood went. Each link between them is an assumption."
            if uses
            else "",
            "Nothing that can be measured beforehand tells well who will get better.",
            "Courses longer than trials, and many courses over years, are hardly known.",
        ),
        graded="that the mechanism used here is the right one" if uses else "that one can tell beforehand who responds",
        grade=Grade.LOW,
        source=tuple(dict.fromkeys(piece.source for piece in against))[:2] if uses else CLAIMS["C2"].source[:1],
        numbers=(Number("rival mechanisms in the library", float(rivals), "mechanisms"),) if uses else (),
    )
