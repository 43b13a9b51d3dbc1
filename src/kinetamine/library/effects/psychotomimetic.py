"""Psychotomimetic ratings: linear in concentration, as Bowdle found."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, maximum
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability

BOWDLE = Reference(
    key="bowdle_1998",
    authors="Bowdle, TA and Radant, AD and Cowley, DS and Kharasch, ED and Strassman, RJ and Roy-Byrne, PP",
    title="Psychedelic effects of ketamine in healthy volunteers: relationship to steady-state plasma concentrations",
    journal="Anesthesiology",
    year=1998,
    volume="88",
    pages="82-88",
    doi="10.1097/00000542-199801000-00015",
    pmid="9447860",
)
OLOFSEN = Reference(
    key="olofsen_2022",
    authors="Olofsen, E and Kamp, J and Henthorn, TK and van Velzen, M and Niesters, M and Sarton, E and Dahan, A",
    title="Ketamine psychedelic and antinociceptive effects are connected",
    journal="Anesthesiology",
    year=2022,
    volume="136",
    pages="792-801",
    doi="10.1097/ALN.0000000000004176",
)


def rating(_x: Values, c: Values, p: Values) -> Number:
    """SLOPE x S-ketamine, never above 100 mm."""
    return 100.0 - maximum(100.0 - p.SLOPE * c.s_ketamine, 0.0)


ENTRY = Effect(
    name="psychotomimetic",
    title="Psychotomimetic rating",
    stage="acute",
    references=(BOWDLE, OLOFSEN),
    parameters={
        "SLOPE": Estimate(
            0.63,
            "mm per ng/mL",
            BOWDLE,
            "abstracts: linear over 50 to 200 ng/mL; top step 37 to 89 % of maximum",
            Provenance.DERIVED,
            "63 mm, the middle of 37 and 89, at 200 ng/mL of racemate, all of it laid on the 100 ng/mL of S-ketamine",
        ),
        "KE0": Estimate(
            60.0 * math.log(2.0) / 8.3,
            "1/h",
            OLOFSEN,
            "abstract (half-life 8.3 min)",
            Provenance.FITTED,
            "external perception; Bowdle rated at steady state and has none",
        ),
    },
    drivers=("s_ketamine",),
    ke0="KE0",
    readouts=(
        Readout(
            name="psychotomimetic", title="Psychotomimetic rating (VAS)", unit="mm", of=rating, bounds=(0.0, 100.0)
        ),
    ),
    variability={
        "SLOPE": Variability(
            Estimate(
                0.1,
                "1",
                BOWDLE,
                "between-person spread not in the abstracts",
                Provenance.ASSUMED,
                "32 % between people",
            )
        )
    },
    notes=(
        (
            "Studied from 50 to 200 ng/mL of racemate in venous plasma at steady state, where it equals "
            "arterial plasma; "
            "below and above, the line is extrapolated, and it is cut at 100 mm."
        ),
        "Bowdle gave racemate only. That S-ketamine carries the effect is Olofsen's finding, applied here.",
        "Anxiety and suspiciousness stayed below 22 % of maximum: this is the mean of the perceptual items.",
    ),
)
