"""More than half of the effect of day 1 is left on day 7."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

PRICE = Reference(
    key="price_2022",
    authors="Price, RB and Kissel, N and Baumeister, A and others",
    title="International pooled patient-level meta-analysis of ketamine infusion for depression: in search of clinical "
    "moderators",
    journal="Molecular Psychiatry",
    year=2022,
    volume="27",
    pages="5096-5112",
    doi="10.1038/s41380-022-01757-7",
    pmid="36071111",
)
WILKINSON = Reference(
    key="wilkinson_2018",
    authors=(
        "Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
        "Wang, G and Zarate, CA and Sanacora, G"
    ),
    title=(
        "The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
        "individual participant data meta-analysis"
    ),
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
)

ENTRY = Finding(
    name="week_of_benefit",
    title="benefit at 7 d against 24 h",
    references=(
        PRICE,
        WILKINSON,
    ),
    species=Species.PEOPLE,
    published="Over controls 0.58 (0.44 to 0.72) at 24 h and 0.38 (0.23 to 0.54) at 7 d, in SD; 9.7 and 5.5 "
    "MADRS points in another pooled analysis.",
    number=809,
    grade=Grade.HIGH,
    contrast=Case(time_h=168.0),
    ratio=Estimate(
        0.61,
        "1",
        PRICE,
        "abstract, table of means",
        Provenance.DERIVED,
        "0.66 and 0.57; with errors of 0.07 and 0.08 the first lies between 0.4 and 1.0, the second is "
        "wider; largely the same people",
        (0.35, 1.0),
    ),
)
