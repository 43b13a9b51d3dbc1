"""Sedation from drowsy to unresponsive: one ordered scale, fast effect site, S- stronger than R-ketamine."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, hill
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values

SLEIGH = Reference(
    key="sleigh_2019",
    authors="Sleigh, J and Pullon, RM and Vlisides, PE and Warnaby, CE",
    title="Electroencephalographic slow wave dynamics and loss of behavioural responsiveness induced by ketamine in "
    "human volunteers",
    journal="British Journal of Anaesthesia",
    year=2019,
    volume="123",
    pages="592-600",
    url="https://www.metajournal.com/articles/920563/",
)
WHITE = Reference(
    key="white_1980",
    authors="White, PF and Ham, J and Way, WL and Trevor, AJ",
    title="Pharmacology of ketamine isomers in surgical patients",
    journal="Anesthesiology",
    year=1980,
    volume="52",
    pages="231-239",
    url="https://scilit.com/publications/bb14927006e38ef6ebecc8f9fd70435c",
)
IDVALL = Reference(
    key="idvall_1979",
    authors="Idvall, J and Ahlgren, I and Aronsen, KF and Stenberg, P",
    title="Ketamine infusions: pharmacokinetics and clinical effects",
    journal="Br J Anaesth",
    year=1979,
    volume="51",
    pages="1167-1173",
    doi="10.1093/bja/51.12.1167",
)
JANSSEN = Reference(
    key="janssen_2024_sedation",
    authors="{Johnson and Johnson medical information}",
    title="Adverse event of SPRAVATO: sedation and somnolence",
    journal="",
    year=2024,
    url="https://www.jnjmedicalconnect.com/products/spravato/medical-content/"
    "adverse-event-of-spravato-sedation-and-somnolence",
)

LEVELS = 5
"""MOAA/S runs from 5 (responds readily) to 0 (does not respond to a painful squeeze)."""


def hypnotic(c: Values, p: Values) -> Number:
    """S-ketamine equivalents at the effect site, ng/mL."""
    return c.s_ketamine + c.r_ketamine / p.SR


def unresponsive(_x: Values, c: Values, p: Values) -> Number:
    """Probability of being unresponsive: sigmoid in S-ketamine equivalents."""
    return hill(hypnotic(c, p), p.C50_LOR, p.GAMMA)


def moaas(_x: Values, c: Values, p: Values) -> Number:
    """Expected MOAA/S: 5 minus the probabilities of having lost each level.

    The concentrations that take the five levels rise by equal factors from C50_ANY (any sedation) to C50_LOR.
    """
    step = (p.C50_LOR / p.C50_ANY) ** (1.0 / (LEVELS - 1))
    lost = [hill(hypnotic(c, p), p.C50_ANY * step**level, p.GAMMA) for level in range(LEVELS)]
    return LEVELS - sum(lost)


ENTRY = Effect(
    name="sedation",
    title="Sedation",
    stage="acute",
    references=(SLEIGH, WHITE, IDVALL, JANSSEN),
    parameters={
        "C50_LOR": Estimate(
            600.0,
            "ng/mL",
            SLEIGH,
            "abstracts of Sleigh, White, Idvall",
            Provenance.DERIVED,
            (
                "S-equivalents; geometric mean of six: loss 1064 and return 688 (Sleigh, racemate 1640 and 1060), "
                "recovery 416 (Idvall, racemate 642), end of anaesthesia 582, 500 and 500 (White: racemate, S, R)"
            ),
            (416.0, 1064.0),
        ),
        "SR": Estimate(
            3.4,
            "1",
            WHITE,
            "abstract (0.5 and 1.7 ug/mL at the end of anaesthesia)",
            Provenance.MEASURED,
            "anaesthetic potency of S over R; 2.25 by EEG (Schuttler 1987)",
        ),
        "GAMMA": Estimate(
            4.0,
            "1",
            JANSSEN,
            "no source",
            Provenance.ASSUMED,
            (
                "holds the differences between people too: 0.2 to 0.3 % unresponsive at the peak of 84 mg nasal "
                "esketamine, as reported"
            ),
        ),
        "C50_ANY": Estimate(
            135.0,
            "ng/mL",
            JANSSEN,
            "REMS registry 2019-2024: sedation in 34.7 % of sessions",
            Provenance.DERIVED,
            (
                "S-equivalents for any fall below 5; 34.7 % at 115 ng/mL arterial S-ketamine, the peak of 56 to 84 "
                "mg nasal"
            ),
        ),
        "KE0": Estimate(
            3600.0 * math.log(2.0) / 23.0,
            "1/h",
            SLEIGH,
            "abstract (half-time 23 s)",
            Provenance.FITTED,
            "slow EEG waves after 1.5 mg/kg",
            (3600.0 * math.log(2.0) / 27.0, 3600.0 * math.log(2.0) / 19.0),
        ),
    },
    drivers=("s_ketamine", "r_ketamine"),
    ke0="KE0",
    readouts=(
        Readout(
            name="sedation",
            title="Sedation (MOAA/S, 5 awake, 0 unresponsive)",
            unit="points",
            of=moaas,
            bounds=(0.0, float(LEVELS)),
        ),
        Readout(
            name="loss_of_responsiveness",
            title="Probability of being unresponsive",
            unit="probability",
            of=unresponsive,
            bounds=(0.0, 1.0),
        ),
    ),
    notes=(
        "Probabilities are over people: nothing is drawn between people, the slope holds it.",
        "The levels between drowsy and unresponsive are spaced evenly on the log scale: assumed.",
        "Ketamine's unresponsiveness is dissociative: MOAA/S and BIS do not measure its depth well.",
    ),
)
