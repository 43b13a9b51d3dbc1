"""Breathing: stimulated at low concentrations, depressed at anaesthetic ones, and what it does to an opioid."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, hill
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values

JONKMAN = Reference(
    key="jonkman_2018_respiration",
    authors="Jonkman, K and van Rijnsoever, E and Olofsen, E and Aarts, L and Sarton, E and van Velzen, M and "
    "Niesters, M and Dahan, A",
    title="Esketamine counters opioid-induced respiratory depression",
    journal="British Journal of Anaesthesia",
    year=2018,
    volume="120",
    pages="1117-1127",
    doi="10.1016/j.bja.2018.02.021",
    pmid="29661389",
)
HYPOXIA = Reference(
    key="esketamine_hypoxia_2024",
    authors="{Leiden anaesthesia group}",
    title="Esketamine and the ventilatory response to hypoxia",
    journal="British Journal of Anaesthesia",
    year=2024,
    doi="10.1016/j.bja.2024.08.040",
    pmid="39516125",
)
BOURKE = Reference(
    key="bourke_1987",
    authors="Bourke, DL and Malit, LA and Smith, TC",
    title="Respiratory interactions of ketamine and morphine",
    journal="Anesthesiology",
    year=1987,
    volume="66",
    pages="153-156",
    doi="10.1097/00000542-198702000-00008",
)


def ventilation(_x: Values, c: Values, p: Values) -> Number:
    """L/min at constant carbon dioxide: stimulation by S-ketamine less depression by S-equivalents."""
    potent = c.s_ketamine + c.r_ketamine / p.SR
    return p.STIM_MAX * hill(c.s_ketamine, p.C50_STIM) - p.DEP_MAX * hill(potent, p.C50_DEP, p.GAMMA_DEP)


def opioid_shift(_x: Values, c: Values, p: Values) -> Number:
    """How many times more remifentanil halves the carbon dioxide sensitivity: 1 + S/127."""
    return 1.0 + c.s_ketamine / p.C100_OPIOID


ENTRY = Effect(
    name="respiration",
    title="Respiration",
    stage="acute",
    references=(JONKMAN, HYPOXIA, BOURKE),
    parameters={
        "C100_OPIOID": Estimate(
            127.0,
            "ng/mL",
            JONKMAN,
            "abstract",
            Provenance.FITTED,
            (
                "esketamine that doubles the C50 of remifentanil for carbon dioxide sensitivity; the interval is an "
                "IQR; no delay"
            ),
            (84.0, 191.0),
        ),
        "STIM_MAX": Estimate(
            7.2,
            "L/min",
            HYPOXIA,
            "abstract: +3.1 L/min (2.4 to 3.7) after 1 mg/kg esketamine in 3 h",
            Provenance.DERIVED,
            "so that net ventilation is +3.1 at the 184 ng/mL that kamp_2020 predicts at the end of that infusion",
        ),
        "C50_STIM": Estimate(
            127.0, "ng/mL", JONKMAN, "abstract", Provenance.ASSUMED, "as for the opioid's shift; one level was studied"
        ),
        "DEP_MAX": Estimate(
            13.0,
            "L/min",
            BOURKE,
            "abstract: -4.9 (1.1) at 1.1 mg/kg, -1.6 (0.3) per doubling",
            Provenance.ASSUMED,
            "order of size only: the abstract gives doses, not concentrations or intervals",
        ),
        "C50_DEP": Estimate(
            400.0,
            "ng/mL",
            BOURKE,
            "abstract",
            Provenance.ASSUMED,
            "S-equivalents a few minutes after 1.1 mg/kg of racemate, where the fall was first significant",
        ),
        "GAMMA_DEP": Estimate(
            3.0, "1", BOURKE, "abstract", Provenance.ASSUMED, "steep enough to leave infusions below 0.5 mg/kg alone"
        ),
        "SR": Estimate(
            3.4,
            "1",
            BOURKE,
            "no source for breathing",
            Provenance.ASSUMED,
            "anaesthetic potency of S over R (White 1980)",
        ),
    },
    drivers=("s_ketamine", "r_ketamine"),
    readouts=(
        Readout(
            name="ventilation_rise",
            title="Change of ventilation at constant CO2",
            unit="L/min",
            of=ventilation,
            bounds=(-13.0, 7.2),
        ),
        Readout(
            name="opioid_shift",
            title="Remifentanil needed for the same depression",
            unit="times",
            of=opioid_shift,
            bounds=(1.0, 1e4),
        ),
    ),
    notes=(
        (
            "Healthy volunteers at clamped carbon dioxide; the rise and the fall come from different laboratories "
            "and set-ups."
        ),
        (
            "Above about 300 ng/mL of S-ketamine the sign rests on assumed numbers: no margin of safety may be read "
            "from it."
        ),
        "Apnoea after fast injection, airway obstruction, children and other sedatives are not in it.",
        "The site of the opioid interaction is disputed: carbon dioxide sensitivity (Jonkman), rate (Persson 1999).",
    ),
)
