"""HNK-AMPA: the metabolite (2R,6R)-hydroxynorketamine potentiates AMPA throughput, without block of NMDA receptors."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.maths import Number, hill
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import Estimate, Provenance, Values
from kinetamine.units import HYDROXYNORKETAMINE_G_PER_MOL

ZANOS = Reference(
    key="zanos_2016",
    authors="Zanos, P and Moaddel, R and Morris, PJ and Georgiou, P and Fischell, J and Elmer, GI and Alkondon, M and "
    "Yuan, P and Pribut, HJ and Singh, NS and others",
    title="NMDAR inhibition-independent antidepressant actions of ketamine metabolites",
    journal="Nature",
    year=2016,
    volume="533",
    pages="481-486",
    doi="10.1038/nature17998",
)
FARMER = Reference(
    key="farmer_2020",
    authors="Farmer, CA and Gilbert, JR and Moaddel, R and George, J and Adeojo, L and Lovett, J and Nugent, AC and "
    "Kadriu, B and Yuan, P and Gould, TD and Park, LT and Zarate, CA",
    title="Ketamine metabolites, clinical response, and gamma power in a randomized, placebo-controlled, crossover "
    "trial for treatment-resistant major depression",
    journal="Neuropsychopharmacology",
    year=2020,
    volume="45",
    pages="1398-1404",
    doi="10.1038/s41386-020-0663-6",
)


def drive(_x: Values, c: Values, p: Values) -> Number:
    """STRENGTH x unbound HNK/(HNK50 + unbound HNK), umol/L, of the R-metabolite; AMPA receptors must be open to it."""
    free = p.FU_HNKA * c.r_hydroxynorketamine / HYDROXYNORKETAMINE_G_PER_MOL
    return p.STRENGTH_HNK * (1.0 - p.HNK_BLOCK) * (1.0 - p.AMPA_BLOCK) * hill(free, p.HNK50)


ENTRY = Mechanism(
    name="hnk_ampa",
    title="HNK-AMPA",
    references=(ZANOS, FARMER),
    parameters={
        "FU_HNKA": Estimate(0.6, "1", ZANOS, "nothing read", Provenance.ASSUMED, "unbound fraction of the metabolite"),
        "HNK50": Estimate(
            1.0, "umol/L", ZANOS, "no source", Provenance.ASSUMED, "above what people reach: nearly in proportion"
        ),
        "STRENGTH_HNK": Estimate(
            21.8, "1", ZANOS, "docs/fits/mechanism.py", Provenance.DERIVED, "alone: the same relief at 24 h"
        ),
    },
    drivers=("r_hydroxynorketamine",),
    drive=drive,
    evidence=(
        Evidence(
            "In mice the metabolite acts by itself, and hindering its formation (deuteration) abolishes the effect.",
            ZANOS,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "In people more (2R,6R)-HNK went with less improvement (n=34), not more.",
            FARMER,
            supports=False,
            grade=Grade.MODERATE,
        ),
    ),
    notes=("The level of the metabolite is uncertain five-fold between assays; only its course in time is used.",),
)
