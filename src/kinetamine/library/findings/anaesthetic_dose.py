"""At anaesthetic doses glutamate does not rise in rats."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

MOGHADDAM = Reference(
    key="moghaddam_1997",
    authors="Moghaddam, B and Adams, B and Verma, A and Daly, D",
    title="Activation of glutamatergic neurotransmission by ketamine: a novel step in the pathway from NMDA receptor "
    "blockade to dopaminergic and cognitive disruptions associated with the prefrontal cortex",
    journal="Journal of Neuroscience",
    year=1997,
    volume="17",
    pages="2921-2927",
    doi="10.1523/JNEUROSCI.17-08-02921.1997",
)
LANGSJO = Reference(
    key="langsjo_2005",
    authors="Langsjo, JW and Maksimow, A and Salmi, E and Kaisti, K and Aalto, S and Oikonen, V and Hinkka, S and "
    "Aantaa, R and Sipila, H and Viljanen, T and Parkkola, R and Scheinin, H",
    title="S-ketamine anesthesia increases cerebral blood flow in excess of the metabolic needs in humans",
    journal="Anesthesiology",
    year=2005,
    volume="103",
    pages="258-268",
    doi="10.1097/00000542-200508000-00008",
    pmid="16052107",
)

ENTRY = Finding(
    name="anaesthetic_dose",
    title="glutamate at an anaesthetic level",
    references=(
        MOGHADDAM,
        LANGSJO,
    ),
    species=Species.RODENTS,
    published="Prefrontal glutamate of rats rose after 10, 20 and 30 mg/kg, not after 50, and fell after 200.",
    number=None,
    grade=Grade.MODERATE,
    intact=Case(readout="glutamate", rest=1.0, time_h=0.6667),
    contrast=Case(regimen="10 mg/kg iv over 60 min", readout="glutamate", rest=1.0, time_h=1.0),
    ratio=Estimate(
        -0.5,
        "1",
        MOGHADDAM,
        "abstracts",
        Provenance.ASSUMED,
        "no rise, or a fall; half is left because rats were looked at while the level fell. 10 mg/kg "
        "stands for anaesthesia in a person: Langsjo 2005 gave volunteers 10.4 mg/kg S-ketamine in all",
        (-math.inf, 0.5),
    ),
    link={"GLU_GAIN": 0.0},
    notes=("It is asked only of hypotheses that work through glutamate.",),
)
